/** Eight clusters that are no joint outcomes of three nodes: their means [8][width] in one modality. */
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { curves } from './curves.ts'
import { images } from './images.ts'
import { bump, grid, type Instrument, type Levels, uniform } from './instrument.ts'

const clusters = [0, 1, 2, 3, 4, 5, 6, 7]
const xs = grid(0, 1, 60)

const normals = (random: RandomStream, length: number, size = 1): number[] =>
  Array.from({ length }, () => size * random.normal())

/** Clusters at places by no rule in the space of an instrument's factors. */
function scattered(instruments: readonly Instrument[]) {
  return (random: RandomStream): number[][] => {
    const measure = instruments[random.integer(instruments.length)]!.draw(random)
    return clusters.map(() => {
      const place: Levels = [uniform(random, -1, 1), uniform(random, -1, 1), uniform(random, -1, 1)]
      return Array.from(measure(place, random)[0]!)
    })
  }
}

export const nulls: Readonly<Record<string, (random: RandomStream) => number[][]>> = {
  'random in 3 dimensions': (random) => clusters.map(() => normals(random, 3)),
  'random in 20 dimensions': (random) => clusters.map(() => normals(random, 20)),
  'scattered factors of a curve': scattered(curves),
  'scattered factors of a picture': scattered(images),
  'a peak that moves on': (random) => {
    const [step, width] = [uniform(random, 0.02, 0.08), uniform(random, 0.05, 0.15)]
    return clusters.map((c) => xs.map((x) => bump(x - 0.5 - step * (c - 3.5), width)))
  },
  'decays of any rate': (random) =>
    normals(random, 8).map((rate) => xs.map((x) => Math.exp(-3 * x * Math.exp(0.5 * rate)))),
  'clusters within clusters': (random) => {
    const [top, middle, low] = [
      [2, 3],
      [4, 1.5],
      [8, 0.7],
    ].map(([count, size]) => Array.from({ length: count! }, () => normals(random, 30, size)))
    return clusters.map((c) => top![c >> 2]!.map((x, j) => x + middle![c >> 1]![j]! + low![c]![j]!))
  },
  'a line cut into eight': () => clusters.map((c) => xs.map((x) => (c - 3.5) * Math.sin(9 * x))),
}
