/** A plate lit from one side, with or without a spot, beside the onset of a signal; gain, place and delay vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, sigmoid } from './shapes.ts'

export const gradientOnset = family('gradient-onset', {
  description: 'a lit plate with or without a spot beside a signal that sets in early or late',
  samples: 1500,
  networks: threeNodes('chain', [
    binary('side', 'left', 'right'),
    binary('spot', 'absent', 'present'),
    binary('onset', 'early', 'late'),
  ]),
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.05,
    paint: ([side = 0, spot = 0], random) => {
      const gain = 0.35 * (1 + 0.1 * random.normal())
      const [cx, cy] = [13.5 + 2 * random.normal(), 13.5 + 2 * random.normal()]
      return (x, y) => {
        const glow = 0.3 * (1 + spot) * Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 5.5)
        return 0.5 + (gain * side * (x - 13.5)) / 13.5 + glow
      }
    },
  },
  curve: {
    valueLabel: 'signal',
    gridLabel: 's',
    from: 0,
    to: 10,
    points: 50,
    noise: 0.03,
    trace: ([, , onset = 0], random) => {
      const at = 4.75 + 1.25 * onset + 0.25 * random.normal()
      const height = 1 + 0.1 * random.normal()
      return (x) => height * sigmoid(2 * (x - at))
    },
  },
})
