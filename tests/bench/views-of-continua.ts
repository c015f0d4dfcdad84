/**
 * How often a view of images, curves or vectors is made though nothing in them falls into clusters: waves, discs, spots,
 * peaks and contents whose direction, length, place, size or share varies continuously, looked at as an import does.
 *
 *     npm run bench -- views-of-continua [--seeds 2] [--samples 600,1000] [--sides 16,20,28] [--points 48,64,100]
 *          [--columns 4,10,30] [--only images|curves|vectors]
 */
import { parseArgs } from 'node:util'
import type { Modality } from '../../src-shared/domain/dataset.ts'
import type { RawSamples } from '../../src-main/datasets/preparations/prepare.ts'
import { tellingPreparations } from '../../src-main/services/telling-preparations.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2' },
    samples: { type: 'string', default: '600,1000' },
    sides: { type: 'string', default: '16,20,28' },
    points: { type: 'string', default: '48,64,100' },
    columns: { type: 'string', default: '4,10,30' },
    only: { type: 'string' },
  },
})
const numbers = (text: string): number[] => text.split(',').map(Number)

/** The value at a pixel of one image, drawn anew for each. */
type ImageMaker = (side: number, random: RandomStream) => (x: number, y: number) => number

function wave(direction: number, period: number, random: RandomStream): (x: number, y: number) => number {
  const phase = 2 * Math.PI * random.uniform()
  const [across, down] = [Math.cos(direction) / period, Math.sin(direction) / period]
  return (x, y) => 0.5 + 0.4 * Math.sin(2 * Math.PI * (x * across + y * down) + phase)
}

function band(side: number, random: RandomStream, sharpness: number): (x: number, y: number) => number {
  const [middle, half] = [side / 2 + random.normal(), side * (0.1 + 0.25 * random.uniform())]
  const [dark, slope] = [0.2 + 0.2 * random.uniform(), 0.1 * random.normal()]
  return (x, y) => 0.6 + (slope * x) / side - dark / (1 + Math.exp(2 * sharpness * (Math.abs(y - middle) - half)))
}

const ofImages: Readonly<Record<string, ImageMaker>> = {
  'waves of any direction': (_, random) => wave(Math.PI * random.uniform(), 5, random),
  'waves of any length': (_, random) => wave(0, 3 + 4 * random.uniform(), random),
  'waves of any direction and length': (_, random) =>
    wave(Math.PI * random.uniform(), 3 + 4 * random.uniform(), random),
  'a disc of any size': (side, random) => {
    const radius = 2 + (side / 3) * random.uniform()
    const [x0, y0] = [side / 2 + random.normal(), side / 2 + random.normal()]
    return (x, y) => 1 / (1 + Math.exp(Math.hypot(x - x0, y - y0) - radius))
  },
  'spots at any place': (side, random) => {
    const spots = Array.from({ length: 3 + Math.floor(10 * random.uniform()) }, () => ({
      x: side * random.uniform(),
      y: side * random.uniform(),
      width: 1 + 2 * random.uniform(),
    }))
    return (x, y) =>
      spots.reduce((sum, s) => sum + Math.exp(-((x - s.x) ** 2 + (y - s.y) ** 2) / (2 * s.width ** 2)), 0)
  },
  'plates of any size between dark cracks': (side, random) => {
    const step = side / (2.5 + 2.5 * random.uniform())
    const middles: (readonly [x: number, y: number])[] = []
    for (let y = -1; y * step < side + step; y++)
      for (let x = -1; x * step < side + step; x++)
        middles.push([step * (x + random.uniform()), step * (y + random.uniform())])
    return (x, y) => {
      const [nearest = 0, next = 0] = middles.map(([u, v]) => Math.hypot(x - u, y - v)).sort((a, b) => a - b)
      return 0.7 - 0.5 * Math.exp(-(((next - nearest) / 0.8) ** 2))
    }
  },
  'a band of any width below a light of any slope': (side, random) => band(side, random, 1),
  // Its edges lie between two rows of pixels: there are as many bands as rows.
  'a band of any width, its edges sharper than pixels': (side, random) => band(side, random, 100),
  'a star of any reach, turned anyhow': (side, random) => {
    const [reach, turn] = [0.4 * random.uniform(), 2 * Math.PI * random.uniform()]
    const [x0, y0, radius] = [
      side / 2 + random.normal(),
      side / 2 + random.normal(),
      side * (0.22 + 0.05 * random.uniform()),
    ]
    return (x, y) => {
      const outline = radius * (1 + reach * Math.cos(5 * (Math.atan2(y - y0, x - x0) - turn)))
      return 0.8 - 0.6 / (1 + Math.exp(2 * (Math.hypot(x - x0, y - y0) - outline)))
    }
  },
  noise: (_, random) => () => random.uniform(),
}

/** The value at a place from 0 to 1 of one curve, drawn anew for each. */
type CurveMaker = (random: RandomStream) => (t: number) => number

const ofCurves: Readonly<Record<string, CurveMaker>> = {
  'oscillations of any pitch': (random) => {
    const [pitch, phase] = [4 + 10 * random.uniform(), 2 * Math.PI * random.uniform()]
    return (t) => Math.sin(2 * Math.PI * pitch * t + phase)
  },
  'oscillations that die away at any pace': (random) => {
    const [decay, phase] = [6 * random.uniform(), 2 * Math.PI * random.uniform()]
    return (t) => Math.exp(-decay * t) * Math.sin(16 * Math.PI * t + phase)
  },
  'a peak of any place and width': (random) => {
    const [place, width] = [random.uniform(), 0.02 + 0.1 * random.uniform()]
    return (t) => Math.exp(-(((t - place) / width) ** 2))
  },
  'a rise of any height, steepness and place': (random) => {
    const [height, steepness, place] = [1 + 0.3 * random.normal(), 5 + 20 * random.uniform(), random.uniform()]
    return (t) => height / (1 + Math.exp(-steepness * (t - place)))
  },
  'jerks of any strength on a run-in of any length': (random) => {
    const [strength, start, length] = [0.02 + 0.2 * random.uniform(), random.uniform(), 0.05 + 0.4 * random.uniform()]
    return (t) => Math.exp(-t / length) + strength * (((16 * t + start) % 1) - 0.5)
  },
  'steps of any height at any time': (random) => {
    const [first, second] = [random.uniform(), random.uniform()]
    const [up, down] = [random.uniform(), random.uniform()]
    return (t) => (t > first ? up : 0) - (t > second ? down : 0)
  },
  'beats of any pace with a dip of any depth after them': (random) => {
    const [pace, start, depth] = [4 + 2 * random.uniform(), random.uniform(), 0.4 * random.uniform()]
    return (t) => {
      const at = (pace * t + start) % 1
      return Math.exp(-(((at - 0.3) / 0.05) ** 2)) - depth * Math.exp(-(((at - 0.55) / 0.1) ** 2))
    }
  },
  'random walks': (random) => {
    let at = 0
    return () => (at += random.normal())
  },
  'noise of any strength': (random) => {
    const strength = Math.exp(random.normal())
    return () => strength * random.normal()
  },
}

/** Values at so many columns of one sample, drawn anew for each. */
type VectorMaker = (columns: number, random: RandomStream) => (j: number) => number

const ofVectors: Readonly<Record<string, VectorMaker>> = {
  'contents at any dilution': (_, random) => {
    const dilution = Math.exp(0.3 * random.normal())
    return (j) => (dilution * 2) / (j + 1)
  },
  'mixtures of three sources in any shares': (_, random) => {
    const shares = Array.from({ length: 3 }, () => -Math.log(1 - random.uniform()))
    const all = shares.reduce((sum, share) => sum + share, 0)
    return (j) => shares.reduce((sum, share, k) => sum + (share / all) * (1 + Math.cos((j + 1) * (k + 1))), 0)
  },
  'points on a ring': (_, random) => {
    const angle = 2 * Math.PI * random.uniform()
    return (j) => Math.cos(angle - j / 2)
  },
  'points on a spiral': (_, random) => {
    const angle = 3 * Math.PI * random.uniform()
    return (j) => 0.3 * angle * Math.cos(angle - j / 2)
  },
  'a box turned anyhow': (_, random) => {
    const edges = Array.from({ length: 4 }, () => random.uniform())
    return (j) => edges.reduce((sum, edge, k) => sum + edge * Math.sin((j + 1) * (k + 2)), 0)
  },
  'heavy tails': (_, random) => () => random.normal() / Math.sqrt(0.05 + random.uniform()),
}

/** Samples of one modality: `values` gives those of one, drawn anew for each. */
function samplesOf(
  described: Pick<Modality, 'name' | 'kind' | 'shape' | 'grid'>,
  n: number,
  values: () => Float32Array,
): RawSamples {
  const samples = Array.from({ length: n }, values)
  return {
    modality: { ...described, scaling: { offset: [0], scale: [1] }, present: n, source: 'made' },
    ids: Array.from({ length: n }, (_, i) => `s${i}`),
    read: (first, count) => {
      const size = samples[0]!.length
      const data = new Float32Array(count * size)
      for (let i = 0; i < count; i++) data.set(samples[first + i]!, i * size)
      return { data, present: new Uint8Array(count).fill(1) }
    },
  }
}

function images(make: ImageMaker, n: number, side: number, random: RandomStream): RawSamples {
  return samplesOf({ name: 'images', kind: 'image', shape: [side, side, 1] }, n, () => {
    const value = make(side, random)
    // In steps of a 255th, as files hold them: what is counted or put in order has gaps there.
    return Float32Array.from({ length: side * side }, (_, p) => {
      const measured = value(p % side, Math.floor(p / side)) + 0.03 * random.normal()
      return Math.round(255 * Math.min(1, Math.max(0, measured))) / 255
    })
  })
}

function curves(make: CurveMaker, n: number, points: number, random: RandomStream): RawSamples {
  const grid = Array.from({ length: points }, (_, p) => p)
  return samplesOf({ name: 'curves', kind: 'curve', shape: [points], grid }, n, () => {
    const value = make(random)
    return Float32Array.from(grid, (p) => value(p / points) + 0.03 * random.normal())
  })
}

function vectors(make: VectorMaker, n: number, columns: number, random: RandomStream): RawSamples {
  return samplesOf({ name: 'vectors', kind: 'vector', shape: [columns] }, n, () => {
    const value = make(columns, random)
    return Float32Array.from({ length: columns }, (_, j) => value(j) + 0.03 * random.normal())
  })
}

const seeds = Number(values.seeds)
const sizeWords: Readonly<Partial<Record<Modality['kind'], string>>> = { image: 'pixels', curve: 'points' }

/** A row: the sets of one maker at every number of samples and size. */
async function row(
  name: string,
  sizes: readonly number[],
  make: (n: number, size: number, random: RandomStream) => RawSamples,
): Promise<void> {
  const made: string[] = []
  let sets = 0
  let divided = 0
  for (const n of numbers(values.samples))
    for (const size of sizes)
      for (let seed = 0; seed < seeds; seed++) {
        const raw = make(n, size, RandomStream.of(seed, `${name}/${n}/${size}`))
        const views = await tellingPreparations(raw, new Set([raw.modality.name]))
        sets++
        if (views.length > 0) divided++
        for (const { modality } of views)
          made.push(
            `${modality.name.replace(/^.*_/, '')} of ${n} at ${size} ${sizeWords[raw.modality.kind] ?? 'columns'}: ${modality.prepared?.divides ?? 0}`,
          )
      }
  process.stdout.write(`| ${name} | ${sets} | ${divided} | ${made.join(', ')} |\n`)
}

process.stdout.write('| samples | sets | sets with a view made | made |\n| --- | --- | --- | --- |\n')
const asked = (kind: string): boolean => values.only === undefined || values.only === kind
if (asked('images'))
  for (const [name, make] of Object.entries(ofImages))
    await row(name, numbers(values.sides), (n, side, random) => images(make, n, side, random))
if (asked('curves'))
  for (const [name, make] of Object.entries(ofCurves))
    await row(name, numbers(values.points), (n, points, random) => curves(make, n, points, random))
if (asked('vectors'))
  for (const [name, make] of Object.entries(ofVectors))
    await row(name, numbers(values.columns), (n, columns, random) => vectors(make, n, columns, random))
