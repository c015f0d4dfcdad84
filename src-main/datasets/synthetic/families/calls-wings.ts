/** A bat's call as a sonogram beside the measures of its wing and head: when it calls, echoes, hiss and size vary without meaning. */
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump } from './shapes.ts'

export const callsWings = family('calls-wings', {
  description: 'the sonogram of a bat (call of three, harmonics) beside 14 measures of its body (wing, harmonics)',
  samples: 1500,
  networks: threeNodes(
    'collider',
    [
      binary('wing', 'broad', 'narrow'),
      binary('harmonics', 'faint', 'strong'),
      { name: 'call', categories: ['level', 'bent', 'sweeping'] },
    ],
    { wing: [0.55, 0.45] },
    0.8,
  ),
  image: {
    height: 36,
    width: 40,
    channels: 1,
    noise: 0.02,
    // Columns are milliseconds, rows are 4 kHz each, the highest on top.
    paint: ([, harmonics = 0, call = 0], random) => {
      const begin = 4 + 12 * random.uniform()
      const lasts = 15 * (1 + 0.08 * random.normal())
      const end = 8.5 + 0.5 * random.normal()
      const sweep = 6 + 7.2 * call + 2.2 * call * call
      const loud = 0.75 * (1 + 0.1 * random.normal())
      const second = 0.12 * Math.exp(0.75 * (1 + harmonics))
      const [hall, gap] = [0.25 + 0.08 * random.normal(), 4 + 4 * random.uniform()]
      const [hiss, rumble] = [0.1 + 0.02 * random.normal(), 0.12 * Math.exp(0.3 * random.normal())]
      const speckle = Array.from({ length: 36 * 40 }, () => -Math.log(1 - random.uniform()))
      const pitch = (part: number): number => end + sweep * Math.exp(-2.2 * part)
      // Loudest in the middle; an echo comes later and weaker.
      const heard = (ms: number, row: number): number => {
        const part = (ms - begin) / lasts
        if (part < -0.1 || part > 1.1) return 0
        const swell = Math.sqrt(Math.max(0, Math.sin((Math.PI * (part + 0.1)) / 1.2)))
        return swell * (bump(row - pitch(part), 0.8) + second * bump(row - 2 * pitch(part), 1))
      }
      return (x, y) => {
        const row = 35 - y
        const sound = loud * heard(x, row) + hall * loud * heard(x - gap, row)
        const back = (hiss + rumble * Math.exp(-row / 3)) * (0.5 + 0.5 * speckle[40 * y + x]!)
        return 1 - sound * (0.85 + 0.15 * speckle[40 * y + x]!) - back
      }
    },
  },
  vector: {
    columns: [
      'mass',
      'forearm',
      'wingspan',
      'wing area',
      'arm wing area',
      'hand wing area',
      'third finger',
      'fifth finger',
      'ear',
      'tragus',
      'tibia',
      'foot',
      'tail',
      'skull',
    ],
    noise: 0.05,
    measure: ([wing = 0, harmonics = 0], random) => {
      // Lengths grow with the cube root of the mass; who has eaten weighs more.
      const grown = 0.1 * random.normal()
      const length = (mm: number, share: number): number => mm * Math.exp(grown + share * random.normal())
      const fed = 0.08 * random.normal()
      const span = length(290, 0.015)
      // Aspect ratio is the square of the span over the area.
      const area = (span * span) / (7 * Math.exp(0.12 * wing + 0.01 * random.normal())) / 100
      const hand = 0.4 + 0.01 * random.normal()
      return [
        11 * Math.exp(3 * grown + fed),
        length(42, 0.02),
        span,
        area,
        area * (1 - hand),
        area * hand,
        length(72, 0.03) * Math.exp(0.03 * wing),
        length(54, 0.03) * Math.exp(-0.05 * wing),
        // Who listens to faint harmonics has long ears.
        length(17, 0.04) * Math.exp(0.2 * harmonics),
        length(7, 0.06) * Math.exp(0.1 * harmonics),
        length(17, 0.03),
        length(9, 0.05),
        length(42, 0.04),
        length(15.5, 0.015),
      ]
    },
  },
})
