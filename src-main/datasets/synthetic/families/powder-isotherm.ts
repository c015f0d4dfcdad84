/** Element contents of a diluted powder beside its adsorption isotherm: dilution, surface and offset vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary } from './shapes.ts'

export const powderIsotherm = family('powder-isotherm', {
  description: 'element contents of a powder (source, doping) beside an adsorption isotherm (affinity)',
  samples: 1500,
  networks: threeNodes('collider', [
    binary('source', 'north', 'south'),
    binary('doping', 'without', 'with'),
    binary('affinity', 'weak', 'strong'),
  ]),
  vector: {
    columns: ['Al', 'Si', 'Fe', 'Ca', 'Mg', 'Na', 'K', 'Ti', 'Mn', 'La'],
    noise: 0.03,
    measure: ([source = 0, doping = 0], random) => {
      const dilution = Math.exp(0.25 * random.normal())
      const contents = [
        2,
        3 - 0.5 * source,
        1.5 + 0.4 * source,
        1,
        0.8,
        0.6,
        0.5 + 0.2 * source,
        0.3,
        0.2,
        0.3 + 0.15 * doping,
      ]
      return contents.map((content) => dilution * content)
    },
  },
  curve: {
    valueLabel: 'uptake',
    gridLabel: 'pressure',
    from: 0,
    to: 5,
    points: 40,
    noise: 0.02,
    trace: ([, , affinity = 0], random) => {
      const surface = 1 + 0.15 * random.normal()
      const offset = 0.03 * random.normal()
      const constant = Math.exp(0.2 + affinity)
      return (p) => offset + (surface * constant * p) / (1 + constant * p)
    },
  },
})
