/** The unrolled wall of a borehole beside a tremor recorded nearby: bearing, depth, tool, strength and soil noise vary without meaning. */
import { family } from './family.ts'
import { leaningNetwork } from './network.ts'
import { binary, bump, sigmoid } from './shapes.ts'

const nodes = [
  binary('dip', 'gentle', 'steep'),
  binary('breakout', 'without', 'with'),
  binary('source', 'tensile', 'shear'),
  binary('scattering', 'weak', 'strong'),
]

const full = 2 * Math.PI

export const boreholeTremor = family('borehole-tremor', {
  description: 'the unrolled wall of a borehole (dip, breakout) beside a tremor (source, scattering)',
  samples: 2000,
  networks: new Map([
    ['y', leaningNetwork('y', nodes, { source: ['breakout', 'dip'], scattering: ['source'] })],
    ['chain', leaningNetwork('chain', nodes, { breakout: ['dip'], source: ['breakout'], scattering: ['source'] })],
    ['fork', leaningNetwork('fork', nodes, { breakout: ['dip'], source: ['dip'], scattering: ['dip'] })],
    ['independent', leaningNetwork('independent', nodes, {})],
  ]),
  image: {
    height: 40,
    width: 24,
    channels: 1,
    noise: 0.04,
    // Columns go once round the hole, rows are depth: a plane that crosses it is one wave of a sine.
    paint: ([dip = 0, breakout = 0], random) => {
      const tangent = 3.6 + 2 * dip
      const towards = full * random.uniform()
      const first = 10 * random.uniform() - 2
      const planes = Array.from({ length: 4 }, (_, k) => ({
        depth: first + 11 * k + 1.2 * random.normal(),
        towards: towards + 0.15 * random.normal(),
        reach: tangent * (1 + 0.06 * random.normal()),
        dark: 0.3 * (1 + 0.15 * random.normal()),
      }))
      // Rows of the same bed are alike, and beds are as thin as a row.
      const beds = Array.from({ length: 40 }, () => 0.035 * random.normal())
      const [grey, off, lean] = [0.62 + 0.04 * random.normal(), 0.06 * random.normal(), full * random.uniform()]
      const spall = full * random.uniform()
      const depth = 0.12 * (1 + breakout)
      const ragged = Array.from({ length: 40 }, () => 0.12 * random.normal())
      return (x, y) => {
        const azimuth = (full * x) / 24
        const crossed = planes.reduce((most, plane) => {
          const row = y - plane.depth - plane.reach * Math.cos(azimuth - plane.towards)
          return Math.max(most, plane.dark * bump(row, 0.75))
        }, 0)
        // The wall breaks out on two opposite sides.
        const away = Math.abs(Math.cos(azimuth - spall + ragged[y]! / 2))
        const broken = depth * sigmoid((away - 0.9 + 0.2 * ragged[y]!) / 0.03)
        return grey + beds[y]! + off * Math.cos(azimuth - lean) - broken - crossed
      }
    },
  },
  curve: {
    valueLabel: 'velocity',
    gridLabel: 's',
    from: 0,
    to: 2,
    points: 160,
    noise: 0.012,
    trace: ([, , source = 0, scattering = 0], random) => {
      const arrival = 0.3 + 0.05 * random.normal()
      const between = 0.45 + 0.015 * random.normal()
      const strength = 0.8 * Math.exp(0.25 * random.normal())
      const primary = 0.2 * Math.exp(-0.8 * source)
      const decay = 0.16 * Math.exp(0.85 * scattering)
      const up = random.uniform() < 0.5 ? 1 : -1
      const waves = Array.from({ length: 14 }, () => ({
        hertz: 6 + 9 * random.uniform(),
        phase: full * random.uniform(),
      }))
      const [soil, slow, phase] = [
        0.02 * Math.exp(0.3 * random.normal()),
        0.5 + random.uniform(),
        full * random.uniform(),
      ]
      const wavelet = (t: number): number => (t < 0 ? 0 : Math.sin(full * 9 * t) * Math.exp(-t / 0.07) * 1.7)
      const coda = (t: number): number => (t < 0 ? 0 : (1 - Math.exp(-t / 0.05)) * Math.exp(-t / decay))
      return (t) => {
        const [p, s] = [t - arrival, t - arrival - between]
        const scattered =
          waves.reduce((sum, { hertz, phase: at }) => sum + Math.sin(full * hertz * t + at), 0) / Math.sqrt(7)
        const ground = up * (primary * wavelet(p) - wavelet(s)) + 0.35 * scattered * (primary * coda(p) + coda(s))
        return soil * Math.sin(full * slow * t + phase) + strength * ground
      }
    },
  },
})
