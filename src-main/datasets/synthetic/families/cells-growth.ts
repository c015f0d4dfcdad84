/** A stained cell beside a growth curve: four nodes, two a modality. */
import { family } from './family.ts'
import { leaningNetwork } from './network.ts'
import { binary, bump, sigmoid } from './shapes.ts'

const nodes = [
  binary('shape', 'round', 'long'),
  binary('stain', 'red', 'green'),
  binary('lag', 'short', 'long'),
  binary('capacity', 'low', 'high'),
]

export const cellsGrowth = family('cells-growth', {
  description: 'a stained cell beside a growth curve: shape, stain, lag, capacity',
  samples: 2000,
  networks: new Map([
    ['chain', leaningNetwork('chain', nodes, { stain: ['shape'], lag: ['stain'], capacity: ['lag'] })],
    ['fork', leaningNetwork('fork', nodes, { stain: ['shape'], lag: ['shape'], capacity: ['stain'] })],
    ['collider', leaningNetwork('collider', nodes, { lag: ['shape', 'stain'], capacity: ['lag'] })],
    ['independent', leaningNetwork('independent', nodes, {})],
  ]),
  image: {
    height: 24,
    width: 24,
    channels: 3,
    noise: 0.03,
    paint: ([shape = 0, stain = 0], random) => {
      const [cx, cy] = [11.5 + 0.5 * random.normal(), 11.5 + 0.5 * random.normal()]
      const stretch = Math.exp(0.3 * (1 + shape))
      const green = (1 + stain) / 2
      const colour = [0.9 - 0.6 * green, 0.3 + 0.6 * green, 0.3]
      return (x, y, channel) => {
        const [dx, dy] = [(x - cx) / stretch, y - cy]
        const body = 0.35 * sigmoid(3 * (5.5 - Math.hypot(dx, dy)))
        return 0.05 + body + 0.6 * colour[channel]! * bump(Math.hypot(x - cx, y - cy), 2.4)
      }
    },
  },
  curve: {
    valueLabel: 'density',
    gridLabel: 'hour',
    from: 0,
    to: 24,
    points: 49,
    noise: 0.03,
    trace: ([, , lag = 0, capacity = 0], random) => {
      const rate = 0.7 * (1 + 0.04 * random.normal())
      return (t) => 0.05 + (1 + 0.3 * capacity) * sigmoid(rate * (t - 10 - 3 * lag))
    },
  },
})
