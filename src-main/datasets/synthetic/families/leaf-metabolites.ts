/** A leaf turned at random beside its metabolites, which differ from plant to plant more than by what was done to it. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump, sigmoid } from './shapes.ts'

const metabolites = Array.from({ length: 14 }, (_, j) => `M${j + 1}`)

export const leafMetabolites = family('leaf-metabolites', {
  description: 'a leaf at any angle (shape, vein) beside metabolites (pathway)',
  samples: 1500,
  networks: threeNodes('chain', [
    binary('shape', 'broad', 'narrow'),
    binary('pathway', 'off', 'on'),
    binary('vein', 'faint', 'strong'),
  ]),
  image: {
    height: 28,
    width: 28,
    channels: 3,
    noise: 0.03,
    paint: ([shape = 0, , vein = 0], random) => {
      const angle = Math.PI * random.uniform()
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
      const [cx, cy] = [13.5 + 0.8 * random.normal(), 13.5 + 0.8 * random.normal()]
      const stretch = Math.exp(0.3 + 0.25 * shape)
      const green = 0.55 + 0.05 * random.normal()
      return (x, y, channel) => {
        const [u, v] = [(x - cx) * cos + (y - cy) * sin, (y - cy) * cos - (x - cx) * sin]
        const leaf = sigmoid(2.5 * (7.5 - Math.hypot(u / stretch, v * stretch)))
        const colour = [0.25, green, 0.2][channel]! + 0.15 * (1 + vein) * bump(v, 0.9)
        return 0.9 * (1 - leaf) + colour * leaf
      }
    },
  },
  vector: {
    columns: metabolites,
    noise: 0.02,
    measure: ([, pathway = 0], random) => {
      const plant = random.normal()
      const amount = Math.exp(0.2 * random.normal())
      return metabolites.map((_, j) => {
        const moved = j === 2 ? 0.35 : j === 5 ? -0.3 : j === 9 ? 0.25 : 0
        const habit = 0.3 * Math.sin(2 * j) * plant
        return amount * Math.exp(0.3 * Math.cos(3 * j) + habit + moved * pathway + 0.1 * random.normal())
      })
    },
  },
})
