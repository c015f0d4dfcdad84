/** The third ten, after real laboratories, drawn without knowledge of the methods. Levels are a, b, c, d. */
import { family } from '../../../src-main/datasets/synthetic/families/family.ts'
import { leaningNetwork, threeNodes } from '../../../src-main/datasets/synthetic/families/network.ts'
import { binary, bump, sigmoid } from '../../../src-main/datasets/synthetic/families/shapes.ts'
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { box, disc, on, within } from './shapes.ts'

const [a, b, c, d] = [binary('a', '0', '1'), binary('b', '0', '1'), binary('c', '0', '1'), binary('d', '0', '1')]
const three = (name: string) => ({ name, categories: ['0', '1', '2'] })
const square = (size: number, noise = 0.03) => ({ height: size, width: size, noise, channels: 1 }) as const
const common = { description: 'a plain instrument', samples: 1200 }

type Field = (x: number, y: number) => number

/** Uneven light: a slope of any direction across a square of `size`, zero in the middle. */
const slope = (random: RandomStream, size: number, strength: number): Field => {
  const [gx, gy] = [strength * random.normal(), strength * random.normal()]
  return (x, y) => gx * (x / (size - 1) - 0.5) + gy * (y / (size - 1) - 0.5)
}

/** Coarse speckle of unit variance: waves of any direction and phase, of about `length` pixels. */
const speckle = (random: RandomStream, length: number): Field => {
  const waves = Array.from({ length: 8 }, () => {
    const [turn, k] = [2 * Math.PI * random.uniform(), (2 * Math.PI * within(random, 0.7, 1.3)) / length]
    return { kx: k * Math.cos(turn), ky: k * Math.sin(turn), phase: 2 * Math.PI * random.uniform() }
  })
  return (x, y) => 0.5 * waves.reduce((sum, { kx, ky, phase }) => sum + Math.cos(kx * x + ky * y + phase), 0)
}

/** Up to `most` specks of radius up to `radius` anywhere in a square of `size`. */
const dust = (random: RandomStream, size: number, most: number, radius: number): Field => {
  const specks = Array.from({ length: random.integer(most + 1) }, () =>
    disc(within(random, 0, size), within(random, 0, size), within(random, radius / 2, radius)),
  )
  return (x, y) => specks.reduce((densest, speck) => Math.max(densest, speck(x, y)), 0)
}

/** A baseline that walks, a step each point. */
const walk = (random: RandomStream, step: number): (() => number) => {
  let at = 0
  return () => (at += step * random.normal())
}

/** A Petri dish: the clear zone about a tablet, mould at the rim, colonies anywhere; a second growth. */
export const petriDish = family('petri-dish', {
  ...{ ...common, networks: threeNodes('chain', [a, b, c]) },
  image: {
    ...square(32),
    paint: ([a, b], random) => {
      const [cx, cy] = [15.5 + within(random, -1.2, 1.2), 15.5 + within(random, -1.2, 1.2)]
      const [zone, gain] = [5 + 3 * on(a), within(random, 0.85, 1.1)]
      const mould = disc(cx - 6.5 + 0.8 * random.normal(), cy - 6.5 + 0.8 * random.normal(), within(random, 2.2, 3))
      const [light, lawn, colonies] = [slope(random, 32, 0.15), speckle(random, 5), dust(random, 32, 12, 1.6)]
      return (x, y) => {
        const r = Math.hypot(x - cx, y - cy)
        const grown = sigmoid((r - zone) / 0.8) * (0.3 + 0.05 * lawn(x, y)) + 0.3 * sigmoid((1.6 - r) / 0.4)
        const agar = (0.25 + grown + 0.2 * colonies(x, y)) * (1 - 0.65 * on(b) * mould(x, y))
        return gain * (0.2 + light(x, y) + agar * sigmoid((14 - r) / 0.5))
      }
    },
  },
  curve: {
    ...{ valueLabel: 'optical density', gridLabel: 'hours', from: 0, to: 24, points: 60, noise: 0.02 },
    trace: ([, , c], random) => {
      const [lag, later] = [6 + 0.8 * random.normal(), 15 + 0.6 * random.normal()]
      const [gain, fog, bubble] = [within(random, 0.75, 1.25), 0.004 * random.normal(), within(random, 0, 24)]
      return (t) =>
        gain * (sigmoid((t - lag) / 1.1) + 0.35 * on(c) * sigmoid((t - later) / 0.9)) +
        fog * t +
        0.25 * bump(t - bubble, 0.3)
    },
  },
})

/** A backlit drop on a surface: its contact angle, its mirror image; how strongly a tip sticks, under fringes. */
export const sessileDrop = family('sessile-drop', {
  ...{ ...common, networks: threeNodes('fork', [a, b, c]) },
  image: {
    ...square(28),
    paint: ([a, b], random) => {
      const angle = ((62 + 45 * on(a)) * Math.PI) / 180
      const cos = Math.cos(angle)
      const radius = within(random, 8.8, 9.8) / Math.cbrt(2 - 3 * cos + cos ** 3)
      const [cx, ground] = [13.5 + 1.2 * random.normal(), 18.5 + within(random, -0.8, 0.8)]
      const [light, gain, specks] = [slope(random, 28, 0.2), within(random, 0.85, 1.1), dust(random, 28, 5, 1.5)]
      const drop = disc(cx, ground + radius * cos, radius)
      return (x, y) => {
        const surface = sigmoid((y - ground) / 0.4)
        const above = 0.8 - 0.6 * drop(x, y) * (1 - surface)
        const below = 0.35 - 0.25 * on(b) * drop(x, 2 * ground - y)
        return gain * (above + surface * (below - above) + light(x, y)) * (1 - 0.5 * specks(x, y))
      }
    },
  },
  curve: {
    ...{ valueLabel: 'force / nN', gridLabel: 'distance / nm', from: 0, to: 200, points: 80, noise: 0.15 },
    trace: ([, , c], random) => {
      const [touch, stiffness] = [60 + 2 * random.normal(), within(random, 0.045, 0.06)]
      const [fringe, phase, tilt] = [0.35 * random.normal(), 2 * Math.PI * random.uniform(), 0.003 * random.normal()]
      const [sticking, reach] = [0.6 + 1.6 * on(c), within(random, 16, 22)]
      return (z) =>
        stiffness * Math.max(0, touch - z) -
        sticking * (z > touch ? Math.max(0, 1 - (z - touch) / reach) : bump(z - touch, 8)) +
        fringe * Math.sin((2 * Math.PI * z) / 110 + phase) +
        tilt * z
    },
  },
})

/** A weld seam: its width, an undercut along one side, ripples of any phase, spatter; how an arc strikes. */
export const weldSeam = family('weld-seam', {
  ...{ ...common, networks: threeNodes('complete', [a, b, c]) },
  image: {
    ...square(28, 0.04),
    paint: ([a, b], random) => {
      const [middle, lean, phase] = [13 + 0.5 * random.normal(), 0.015 * random.normal(), 7 * random.uniform()]
      const [half, period, gain] = [3.8 + 2.4 * on(a), within(random, 4, 5.5), within(random, 0.85, 1.1)]
      const [grain, spatter, light] = [speckle(random, 4), dust(random, 28, 6, 1.3), slope(random, 28, 0.12)]
      return (x, y) => {
        const off = y - middle - lean * (x - 13.5)
        const ripple = Math.cos((2 * Math.PI * (x + 0.12 * off * off)) / period + phase)
        const bead = sigmoid((half - Math.abs(off)) / 0.5) * (0.3 + 0.1 * ripple)
        const undercut = 0.38 * on(b) * bump(off - half - 1.5, 1.2)
        return gain * (0.35 + bead - undercut + light(x, y) + 0.25 * spatter(x, y)) * (1 + 0.1 * grain(x, y))
      }
    },
  },
  curve: {
    ...{ valueLabel: 'arc voltage', gridLabel: 'time / s', from: 0, to: 1, points: 100, noise: 0.4 },
    trace: ([, , c], random) => {
      const [level, striking, lasting] = [24 + random.normal(), 1 + 4 * on(c), within(random, 0.1, 0.14)]
      const [pulses, phase] = [within(random, 12, 20), 2 * Math.PI * random.uniform()]
      const shorts = Array.from({ length: random.integer(4) }, () => random.uniform())
      return (t) =>
        level +
        striking * Math.exp(-t / lasting) +
        1.2 * Math.sin(2 * Math.PI * pulses * t + phase) -
        shorts.reduce((sum, at) => sum + 6 * bump(t - at, 0.008), 0)
    },
  },
})

/** A leaf in colour: its yellowing, a brown tip, holes, a camera's tint; what nine contents lack, of three. */
export const leaf = family('leaf', {
  ...{ ...common, networks: threeNodes('collider', [a, b, three('c')]) },
  image: {
    ...{ ...square(26), channels: 3 },
    paint: ([a, b], random) => {
      const [cx, cy] = [12.5 + 0.8 * random.normal(), 12.5 + 0.8 * random.normal()]
      const [turn, size] = [0.15 * random.normal(), within(random, 0.92, 1.08)]
      const [bitten, light, table] = [dust(random, 26, 4, 2), slope(random, 26, 0.12), within(random, 0.6, 0.85)]
      const tints = [0, 1, 2].map(() => 1 + 0.06 * random.normal())
      const blade = [0.25 + 0.25 * on(a), 0.48 + 0.05 * on(a), 0.2]
      const brown = [0.35, 0.22, 0.12]
      return (x, y, channel) => {
        const u = ((x - cx) * Math.cos(turn) + (y - cy) * Math.sin(turn)) / size
        const v = ((y - cy) * Math.cos(turn) - (x - cx) * Math.sin(turn)) / size
        const inside = sigmoid((1 - Math.hypot(u / 6, v / 11)) / 0.06) * (1 - bitten(x, y))
        const tip = on(b) * sigmoid((-5.5 - v) / 0.7)
        const vein = 0.12 * bump(u, 0.7) + 0.06 * bump(Math.sin(0.7 * (v + Math.abs(u))), 0.25)
        const colour = blade[channel]! + vein + tip * (brown[channel]! - blade[channel]!)
        return tints[channel]! * (table + inside * (colour - table) + light(x, y))
      }
    },
  },
  vector: {
    ...{ columns: ['N', 'P', 'K', 'Ca', 'Mg', 'Fe', 'Mn', 'Zn', 'Cu'], noise: 0.12 },
    measure: ([, , c = 0], random) => {
      const [dilution, soil, age] = [0.4 * random.normal(), random.normal(), random.normal()]
      const lacking = [bump(c + 1, 0.4), bump(c, 0.4), bump(c - 1, 0.4)]
      const lost: Readonly<Record<number, number>> = { 2: lacking[0]!, 4: lacking[1]!, 5: lacking[2]!, 6: lacking[2]! }
      return [2.8, 0.4, 2, 1.5, 0.6, 0.9, 0.7, 0.3, 0.1].map(
        (usual, j) => usual + dilution + 0.3 * soil * Math.sin(2 * j) + 0.3 * age * Math.cos(j) - 1.1 * (lost[j] ?? 0),
      )
    },
  },
})

/** Rings on a detector: bright at the poles or at the equator, a halo, the arm of a beam stop; which of three melts. */
export const debyeRings = family('debye-rings', {
  ...{ ...common, networks: threeNodes('chain', [three('a'), b, c]) },
  image: {
    ...square(30, 0.04),
    paint: ([, b, c], random) => {
      const [cx, cy] = [14.5 + 0.5 * random.normal(), 14.5 + 0.5 * random.normal()]
      const [turn, arm, gain] = [0.2 * random.normal(), 2 * Math.PI * random.uniform(), within(random, 0.8, 1.15)]
      const texture = on(b) > 0.5 ? -0.45 : 0.45
      const spots = Array.from({ length: 6 }, () => {
        const [r, at] = [random.uniform() > 0.5 ? 6.5 : 11, 2 * Math.PI * random.uniform()]
        return disc(cx + r * Math.cos(at), cy + r * Math.sin(at), within(random, 0.6, 1.3))
      })
      const light = slope(random, 30, 0.1)
      return (x, y) => {
        const [r, phi] = [Math.hypot(x - cx, y - cy), Math.atan2(y - cy, x - cx)]
        const rings = (bump(r - 6.5, 0.9) + 0.7 * bump(r - 11, 0.9)) * (1 + texture * Math.cos(2 * (phi - turn)))
        const stop =
          sigmoid((r - 3) / 0.4) * (Math.cos(phi - arm) > 0 && r * Math.abs(Math.sin(phi - arm)) < 1 ? 0.2 : 1)
        const spotty = spots.reduce((sum, spot) => sum + 0.25 * spot(x, y), 0)
        return gain * (0.17 + light(x, y) + stop * (0.35 * rings + 0.22 * on(c) * bump(r - 8.7, 2.5) + spotty))
      }
    },
  },
  curve: {
    ...{ valueLabel: 'heat flow', gridLabel: 'temperature / °C', from: 40, to: 180, points: 90, noise: 0.04 },
    trace: ([a = 0], random) => {
      const [melting, width, heat] = [
        132 + 13 * a + 1.5 * random.normal(),
        within(random, 3, 4.5),
        within(random, 0.7, 1.2),
      ]
      const [glass, step] = [72 + 3 * random.normal(), within(random, 0.1, 0.4)]
      const [tilt, bend] = [0.3 * random.normal(), 0.2 * random.normal()]
      return (t) => {
        const u = (t - 110) / 70
        return tilt * u + bend * u * u - step * sigmoid((t - glass) / 2) - heat * bump(t - melting, width)
      }
    },
  },
})

/** No image: an impurity and a tailing peak of a chromatogram; the tailing also in a table of sizes, with coarse grain. */
export const columnAndSieve = family('column-and-sieve', {
  ...{ ...common, networks: threeNodes('complete', [a, b, c]) },
  curve: {
    ...{ valueLabel: 'absorbance', gridLabel: 'minutes', from: 0, to: 10, points: 120, noise: 0.02 },
    trace: ([a, b], random) => {
      const [stretch, load, wide] = [1 + 0.008 * random.normal(), within(random, 0.75, 1.25), within(random, 0.9, 1.1)]
      const heights = [1.8, 4, 5.6, 7.9].map((at) => ({ at, height: within(random, 0.5, 1) }))
      const [ramp, drift] = [0.2 * random.normal(), walk(random, 0.015)]
      return (t) => {
        const u = t / stretch
        const main = heights.reduce((sum, { at, height }) => sum + height * bump(u - at, 0.14 * wide), 0)
        const tail = u > 5.6 ? 0.42 * on(b) * Math.exp(-(u - 5.6) / 0.7) * sigmoid((u - 5.8) / 0.06) : 0
        return load * (main + 0.4 * on(a) * bump(u - 2.9, 0.13 * wide) + tail) + (ramp * t) / 10 + drift()
      }
    },
  },
  vector: {
    ...{ columns: Array.from({ length: 11 }, (_, j) => `${2 ** j} µm`), noise: 0.6 },
    measure: ([, b, c], random) => {
      const [fine, coarse] = [4.2 + 0.3 * random.normal(), 8 + 0.25 * random.normal()]
      const [fines, share, spread] = [0.12 + 0.22 * on(b), 0.35 + 0.5 * on(c), within(random, 1, 1.3)]
      const parts = Array.from(
        { length: 11 },
        (_, j) =>
          fines * bump(j - 1, 0.9) +
          bump(j - fine, spread) * within(random, 0.85, 1.15) +
          share * bump(j - coarse, 0.9),
      )
      const whole = parts.reduce((sum, part) => sum + part, 0)
      return parts.map((part) => (100 * part) / whole)
    },
  },
})

/** A battery: how far every other sheet stands out of an X-rayed stack; a plateau while discharging; ten resistances. */
export const battery = family('battery', {
  ...{ ...common, networks: threeNodes('fork', [a, b, c]) },
  image: {
    ...square(24, 0.04),
    paint: ([a], random) => {
      const [shift, top, gain] = [0.5 * random.normal(), 8 + 0.5 * random.normal(), within(random, 0.8, 1.1)]
      const [light, voids, lean] = [slope(random, 24, 0.2), dust(random, 24, 5, 1.5), 0.02 * random.normal()]
      const out = 1 + 3 * on(a)
      const sheets = [2, 6, 10, 14, 18, 22].map((x, k) => ({
        x,
        ends: k % 2 === 0 ? top : top - out + 0.3 * random.normal(),
      }))
      return (x, y) => {
        const u = x - shift - lean * (y - 12)
        const dense = sheets.reduce((sum, { x: at, ends }) => sum + bump(u - at, 0.8) * sigmoid((y - ends) / 0.5), 0)
        return gain * (0.75 - 0.45 * dense + light(x, y) + 0.15 * voids(x, y))
      }
    },
  },
  curve: {
    ...{ valueLabel: 'voltage', gridLabel: 'capacity / Ah', from: 0, to: 3, points: 50, noise: 0.012 },
    trace: ([, b], random) => {
      const [ohmic, knee, fade] = [0.05 * random.normal(), 2.8 + 0.08 * random.normal(), 0.22 + 0.03 * random.normal()]
      const [ends, steep] = [1.3 + 0.1 * random.normal(), within(random, 0.1, 0.16)]
      return (q) =>
        4.1 + ohmic - fade * q - 0.7 * sigmoid((q - knee) / steep) + 0.13 * on(b) * sigmoid((ends - q) / 0.08)
    },
  },
  vector: {
    ...{ columns: Array.from({ length: 10 }, (_, j) => `${10 ** (4 - j / 2)} Hz`), noise: 0.1 },
    measure: ([, , c], random) => {
      const [contact, warmth, diffusion] = [0.5 * random.normal(), 0.12 * random.normal(), 0.3 * random.normal()]
      return Array.from(
        { length: 10 },
        (_, j) => 1 + contact + (0.5 + warmth + 0.95 * on(c)) * bump(j - 4.5, 1.4) + (0.5 + diffusion) * (j / 9) ** 3,
      )
    },
  },
})

const rhombus = leaningNetwork('rhombus', [a, b, c, d], { b: ['a'], c: ['a'], d: ['b', 'c'] })

/** A circuit board: a part that is missing, a bridge between pads, glare and fibres; two faults at ten test points. */
export const circuitBoard = family('circuit-board', {
  ...{ ...common, networks: new Map([['rhombus', rhombus]]) },
  image: {
    ...square(32),
    paint: ([a, b], random) => {
      const [dx, dy, turn] = [0.5 * random.normal(), 0.5 * random.normal(), 0.02 * random.normal()]
      const [glareX, glareY, gain] = [within(random, 0, 31), within(random, 0, 31), within(random, 0.85, 1.1)]
      const [fibreAt, fibreTurn] = [within(random, -12, 12), Math.PI * random.uniform()]
      const [chip, part] = [box(22, 11, 5, 5), box(8, 9, 2.5, 3.5)]
      const pads = [5, 12, 19, 26].map((x) => box(x, 25, 1.6, 2.2))
      const [bridge, tracks] = [box(15.5, 25, 2.5, 1.7), [box(8, 17, 0.6, 7), box(15, 17.5, 8, 0.6)]]
      return (px, py) => {
        const [x, y] = [px - dx - turn * (py - 15.5), py - dy + turn * (px - 15.5)]
        const tin = Math.max(...[...pads, ...tracks].map((shape) => shape(x, y)), on(b) * bridge(x, y))
        const bare = (0.25 + 0.4 * tin) * (1 - 0.7 * chip(x, y))
        const mounted = bare + on(a) * part(x, y) * (0.55 - bare)
        const across = (px - 15.5) * Math.cos(fibreTurn) + (py - 15.5) * Math.sin(fibreTurn) - fibreAt
        return gain * (mounted + 0.25 * bump(Math.hypot(px - glareX, py - glareY), 5) + 0.2 * bump(across, 0.7))
      }
    },
  },
  vector: {
    ...{ columns: Array.from({ length: 10 }, (_, j) => `TP${j + 1}`), noise: 0.06 },
    measure: ([, , c, d], random) => {
      const [supply, warmth, load] = [1 + 0.06 * random.normal(), 0.2 * random.normal(), 0.2 * random.normal()]
      const sag: Readonly<Record<number, number>> = { 1: -0.4 * on(c), 4: -0.5 * on(c), 5: -0.4 * on(c) }
      const leak: Readonly<Record<number, number>> = { 2: 0.4 * on(d), 7: 0.5 * on(d), 8: -0.4 * on(d) }
      return [5, 3.3, 1.8, 5, 3.3, 2.5, 1.2, 0.4, 1.8, 0].map(
        (usual, j) =>
          supply * usual + warmth * Math.sin(j + 1) + load * Math.cos(3 * j) + (sag[j] ?? 0) + (leak[j] ?? 0),
      )
    },
  },
})

/** A heart: a beat with a P wave, a raised ST segment and a tall T wave, each a node; an ultrasound that tells nothing. */
export const heartbeat = family('heartbeat', {
  ...{ ...common, networks: threeNodes('fork', [a, b, c]) },
  image: {
    ...square(24, 0.05),
    paint: (_, random) => {
      const [apex, gain, depth] = [11.5 + random.normal(), within(random, 0.7, 1.1), within(random, 0.01, 0.04)]
      const [wall, thick, tilt] = [13 + 2 * random.normal(), within(random, 1, 2), 0.15 * random.normal()]
      const [coarse, fine] = [speckle(random, 6), speckle(random, 3)]
      return (x, y) => {
        const sector = sigmoid((0.75 - Math.abs(Math.atan2(x - apex, y + 2))) / 0.05)
        const tissue = 0.3 + 0.4 * bump(y - wall - tilt * (x - apex), thick)
        return 0.1 + gain * sector * tissue * Math.exp(-depth * y) * (1 + 0.25 * coarse(x, y) + 0.25 * fine(x, y))
      }
    },
  },
  curve: {
    ...{ valueLabel: 'ECG / mV', gridLabel: 'time / ms', from: 0, to: 720, points: 110, noise: 0.025 },
    trace: ([a, b, c], random) => {
      const [late, pace, gain] = [4 * random.normal(), 1 + 0.03 * random.normal(), within(random, 0.85, 1.15)]
      const [breath, phase, offset] = [0.1 * random.normal(), 2 * Math.PI * random.uniform(), 0.08 * random.normal()]
      const [spike, dip] = [within(random, 0.9, 1.3), within(random, 0.15, 0.35)]
      return (t) => {
        const u = t - late - 240
        const v = u / pace
        const complex = spike * bump(u, 9) - 0.12 * bump(u + 22, 8) - dip * bump(u - 24, 9)
        const raised = 0.22 * on(b) * sigmoid((v - 35) / 6) * sigmoid((150 - v) / 12)
        const waves = 0.18 * on(a) * bump(v + 130, 20) + raised + (0.12 + 0.25 * on(c)) * bump(v - 235, 32)
        return gain * (complex + waves) + offset + breath * Math.sin((2 * Math.PI * t) / 1500 + phase)
      }
    },
  },
})

/** An electrode under a bubble: a deposit about its centre, a corroded side that gives a prewave; how far peaks part. */
export const voltammetry = family('voltammetry', {
  ...{ ...common, networks: threeNodes('collider', [a, b, c]) },
  image: {
    ...square(28, 0.04),
    paint: ([a, b], random) => {
      const [cx, cy] = [13.5 + within(random, -1, 1), 13.5 + within(random, -1, 1)]
      const [metal, deposit, eaten] = [
        disc(cx, cy, 10.5),
        disc(cx, cy, within(random, 4.5, 5.5)),
        disc(cx + 12, cy, 6.5),
      ]
      const [grain, polish, gain] = [speckle(random, 3.5), within(random, 0, Math.PI), within(random, 0.8, 1.1)]
      const [bubbleX, bubbleY, bubble] = [within(random, 3, 24), within(random, 3, 24), within(random, 2, 4)]
      return (x, y) => {
        const scratches = 0.05 * Math.sin(1.8 * (x * Math.cos(polish) + y * Math.sin(polish)))
        const face = 0.5 + scratches + on(a) * deposit(x, y) * (0.16 + 0.07 * grain(x, y)) - 0.25 * on(b) * eaten(x, y)
        const r = Math.hypot(x - bubbleX, y - bubbleY)
        return gain * (0.15 + metal(x, y) * (face - 0.25 * sigmoid((bubble - r) / 0.5)) + 0.35 * bump(r - bubble, 0.6))
      }
    },
  },
  curve: {
    ...{ valueLabel: 'current / µA', gridLabel: 'time / s', from: 0, to: 20, points: 100, noise: 0.25 },
    trace: ([, b, c], random) => {
      const [middle, apart] = [0.02 * random.normal(), 0.06 + 0.12 * on(c)]
      const [layer, leak, gain] = [within(random, 0.5, 2), random.normal(), within(random, 0.8, 1.2)]
      const drift = walk(random, 0.06)
      return (t) => {
        const [forward, potential] = [t < 10, 0.5 - Math.abs(t - 10) / 10]
        const u = potential - middle - (forward ? apart / 2 : -apart / 2)
        const peak = 4 * (bump(u, 0.06) + 0.35 * sigmoid(u / 0.05))
        const prewave = forward ? 1.6 * on(b) * bump(potential + 0.27, 0.05) : 0
        return gain * ((forward ? 1 : -0.9) * peak + prewave) + (forward ? layer : -layer) + leak * potential + drift()
      }
    },
  },
})
