/** A ring with a notch beside a decay: the notch shows in the image alone, the rate in the curve alone. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump } from './shapes.ts'

export const ringDecay = family('ring-decay', {
  description: 'a notched ring beside a decay curve: notch, radius, rate',
  samples: 1500,
  networks: threeNodes('chain', [
    binary('notch', 'up', 'down'),
    binary('radius', 'small', 'large'),
    binary('rate', 'slow', 'fast'),
  ]),
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.03,
    paint: ([notch = 0, radius = 0], random) => {
      const cx = 13.5 + 0.4 * random.normal()
      const cy = 13.5 + 0.4 * random.normal()
      return (x, y) => {
        const turn = Math.atan2(y - cy, x - cx) - (Math.PI / 2) * notch
        const apart = Math.atan2(Math.sin(turn), Math.cos(turn))
        return bump(Math.hypot(x - cx, y - cy) - 7.5 - 2 * radius, 1.2) * (1 - bump(apart, 0.4))
      }
    },
  },
  curve: {
    valueLabel: 'signal',
    gridLabel: 'time',
    from: 0,
    to: 5,
    points: 48,
    noise: 0.03,
    trace: ([, radius = 0, rate = 0]) => {
      const k = Math.exp(0.7 * rate)
      return (t) => 0.5 + 0.25 * radius + Math.exp(-k * t)
    },
  },
})
