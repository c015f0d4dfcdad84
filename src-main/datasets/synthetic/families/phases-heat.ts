/** A micrograph of two phases beside a heating curve: where the phases lie, contrast, baseline and heat vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump, sigmoid } from './shapes.ts'

export const phasesHeat = family('phases-heat', {
  description: 'a micrograph of two phases (coarseness, share) beside a heating curve with a transition (temperature)',
  samples: 1500,
  networks: threeNodes('fork', [
    binary('coarseness', 'coarse', 'fine'),
    binary('share', 'little', 'much'),
    binary('transition', 'cold', 'hot'),
  ]),
  image: {
    height: 32,
    width: 32,
    channels: 1,
    noise: 0.05,
    paint: ([coarseness = 0, share = 0], random) => {
      const contrast = 0.5 * (1 + 0.1 * random.normal())
      // A sum of waves of one length in all directions, cut at a level: a spinodal structure.
      const waves = Array.from({ length: 24 }, (_, k) => {
        const [angle, phase] = [(Math.PI * (k + random.uniform())) / 24, 2 * Math.PI * random.uniform()]
        const number = (2 * Math.PI) / (8 - 2.5 * coarseness)
        return { across: number * Math.cos(angle), down: number * Math.sin(angle), phase }
      })
      return (x, y) => {
        const field = waves.reduce((sum, w) => sum + Math.cos(w.across * x + w.down * y + w.phase), 0) / Math.sqrt(12)
        return 0.25 + contrast * sigmoid(6 * (field + 0.55 * share))
      }
    },
  },
  curve: {
    valueLabel: 'heat flow',
    gridLabel: 'temperature',
    from: 100,
    to: 300,
    points: 70,
    noise: 0.02,
    trace: ([, , transition = 0], random) => {
      const [base, slope] = [0.5 + 0.1 * random.normal(), 0.2 * random.normal()]
      const heat = 0.8 * (1 + 0.15 * random.normal())
      const at = 200 + 22 * transition + 2 * random.normal()
      return (t) => base + (slope * (t - 200)) / 100 + 0.15 * sigmoid((t - at) / 8) + heat * bump(t - at, 9)
    },
  },
})
