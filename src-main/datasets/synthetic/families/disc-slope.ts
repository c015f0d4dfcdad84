/** A disc beside a line, each with one factor that the other does not see; place and offset vary without meaning. */
import { family } from './family.ts'
import { twoNodes } from './network.ts'
import { binary, sigmoid } from './shapes.ts'

export const discSlope = family('disc-slope', {
  description: 'a disc of two sizes beside a line of two slopes, each factor seen by one modality',
  samples: 1500,
  networks: twoNodes(binary('size', 'small', 'large'), binary('slope', 'falling', 'rising')),
  image: {
    height: 24,
    width: 24,
    channels: 1,
    noise: 0.03,
    paint: ([size = 0], random) => {
      const cx = 11.5 + random.normal()
      const cy = 11.5 + random.normal()
      const background = 0.12 + 0.04 * random.normal()
      return (x, y) => background + 0.75 * sigmoid(2 * (5.5 + 1.8 * size - Math.hypot(x - cx, y - cy)))
    },
  },
  curve: {
    valueLabel: 'y',
    gridLabel: 'x',
    from: -1,
    to: 1,
    points: 32,
    noise: 0.05,
    trace: ([, slope = 0], random) => {
      const offset = 0.15 * random.normal()
      return (x) => offset + slope * x
    },
  },
})
