/** The fourth ten, of other laboratories, drawn without knowledge of the methods. Levels are a, b, c, d. */
import { family } from '../../../src-main/datasets/synthetic/families/family.ts'
import { leaningNetwork, threeNodes, twoNodes } from '../../../src-main/datasets/synthetic/families/network.ts'
import { binary, bump, sigmoid } from '../../../src-main/datasets/synthetic/families/shapes.ts'
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { box, disc, on, within } from './shapes.ts'

const [a, b, c, d] = [binary('a', '0', '1'), binary('b', '0', '1'), binary('c', '0', '1'), binary('d', '0', '1')]
const three = (name: string) => ({ name, categories: ['0', '1', '2'] })
const square = (size: number, noise = 0.03) => ({ height: size, width: size, noise, channels: 1 }) as const
const common = { description: 'a plain instrument', samples: 1200 }

type Field = (x: number, y: number) => number

const anyPhase = (random: RandomStream): number => 2 * Math.PI * random.uniform()

/** A lamp that is off the middle by chance: darker away from it, or brighter. */
const lamp = (random: RandomStream, size: number, strength: number): Field => {
  const [x0, y0] = [within(random, 0, size), within(random, 0, size)]
  const fall = strength * random.normal()
  return (x, y) => fall * (0.5 - Math.hypot(x - x0, y - y0) / size)
}

/** Grain of unit variance about `along` by `across` pixels coarse: waves of any phase. */
const grain = (random: RandomStream, along: number, across = along): Field => {
  const waves = Array.from({ length: 6 }, () => {
    const [kx, ky] = [2 * Math.PI * random.normal(), 2 * Math.PI * random.normal()]
    return { kx: (0.7 * kx) / along, ky: (0.7 * ky) / across, phase: anyPhase(random) }
  })
  return (x, y) => waves.reduce((sum, { kx, ky, phase }) => sum + Math.sin(kx * x + ky * y + phase), 0) / Math.sqrt(3)
}

/** Up to `most` flecks of radius up to `radius` anywhere in a square of `size`. */
const flecks = (random: RandomStream, size: number, most: number, radius: number): Field => {
  const all = Array.from({ length: random.integer(most + 1) }, () =>
    disc(within(random, 0, size), within(random, 0, size), within(random, radius / 2, radius)),
  )
  return (x, y) => all.reduce((densest, fleck) => Math.max(densest, fleck(x, y)), 0)
}

/** A baseline that wanders and comes back, a step each point. */
const wander = (random: RandomStream, step: number, back = 0.97): (() => number) => {
  let at = (step / Math.sqrt(1 - back * back)) * random.normal()
  return () => (at = back * at + step * random.normal())
}

/** Shifts of the columns at `places`. */
const shifts = (j: number, places: Readonly<Record<number, number>>, level: number): number => (places[j] ?? 0) * level

/** A lateral-flow test: two test lines on a membrane that bleeds and streaks; whether its signal fades again. */
export const lateralFlow = family('lateral-flow', {
  ...{ ...common, networks: threeNodes('chain', [a, b, c]) },
  image: {
    ...square(28),
    paint: ([a, b], random) => {
      const [dx, dy, lean] = [0.7 * random.normal(), 0.5 * random.normal(), 0.03 * random.normal()]
      const lines = [0.9, on(a), on(b)].map((strength, k) => ({
        at: 7 + 6.5 * k + dy,
        strength: strength * within(random, 0.8, 1.2),
      }))
      const [bleeds, bled, gain] = [within(random, 0, 28), 0.12 * random.normal(), within(random, 0.85, 1.1)]
      const [streakX, streak] = [within(random, 8, 20), 0.12 * random.normal()]
      const [light, fibres, specks] = [lamp(random, 28, 0.2), grain(random, 3, 12), flecks(random, 28, 4, 1.2)]
      return (x, y) => {
        const [u, v] = [x - dx - 13.5, y - lean * (x - 13.5)]
        const ink = lines.reduce((sum, { at, strength }) => sum + strength * bump(v - at, 1), 0)
        const wet = bled * sigmoid((v - bleeds) / 2) + streak * bump(x - streakX, 1)
        const membrane = 0.8 - 0.3 * ink - wet + 0.03 * fibres(x, y)
        const inside = sigmoid((6.5 - Math.abs(u)) / 0.4)
        return gain * (0.45 + inside * (membrane - 0.45) + light(x, y)) * (1 - 0.6 * specks(x, y))
      }
    },
  },
  curve: {
    ...{ valueLabel: 'reflectance', gridLabel: 'minutes', from: 0, to: 12, points: 60, noise: 0.02 },
    trace: ([, , c], random) => {
      const [wets, rate, gain] = [1.5 + 0.4 * random.normal(), within(random, 0.5, 0.9), within(random, 0.8, 1.2)]
      const [cycles, phase, drift] = [within(random, 1, 2), anyPhase(random), wander(random, 0.01)]
      return (t) => {
        const bound = t > wets ? 1 - Math.exp(-rate * (t - wets)) : 0
        const fades = 1 - 0.5 * on(c) * sigmoid((t - 7.5) / 0.7)
        return 1 - gain * 0.5 * bound * fades + 0.02 * Math.sin((cycles * t) / 2 + phase) + drift()
      }
    },
  },
})

/** A dried spot on a target plate, even or a ring, shot by a laser; whether a sodium adduct flies: two nodes. */
export const massSpectrum = family('mass-spectrum', {
  ...{ ...common, networks: twoNodes(a, b) },
  image: {
    ...square(24, 0.04),
    paint: ([a], random) => {
      const [cx, cy] = [11.5 + 0.8 * random.normal(), 11.5 + 0.8 * random.normal()]
      const [radius, squeeze, gain] = [8 + 0.5 * random.normal(), within(random, 0.9, 1.1), within(random, 0.8, 1.1)]
      const [needles, light] = [grain(random, 4), lamp(random, 24, 0.25)]
      const craters = flecks(random, 24, 5, 2)
      return (x, y) => {
        const r = Math.hypot(x - cx, squeeze * (y - cy))
        const rim = 0.35 * bump(r - radius + 1, 1.3)
        const fill = (0.08 + 0.35 * on(a)) * sigmoid((radius - r) / 0.6)
        const dry = (rim + fill) * (1 + 0.3 * needles(x, y)) * (1 - craters(x, y))
        return gain * (0.2 + dry + light(x, y))
      }
    },
  },
  curve: {
    ...{ valueLabel: 'ions', gridLabel: 'm/z', from: 1000, to: 1060, points: 120, noise: 0.015 },
    trace: ([, b], random) => {
      const [off, gain] = [0.12 * random.normal(), within(random, 0.75, 1.25)]
      const ions = [
        { at: 1013, height: 1 },
        { at: 1030, height: within(random, 0, 0.3) },
        { at: 1035, height: 0.15 + 0.45 * on(b) },
        { at: 1051, height: within(random, 0.1, 0.5) },
      ]
      const [matrix, fall, phase] = [0.3 + 0.1 * random.normal(), within(random, 15, 40), anyPhase(random)]
      return (m) => {
        const u = m - off
        const envelope = (at: number): number =>
          bump(u - at, 0.45) + 0.6 * bump(u - at - 1, 0.45) + 0.2 * bump(u - at - 2, 0.45)
        const flown = ions.reduce((sum, { at, height }) => sum + height * envelope(at), 0)
        const chemical = matrix * Math.exp(-(m - 1000) / fall) * (1 + 0.3 * Math.cos(2 * Math.PI * m + phase))
        return gain * (flown + chemical) + 0.05 * Math.sqrt(Math.max(0, flown + chemical)) * random.normal()
      }
    },
  },
})

/** A glowing solar cell, one corner cut off by a crack; a shunt in its I-V curve; blue light lost: three modalities. */
export const solarCell = family('solar-cell', {
  ...{ ...common, networks: threeNodes('collider', [a, b, c]) },
  image: {
    ...square(30, 0.04),
    paint: ([a], random) => {
      const [dx, dy, turn] = [0.5 * random.normal(), 0.5 * random.normal(), 0.015 * random.normal()]
      const [gain, crack, steep] = [within(random, 0.75, 1.1), 31 + random.normal(), within(random, 0.8, 1.2)]
      const [crystals, clusters, light] = [grain(random, 7), flecks(random, 30, 6, 2.5), lamp(random, 30, 0.25)]
      const broken = [5, 24].map(() => ({ at: within(random, 2, 28), from: within(random, 0, 25) }))
      return (px, py) => {
        const [x, y] = [px - dx - turn * (py - 14.5), py - dy + turn * (px - 14.5)]
        const bars = bump(x - 9.5, 0.8) + bump(x - 19.5, 0.8)
        const fingers = broken.reduce((sum, { at, from }) => sum + bump(y - at, 0.6) * bump(x - from - 3, 3), 0)
        const cut = on(a) * sigmoid((x + steep * y - crack - 8) / 0.6)
        const glow = (0.6 + 0.08 * crystals(x, y) + light(x, y)) * (1 - 0.3 * clusters(x, y) - 0.4 * fingers)
        const cell = box(14.5, 14.5, 13, 13)(x, y)
        return gain * (0.06 + cell * glow * (1 - 0.6 * Math.min(1, bars)) * (1 - 0.6 * cut))
      }
    },
  },
  curve: {
    ...{ valueLabel: 'current / A', gridLabel: 'voltage / V', from: 0, to: 0.62, points: 60, noise: 0.05 },
    trace: ([, b], random) => {
      const [sun, warm, soft] = [
        8 + 0.35 * random.normal(),
        0.55 + 0.012 * random.normal(),
        within(random, 0.025, 0.04),
      ]
      const [flicker, phase, drift] = [0.2 * random.normal(), anyPhase(random), wander(random, 0.02)]
      const leak = 0.4 + 2.4 * on(b)
      return (v) =>
        Math.max(-3, sun * (1 - Math.exp((v - warm) / soft)) - leak * v) + flicker * Math.sin(50 * v + phase) + drift()
    },
  },
  vector: {
    ...{ columns: Array.from({ length: 9 }, (_, j) => `QE ${350 + 100 * j} nm`), noise: 0.02 },
    measure: ([, , c], random) => {
      const [gain, red, coat] = [1 + 0.06 * random.normal(), 0.1 * random.normal(), 0.06 * random.normal()]
      const film = anyPhase(random)
      return [0.6, 0.82, 0.9, 0.93, 0.93, 0.9, 0.75, 0.3, 0.05].map(
        (usual, j) =>
          gain * (usual - shifts(j, { 0: 0.2, 1: 0.22, 2: 0.07 }, on(c))) +
          red * bump(j - 6.5, 1) +
          coat * Math.cos(1.1 * j + film),
      )
    },
  },
})

/** No image: a gas sensor that recovers slowly and tires, on a drifting baseline; a smell among twelve sensors. */
export const gasSensor = family('gas-sensor', {
  ...{ ...common, networks: threeNodes('complete', [a, b, c]) },
  curve: {
    ...{ valueLabel: 'conductance', gridLabel: 'time / s', from: 0, to: 300, points: 100, noise: 0.02 },
    trace: ([a, b], random) => {
      const [gain, late, rise] = [within(random, 0.8, 1.2), 3 * random.normal(), within(random, 8, 14)]
      const [humid, tilt, drift] = [0.3 * random.normal(), 0.15 * random.normal(), wander(random, 0.02)]
      const recovers = (10 + 30 * on(a)) * within(random, 0.9, 1.1)
      const pulse = (t: number): number => {
        if (t < 0) return 0
        const full = 1 - Math.exp(-Math.min(t, 60) / rise)
        return t < 60 ? full : full * Math.exp(-(t - 60) / recovers)
      }
      return (t) => {
        const u = t - late
        const tired = 1 - 0.5 * on(b)
        return gain * (pulse(u - 30) + tired * pulse(u - 175)) + humid + tilt * (t / 150 - 1) + drift()
      }
    },
  },
  vector: {
    ...{ columns: Array.from({ length: 12 }, (_, j) => `MOX${j + 1}`), noise: 0.12 },
    measure: ([, , c], random) => {
      const [dose, humid, warm] = [0.4 * random.normal(), 0.5 * random.normal(), 0.4 * random.normal()]
      return Array.from(
        { length: 12 },
        (_, j) =>
          1 +
          dose * (1 + 0.4 * Math.cos(5 * j)) +
          humid * Math.sin(1.7 * j) +
          warm * Math.cos(0.9 * j + 1) +
          shifts(j, { 2: 1, 5: -0.8, 8: 1.1, 10: 0.7 }, on(c)),
      )
    },
  },
})

/** A thin section in colour: what a crystal's birefringence is, its opaque rim, as the stage turns; three rocks' oxides. */
export const thinSection = family('thin-section', {
  ...{ ...common, networks: threeNodes('collider', [a, b, three('c')]) },
  image: {
    ...{ ...square(26), channels: 3 },
    paint: ([a, b], random) => {
      const [cx, cy, turn] = [12.5 + 0.7 * random.normal(), 12.5 + 0.7 * random.normal(), 0.12 * random.normal()]
      const [long, short] = [8 + 0.4 * random.normal(), 5.2 + 0.3 * random.normal()]
      const bright = 0.75 + 0.25 * Math.cos(anyPhase(random))
      const [matrix, laths, ore] = [grain(random, 3.5), grain(random, 5), flecks(random, 26, 8, 1.4)]
      const [light, tints] = [lamp(random, 26, 0.15), [0, 1, 2].map(() => 1 + 0.07 * random.normal())]
      const [grey, vivid, ground] = [
        [0.55, 0.55, 0.52],
        [0.35, 0.5, 0.85],
        [0.38, 0.34, 0.3],
      ]
      return (x, y, channel) => {
        const u = (x - cx) * Math.cos(turn) + (y - cy) * Math.sin(turn)
        const v = (y - cy) * Math.cos(turn) - (x - cx) * Math.sin(turn)
        const edge = Math.max(Math.abs(u) - long, Math.abs(v) - short)
        const colour = (grey[channel]! + on(a) * (vivid[channel]! - grey[channel]!)) * (bright + 0.08 * laths(u, v))
        const around = ground[channel]! + 0.09 * matrix(x, y) * (channel === 1 ? 1 : 0.7)
        const rock = around + sigmoid(-edge / 0.4) * (colour - around)
        return tints[channel]! * (rock + light(x, y)) * (1 - 0.55 * on(b) * bump(edge, 1)) * (1 - 0.7 * ore(x, y))
      }
    },
  },
  vector: {
    ...{ columns: ['SiO2', 'TiO2', 'Al2O3', 'FeO', 'MnO', 'MgO', 'CaO', 'Na2O', 'K2O', 'P2O5'], noise: 0.25 },
    measure: ([, , c = 0], random) => {
      const [silica, weathered, mineral] = [3 * random.normal(), random.normal(), random.normal()]
      const middle = bump(c, 0.4)
      const parts = [58, 1.2, 16, 7.5, 0.3, 5, 6.5, 3.3, 2, 0.4].map(
        (usual, j) =>
          usual +
          shifts(j, { 0: 6, 3: -2.5, 5: -3, 6: -2.5, 8: 1.5 }, c) +
          shifts(j, { 2: 3, 7: 1.6, 1: -0.8 }, middle) +
          shifts(j, { 0: 1.4, 3: -0.5, 5: -0.3 }, silica) +
          1.1 * weathered * Math.sin(2.3 * j) +
          1.2 * mineral * Math.cos(1.3 * j),
      )
      const whole = parts.reduce((sum, part) => sum + part, 0)
      return parts.map((part) => (100 * part) / whole)
    },
  },
})

/** An echogram: a shoal in the water, a layer beneath an uneven sea floor, lost pings; how deep a thermocline lies. */
export const echogram = family('echogram', {
  ...{ ...common, networks: threeNodes('fork', [a, b, c]) },
  image: {
    ...square(32, 0.04),
    paint: ([a, b], random) => {
      const [floor, lean, swell] = [18.5 + 0.6 * random.normal(), 0.05 * random.normal(), 0.6 * random.normal()]
      const [phase, gain] = [anyPhase(random), within(random, 0.8, 1.15)]
      const [sx, sy] = [11 + 1.2 * random.normal(), 9 + 0.8 * random.normal()]
      const [wide, high] = [within(random, 4, 5.5), within(random, 2.2, 3)]
      const [coarse, fine] = [grain(random, 3), grain(random, 6, 3)]
      const [fish, hiss] = [flecks(random, 32, 8, 1), 0.006 * random.normal()]
      const lost = Array.from({ length: random.integer(4) }, () => within(random, 0, 31))
      return (x, y) => {
        const at = floor + lean * (x - 15.5) + swell * Math.sin(x / 5 + phase)
        const ground = 0.6 * sigmoid((y - at) / 0.5) * Math.exp(-Math.max(0, y - at) / 4)
        const beneath = 0.34 * on(b) * bump(y - at - 7, 1.3)
        const shoal = 0.4 * on(a) * bump(Math.hypot((x - sx) / wide, (y - sy) / high), 0.7)
        const echo = (0.12 + ground + beneath + shoal) * (1 + 0.22 * coarse(x, y) + 0.22 * fine(x, y))
        const ping = lost.reduce((kept, column) => kept * (1 - 0.7 * bump(x - column, 0.6)), 1)
        return 0.08 + gain * ping * (echo + 0.2 * fish(x, y) * sigmoid(at - 2 - y)) + hiss * y
      }
    },
  },
  curve: {
    ...{ valueLabel: 'temperature / °C', gridLabel: 'depth / m', from: 0, to: 100, points: 70, noise: 0.12 },
    trace: ([, , c], random) => {
      const [surface, deep, depth] = [17 + 1.6 * random.normal(), 8 + 1.4 * random.normal(), 34 + 18 * on(c)]
      const [sharp, heave] = [within(random, 3, 5), 1.8 * random.normal()]
      const [skin, length, phase] = [within(random, 0, 1.5), within(random, 14, 25), anyPhase(random)]
      const drift = wander(random, 0.1, 0.9)
      return (z) =>
        deep +
        (surface - deep) * sigmoid((depth + heave - z) / sharp) +
        skin * Math.exp(-z / 5) +
        0.3 * Math.sin((2 * Math.PI * z) / length + phase) +
        drift()
    },
  },
})

const ladder = leaningNetwork('ladder', [a, b, c, d], { c: ['a', 'b'], d: ['c'] })

/** Luggage in X-rays: a bottle, a lined corner, clutter over them; a line and an edge in what it scatters: four nodes. */
export const luggage = family('luggage', {
  ...{ ...common, networks: new Map([['ladder', ladder]]) },
  image: {
    ...square(32),
    paint: ([a, b], random) => {
      const [dx, dy, dose] = [0.7 * random.normal(), 0.5 * random.normal(), within(random, 0.85, 1.05)]
      const [bx, by, fill] = [9 + 0.6 * random.normal(), 15 + 0.6 * random.normal(), within(random, 0.8, 1.2)]
      const [body, neck, lining] = [box(bx, by + 2, 3, 6), box(bx, by - 6, 1.2, 2.5), box(23, 24.5, 4.5, 2)]
      const clutter = Array.from({ length: 2 + random.integer(3) }, () => ({
        thick: within(random, 0.15, 0.35),
        shape: box(within(random, 4, 28), within(random, 6, 28), within(random, 0.7, 4), within(random, 0.7, 4)),
      }))
      const [clothes, coins, light] = [grain(random, 8), flecks(random, 32, 4, 1.3), lamp(random, 32, 0.15)]
      const [shell, handle] = [box(15.5, 16, 13, 12), box(15.5, 2.5, 4, 0.8)]
      return (px, py) => {
        const [x, y] = [px - dx, py - dy]
        const bag = shell(x, y) * (0.35 + 0.08 * clothes(x, y)) + 0.3 * handle(x, y)
        const packed = clutter.reduce((sum, { thick, shape }) => sum + thick * shape(x, y), 0.5 * coins(x, y))
        const hidden = 0.8 * on(a) * fill * Math.max(body(x, y), neck(x, y)) + 0.7 * on(b) * lining(x, y)
        return dose * (0.92 + light(x, y)) * Math.exp(-(bag + packed + hidden))
      }
    },
  },
  curve: {
    ...{ valueLabel: 'counts', gridLabel: 'energy / keV', from: 20, to: 120, points: 100, noise: 0.02 },
    trace: ([, , c, d], random) => {
      const [dose, hard, scale] = [within(random, 0.8, 1.2), 52 + 3 * random.normal(), 1 + 0.006 * random.normal()]
      const [tungsten, clothes, wide] = [within(random, 0.2, 0.6), 0.2 * random.normal(), within(random, 1.7, 2.3)]
      return (e) => {
        const u = e * scale
        const braking = bump(u - hard, 24) + tungsten * (bump(u - 59, wide) + 0.4 * bump(u - 67.5, wide))
        const scattered = 0.4 * on(c) * bump(u - 38, wide) + clothes * bump(u - 46, 7)
        const through = (braking + scattered) * (1 - 0.6 * on(d) * sigmoid((u - 85) / 0.8))
        return dose * through + 0.05 * Math.sqrt(Math.max(0, through)) * random.normal()
      }
    },
  },
})

/** A watch: where its index stands; a clinging hairspring, which also beats too fast; a knock after each beat. */
export const watchMovement = family('watch-movement', {
  ...{ ...common, networks: threeNodes('chain', [a, b, c]) },
  image: {
    ...square(28, 0.04),
    paint: ([a, b], random) => {
      const [cx, cy] = [13.5 + 0.5 * random.normal(), 15 + 0.5 * random.normal()]
      const [swing, gain, index] = [anyPhase(random), within(random, 0.8, 1.1), 0.55 * (2 * on(a) - 1)]
      const [spring, breath] = [5.2 - 2 * on(b), 0.25 * random.normal()]
      const [brushed, light] = [anyPhase(random), lamp(random, 28, 0.3)]
      const [oil, lint] = [flecks(random, 28, 4, 1.6), { at: within(random, -12, 12), turn: anyPhase(random) }]
      return (x, y) => {
        const [r, phi] = [Math.hypot(x - cx, y - cy), Math.atan2(y - cy, x - cx)]
        const stripes = 0.05 * Math.sin(1.1 * (x + y) + brushed)
        const wheel = 0.35 * bump(r - 8.5, 0.9) + 0.25 * bump(r * Math.sin(phi - swing), 0.8) * sigmoid((8.5 - r) / 0.4)
        const coils = 0.35 * bump(r - spring - breath, 0.8) + 0.3 * bump(r, 1.1)
        const along = Math.sin(phi + Math.PI / 2 - index)
        const arm = Math.sin(phi) < 0 && r > 9.5 ? 0.45 * bump(r * along, 1) : 0
        const across = (x - 13.5) * Math.cos(lint.turn) + (y - 13.5) * Math.sin(lint.turn) - lint.at
        const metal = 0.25 + stripes + wheel + coils + arm + light(x, y)
        return gain * (metal * (1 - 0.5 * oil(x, y)) + 0.2 * bump(across, 0.6))
      }
    },
  },
  curve: {
    ...{ valueLabel: 'loudness', gridLabel: 'time / ms', from: 0, to: 120, points: 110, noise: 0.03 },
    trace: ([, b, c], random) => {
      const [late, gain, hum] = [0.8 * random.normal(), within(random, 0.75, 1.25), 0.1 * random.normal()]
      const [phase, drift] = [anyPhase(random), wander(random, 0.02)]
      const beats = [12, 75 - 9 * on(b)].map((at) => ({
        at: at + late,
        parts: [within(random, 0.3, 0.6), within(random, 0.2, 0.5), within(random, 0.8, 1.2), 0.45 * on(c)],
      }))
      return (t) => {
        const loud = beats.reduce(
          (sum, { at, parts }) =>
            parts.reduce((beat, part, k) => beat + part * bump(t - at - [0, 5, 10, 24][k]!, 2), sum),
          0,
        )
        return gain * loud * (1 + 0.12 * random.normal()) + hum * Math.sin(t / 9.5 + phase) + 0.2 + drift()
      }
    },
  },
})

/** NMR: two pairs of cross-peaks amid ridges along the slow axis; which of three ways a ring is substituted. */
export const correlationSpectrum = family('correlation-spectrum', {
  ...{ ...common, networks: threeNodes('fork', [three('a'), b, c]) },
  image: {
    ...square(30, 0.04),
    paint: ([, b, c], random) => {
      const [dx, dy, wide] = [0.4 * random.normal(), 0.4 * random.normal(), within(random, 1.2, 1.6)]
      const [gain, twist] = [within(random, 0.75, 1.15), 0.25 * random.normal()]
      const protons = [5, 13, 23]
      const ridges = [...protons, within(random, 0, 29)].map((x) => ({ x, strength: 0.1 * random.normal() }))
      const [rolling, phase, floor] = [0.05 * random.normal(), anyPhase(random), lamp(random, 30, 0.15)]
      const spots = [
        ...protons.map((at) => ({ x: at, y: at, height: within(random, 0.35, 0.6) })),
        ...[on(b), on(b)].map((height, k) => ({ x: k === 0 ? 5 : 23, y: k === 0 ? 23 : 5, height: 0.3 * height })),
        ...[on(c), on(c)].map((height, k) => ({ x: k === 0 ? 5 : 13, y: k === 0 ? 13 : 5, height: 0.3 * height })),
      ]
      return (px, py) => {
        const [x, y] = [px - dx, py - dy]
        const peaks = spots.reduce((sum, spot) => {
          const [u, v] = [(x - spot.x) / wide, (y - spot.y) / wide]
          return sum + (spot.height * (1 + twist * u)) / (1 + u * u + v * v) ** 1.5
        }, 0)
        const noisy = ridges.reduce((sum, { x: at, strength }) => sum + strength * bump(x - at, 1), 0)
        return 0.25 + gain * (peaks + noisy) + rolling * Math.sin(y / 3 + phase) + floor(x, y)
      }
    },
  },
  curve: {
    ...{ valueLabel: 'intensity', gridLabel: 'shift / ppm', from: 6.6, to: 8.4, points: 120, noise: 0.03 },
    trace: ([a = 0], random) => {
      const [reference, wide, gain] = [0.006 * random.normal(), within(random, 0.022, 0.032), within(random, 0.8, 1.2)]
      const [solvent, impure, impurity] = [within(random, 0.2, 1.5), within(random, 6.7, 8.3), within(random, 0, 0.6)]
      const [roll, phase, twist] = [0.12 * random.normal(), anyPhase(random), 0.2 * random.normal()]
      const patterns = [
        [6.85, 6.95, 7.95, 8.05],
        [7.08, 7.45, 7.6, 8.18],
        [7.1, 7.35, 7.72, 7.82],
      ]
      const shares = [bump(a + 1, 0.35), bump(a, 0.35), bump(a - 1, 0.35)]
      return (shift) => {
        const line = (at: number): number => {
          const u = (shift - reference - at) / wide
          return (1 + twist * u) / (1 + u * u)
        }
        const ring = patterns.reduce(
          (sum, lines, k) => sum + shares[k]! * lines.reduce((all, at) => all + 0.6 * line(at), 0),
          0,
        )
        return gain * ring + solvent * line(7.26) + impurity * line(impure) + roll * Math.sin(4 * shift + phase)
      }
    },
  },
})

/** Cloth: a missing pick, a tight selvedge, a weave of any phase, creases and pills; a softener in eleven handle values. */
export const cloth = family('cloth', {
  ...{ ...common, networks: threeNodes('complete', [a, b, c]) },
  image: {
    ...square(28, 0.04),
    paint: ([a, b], random) => {
      const [warp, weft] = [within(random, 3.2, 4), within(random, 3.2, 4)]
      const [p, q, skew] = [anyPhase(random), anyPhase(random), 0.03 * random.normal()]
      const [gap, edge, gain] = [9 + 0.5 * random.normal(), 21.5 + 0.6 * random.normal(), within(random, 0.8, 1.1)]
      const [pills, light] = [flecks(random, 28, 6, 1.8), lamp(random, 28, 0.3)]
      const [crease, turn, depth] = [within(random, -12, 12), anyPhase(random), 0.15 * random.normal()]
      return (x, y) => {
        const v = y - skew * (x - 13.5)
        const woven = Math.cos((2 * Math.PI * x) / warp + p) * Math.cos((2 * Math.PI * v) / weft + q)
        const across = (x - 13.5) * Math.cos(turn) + (y - 13.5) * Math.sin(turn) - crease
        const yarn = 0.5 + 0.1 * woven + 0.28 * on(b) * sigmoid((x - edge) / 0.5) - 0.3 * on(a) * bump(v - gap, 1.1)
        return gain * (yarn + light(x, y) + depth * bump(across, 1.5) + 0.2 * pills(x, y))
      }
    },
  },
  vector: {
    ...{ columns: ['LT', 'WT', 'RT', 'G', '2HG', 'B', '2HB', 'MIU', 'MMD', 'SMD', 'T'], noise: 0.15 },
    measure: ([, , c], random) => {
      const [weight, worn, damp] = [0.6 * random.normal(), 0.5 * random.normal(), 0.5 * random.normal()]
      return Array.from(
        { length: 11 },
        (_, j) =>
          2 +
          weight * (0.5 + 0.5 * Math.sin(j + 0.5)) +
          worn * Math.cos(1.9 * j) +
          damp * Math.sin(2.7 * j + 1) +
          shifts(j, { 3: -1, 5: -1.2, 6: -0.8, 7: 0.7 }, on(c)),
      )
    },
  },
})
