/** Instruments that give a row of numbers. */
import { type Instrument, sigmoid, uniform } from './instrument.ts'

/** Twelve channels whose signal sums a random loading of each factor, seen through `shape`. */
function channels(name: string, spread: number, shape: (x: number) => number): Instrument {
  return {
    name,
    draw: (parameters) => {
      const common = Array.from({ length: 12 }, () => spread * parameters.normal())
      const rows = common.map((shared) =>
        [0, 1, 2].map(() => uniform(parameters, 0.6, 1.2) * (shared + parameters.normal())),
      )
      const base = rows.map(() => 0.5 * parameters.normal())
      return (levels, random) => {
        const dilution = 0.05 * random.normal()
        return [
          rows.map((row, j) => shape(base[j]! + 0.5 * row.reduce((sum, w, l) => sum + w * levels[l]!, 0)) + dilution),
        ]
      }
    },
  }
}

export const tables: readonly Instrument[] = [
  channels('loadings', 0, (x) => x),
  channels('correlated loadings', 1, (x) => x),
  channels('saturating sensors', 0, (x) => sigmoid(1.5 * x)),
  channels('concentrations', 0, (x) => Math.exp(0.5 * x)),
]
