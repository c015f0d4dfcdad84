/** Two blobs on an uneven background beside a damped oscillation. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump } from './shapes.ts'

export const blobsOscillation = family('blobs-oscillation', {
  description: 'two blobs on an uneven background beside a damped oscillation: distance, balance, frequency',
  samples: 1500,
  networks: threeNodes('collider', [
    binary('distance', 'near', 'far'),
    binary('balance', 'uneven', 'even'),
    binary('frequency', 'low', 'high'),
  ]),
  image: {
    height: 20,
    width: 32,
    channels: 1,
    noise: 0.03,
    paint: ([distance = 0, balance = 0], random) => {
      const [tiltX, tiltY] = [0.06 * random.normal(), 0.06 * random.normal()]
      const apart = 6.5 + 2.5 * distance
      const dim = 0.5 + 0.25 * balance
      return (x, y) => {
        const across = bump(y - 9.5, 2.2)
        const blobs = 0.75 * across * (bump(x - 15.5 - apart, 2.2) + dim * bump(x - 15.5 + apart, 2.2))
        return 0.15 + blobs + (tiltX * (x - 15.5)) / 16 + (tiltY * (y - 9.5)) / 10
      }
    },
  },
  curve: {
    valueLabel: 'deflection',
    gridLabel: 'time',
    from: 0,
    to: 3,
    points: 60,
    noise: 0.05,
    trace: ([, balance = 0, frequency = 0], random) => {
      const phase = 0.15 * random.normal()
      const omega = 2 * Math.PI * (1 + 0.25 * frequency)
      return (t) => (1 + 0.3 * balance) * Math.exp(-0.5 * t) * Math.cos(omega * t + phase)
    },
  },
})
