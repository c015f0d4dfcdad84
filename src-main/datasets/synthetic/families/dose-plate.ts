/** A dose-response curve of three potencies beside a well plate with an uneven illumination. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, sigmoid } from './shapes.ts'

export const dosePlate = family('dose-plate', {
  description: 'a dose-response curve beside a well plate: potency (three categories), efficacy, plate layout',
  samples: 1500,
  networks: threeNodes('chain', [
    { name: 'potency', categories: ['low', 'middle', 'high'] },
    binary('efficacy', 'partial', 'full'),
    binary('layout', 'rows', 'columns'),
  ]),
  image: {
    height: 24,
    width: 36,
    channels: 1,
    noise: 0.03,
    paint: ([, efficacy = 0, layout = 0], random) => {
      const light = 0.08 * random.normal()
      const columns = (1 + layout) / 2
      const shades = Array.from({ length: 24 }, (_, well) => {
        const [column, row] = [(well % 6) / 5, Math.floor(well / 6) / 3]
        return (0.3 + 0.12 * efficacy) * (columns * column + (1 - columns) * row) + 0.02 * random.normal()
      })
      return (x, y) => {
        const well = 6 * Math.floor(y / 6) + Math.floor(x / 6)
        const distance = Math.hypot((x % 6) - 2.5, (y % 6) - 2.5)
        return 0.1 + (0.35 + shades[well]! + (light * (x - 17.5)) / 18) * sigmoid(3 * (2.4 - distance))
      }
    },
  },
  curve: {
    valueLabel: 'response',
    gridLabel: 'log dose',
    from: -3,
    to: 3,
    points: 16,
    noise: 0.03,
    trace: ([potency = 0, efficacy = 0], random) => {
      const bottom = 0.05 * random.normal()
      return (x) => bottom + (0.9 + 0.25 * efficacy) * sigmoid(2 * (x + 1.3 * potency))
    },
  },
})
