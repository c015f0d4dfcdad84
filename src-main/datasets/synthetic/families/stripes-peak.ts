/** Stripes whose phase means nothing beside a spectrum with one peak: no mean image tells the categories apart. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump } from './shapes.ts'

export const stripesPeak = family('stripes-peak', {
  description: 'stripes of random phase beside a spectral peak: direction, period, position',
  samples: 1500,
  networks: threeNodes('chain', [
    binary('direction', 'flat', 'steep'),
    binary('period', 'fine', 'coarse'),
    binary('position', 'left', 'right'),
  ]),
  image: {
    height: 24,
    width: 24,
    channels: 1,
    noise: 0.03,
    paint: ([direction = 0, period = 0], random) => {
      const phase = 2 * Math.PI * random.uniform()
      const angle = (Math.PI / 180) * (45 + 35 * direction)
      const wave = (2 * Math.PI) / (6.5 + 1.8 * period)
      return (x, y) => 0.5 + 0.4 * Math.sin(wave * (x * Math.cos(angle) + y * Math.sin(angle)) + phase)
    },
  },
  curve: {
    valueLabel: 'intensity',
    gridLabel: 'shift',
    from: 0,
    to: 1,
    points: 64,
    noise: 0.03,
    trace: ([, period = 0, position = 0], random) => {
      const height = 1 + 0.08 * random.normal()
      return (x) => height * bump(x - 0.5 - 0.16 * position, 0.07 + 0.02 * period)
    },
  },
})
