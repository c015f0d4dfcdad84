/** A grain of pollen turned at random beside its fluorescence: size, light, excitation and dark counts vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump, sigmoid } from './shapes.ts'

const bands = Array.from({ length: 12 }, (_, j) => 400 + 20 * j)

export const pollenEmission = family('pollen-emission', {
  description: 'a grain of pollen at any angle (surface, pores) beside its fluorescence in 12 bands (pigment)',
  samples: 1500,
  networks: threeNodes('chain', [
    binary('surface', 'smooth', 'spined'),
    binary('pigment', 'flavonoid', 'carotenoid'),
    binary('pores', 'without', 'with'),
  ]),
  image: {
    height: 32,
    width: 32,
    channels: 1,
    noise: 0.03,
    paint: ([surface = 0, , pores = 0], random) => {
      const [cx, cy] = [15.5 + 0.8 * random.normal(), 15.5 + 0.8 * random.normal()]
      const turn = 2 * Math.PI * random.uniform()
      const radius = 9 * (1 + 0.06 * random.normal())
      const [flat, axis] = [0.03 * random.normal(), Math.PI * random.uniform()]
      const [tiltX, tiltY] = [0.04 * random.normal(), 0.04 * random.normal()]
      const dark = 0.4 * (1 + 0.08 * random.normal())
      const spine = 1.2 * (1 + surface)
      const light = 0.18 * (1 + pores)
      return (x, y) => {
        const [r, angle] = [Math.hypot(x - cx, y - cy), Math.atan2(y - cy, x - cx)]
        const edge = radius * (1 + flat * Math.cos(2 * (angle - axis)))
        const spines = spine * Math.max(0, Math.cos(10 * (angle - turn))) ** 2
        const grain = sigmoid(2.5 * (edge + spines - r))
        const rim = 0.12 * bump(r - edge + 1, 0.8)
        // Pores lie a third of a turn apart and let the light through.
        const pore = bump(r - 0.6 * radius, 1.6) * Math.exp(6 * (Math.cos(3 * (angle - turn)) - 1))
        return 0.85 + (tiltX * (x - 15.5) + tiltY * (y - 15.5)) / 16 - grain * (dark + rim - light * pore)
      }
    },
  },
  vector: {
    columns: bands.map((nm) => `F${nm}`),
    noise: 0.015,
    measure: ([, pigment = 0], random) => {
      const excitation = Math.exp(0.25 * random.normal())
      const wall = 0.5 * Math.exp(0.2 * random.normal())
      const dark = 0.05 + 0.02 * random.normal()
      return bands.map((nm) => {
        const flavonoid = (0.5 - 0.35 * pigment) * bump(nm - 490, 35)
        const carotenoid = (0.5 + 0.35 * pigment) * bump(nm - 550, 40)
        return dark + excitation * (flavonoid + carotenoid + wall * bump(nm - 440, 22))
      })
    },
  },
})
