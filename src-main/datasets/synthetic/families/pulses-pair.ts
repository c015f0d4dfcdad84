/** A pair of spots turned at random beside a train of pulses that starts anywhere. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump } from './shapes.ts'

export const pulsesPair = family('pulses-pair', {
  description: 'a pair of spots (distance) beside a train of pulses (period, width)',
  samples: 1500,
  networks: threeNodes('collider', [
    binary('distance', 'near', 'far'),
    binary('period', 'short', 'long'),
    binary('width', 'narrow', 'wide'),
  ]),
  image: {
    height: 24,
    width: 24,
    channels: 1,
    noise: 0.04,
    paint: ([distance = 0], random) => {
      const angle = Math.PI * random.uniform()
      const half = 4.5 + 1.5 * distance
      const [cx, cy] = [11.5 + random.normal(), 11.5 + random.normal()]
      const [dx, dy] = [half * Math.cos(angle), half * Math.sin(angle)]
      const [one, other] = [0.7 + 0.08 * random.normal(), 0.7 + 0.08 * random.normal()]
      return (x, y) =>
        0.1 +
        one * bump(Math.hypot(x - cx - dx, y - cy - dy), 1.6) +
        other * bump(Math.hypot(x - cx + dx, y - cy + dy), 1.6)
    },
  },
  curve: {
    valueLabel: 'current',
    gridLabel: 'ms',
    from: 0,
    to: 100,
    points: 100,
    noise: 0.05,
    trace: ([, period = 0, width = 0], random) => {
      const every = 18 + 4 * period
      const start = every * random.uniform()
      const half = 2.2 + 0.7 * width
      const height = 1 + 0.08 * random.normal()
      return (t) => {
        const apart = ((((t - start) % every) + every) % every) - every / 2
        return height * bump(apart, half)
      }
    },
  },
})
