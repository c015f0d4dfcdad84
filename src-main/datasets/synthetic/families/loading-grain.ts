/** A loading curve, there and back, beside one elongated grain. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump } from './shapes.ts'

export const loadingGrain = family('loading-grain', {
  description: 'loading and unloading beside an elongated grain: orientation, stiffness (three categories), set',
  samples: 1500,
  networks: threeNodes('fork', [
    binary('orientation', 'along', 'across'),
    { name: 'stiffness', categories: ['soft', 'middle', 'stiff'] },
    binary('set', 'small', 'large'),
  ]),
  image: {
    height: 26,
    width: 26,
    channels: 1,
    noise: 0.04,
    paint: ([orientation = 0, , set = 0], random) => {
      const [cx, cy] = [12.5 + 0.8 * random.normal(), 12.5 + 0.8 * random.normal()]
      const angle = (Math.PI / 180) * (45 + 40 * orientation)
      const length = 7 + 1.5 * set
      return (x, y) => {
        const along = (x - cx) * Math.cos(angle) + (y - cy) * Math.sin(angle)
        const across = (y - cy) * Math.cos(angle) - (x - cx) * Math.sin(angle)
        return 0.1 + 0.8 * bump(along, length / 1.5) * bump(across, 2.2)
      }
    },
  },
  curve: {
    valueLabel: 'load',
    gridLabel: 'step',
    from: 0,
    to: 2,
    points: 48,
    noise: 0.03,
    trace: ([, stiffness = 0, set = 0]) => {
      const k = 1 + 0.35 * stiffness
      const rest = 0.3 + 0.12 * set
      // Up to step 1 the load rises; then it falls to nothing at the remaining deflection.
      return (s) => (s <= 1 ? k * s ** 1.2 : k * Math.max(0, (2 - s - rest) / (1 - rest)) ** 1.6)
    },
  },
})
