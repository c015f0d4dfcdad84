/** Photons after a flash beside the peptides of the same protein: photon number, stray light and ionisation vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump, sigmoid } from './shapes.ts'

/** Masses over charge: of one isoform, of the other, of two sites bare and 80 heavier, of neither. */
const masses = [
  744.4, 1021.5, 812.4, 1187.6, 927.5, 1007.5, 1439.8, 1519.8, 660.3, 874.4, 1083.6, 1296.7, 1567.7, 1640.9,
]

export const decayPeptides = family('decay-peptides', {
  description: 'a fluorescence decay (binding) beside a table of 14 peptide masses (isoform, phosphate)',
  samples: 1500,
  networks: threeNodes('collider', [
    binary('isoform', 'short', 'long'),
    binary('phosphate', 'without', 'with'),
    binary('binding', 'bound', 'free'),
  ]),
  curve: {
    valueLabel: 'counts',
    gridLabel: 'ns',
    from: 0,
    to: 20,
    points: 80,
    noise: 0.012,
    trace: ([, , binding = 0], random) => {
      const flash = 2.5 + 0.1 * random.normal()
      const photons = Math.exp(0.15 * random.normal())
      const [dark, stray] = [0.04 + 0.01 * random.normal(), 0.15 + 0.04 * random.normal()]
      // What is bound gives its energy away and goes dark sooner.
      const lifetime = 2.3 * Math.exp(0.4 * binding)
      const impurity = 0.15 * (1 + 0.2 * random.normal())
      return (t) => {
        const after = Math.max(0, t - flash)
        const decay = (1 - impurity) * Math.exp(-after / lifetime) + impurity * Math.exp(-after / 0.7)
        return dark + photons * (sigmoid((t - flash) / 0.12) * decay + stray * bump(t - flash, 0.25))
      }
    },
  },
  vector: {
    columns: masses.map((mass) => `m/z ${mass}`),
    noise: 0.01,
    measure: ([isoform = 0, phosphate = 0], random) => {
      const ions = Math.exp(0.35 * random.normal())
      const [long, heavy] = [sigmoid(2 * isoform), sigmoid(1.5 * phosphate)]
      const amounts = [1 - long, 1 - long, long, long, 1 - heavy, heavy, 1 - heavy, heavy, 1, 1, 1, 1, 1, 1]
      // Heavy ions fly less well, and how well changes with the matrix.
      const matrix = 0.3 * random.normal()
      return masses.map((mass, p) => {
        const flight = Math.exp((-(0.6 + matrix) * (mass - 1100)) / 1000 + 0.3 * Math.sin(2.3 * p))
        return ions * amounts[p]! * flight * Math.exp(0.12 * random.normal())
      })
    },
  },
})
