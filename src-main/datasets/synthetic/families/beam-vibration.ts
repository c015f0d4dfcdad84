/** The section of a beam beside its free vibration: place and brightness, phase and strength of the blow vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, sigmoid } from './shapes.ts'

export const beamVibration = family('beam-vibration', {
  description: 'the section of a beam (thickness) beside its free vibration from any phase (pitch, damping)',
  samples: 1500,
  networks: threeNodes('chain', [
    binary('thickness', 'thin', 'thick'),
    binary('pitch', 'low', 'high'),
    binary('damping', 'weak', 'strong'),
  ]),
  image: {
    height: 24,
    width: 32,
    channels: 1,
    noise: 0.05,
    paint: ([thickness = 0], random) => {
      const [cx, cy] = [15.5 + 3 * random.normal(), 11.5 + 2 * random.normal()]
      const brightness = 0.6 * (1 + 0.1 * random.normal())
      const [halfWidth, halfHeight] = [7 + 0.5 * random.normal(), 3.5 + 1.25 * thickness]
      return (x, y) =>
        0.15 + brightness * sigmoid(2 * (halfWidth - Math.abs(x - cx))) * sigmoid(2 * (halfHeight - Math.abs(y - cy)))
    },
  },
  curve: {
    valueLabel: 'deflection',
    gridLabel: 's',
    from: 0,
    to: 1,
    points: 96,
    noise: 0.05,
    trace: ([, pitch = 0, damping = 0], random) => {
      const phase = 2 * Math.PI * random.uniform()
      const blow = 1 + 0.1 * random.normal()
      const [frequency, decay] = [9 + 2.5 * pitch, 2.5 + 1.75 * damping]
      return (t) => blow * Math.exp(-decay * t) * Math.sin(2 * Math.PI * frequency * t + phase)
    },
  },
})
