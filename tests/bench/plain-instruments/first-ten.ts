/** The first ten, drawn before what docs/results.md says came of them. Levels are a, b, c. */
import { family } from '../../../src-main/datasets/synthetic/families/family.ts'
import { threeNodes } from '../../../src-main/datasets/synthetic/families/network.ts'
import { binary, bump, sigmoid } from '../../../src-main/datasets/synthetic/families/shapes.ts'
import { box, disc, largestOf, middle, on, side, within } from './shapes.ts'

const nodes = [binary('a', '0', '1'), binary('b', '0', '1'), binary('c', '0', '1')] as const
const grey = { ...{ height: side, width: side, noise: 0.03 }, channels: 1 } as const
const curve = { ...{ valueLabel: 'signal', gridLabel: 't', from: 0, to: 1, points: 64 }, noise: 0.02 } as const
const common = { description: 'a plain instrument', samples: 1200 }

/** A cross of two lengths and thicknesses; where a peak lies. */
export const cross = family('cross', {
  ...{ ...common, networks: threeNodes('chain', nodes) },
  image: {
    ...grey,
    paint: ([a, b], random) => {
      const [cx, cy] = middle(random, 1)
      const [length, thickness, gain] = [7.5 + 3 * on(a), 1 + 1.2 * on(b), within(random, 0.85, 1.1)]
      const shape = largestOf(box(cx, cy, length, thickness), box(cx, cy, thickness, length))
      return (x, y) => gain * (0.1 + 0.8 * shape(x, y))
    },
  },
  curve: {
    ...curve,
    trace: ([, , c], random) => {
      const [height, at, slope] = [
        within(random, 0.7, 1.2),
        0.4 + 0.2 * on(c) + 0.01 * random.normal(),
        0.2 * random.uniform(),
      ]
      return (t) => height * bump(t - at, 0.05) + slope * t
    },
  },
})

/** Lying or standing bar on two backgrounds; when a step comes. */
export const bar = family('bar', {
  ...{ ...common, networks: threeNodes('fork', nodes) },
  image: {
    ...grey,
    paint: ([a, b], random) => {
      const [cx, cy] = middle(random, 1.5)
      const [background, gain] = [0.1 + 0.2 * on(b), within(random, 0.95, 1.05)]
      const shape = on(a) > 0.5 ? box(cx, cy, 10, 2) : box(cx, cy, 2, 10)
      return (x, y) => gain * (background + 0.55 * shape(x, y))
    },
  },
  curve: {
    ...{ ...curve, noise: 0.03 },
    trace: ([, , c], random) => {
      const [height, at, drift] = [
        within(random, 0.8, 1.2),
        0.35 + 0.25 * on(c) + 0.015 * random.normal(),
        0.15 * random.normal(),
      ]
      return (t) => height * sigmoid((t - at) / 0.02) + drift * (t - 0.5)
    },
  },
})

/** Brightness of one blob and size of another; three of twelve values. */
export const twoBlobs = family('two-blobs', {
  ...{ ...common, networks: threeNodes('collider', nodes) },
  image: {
    ...grey,
    paint: ([a, b], random) => {
      const left = disc(8 + within(random, -1, 1), 14 + within(random, -1, 1), 4)
      const right = disc(20 + within(random, -1, 1), 14 + within(random, -1, 1), 3 + 1.8 * on(b))
      return (x, y) => (0.4 + 0.5 * on(a)) * left(x, y) + 0.8 * right(x, y)
    },
  },
  vector: {
    ...{ columns: Array.from({ length: 12 }, (_, j) => `v${j}`), noise: 0.1 },
    measure: ([, b, c], random) => {
      const [u, v] = [random.normal(), random.normal()]
      const shifts: Readonly<Record<number, number>> = {
        1: 1.5 * on(c),
        4: 1.5 * on(c),
        9: 1.5 * on(c),
        2: 1.2 * on(b),
        6: -1.2 * on(b),
      }
      return Array.from({ length: 12 }, (_, j) => 0.3 * (u * Math.sin(j) + v * Math.cos(2 * j)) + (shifts[j] ?? 0))
    },
  },
})

/** Light from the left or the right, a ring; where a rise ends. */
export const light = family('light', {
  ...{ ...common, networks: threeNodes('chain', nodes) },
  image: {
    ...grey,
    paint: ([a, b], random) => {
      const [cx, cy] = middle(random, 1)
      const gain = within(random, 0.4, 0.6)
      const across = (x: number): number => (on(a) > 0.5 ? x / (side - 1) : 1 - x / (side - 1))
      return (x, y) => 0.1 + gain * across(x) + 0.4 * on(b) * bump(Math.hypot(x - cx, y - cy) - 8, 1.2)
    },
  },
  curve: {
    ...curve,
    trace: ([, , c], random) => {
      const [height, time] = [0.6 + 0.5 * on(c), within(random, 0.1, 0.2)]
      return (t) => height * (1 - Math.exp(-t / time))
    },
  },
})

/** Dots of two colours, left or right; how far an oscillation swings. */
export const tint = family('tint', {
  ...{ ...common, networks: threeNodes('collider', nodes) },
  image: {
    ...{ ...grey, channels: 3 },
    paint: ([a, b], random) => {
      const dots = [6, 14, 22].map((y) =>
        disc((on(b) > 0.5 ? 6 : 21) + within(random, -1, 1), y + within(random, -1, 1), 2.5),
      )
      const gain = within(random, 0.8, 1.05)
      const warm = [0.9, 0.5, 0.2]
      const cold = [0.3, 0.5, 0.9]
      return (x, y, channel) =>
        0.1 +
        gain *
          (cold[channel]! + on(a) * (warm[channel]! - cold[channel]!)) *
          dots.reduce((sum, dot) => sum + dot(x, y), 0)
    },
  },
  curve: {
    ...{ ...curve, noise: 0.03 },
    trace: ([, , c], random) => {
      const [height, phase, offset] = [
        (0.3 + 0.5 * on(c)) * within(random, 0.9, 1.1),
        0.1 * random.normal(),
        0.4 * random.normal(),
      ]
      return (t) => height * Math.sin(6 * Math.PI * t + phase) + offset
    },
  },
})

/** One of three shapes, of two sizes; how fast a decay is. */
export const shapes = family('shapes', {
  ...common,
  networks: threeNodes('chain', [{ name: 'a', categories: ['0', '1', '2'] }, nodes[1], nodes[2]]),
  image: {
    ...grey,
    paint: ([a = 0, b], random) => {
      const [cx, cy] = middle(random, 1)
      const [radius, gain] = [5 + 3.5 * on(b), within(random, 0.85, 1.1)]
      const diamond = (x: number, y: number): number =>
        sigmoid((1.1 * radius - Math.abs(x - cx) - Math.abs(y - cy)) / 0.5)
      const shape = [disc(cx, cy, radius), box(cx, cy, 0.9 * radius, 0.9 * radius), diamond][Math.round(a + 1)]!
      return (x, y) => gain * (0.1 + 0.8 * shape(x, y))
    },
  },
  curve: {
    ...curve,
    trace: ([, , c], random) => {
      const [height, rate, offset] = [
        within(random, 0.85, 1.15),
        (1.5 + 4 * on(c)) * within(random, 0.95, 1.05),
        0.05 * random.normal(),
      ]
      return (t) => height * Math.exp(-t * rate) + offset
    },
  },
})

/** Sixteen dots of which every other is brighter, a frame; the width of a peak on a random walk. c is seen in both. */
export const dots = family('dots', {
  ...{ ...common, networks: threeNodes('fork', nodes) },
  image: {
    ...grey,
    paint: ([a, b, c], random) => {
      const [dx, dy] = [within(random, -0.7, 0.7), within(random, -0.7, 0.7)]
      const all = Array.from({ length: 16 }, (_, i) => {
        const [p, q] = [Math.floor(i / 4), i % 4]
        const bright = 0.4 + ((p + q) % 2 === 0 ? 0.4 * on(a) : 0) + (p > 1 ? 0.15 * on(c) : 0)
        return { bright, dot: disc(4.5 + 6.3 * p + dx, 4.5 + 6.3 * q + dy, 1.7) }
      })
      return (x, y) =>
        all.reduce((sum, { bright, dot }) => sum + bright * dot(x, y), 0) +
        (Math.max(Math.abs(x - 13.5), Math.abs(y - 13.5)) > 12.5 ? 0.35 * on(b) : 0)
    },
  },
  curve: {
    ...curve,
    trace: ([, , c], random) => {
      const [height, width] = [within(random, 0.8, 1.2), 0.06 + 0.1 * on(c)]
      let walk = 0
      return (t) => (walk += 0.03 * random.normal()) + height * bump(t - 0.5, width)
    },
  },
})

/** Three modalities, a factor each. */
export const threeModalities = family('three-modalities', {
  ...{ ...common, networks: threeNodes('chain', nodes) },
  image: {
    ...grey,
    paint: ([a], random) => {
      const shape = box(...middle(random, 2), 4 + 3 * on(a), 6)
      const gain = within(random, 0.85, 1.1)
      return (x, y) => gain * (0.15 + 0.7 * shape(x, y))
    },
  },
  curve: {
    ...curve,
    trace: ([, b], random) => {
      const height = within(random, 0.8, 1.2)
      return (t) => height * (bump(t - 0.3, 0.06) + (0.3 + 0.6 * on(b)) * bump(t - 0.7, 0.06))
    },
  },
  vector: {
    ...{ columns: Array.from({ length: 8 }, (_, j) => `v${j}`), noise: 0.2 },
    measure: ([, , c], random) => {
      const offset = 0.5 * random.normal()
      return Array.from({ length: 8 }, (_, j) => offset + (j >= 2 && j < 5 ? 1.4 * on(c) : 0))
    },
  },
})

/** A wedge of two angles, a hole; where a magnet turns. */
export const wedge = family('wedge', {
  ...{ ...common, networks: threeNodes('collider', nodes) },
  image: {
    ...grey,
    paint: ([a, b], random) => {
      const angle = ((25 + 30 * on(a)) * Math.PI) / 180
      const hole = disc(12 + within(random, -0.7, 0.7), 17 + within(random, -0.7, 0.7), 2.5)
      const gain = within(random, 0.85, 1.1)
      return (x, y) => {
        const turned = Math.abs(Math.atan2(y - 24, x - 3) + (35 * Math.PI) / 180)
        const whole = sigmoid((angle - turned) / 0.05) * sigmoid((22 - Math.hypot(x - 3, y - 24)) / 0.6)
        return gain * (0.1 + 0.75 * whole * (1 - 0.9 * on(b) * hole(x, y)))
      }
    },
  },
  curve: {
    ...{ ...curve, noise: 0.03 },
    trace: ([, , c], random) => {
      const [height, at, offset] = [within(random, 0.8, 1.2), 0.45 + 0.12 * on(c), 0.1 * random.normal()]
      return (t) => height * Math.tanh((t - at) / 0.08) + offset
    },
  },
})

/** Two crystals or three, haze; the ratio of two lines. */
export const crystals = family('crystals', {
  ...{ ...common, networks: threeNodes('fork', nodes) },
  image: {
    ...grey,
    paint: ([a, b], random) => {
      const places = [[8, 8], [19, 10], ...(on(a) > 0.5 ? [[13, 20]] : [])]
      const all = places.map(([x, y]) => disc(x! + 0.6 * random.normal(), y! + 0.6 * random.normal(), 3))
      const gain = within(random, 0.95, 1.05)
      return (x, y) => gain * ((0.8 - 0.25 * on(b)) * all.reduce((sum, one) => sum + one(x, y), 0) + 0.3 * on(b))
    },
  },
  curve: {
    ...curve,
    trace: ([, , c], random) => {
      const [height, bend] = [within(random, 0.8, 1.2), 0.3 * random.uniform()]
      return (t) => height * (bump(t - 0.3, 0.021) + (0.5 + 0.4 * on(c)) * bump(t - 0.6, 0.021)) + bend * t * t
    },
  },
})
