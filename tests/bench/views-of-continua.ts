/**
 * How often a view of images is made though nothing in them falls into clusters: waves, discs and spots whose direction,
 * length, place, size or number varies continuously, looked at as an import does.
 *
 *     npm run bench -- views-of-continua [--seeds 2] [--samples 600,1000] [--sides 16,20,28]
 */
import { parseArgs } from 'node:util'
import type { RawSamples } from '../../src-main/datasets/preparations/prepare.ts'
import { tellingPreparations } from '../../src-main/services/telling-preparations.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2' },
    samples: { type: 'string', default: '600,1000' },
    sides: { type: 'string', default: '16,20,28' },
  },
})
const numbers = (text: string): number[] => text.split(',').map(Number)

/** The value at a pixel of one sample, drawn anew for each. */
type Maker = (side: number, random: RandomStream) => (x: number, y: number) => number

function wave(direction: number, period: number, random: RandomStream): (x: number, y: number) => number {
  const phase = 2 * Math.PI * random.uniform()
  const [across, down] = [Math.cos(direction) / period, Math.sin(direction) / period]
  return (x, y) => 0.5 + 0.4 * Math.sin(2 * Math.PI * (x * across + y * down) + phase)
}

const makers: Readonly<Record<string, Maker>> = {
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
  noise: (_, random) => () => random.uniform(),
}

function images(make: Maker, n: number, side: number, random: RandomStream): RawSamples {
  const size = side * side
  const data = new Float32Array(n * size)
  for (let i = 0; i < n; i++) {
    const value = make(side, random)
    for (let p = 0; p < size; p++) data[i * size + p] = value(p % side, Math.floor(p / side)) + 0.03 * random.normal()
  }
  const scaling = { offset: [0], scale: [1] }
  return {
    modality: { name: 'images', kind: 'image', shape: [side, side, 1], scaling, present: n, source: 'made' },
    ids: Array.from({ length: n }, (_, i) => `s${i}`),
    read: (first, count) => ({
      data: data.subarray(first * size, (first + count) * size),
      present: new Uint8Array(count).fill(1),
    }),
  }
}

process.stdout.write('| images | sets | sets with a view made | made |\n| --- | --- | --- | --- |\n')
for (const [name, make] of Object.entries(makers)) {
  const made: string[] = []
  let sets = 0
  let divided = 0
  for (const n of numbers(values.samples))
    for (const side of numbers(values.sides))
      for (let seed = 0; seed < Number(values.seeds); seed++) {
        const raw = images(make, n, side, RandomStream.of(seed, `${name}/${n}/${side}`))
        const views = await tellingPreparations(raw, new Set(['images']))
        sets++
        if (views.length > 0) divided++
        for (const { modality } of views)
          made.push(
            `${modality.name.replace('images_', '')} of ${n} at ${side} pixels: ${modality.prepared?.divides ?? 0}`,
          )
      }
  process.stdout.write(`| ${name} | ${sets} | ${divided} | ${made.join(', ')} |\n`)
}
