/** A wear track under the microscope beside the friction that made it: four nodes, two a modality, in a diamond. */
import { family } from './family.ts'
import { leaningNetwork } from './network.ts'
import { binary, bump, sigmoid } from './shapes.ts'

const nodes = [
  binary('slip', 'smooth', 'jerky'),
  binary('track', 'narrow', 'wide'),
  binary('debris', 'little', 'much'),
  binary('settling', 'quick', 'slow'),
]

export const wearFriction = family('wear-friction', {
  description: 'a wear track (track, debris) beside the friction along the way (slip, settling)',
  samples: 2000,
  networks: new Map([
    ['diamond', leaningNetwork('diamond', nodes, { track: ['slip'], debris: ['slip'], settling: ['track', 'debris'] })],
    ['chain', leaningNetwork('chain', nodes, { track: ['slip'], debris: ['track'], settling: ['debris'] })],
    ['fork', leaningNetwork('fork', nodes, { track: ['slip'], debris: ['slip'], settling: ['slip'] })],
    ['independent', leaningNetwork('independent', nodes, {})],
  ]),
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.03,
    paint: ([, track = 0, debris = 0], random) => {
      const [middle, tilt] = [13.5 + random.normal(), 0.03 * random.normal()]
      const half = 4.5 + 1.4 * track
      const [depth, light] = [0.28 * (1 + 0.1 * random.normal()), 0.05 * random.normal()]
      const grooves = Array.from({ length: 28 }, () => 0.04 * random.normal())
      // Particles are pushed out and lie on both sides.
      const count = Math.max(0, Math.round(9 + 6 * debris + random.normal()))
      const particles = Array.from({ length: count }, () => {
        const x = 27 * random.uniform()
        const away = half + 1.5 + 5 * random.uniform()
        return { x, y: middle + tilt * (x - 13.5) + (random.uniform() < 0.5 ? away : -away) }
      })
      return (x, y) => {
        const off = y - middle - tilt * (x - 13.5)
        const worn = sigmoid(3 * (half - Math.abs(off)))
        const groove = grooves[Math.min(27, Math.max(0, Math.round(13.5 + off)))]!
        const nearest = Math.min(Infinity, ...particles.map((p) => Math.hypot(x - p.x, y - p.y)))
        return 0.55 + (light * (x - 13.5)) / 14 - worn * (depth + groove) + 0.35 * bump(nearest, 0.7)
      }
    },
  },
  curve: {
    valueLabel: 'friction',
    gridLabel: 'm',
    from: 0,
    to: 100,
    points: 100,
    noise: 0.008,
    trace: ([slip = 0, , , settling = 0], random) => {
      const [steady, excess] = [0.35 + 0.03 * random.normal(), 0.25 * (1 + 0.1 * random.normal())]
      const length = 11 * Math.exp(0.75 * settling)
      const drift = 0.0002 * random.normal()
      const [every, start] = [6 * (1 + 0.08 * random.normal()), random.uniform()]
      const jerk = 0.05 + 0.04 * slip
      // Sticks while the load rises, then lets go at once.
      return (m) => steady + excess * Math.exp(-m / length) + drift * m + jerk * (((m / every + start) % 1) - 0.5)
    },
  },
})
