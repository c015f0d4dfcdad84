/** Colonies at random places on an agar plate beside a reflectance spectrum of two bands with a baseline of its own. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump } from './shapes.ts'

export const coloniesBands = family('colonies-bands', {
  description: 'colonies on a plate (density, halo) beside a spectrum of two bands (ratio)',
  samples: 1500,
  networks: threeNodes('fork', [
    binary('density', 'sparse', 'dense'),
    binary('halo', 'without', 'with'),
    binary('ratio', 'first', 'second'),
  ]),
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.03,
    paint: ([density = 0, halo = 0], random) => {
      const count = Math.max(1, Math.round(9 + 5 * density + random.normal()))
      const colonies = Array.from({ length: count }, () => ({ x: 28 * random.uniform(), y: 28 * random.uniform() }))
      const agar = 0.35 + 0.03 * random.normal()
      return (x, y) => {
        const nearest = Math.min(...colonies.map((colony) => Math.hypot(x - colony.x, y - colony.y)))
        return agar + 0.5 * bump(nearest, 1.3) - 0.1 * (1 + halo) * bump(nearest - 3.2, 0.7)
      }
    },
  },
  curve: {
    valueLabel: 'absorbance',
    gridLabel: 'nm',
    from: 400,
    to: 800,
    points: 64,
    noise: 0.012,
    trace: ([, , ratio = 0], random) => {
      const amount = Math.exp(0.2 * random.normal())
      const [offset, slope, bend] = [0.1 * random.normal(), 0.1 * random.normal(), 0.08 * random.normal()]
      return (nm) => {
        const u = (nm - 600) / 200
        const bands = (1 - 0.2 * ratio) * bump(u + 0.35, 0.18) + (0.8 + 0.2 * ratio) * bump(u - 0.3, 0.22)
        return 0.5 + amount * 0.5 * bands + offset + slope * u + bend * u * u
      }
    },
  },
})
