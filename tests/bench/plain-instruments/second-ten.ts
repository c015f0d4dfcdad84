/** The second ten. Levels are a, b, c, and d where there are four nodes. */
import { family } from '../../../src-main/datasets/synthetic/families/family.ts'
import { leaningNetwork, threeNodes } from '../../../src-main/datasets/synthetic/families/network.ts'
import { binary, bump } from '../../../src-main/datasets/synthetic/families/shapes.ts'
import { box, disc, largestOf, middle, on, side, within } from './shapes.ts'

const nodes = [binary('a', '0', '1'), binary('b', '0', '1'), binary('c', '0', '1')] as const
const grey = { ...{ height: side, width: side, noise: 0.03 }, channels: 1 } as const
const curve = { ...{ valueLabel: 'signal', gridLabel: 't', from: 0, to: 1, points: 64 }, noise: 0.02 } as const
const common = { description: 'a plain instrument', samples: 1200 }
const columns = (count: number): string[] => Array.from({ length: count }, (_, j) => `v${j}`)

/** A glyph with a lower stroke, underlined; the slow share of a decay. */
export const glyph = family('glyph', {
  ...{ ...common, networks: threeNodes('chain', nodes) },
  image: {
    ...grey,
    paint: ([a, b], random) => {
      const [x0, y0] = [8 + within(random, -1.5, 1.5), 6 + within(random, -1.5, 1.5)]
      const letter = largestOf(
        ...[box(x0, y0 + 7, 1.2, 8), box(x0 + 4, y0, 5, 1.2), box(x0 + 4, y0 + 7, 4, 1.2)],
        ...(on(a) > 0.5 ? [box(x0 + 4, y0 + 14, 5, 1.2)] : []),
        ...(on(b) > 0.5 ? [box(14, 25.5, 11, 1)] : []),
      )
      const gain = within(random, 0.85, 1.1)
      return (x, y) => gain * (0.1 + 0.8 * letter(x, y))
    },
  },
  curve: {
    ...{ ...curve, noise: 0.015 },
    trace: ([, , c], random) => {
      const [height, slow, share] = [within(random, 0.8, 1.2), within(random, 0.45, 0.55), 0.3 + 0.25 * on(c)]
      return (t) => height * ((1 - share) * Math.exp(-t / 0.05) + share * Math.exp(-t / slow))
    },
  },
})

/** Nine tiles: corners, edges and the middle have a node each; a table that tells nothing. */
export const tiles = family('tiles', {
  ...{ ...common, networks: threeNodes('collider', nodes) },
  image: {
    ...grey,
    paint: ([a, b, c], random) => {
      const all = Array.from({ length: 9 }, (_, i) => {
        const [p, q] = [Math.floor(i / 3), i % 3]
        const off = Number(p !== 1) + Number(q !== 1)
        const bright = [0.35 + 0.25 * on(c), 0.5 + 0.2 * on(b), 0.45 + 0.22 * on(a)][off]! + 0.03 * random.normal()
        return { bright, tile: box(5 + 9 * q, 5 + 9 * p, 3.6, 3.6) }
      })
      const gain = within(random, 0.92, 1.08)
      return (x, y) => gain * all.reduce((sum, { bright, tile }) => sum + bright * tile(x, y), 0)
    },
  },
  vector: {
    ...{ columns: columns(7), noise: 0.1 },
    measure: (_, random) => {
      const hidden = Array.from({ length: 3 }, () => random.normal())
      return columns(7).map((__, j) => hidden.reduce((sum, h, k) => sum + h * Math.sin(1 + j * (k + 1)), 0))
    },
  },
})

/** Five peaks: the first and third have a node, the second another; the size of a disc. */
export const fivePeaks = family('five-peaks', {
  ...{ ...common, networks: threeNodes('fork', nodes) },
  image: {
    ...grey,
    paint: ([, , c], random) => {
      const shape = disc(...middle(random, 2.5), 4.5 + 2.6 * on(c))
      const gain = within(random, 0.85, 1.1)
      return (x, y) => gain * (0.15 + 0.7 * shape(x, y))
    },
  },
  curve: {
    ...curve,
    trace: ([a, b], random) => {
      const heights = [0.5 + 0.4 * on(a), 0.6 + 0.4 * on(b), 0.5 + 0.4 * on(a), 0.8, 0.6]
      const places = [0.12, 0.3, 0.48, 0.66, 0.84].map((at) => at + 0.004 * random.normal())
      const [gain, offset] = [within(random, 0.8, 1.2), 0.05 * random.normal()]
      return (t) => offset + gain * heights.reduce((sum, h, k) => sum + h * bump(t - places[k]!, 0.025), 0)
    },
  },
})

/** A hot spot left or right, and its spread; a rate of cooling under noise that lingers. */
export const hotSpot = family('hot-spot', {
  ...{ ...common, networks: threeNodes('chain', nodes) },
  image: {
    ...grey,
    paint: ([a, b], random) => {
      const [cx, cy] = [(on(a) > 0.5 ? 8 : 19) + 0.8 * random.normal(), 14 + 1.5 * random.normal()]
      const [spread, gain] = [2.6 + 1.8 * on(b), within(random, 0.7, 0.95)]
      return (x, y) => 0.05 + gain * bump(Math.hypot(x - cx, y - cy), spread)
    },
  },
  curve: {
    ...{ ...curve, noise: 0.005 },
    trace: ([, , c], random) => {
      const [height, rate] = [within(random, 0.9, 1.1), 1.8 + 2.4 * on(c)]
      let lingering = 0
      return (t) => {
        lingering = 0.85 * lingering + 0.015 * random.normal()
        return height * Math.exp(-t * rate) + lingering
      }
    },
  },
})

/** The height of a band in three lanes, a second band; six contents of any scale. */
export const lanes = family('lanes', {
  ...{ ...common, networks: threeNodes('collider', nodes) },
  image: {
    ...grey,
    paint: ([a, b], random) => {
      const bands = [6, 14, 22].flatMap((x) => {
        const first = {
          bright: within(random, 0.7, 1),
          band: box(x, (on(a) > 0.5 ? 9 : 14) + 0.5 * random.normal(), 2.4, 1),
        }
        const second = { bright: within(random, 0.6, 0.9), band: box(x, 21 + 0.5 * random.normal(), 2.4, 1) }
        return on(b) > 0.5 ? [first, second] : [first]
      })
      const gain = within(random, 0.85, 1.1)
      return (x, y) => gain * (0.1 + 0.6 * bands.reduce((sum, { bright, band }) => sum + bright * band(x, y), 0))
    },
  },
  vector: {
    ...{ columns: columns(6), noise: 0 },
    measure: ([, , c], random) => {
      const scale = 0.4 * random.normal()
      return columns(6).map((_, j) => {
        const shift = j === 1 || j === 3 ? 1.6 * on(c) : j === 5 ? -1.4 * on(c) : 0
        return Math.exp(scale + 0.35 * random.normal() + shift)
      })
    },
  },
})

/** One of three frequencies; light from above or below, a spot. */
export const threeTones = family('three-tones', {
  ...common,
  networks: threeNodes('chain', [{ name: 'a', categories: ['0', '1', '2'] }, nodes[1], nodes[2]]),
  image: {
    ...grey,
    paint: ([, b, c], random) => {
      const spot = disc(20 + within(random, -1, 1), 8 + within(random, -1, 1), 3.2)
      const gain = within(random, 0.85, 1.1)
      const down = (y: number): number => (on(b) > 0.5 ? y / (side - 1) : 1 - y / (side - 1))
      return (x, y) => gain * (0.15 + 0.35 * down(y) + 0.4 * on(c) * spot(x, y))
    },
  },
  curve: {
    ...{ ...curve, noise: 0.05 },
    trace: ([a = 0], random) => {
      const [height, phase, offset] = [within(random, 0.8, 1.2), 0.08 * random.normal(), 0.2 * random.normal()]
      return (t) => height * Math.sin(2 * Math.PI * (3 + Math.round(a)) * t + phase) + offset
    },
  },
})

/** Stiffness and yield of a stress-strain curve; contrast of a chequerboard with holes anywhere. */
export const tensile = family('tensile', {
  ...{ ...common, networks: threeNodes('fork', nodes) },
  image: {
    ...grey,
    paint: ([, , c], random) => {
      const contrast = (0.1 + 0.14 * on(c)) * within(random, 0.95, 1.05)
      const holes = Array.from({ length: 1 + random.integer(3) }, () =>
        disc(within(random, 2, 26), within(random, 2, 26), 2),
      )
      const gain = within(random, 0.85, 1.1)
      return (x, y) => {
        const square = (Math.floor(x / 4) + Math.floor(y / 4)) % 2 === 0 ? 1 : -1
        return gain * holes.reduce((bright, hole) => bright * (1 - 0.8 * hole(x, y)), 0.5 + contrast * square)
      }
    },
  },
  curve: {
    ...curve,
    trace: ([a, b], random) => {
      const [stiffness, yielding] = [4 + 3 * on(a), 0.55 + 0.3 * on(b)]
      const hardening = 0.1 * random.normal()
      return (t) => yielding * Math.tanh((stiffness * t) / yielding) + hardening * t
    },
  },
})

/** A disc of two sizes beside a faint bar; a small peak on a walk that drifts. */
export const faint = family('faint', {
  ...{ ...common, networks: threeNodes('chain', nodes) },
  image: {
    ...grey,
    paint: ([a, b], random) => {
      const shape = disc(...middle(random, 1), 6 + 2.5 * on(a))
      const gain = within(random, 0.85, 1.1)
      return (x, y) => gain * (0.2 + 0.5 * shape(x, y) + (y >= 4 && y < 8 && x >= 4 && x < 24 ? 0.1 * on(b) : 0))
    },
  },
  curve: {
    ...curve,
    trace: ([, , c], random) => {
      const height = within(random, 0.85, 1.15)
      let walk = 0
      return (t) => (walk += 0.02 * random.normal()) + height * bump(t - 0.5, 0.08) + 0.35 * on(c) * bump(t - 0.8, 0.04)
    },
  },
})

/** No image: a table in which two nodes show, a curve in which one of them and another do. */
export const tableAndCurve = family('table-and-curve', {
  ...{ ...common, networks: threeNodes('chain', nodes) },
  curve: {
    ...{ ...curve, noise: 0.04 },
    trace: ([, b, c], random) => {
      const [tilt, height] = [0.6 * random.normal(), (0.5 + 0.5 * on(c)) * within(random, 0.95, 1.05)]
      return (t) => tilt * (2 * t - 1) + (t > 0.5 ? 0.6 * on(b) : 0) + height * Math.sin(2 * Math.PI * t)
    },
  },
  vector: {
    ...{ columns: columns(10), noise: 0.15 },
    measure: ([a, b], random) => {
      const hidden = Array.from({ length: 4 }, () => random.normal())
      return columns(10).map((_, j) => {
        const shift = [0, 3, 7].includes(j) ? 1.3 * on(a) : [2, 5].includes(j) ? 1.3 * on(b) : 0
        return shift + hidden.reduce((sum, h, k) => sum + 0.5 * h * Math.sin(2 + j * (k + 1)), 0)
      })
    },
  },
})

const four = [...nodes, binary('d', '0', '1')]

/** Width and height of a box, heights of two peaks: four nodes. */
export const fourNodes = family('four-nodes', {
  ...common,
  networks: new Map([['chain', leaningNetwork('chain', four, { b: ['a'], c: ['b'], d: ['c'] })]]),
  image: {
    ...grey,
    paint: ([a, b], random) => {
      const shape = box(...middle(random, 1), 4 + 3 * on(a), 4 + 3 * on(b))
      const gain = within(random, 0.85, 1.1)
      return (x, y) => gain * (0.15 + 0.6 * shape(x, y))
    },
  },
  curve: {
    ...{ ...curve, noise: 0.03 },
    trace: ([, , c, d], random) => {
      const gain = within(random, 0.93, 1.07)
      return (t) => gain * ((1 + 0.7 * on(c)) * bump(t - 0.3, 0.06) + (1 + 0.7 * on(d)) * bump(t - 0.7, 0.06))
    },
  },
})
