/**
 * What a network made of cell lines, 48 numbers each, beside their growth: confluence, stain and batch move the numbers
 * more than line and treatment do.
 */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary } from './shapes.ts'

const width = 48

/** A fixed direction among the features, of about unit length. */
function direction(which: number): (j: number) => number {
  return (j) => Math.sin(1.7 * (which + 1) * (j + 1) + which * which) / Math.sqrt(width / 2)
}

export const linesFeatures = family('lines-features', {
  description: 'features that a network made of cells (line, treatment) beside their growth (rate)',
  samples: 1500,
  networks: threeNodes('chain', [
    binary('line', 'A', 'B'),
    binary('treatment', 'without', 'with'),
    binary('rate', 'slow', 'fast'),
  ]),
  vector: {
    columns: Array.from({ length: width }, (_, j) => `f${j + 1}`),
    noise: 0.05,
    measure: ([line = 0, treatment = 0], random) => {
      const nuisance = Array.from({ length: 4 }, (_, k) => (1.5 - 0.25 * k) * random.normal())
      const moved = [...nuisance, 0.6 * line, 0.6 * treatment]
      return Array.from({ length: width }, (_, j) =>
        Math.tanh(moved.reduce((sum, by, k) => sum + by * direction(k)(j), 0)),
      )
    },
  },
  curve: {
    valueLabel: 'confluence',
    gridLabel: 'h',
    from: 0,
    to: 72,
    points: 36,
    noise: 0.015,
    trace: ([, , rate = 0], random) => {
      const start = 0.05 * Math.exp(0.3 * random.normal())
      const end = 0.9 + 0.03 * random.normal()
      const pace = 0.09 + 0.02 * rate
      return (h) => end / (1 + (end / start - 1) * Math.exp(-pace * h))
    },
  },
})
