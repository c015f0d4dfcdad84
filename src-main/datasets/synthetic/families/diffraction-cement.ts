/** A powder diffractogram of clinker beside the tests of the cement: zero, texture, glass and fineness vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump } from './shapes.ts'

/** Reflections in degrees 2 theta with their relative heights. */
const alite = [
  { at: 29.4, height: 0.65 },
  { at: 32.3, height: 1 },
  { at: 34.3, height: 0.85 },
] as const
const belite = [
  { at: 31.1, height: 0.55 },
  { at: 32.8, height: 1 },
  { at: 35.4, height: 0.5 },
] as const

export const diffractionCement = family('diffraction-cement', {
  description: 'a diffractogram of clinker (alite of three shares, crystals) beside tests of the cement (retarder)',
  samples: 1500,
  networks: threeNodes('chain', [
    binary('retarder', 'without', 'with'),
    { name: 'alite', categories: ['little', 'half', 'much'] },
    binary('crystals', 'fine', 'coarse'),
  ]),
  curve: {
    valueLabel: 'counts',
    gridLabel: '2 theta',
    from: 28,
    to: 37,
    points: 100,
    noise: 0.02,
    trace: ([, share = 0, crystals = 0], random) => {
      const zero = 0.04 * random.normal()
      const beam = Math.exp(0.15 * random.normal())
      const [background, slope, glass] = [0.15 + 0.03 * random.normal(), 0.03 * random.normal(), 0.1 * random.uniform()]
      // Small crystals widen a reflection and keep its area, after Scherrer.
      const width = 0.17 * Math.exp(-0.32 * crystals)
      const texture = Array.from({ length: 6 }, () => 1 + 0.06 * random.normal())
      const lines = [
        ...alite.map((line) => ({ ...line, amount: 0.5 + 0.25 * share })),
        ...belite.map((line) => ({ ...line, amount: 0.5 - 0.25 * share })),
      ]
      return (angle) => {
        const peaks = lines.reduce(
          (sum, { at, height, amount }, k) => sum + amount * height * texture[k]! * bump(angle - at - zero, width),
          0,
        )
        return (
          background + (slope * (angle - 32.5)) / 4.5 + beam * (glass * bump(angle - 31.5, 2) + (0.2 / width) * peaks)
        )
      }
    },
  },
  vector: {
    columns: [
      'Blaine',
      'residue 45',
      'water demand',
      'initial set',
      'final set',
      'soundness',
      'heat 1 d',
      'heat 3 d',
      'heat 7 d',
      'strength 1 d',
      'strength 7 d',
      'strength 28 d',
      'density',
      'ignition loss',
    ],
    noise: 0.02,
    measure: ([retarder = 0, share = 0], random) => {
      const fineness = random.normal()
      const curing = random.normal()
      const initial = 160 + 32 * retarder - 14 * fineness + 4 * random.normal()
      return [
        3.8 + 0.35 * fineness,
        6 - 1.5 * fineness + 0.4 * random.normal(),
        27 + 0.8 * fineness + 0.4 * random.normal(),
        initial,
        initial + 55 + 12 * retarder + 5 * random.normal(),
        1 + 0.3 * random.normal(),
        170 + 15 * fineness - 15 * retarder + 5 * random.normal(),
        250 + 12 * fineness + 15 * share + 6 * random.normal(),
        310 + 8 * fineness + 20 * share + 6 * random.normal(),
        14 + 2 * fineness - 2 * retarder + curing,
        35 + 2 * fineness + 4 * share + 1.5 * curing,
        52 + 1.5 * fineness + 1.5 * share + 2 * curing,
        3.12 + 0.02 * random.normal(),
        2.5 + 0.5 * random.normal(),
      ]
    },
  },
})
