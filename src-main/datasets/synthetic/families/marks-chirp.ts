/** A mark of two kinds and sizes, never quite centred, beside a chirp of random phase that rises slowly or fast. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump } from './shapes.ts'

export const marksChirp = family('marks-chirp', {
  description: 'a mark (kind, size) beside a chirp of random phase (rate)',
  samples: 1500,
  networks: threeNodes('chain', [
    binary('kind', 'plus', 'cross'),
    binary('size', 'small', 'large'),
    binary('rate', 'slow', 'fast'),
  ]),
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.04,
    paint: ([kind = 0, size = 0], random) => {
      const [cx, cy] = [13.5 + 1.2 * random.normal(), 13.5 + 1.2 * random.normal()]
      const angle = ((1 + kind) * Math.PI) / 8 + 0.06 * random.normal()
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      const arm = 7.5 + 2 * size
      const gain = 0.75 * (1 + 0.1 * random.normal())
      return (x, y) => {
        const [u, v] = [(x - cx) * cos + (y - cy) * sin, (y - cy) * cos - (x - cx) * sin]
        const bar = (along: number, across: number): number => (Math.abs(along) < arm ? bump(across, 1) : 0)
        return 0.1 + gain * Math.max(bar(u, v), bar(v, u))
      }
    },
  },
  curve: {
    valueLabel: 'voltage',
    gridLabel: 'ms',
    from: 0,
    to: 1,
    points: 64,
    noise: 0.06,
    trace: ([, , rate = 0], random) => {
      const phase = 2 * Math.PI * random.uniform()
      const height = 1 + 0.1 * random.normal()
      const sweep = 6 + 2.5 * rate
      return (t) => height * Math.sin(2 * Math.PI * (2 * t + (sweep * t * t) / 2) + phase)
    },
  },
})
