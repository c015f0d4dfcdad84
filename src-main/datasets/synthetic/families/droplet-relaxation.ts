/** A droplet on a plate beside a slow relaxation; one sample in fifty looks like the other category. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, sigmoid } from './shapes.ts'

export const dropletRelaxation = family('droplet-relaxation', {
  description: 'a droplet on a plate beside a relaxation: contact angle, volume, exponent, with some overlap',
  samples: 1500,
  overlap: 0.02,
  networks: threeNodes('fork', [
    binary('angle', 'wetting', 'repelling'),
    binary('volume', 'small', 'large'),
    binary('exponent', 'slow', 'fast'),
  ]),
  image: {
    height: 20,
    width: 32,
    channels: 1,
    noise: 0.03,
    paint: ([angle = 0, volume = 0], random) => {
      const centre = 15.5 + 0.6 * random.normal()
      const theta = (Math.PI / 180) * (90 + 30 * angle)
      // A circular cap of that contact angle: area R^2 (theta - sin theta cos theta).
      const area = 130 * (1 + 0.35 * volume)
      const radius = Math.sqrt(Math.max(1, area) / (theta - Math.sin(theta) * Math.cos(theta)))
      const height = 16 + radius * Math.cos(theta)
      return (x, y) => {
        const inside = sigmoid(2 * (radius - Math.hypot(x - centre, y - height)))
        return 0.9 - 0.75 * Math.max(y <= 16 ? inside : 0, y > 16 ? 1 : 0)
      }
    },
  },
  curve: {
    valueLabel: 'modulus',
    gridLabel: 'time',
    from: 0,
    to: 20,
    points: 40,
    noise: 0.02,
    trace: ([, volume = 0, exponent = 0]) => {
      const power = 0.6 * Math.exp(0.5 * exponent)
      return (t) => 0.2 + (1 + 0.15 * volume) * (1 + t) ** -power
    },
  },
})
