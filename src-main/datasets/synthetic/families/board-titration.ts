/** A board of squares that starts anywhere, of two sizes and tones, beside a titration of two strengths with a drifting probe. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, sigmoid } from './shapes.ts'

export const boardTitration = family('board-titration', {
  description: 'a board of squares (size, tone) beside a titration (equivalence)',
  samples: 1500,
  networks: threeNodes('fork', [
    binary('squares', 'small', 'large'),
    binary('tone', 'dark', 'bright'),
    binary('equivalence', 'early', 'late'),
  ]),
  image: {
    height: 24,
    width: 24,
    channels: 1,
    noise: 0.05,
    paint: ([squares = 0, tone = 0], random) => {
      const side = 4.5 + 1.2 * squares
      const [left, top] = [2 * side * random.uniform(), 2 * side * random.uniform()]
      const contrast = 0.2 * (1 + 0.15 * random.normal())
      const mean = 0.5 + 0.12 * tone + 0.02 * random.normal()
      return (x, y) => {
        const light = (Math.floor((x + left) / side) + Math.floor((y + top) / side)) % 2 === 0
        return mean + (light ? contrast : -contrast)
      }
    },
  },
  curve: {
    valueLabel: 'pH',
    gridLabel: 'mL',
    from: 0,
    to: 20,
    points: 41,
    noise: 0.08,
    trace: ([, , equivalence = 0], random) => {
      const drift = 0.02 * random.normal()
      const start = 3 + 0.25 * random.normal()
      const jump = 7 * (1 + 0.05 * random.normal())
      const at = 10 + 1.2 * equivalence + 0.3 * random.normal()
      return (volume) => start + drift * volume + jump * sigmoid(2.2 * (volume - at)) + 0.08 * volume
    },
  },
})
