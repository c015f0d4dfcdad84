/** Haemoglobins on a gel beside a blood count: run length, smile, load, hydration and inflammation vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump } from './shapes.ts'

/** Rows to which haemoglobins S, F and A run. */
const [rowS, rowF, rowA] = [12, 17, 22]

export const gelBlood = family('gel-blood', {
  description: 'haemoglobins on a gel (genotype of three, fetal) beside a blood count (iron, sickling)',
  samples: 1500,
  networks: threeNodes('complete', [
    { name: 'genotype', categories: ['AA', 'AS', 'SS'] },
    binary('fetal', 'absent', 'present'),
    binary('iron', 'replete', 'deficient'),
  ]),
  image: {
    height: 30,
    width: 24,
    channels: 1,
    noise: 0.03,
    // Three lanes of eight columns: a control that holds all three, then the patient twice.
    paint: ([genotype = 0, fetal = 0], random) => {
      const [run, start] = [1 + 0.03 * random.normal(), 0.6 * random.normal()]
      const smile = 0.008 * random.normal()
      const [background, fade] = [0.15 + 0.03 * random.normal(), 0.05 * random.normal()]
      const loads = Array.from({ length: 3 }, () => 0.6 * Math.exp(0.15 * random.normal()))
      const patient = [0.5 + 0.5 * genotype, 0.22 * (1 + fetal), 0.5 - 0.5 * genotype]
      return (x, y) => {
        const lane = Math.floor(x / 8)
        const across = bump((x % 8) - 3.5, 2)
        const row = (y - start - smile * (x - 11.5) ** 2) / run
        const [s = 0, f = 0, a = 0] = lane === 0 ? [0.6, 0.6, 0.6] : patient
        const stained = s * bump(row - rowS, 1.1) + f * bump(row - rowF, 1.1) + a * bump(row - rowA, 1.1)
        return background + (fade * (y - 14.5)) / 15 + loads[lane]! * across * stained
      }
    },
  },
  vector: {
    columns: [
      'haemoglobin',
      'erythrocytes',
      'MCV',
      'MCH',
      'RDW',
      'leukocytes',
      'platelets',
      'reticulocytes',
      'log ferritin',
      'transferrin',
      'serum iron',
      'CRP',
    ],
    noise: 0.02,
    measure: ([genotype = 0, , iron = 0], random) => {
      const volume = Math.exp(0.06 * random.normal())
      const inflammation = random.normal()
      const about = (value: number, share: number): number => value * (1 + share * random.normal())
      const cells = about(4.7, 0.05) * volume
      const content = about(27 - 3 * iron, 0.03)
      return [
        (cells * content) / 10,
        cells,
        about(82 - 6 * iron, 0.03),
        content,
        about(15 + 1.6 * iron, 0.05),
        about(7, 0.15) * volume * Math.exp(0.2 * inflammation),
        about(250 + 20 * iron, 0.15) * volume,
        about(1.2 + 3 * Math.max(0, genotype), 0.15),
        3.4 - iron + 0.45 * inflammation + 0.15 * random.normal(),
        about(3 + 0.55 * iron, 0.05) * Math.exp(-0.05 * inflammation),
        about(12 - 5.5 * iron, 0.12) * Math.exp(-0.1 * inflammation),
        Math.exp(1 + 0.8 * inflammation + 0.3 * random.normal()),
      ]
    },
  },
})
