/** Yeast in phase contrast beside the acids, sugars and alcohols of its broth: retention, column, load and places vary without meaning. */
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import { family } from './family.ts'
import { threeNodes } from './network.ts'
import { binary, bump, sigmoid } from './shapes.ts'

interface Oval {
  readonly x: number
  readonly y: number
  readonly cos: number
  readonly sin: number
  readonly long: number
  readonly short: number
}

/** Pixels from the outline of an oval, below 0 inside, nearly. */
function outside({ x, y, cos, sin, long, short }: Oval, px: number, py: number): number {
  const [u, v] = [(px - x) * cos + (py - y) * sin, (py - y) * cos - (px - x) * sin]
  return (Math.hypot(u / long, v / short) - 1) * short
}

/** Mother cells apart from each other, and the bud of each. */
function cells(budding: number, random: RandomStream): Oval[] {
  const mothers: Oval[] = []
  const count = 4 + Math.floor(3 * random.uniform())
  for (let k = 0; k < 200 && mothers.length < count; k++) {
    const angle = 2 * Math.PI * random.uniform()
    const short = 3.1 * (1 + 0.06 * random.normal())
    const place = { x: 3 + 30 * random.uniform(), y: 3 + 30 * random.uniform() }
    if (mothers.every(({ x, y }) => Math.hypot(x - place.x, y - place.y) > 11))
      mothers.push({ ...place, cos: Math.cos(angle), sin: Math.sin(angle), long: 1.12 * short, short })
  }
  const buds = mothers.map(({ x, y, cos, sin, long, short }): Oval => {
    const radius = short * Math.max(0.02, 0.37 + 0.33 * budding + 0.05 * random.normal())
    const away = long + 0.65 * radius
    return { x: x + away * cos, y: y + away * sin, cos, sin, long: radius, short: radius }
  })
  return [...mothers, ...buds]
}

/** Of each substance its minutes on the column, in the order of `amounts` below. */
const minutes = [9.2, 10.3, 12.5, 13.5, 15.1, 21.4] as const

export const yeastChromatogram = family('yeast-chromatogram', {
  description: 'yeast in phase contrast (budding, bacteria) beside the chromatogram of its broth (oxygen, bacteria)',
  samples: 1500,
  networks: threeNodes('chain', [
    binary('oxygen', 'anaerobic', 'aerobic'),
    binary('bacteria', 'without', 'with'),
    binary('budding', 'resting', 'budding'),
  ]),
  image: {
    height: 36,
    width: 36,
    channels: 1,
    noise: 0.03,
    paint: ([, bacteria = 0, budding = 0], random) => {
      const yeast = cells(budding, random)
      const rods = Array.from({ length: Math.max(0, Math.round(7 + 7 * bacteria + random.normal())) }, (): Oval => {
        const angle = Math.PI * random.uniform()
        const [x, y] = [36 * random.uniform(), 36 * random.uniform()]
        return { x, y, cos: Math.cos(angle), sin: Math.sin(angle), long: 1.9, short: 0.7 }
      })
      const [grey, dark] = [0.55 + 0.03 * random.normal(), 0.3 * (1 + 0.08 * random.normal())]
      const [tilt, axis] = [0.06 * random.normal(), 2 * Math.PI * random.uniform()]
      const [halo, focus] = [0.22 * (1 + 0.1 * random.normal()), 1 + 0.1 * random.normal()]
      return (x, y) => {
        const off = Math.min(...yeast.map((oval) => outside(oval, x, y)))
        const rod = Math.min(Infinity, ...rods.map((oval) => outside(oval, x, y)))
        const body = dark * sigmoid((-3.5 * off) / focus)
        const ring = halo * bump(off - 1.3, 0.9 * focus)
        const light = (tilt * ((x - 17.5) * Math.cos(axis) + (y - 17.5) * Math.sin(axis))) / 18
        return grey + light - body + ring - 0.2 * sigmoid(-4 * rod) * sigmoid(3 * off)
      }
    },
  },
  curve: {
    valueLabel: 'refraction',
    gridLabel: 'min',
    from: 7,
    to: 24,
    points: 136,
    noise: 0.012,
    trace: ([oxygen = 0, bacteria = 0], random) => {
      const [stretch, delay] = [1 + 0.008 * random.normal(), 0.1 * random.normal()]
      const load = Math.exp(0.15 * random.normal())
      const [offset, drift] = [0.08 * random.normal(), 0.08 * random.normal()]
      const [width, tail] = [0.2 * (1 + 0.06 * random.normal()), 0.16 * (1 + 0.2 * random.normal())]
      const about = (value: number): number => value * Math.exp(0.1 * random.normal())
      const sugars = Math.exp(0.4 * random.normal())
      const amounts = [
        0.5 * sugars,
        0.25 * sugars * Math.exp(0.3 * random.normal()),
        about(0.05 + 0.24 * (1 + bacteria)),
        about(0.28 - 0.08 * oxygen),
        about(0.34 + 0.2 * oxygen),
        about(0.75 - 0.25 * oxygen),
      ]
      return (t) =>
        offset +
        (drift * (t - 15.5)) / 8.5 +
        load * minutes.reduce((sum, at, k) => sum + amounts[k]! * peak(t - at * stretch - delay, width, tail), 0)
    },
  },
})

/** A peak that a column smears towards later times. */
function peak(t: number, width: number, tail: number): number {
  let sum = 0
  for (let k = 0; k < 8; k++) sum += Math.exp(-k / 2) * bump(t - (tail * k) / 2, width)
  return sum / 1.9
}
