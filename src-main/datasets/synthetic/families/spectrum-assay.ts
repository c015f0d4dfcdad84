/** A spectrum of two peaks on a sloping baseline beside a table of element contents: no image at all. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump } from './shapes.ts'

export const spectrumAssay = family('spectrum-assay', {
  description: 'two spectral peaks on a sloping baseline beside a table of element contents: splitting, ratio, source',
  samples: 1500,
  networks: threeNodes('complete', [
    binary('splitting', 'narrow', 'wide'),
    binary('ratio', 'left', 'right'),
    binary('source', 'quarry', 'mine'),
  ]),
  curve: {
    valueLabel: 'absorbance',
    gridLabel: 'wavelength',
    from: 400,
    to: 700,
    points: 80,
    noise: 0.02,
    trace: ([splitting = 0, ratio = 0], random) => {
      const [base, tilt] = [0.2 + 0.04 * random.normal(), 0.05 * random.normal()]
      const half = 50 + 15 * splitting
      return (x) => {
        const peaks = (1 - 0.3 * ratio) * bump(x - 550 + half, 18) + (1 + 0.3 * ratio) * bump(x - 550 - half, 18)
        return base + (tilt * (x - 550)) / 150 + 0.5 * peaks
      }
    },
  },
  vector: {
    columns: ['calcium', 'iron', 'magnesium', 'silicon', 'sodium', 'zinc', 'copper', 'nickel'],
    noise: 0.1,
    measure: ([splitting = 0, , source = 0], random) => {
      const dilution = 0.2 * random.normal()
      return [
        4 + 0.8 * splitting + dilution,
        2 + dilution + 0.7 * source,
        3 - 0.6 * source + dilution,
        6 + 0.3 * splitting - 0.5 * source + dilution,
        1 + dilution,
        1.5 + 0.4 * source,
        0.8 - 0.3 * splitting,
        0.5 + 0.1 * random.normal(),
      ]
    },
  },
})
