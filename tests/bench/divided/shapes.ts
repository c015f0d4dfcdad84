/** How often the caution speaks of single components of drawn shapes: continua of every bend, and two groups. */
import { dividedComponents } from '../../../src-main/evidence/divided.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

type Draw = (random: RandomStream) => readonly number[]

const arc =
  (share: number): Draw =>
  (random) => {
    const turn = 2 * Math.PI * share * random.uniform()
    return [Math.cos(turn), Math.sin(turn)]
  }
/** Two normal groups so many standard deviations apart. */
const groups =
  (deviations: number, share: number): Draw =>
  (random) => [0.05 * (random.normal() + (random.uniform() < share ? deviations : 0))]

const shapes: Readonly<Record<string, Draw>> = {
  'normal distribution': (random) => [0.05 * random.normal()],
  'even distribution': (random) => [random.uniform()],
  'exponential distribution': (random) => [-Math.log(1 - random.uniform())],
  'lognormal distribution': (random) => [Math.exp(random.normal())],
  'half a circle': arc(0.5),
  'three quarters of a circle': arc(0.75),
  circle: arc(1),
  'turn of a spiral': (random) => {
    const turn = 1 + 2 * Math.PI * random.uniform()
    return [turn * Math.cos(turn), turn * Math.sin(turn)]
  },
  'two groups, 5 deviations apart': groups(5, 0.5),
  'two groups, 6 deviations': groups(6, 0.5),
  'two groups, 7 deviations': groups(7, 0.5),
  'one in five is 7 deviations apart': groups(7, 0.2),
}
const draws = 80
const sizes = [60, 100, 200]
const widths = [2, 4, 8, 12]

function speaks(name: string, draw: Draw, samples: number, seed: number): boolean {
  const random = RandomStream.of(seed, `divided/${name}`)
  const width = widths[seed % widths.length]!
  const values = Array.from({ length: samples }, () => {
    const point = draw(random)
    return [...point, ...Array.from({ length: width - point.length }, () => 0.05 * random.normal())]
  })
  const shares = { values: new Float32Array(samples).fill(1), columns: 1 }
  return dividedComponents({ values: Float32Array.from(values.flat()), columns: width }, shares).length > 0
}

export function shapesTable(): string {
  const rows = Object.entries(shapes).map(([name, draw]) => {
    const shares = sizes.map((samples) => {
      const spoken = Array.from({ length: draws }, (_, seed) => speaks(name, draw, samples, seed)).filter(Boolean)
      return `${Math.round((100 * spoken.length) / draws)} %`
    })
    return `| ${[name, ...shares].join(' | ')} |`
  })
  return [`| shape | ${sizes.map((n) => `${n} samples`).join(' | ')} |`, '| --- | --- | --- | --- |', ...rows].join(
    '\n',
  )
}
