/** Oxide contents of a glass beside its transmission: the base mixture, thickness and haze vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, sigmoid } from './shapes.ts'

export const glassTransmission = family('glass-transmission', {
  description: 'oxide contents of a glass (colourant, refining) beside its transmission (edge)',
  samples: 1500,
  networks: threeNodes('fork', [
    binary('colourant', 'iron', 'cobalt'),
    binary('refining', 'sulphate', 'antimony'),
    binary('edge', 'short', 'long'),
  ]),
  vector: {
    columns: ['SiO2', 'Na2O', 'CaO', 'MgO', 'Al2O3', 'K2O', 'Fe2O3', 'CoO', 'SO3', 'Sb2O3', 'TiO2', 'B2O3'],
    noise: 0.02,
    measure: ([colourant = 0, refining = 0], random) => {
      const base = [72, 14, 9, 3, 1.5, 0.6].map((mean) => mean * Math.exp(0.1 * random.normal()))
      const rest = 100 / base.reduce((sum, content) => sum + content, 0)
      const traces = [
        0.35 - 0.12 * colourant,
        0.15 + 0.1 * colourant,
        0.3 - 0.08 * refining + 0.03 * random.normal(),
        0.2 + 0.12 * refining,
        0.05 + 0.02 * random.uniform(),
        0.4 * random.uniform(),
      ]
      return [...base.map((content) => content * rest), ...traces]
    },
  },
  curve: {
    valueLabel: 'transmission',
    gridLabel: 'nm',
    from: 280,
    to: 480,
    points: 50,
    noise: 0.015,
    trace: ([, , edge = 0], random) => {
      const thickness = Math.exp(0.3 * random.normal())
      const haze = 0.04 * Math.abs(random.normal())
      const place = 340 + 12 * edge
      return (nm) => (0.92 - haze) * Math.exp(-thickness * 3 * sigmoid((place - nm) / 12))
    },
  },
})
