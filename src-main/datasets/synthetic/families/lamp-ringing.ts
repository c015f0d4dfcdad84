/** A rough wall under one of three lamps beside a ringing of two pitches and dampings; phase, strength and vignette vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary } from './shapes.ts'

export const lampRinging = family('lamp-ringing', {
  description: 'a rough wall under a lamp (light) beside a ringing (pitch, damping)',
  samples: 1500,
  networks: threeNodes('collider', [
    { name: 'light', categories: ['warm', 'neutral', 'cold'] },
    binary('pitch', 'low', 'high'),
    binary('damping', 'weak', 'strong'),
  ]),
  image: {
    height: 20,
    width: 20,
    channels: 3,
    noise: 0.05,
    paint: ([light = 0], random) => {
      const strength = 0.55 * Math.exp(0.15 * random.normal())
      const [cx, cy] = [9.5 + 4 * random.normal(), 9.5 + 4 * random.normal()]
      const tint = [1 - 0.25 * light, 1, 1 + 0.25 * light]
      const roughness = Array.from({ length: 400 }, () => 0.08 * random.normal())
      return (x, y, channel) => {
        const lit = strength / (1 + ((x - cx) ** 2 + (y - cy) ** 2) / 400)
        return lit * tint[channel]! * (1 + roughness[20 * y + x]!)
      }
    },
  },
  curve: {
    valueLabel: 'displacement',
    gridLabel: 's',
    from: 0,
    to: 4,
    points: 80,
    noise: 0.04,
    trace: ([, pitch = 0, damping = 0], random) => {
      const phase = 2 * Math.PI * random.uniform()
      const height = 1 + 0.15 * random.normal()
      const turns = 2 + 0.25 * pitch + 0.03 * random.normal()
      const decay = Math.exp(-0.3 + 0.7 * damping)
      return (t) => height * Math.exp(-decay * t) * Math.cos(2 * Math.PI * turns * t + phase)
    },
  },
})
