/** Galaxies at any tilt beside their spectra: concentration, age and what glows, each normally distributed and following the one before. */
import { continuousFamily } from '../families/family.ts'
import { bump, sigmoid } from '../families/shapes.ts'

/** Angstroms at rest: doubly ionised oxygen, hydrogen, hydrogen with nitrogen. */
const glows = [
  { at: 5007, share: 0.6 },
  { at: 4861, share: 0.35 },
  { at: 6563, share: 1 },
] as const

export const galaxiesLight = continuousFamily('galaxies-light', {
  description: 'no category: galaxies of any concentration and tilt beside spectra of any age and glow, all correlated',
  samples: 1200,
  causes: ['concentration', 'age', 'glow'],
  draw: (random) => {
    const concentration = random.normal()
    const age = 0.7 * concentration + Math.sqrt(1 - 0.7 ** 2) * random.normal()
    return [concentration, age, -0.7 * age + Math.sqrt(1 - 0.7 ** 2) * random.normal()]
  },
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.025,
    paint: ([concentration = 0], random) => {
      const [cx, cy] = [13.5 + 0.5 * random.normal(), 13.5 + 0.5 * random.normal()]
      const turn = Math.PI * random.uniform()
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
      const flat = 0.45 + 0.5 * random.uniform()
      const half = 4.5 * Math.exp(0.15 * random.normal())
      const index = 1.8 * Math.exp(0.25 * concentration)
      const [light, sky] = [0.3 * Math.exp(0.15 * random.normal()), 0.06 + 0.01 * random.normal()]
      // After Sersic: half the light falls within `half`.
      const steep = 2 * index - 1 / 3
      return (x, y) => {
        const [u, v] = [(x - cx) * cos + (y - cy) * sin, (y - cy) * cos - (x - cx) * sin]
        const radius = Math.hypot(u, v / flat, 0.7)
        return sky + light * Math.exp(-steep * ((radius / half) ** (1 / index) - 1))
      }
    },
  },
  curve: {
    valueLabel: 'flux',
    gridLabel: 'angstrom',
    from: 3700,
    to: 7100,
    points: 86,
    noise: 0.03,
    trace: ([, age = 0, glow = 0], random) => {
      const redshift = 1.02 + 0.006 * random.normal()
      const dust = 0.1 * random.normal()
      const flux = Math.exp(0.15 * random.normal())
      const lines = 0.5 * Math.exp(0.4 * glow)
      return (angstrom) => {
        const rest = angstrom / redshift
        const u = (rest - 5400) / 1700
        const step = 1 - (0.35 + 0.1 * age) * sigmoid((4000 - rest) / 40)
        const glowing = glows.reduce((sum, { at, share }) => sum + share * bump(rest - at, 30), 0)
        return flux * ((1 + (0.2 * age + dust) * u) * step + lines * glowing)
      }
    },
  },
})
