/** A heart by ultrasound in time (M-mode) beside its beats: phase, rate, depth of the probe, gain and a wandering baseline vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump, sigmoid } from './shapes.ts'

export const echoHeartbeat = family('echo-heartbeat', {
  description: 'ultrasound of a heart in time (wall motion) beside its electrical beats (ischaemia, conduction)',
  samples: 1500,
  networks: threeNodes('fork', [
    binary('ischaemia', 'without', 'with'),
    binary('wall', 'moving', 'still'),
    binary('conduction', 'narrow', 'broad'),
  ]),
  image: {
    height: 32,
    width: 32,
    channels: 1,
    noise: 0.05,
    paint: ([, wall = 0], random) => {
      const phase = random.uniform()
      const period = 15 * (1 + 0.08 * random.normal())
      const depth = random.normal()
      const gain = 0.6 * Math.exp(0.12 * random.normal())
      const attenuation = 0.3 + 0.1 * random.normal()
      const excursion = 3 - 1.75 * wall
      const speckle = Array.from({ length: 32 * 32 }, () => Math.exp(0.25 * random.normal()))
      // Fraction of the way in: contraction takes a third of a beat.
      const inward = (x: number): number => {
        const beat = (x / period + phase) % 1
        return beat < 0.66 ? (1 - Math.cos((2 * Math.PI * beat) / 0.66)) / 2 : 0
      }
      return (x, y) => {
        const septum = bump(y - 7 - depth - 0.8 * inward(x), 1.4)
        const posterior = bump(y - 24 - depth + excursion * inward(x), 1.4)
        const echo = gain * (septum + posterior) * (1 - (attenuation * (y - 15.5)) / 32)
        return 0.08 + (echo + 0.04) * speckle[32 * y + x]!
      }
    },
  },
  curve: {
    valueLabel: 'mV',
    gridLabel: 's',
    from: 0,
    to: 1.6,
    points: 100,
    noise: 0.025,
    trace: ([ischaemia = 0, , conduction = 0], random) => {
      const period = 0.8 * (1 + 0.06 * random.normal())
      const first = period * (random.uniform() - 1)
      const height = 1 + 0.12 * random.normal()
      const [offset, wander, turn] = [0.1 * random.normal(), 0.05 * random.normal(), 2 * Math.PI * random.uniform()]
      const width = 0.026 * Math.exp(0.4 * conduction)
      const depression = 0.13 * (1 + ischaemia)
      const beat = (t: number): number =>
        0.15 * bump(t + 0.18, 0.022) +
        height * bump(t, width) -
        depression * sigmoid((t - 0.09) / 0.01) * sigmoid((0.22 - t) / 0.02) +
        0.3 * height * bump(t - 0.3, 0.045)
      return (t) => {
        let sum = offset + wander * Math.sin(2 * Math.PI * 0.3 * t + turn)
        for (let b = 0; b < 4; b++) sum += beat(t - first - b * period)
        return sum
      }
    },
  },
})
