/** A shot gather of two reflections beside a gamma-ray log through a sand: arrival, statics, gain and thin beds vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump, sigmoid } from './shapes.ts'

/** A Ricker wavelet of standard width 1. */
function ricker(x: number): number {
  return (1 - x * x) * Math.exp(-(x * x) / 2)
}

export const gatherLog = family('gather-log', {
  description: 'a seismic shot gather (velocity, polarity) beside a gamma-ray log through a sand (sequence)',
  samples: 1500,
  networks: threeNodes('collider', [
    binary('velocity', 'slow', 'fast'),
    binary('polarity', 'soft', 'hard'),
    binary('sequence', 'fining', 'coarsening'),
  ]),
  image: {
    height: 32,
    width: 24,
    channels: 1,
    noise: 0.05,
    // Columns are receivers away from the shot, rows are time.
    paint: ([velocity = 0, polarity = 0], random) => {
      const [upper, lower] = [5.5 + 0.6 * random.normal(), 16 + 0.8 * random.normal()]
      const gain = 0.3 * (1 + 0.12 * random.normal())
      const statics = Array.from({ length: 24 }, () => 0.25 * random.normal())
      const coupling = Array.from({ length: 24 }, () => Math.exp(0.15 * random.normal()))
      // Rows that a wave to the farthest receiver would need along the surface.
      const along = 13.5 - 3.5 * velocity
      const arrival = (zero: number, x: number): number => Math.hypot(zero, (along * x) / 23) + statics[x]!
      return (x, y) => {
        const spreading = 1 - (0.35 * x) / 23
        const first = ricker((y - arrival(upper, x)) / 1.3)
        const second = 0.85 * polarity * ricker((y - arrival(lower, x)) / 1.3)
        return 0.5 + gain * coupling[x]! * spreading * (first + second)
      }
    },
  },
  curve: {
    valueLabel: 'gamma',
    gridLabel: 'm',
    from: 1000,
    to: 1050,
    points: 84,
    noise: 3,
    trace: ([, , sequence = 0], random) => {
      const [middle, thickness] = [1025 + 2.5 * random.normal(), 20 * (1 + 0.08 * random.normal())]
      const shale = 110 + 6 * random.normal()
      const compaction = 0.1 * random.normal()
      const contrast = 65 * (1 + 0.1 * random.normal())
      const beds = Array.from({ length: 4 }, () => ({ at: 1000 + 50 * random.uniform(), by: 6 * random.normal() }))
      return (m) => {
        const down = (m - middle) / thickness
        const body = sigmoid((0.5 - Math.abs(down)) * 40)
        // Fining upward: the cleanest sand lies at the bottom.
        const clean = 0.58 - 0.8 * sequence * down
        const thin = beds.reduce((sum, bed) => sum + bed.by * bump(m - bed.at, 0.7), 0)
        return shale + compaction * (m - 1025) - contrast * body * clean + thin
      }
    },
  },
})
