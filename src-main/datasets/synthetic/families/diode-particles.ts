/** A diode's characteristic beside an array of particles that are placed with some error. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, sigmoid } from './shapes.ts'

export const diodeParticles = family('diode-particles', {
  description: "a diode's characteristic beside an array of particles: threshold, particle size, spacing",
  samples: 1500,
  networks: threeNodes('chain', [
    binary('threshold', 'low', 'high'),
    binary('size', 'small', 'large'),
    binary('spacing', 'tight', 'wide'),
  ]),
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.04,
    paint: ([, size = 0, spacing = 0], random) => {
      const step = 7 + 1.2 * spacing
      const radius = 1.9 + 0.5 * size
      const particles = Array.from({ length: 9 }, (_, p) => ({
        x: 13.5 + step * ((p % 3) - 1) + 0.4 * random.normal(),
        y: 13.5 + step * (Math.floor(p / 3) - 1) + 0.4 * random.normal(),
      }))
      return (x, y) => {
        const distance = Math.min(...particles.map((particle) => Math.hypot(x - particle.x, y - particle.y)))
        return 0.1 + 0.8 * sigmoid(3 * (radius - distance))
      }
    },
  },
  curve: {
    valueLabel: 'current',
    gridLabel: 'voltage',
    from: 0,
    to: 1,
    points: 50,
    noise: 0.02,
    trace: ([threshold = 0, size = 0], random) => {
      const on = 0.5 + 0.1 * threshold
      const conductance = (1 + 0.3 * size) * (1 + 0.03 * random.normal())
      return (v) => 0.05 * conductance * Math.log1p(Math.exp((v - on) / 0.05)) * 4
    },
  },
})
