/** A micrograph of grains beside a stress-strain curve: finer grains yield later, after Hall and Petch. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary } from './shapes.ts'

export const grainsStress = family('grains-stress', {
  description: 'a micrograph of grains beside a stress-strain curve: grain size, brightness, hardening',
  samples: 1500,
  networks: threeNodes('fork', [
    binary('grains', 'coarse', 'fine'),
    binary('brightness', 'dark', 'bright'),
    binary('hardening', 'weak', 'strong'),
  ]),
  image: {
    height: 24,
    width: 24,
    channels: 1,
    noise: 0.02,
    paint: ([grains = 0, brightness = 0], random) => {
      const count = Math.max(2, Math.round(16 * Math.exp(0.9 * grains)))
      const seeds = Array.from({ length: count }, () => ({
        x: 24 * random.uniform(),
        y: 24 * random.uniform(),
        shade: 0.5 + 0.15 * brightness + 0.12 * (2 * random.uniform() - 1),
      }))
      return (x, y) => {
        let [nearest, next, shade] = [Infinity, Infinity, 0]
        for (const seed of seeds) {
          const distance = Math.hypot(x - seed.x, y - seed.y)
          if (distance < nearest) [nearest, next, shade] = [distance, nearest, seed.shade]
          else next = Math.min(next, distance)
        }
        // Boundaries are etched dark.
        return next - nearest < 0.8 ? 0.1 : shade
      }
    },
  },
  curve: {
    valueLabel: 'stress',
    gridLabel: 'strain',
    from: 0,
    to: 0.4,
    points: 40,
    noise: 1.5,
    trace: ([grains = 0, , hardening = 0], random) => {
      const stiffness = 900 * (1 + 0.03 * random.normal())
      const strain = 0.1 * (1 + 0.3 * grains)
      const slope = 150 * (1 + 0.8 * hardening)
      return (e) => (e < strain ? stiffness * e : stiffness * strain + slope * (e - strain))
    },
  },
})
