/**
 * How often a view of images, curves or vectors is made though nothing in them falls into clusters: waves, discs, spots,
 * peaks and contents whose direction, length, place, size or share varies continuously, looked at as an import does.
 *
 *     npm run bench -- views-of-continua [--seeds 2] [--samples 600,1000] [--sides 16,20,28] [--points 48,64,100]
 *          [--columns 4,10,30] [--only images|curves|vectors] [--named 'part of a name']
 */
import { parseArgs } from 'node:util'
import type { Modality } from '../../src-shared/domain/dataset.ts'
import type { RawSamples } from '../../src-main/datasets/preparations/prepare.ts'
import { tellingPreparations } from '../../src-main/services/telling-preparations.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'
import { type CurveMaker, ofCurves } from './views-of-continua/curves.ts'
import { type ImageMaker, ofImages } from './views-of-continua/images.ts'
import { ofVectors, type VectorMaker } from './views-of-continua/vectors.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2' },
    samples: { type: 'string', default: '600,1000' },
    sides: { type: 'string', default: '16,20,28' },
    points: { type: 'string', default: '48,64,100' },
    columns: { type: 'string', default: '4,10,30' },
    only: { type: 'string' },
    named: { type: 'string', default: '' },
  },
})
const numbers = (text: string): number[] => text.split(',').map(Number)

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
const named = <Maker>(makers: Readonly<Record<string, Maker>>): [string, Maker][] =>
  Object.entries(makers).filter(([name]) => name.includes(values.named))
const asked = (kind: string): boolean => values.only === undefined || values.only === kind
if (asked('images'))
  for (const [name, make] of named(ofImages))
    await row(name, numbers(values.sides), (n, side, random) => images(make, n, side, random))
if (asked('curves'))
  for (const [name, make] of named(ofCurves))
    await row(name, numbers(values.points), (n, points, random) => curves(make, n, points, random))
if (asked('vectors'))
  for (const [name, make] of named(ofVectors))
    await row(name, numbers(values.columns), (n, columns, random) => vectors(make, n, columns, random))
