/** Five more, of living and natural things, drawn without knowledge of the methods. Levels are a, b, c, d. */
import { family } from '../../../src-main/datasets/synthetic/families/family.ts'
import { leaningNetwork, threeNodes, twoNodes } from '../../../src-main/datasets/synthetic/families/network.ts'
import { binary, bump, sigmoid } from '../../../src-main/datasets/synthetic/families/shapes.ts'
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { disc, on, within } from './shapes.ts'

const [a, b, c, d] = [binary('a', '0', '1'), binary('b', '0', '1'), binary('c', '0', '1'), binary('d', '0', '1')]
const soils = { name: 'c', categories: ['0', '1', '2'] }
const common = { description: 'a plain instrument', samples: 1200 }

type Field = (x: number, y: number) => number

const turn = (random: RandomStream): number => within(random, 0, 2 * Math.PI)

/** Light that falls from one side and gathers a little in the middle. */
const uneven = (random: RandomStream, size: number, strength: number): Field => {
  const [east, south, round] = [random.normal(), random.normal(), random.normal()].map((z) => strength * z)
  return (x, y) => {
    const [u, v] = [(2 * x) / size - 1, (2 * y) / size - 1]
    return east! * u + south! * v + round! * (u * u + v * v - 0.67)
  }
}

/** Mottle of unit variance: eight waves that are about `coarse` pixels long. */
const mottle = (random: RandomStream, coarse: number): Field => {
  const waves = Array.from({ length: 8 }, () => {
    const [towards, length, phase] = [turn(random), coarse * within(random, 0.7, 1.5), turn(random)]
    const k = (2 * Math.PI) / length
    return { kx: k * Math.cos(towards), ky: k * Math.sin(towards), phase }
  })
  return (x, y) => 0.5 * waves.reduce((sum, { kx, ky, phase }) => sum + Math.cos(kx * x + ky * y + phase), 0)
}

/** Up to `most` specks, anywhere. */
const specks = (random: RandomStream, size: number, most: number, radius: number): Field => {
  const all = Array.from({ length: random.integer(most + 1) }, () =>
    disc(within(random, 0, size), within(random, 0, size), within(random, 0.5, 1) * radius),
  )
  return (x, y) =>
    Math.min(
      1,
      all.reduce((sum, speck) => sum + speck(x, y), 0),
    )
}

/** A baseline over [0, 1]: an offset, a tilt, a bend and a slow wave, each of about `size`. */
const baseline = (random: RandomStream, size: number): ((t: number) => number) => {
  const [offset, tilt, bend, wave] = [random.normal(), random.normal(), random.normal(), random.normal()]
  const [cycles, phase] = [within(random, 1.5, 3), turn(random)]
  return (t) =>
    size *
    (offset + tilt * (2 * t - 1) + bend * (4 * (t - 0.5) ** 2 - 0.4) + 0.5 * wave * Math.cos(6.28 * cycles * t + phase))
}

/** A red cell stained on a smear, in colour: a parasite's ring, a wide pallor, which the blood count knows; a third cause. */
export const bloodSmear = family('blood-smear', {
  ...{ ...common, networks: threeNodes('complete', [a, b, c]) },
  image: {
    ...{ height: 24, width: 24, channels: 3, noise: 0.03 },
    paint: ([a, b], random) => {
      const [cx, cy] = [11.5 + 0.5 * random.normal(), 11.5 + 0.5 * random.normal()]
      const [radius, squeeze, leaning] = [8.3 + 0.4 * random.normal(), 0.06 * random.normal(), turn(random)]
      const [px, py] = [cx + 3.6 + 0.3 * random.normal(), cy - 3 + 0.3 * random.normal()]
      const [stain, pallor] = [within(random, 0.75, 1.2), 2.6 + 1.9 * on(b) + 0.2 * random.normal()]
      const neighbours = Array.from({ length: random.integer(4) }, () => {
        const [towards, far] = [turn(random), within(random, 15, 18)]
        return disc(cx + far * Math.cos(towards), cy + far * Math.sin(towards), within(random, 6, 8))
      })
      const [light, cloudy, platelets] = [uneven(random, 24, 0.05), mottle(random, 6), specks(random, 24, 4, 1.4)]
      const white = [0.86, 0.84, 0.83].map((usual) => usual * (1 + 0.04 * random.normal()))
      const [red, purple] = [
        [0.12, 0.42, 0.36],
        [0.45, 0.6, 0.15],
      ]
      return (x, y, channel) => {
        const [r, phi] = [Math.hypot(x - cx, y - cy), Math.atan2(y - cy, x - cx)]
        const u = r * (1 + squeeze * Math.cos(2 * (phi - leaning)))
        const cell = sigmoid((radius - u) / 0.5) * (1 - 0.6 * sigmoid((pallor - u) / 0.9))
        const others = neighbours.reduce((most, other) => Math.max(most, other(x, y)), 0)
        const ring =
          on(a) *
          (0.9 * bump(Math.hypot(x - px, y - py) - 1.7, 0.7) + 0.5 * bump(Math.hypot(x - px - 1.7, y - py), 0.7))
        const absorbed =
          red[channel]! * stain * Math.max(cell, others) * (1 + 0.12 * cloudy(x, y)) +
          purple[channel]! * (ring + 0.8 * platelets(x, y))
        return white[channel]! * (1 + light(x, y)) * Math.exp(-1.3 * absorbed)
      }
    },
  },
  vector: {
    ...{ columns: ['RBC', 'HGB', 'HCT', 'MCV', 'MCH', 'MCHC', 'RDW', 'PLT', 'WBC', 'RET', 'MPV'], noise: 0.12 },
    measure: ([, b, c], random) => {
      const [dilute, marrow, aged, fever] = [random.normal(), random.normal(), random.normal(), random.normal()]
      const sparse = [0.1, -0.3, -0.2, -0.7, -0.9, -0.3, 0.5, 0, 0, 0, 0]
      const broken = [-0.4, -0.3, -0.4, 0, 0, 0.1, 0.3, -0.7, 0, 0.9, 0.4]
      return sparse.map(
        (shift, j) =>
          shift * on(b) +
          broken[j]! * on(c) +
          0.7 * dilute * Math.cos(0.5 * j) +
          0.6 * marrow * Math.sin(1.1 * j + 0.4) +
          0.5 * aged * Math.cos(1.8 * j + 1) +
          (j === 8 ? 0.8 : 0.1) * fever,
      )
    },
  },
})

/** A galaxy, turned so that its bar would lie level, and its spectrum: a bar; young stars in both; an active nucleus. */
export const galaxyStamp = family('galaxy-stamp', {
  ...{ ...common, networks: threeNodes('fork', [a, b, c]) },
  image: {
    ...{ height: 28, width: 28, channels: 1, noise: 0.025 },
    paint: ([a, b], random) => {
      const [cx, cy] = [13.5 + 0.4 * random.normal(), 13.5 + 0.4 * random.normal()]
      const [tilt, round, lies] = [0.06 * random.normal(), within(random, 0.7, 1), turn(random)]
      const [scale, bright, seeing] = [within(random, 3.8, 6), within(random, 0.4, 0.75), within(random, 1.2, 1.7)]
      const [arms, wound] = [turn(random), within(random, 0.35, 0.6)]
      const [sky, dust] = [uneven(random, 28, 0.03), mottle(random, 6)]
      const stars = Array.from({ length: random.integer(4) }, () => ({
        at: [within(random, 0, 27), within(random, 0, 27)] as const,
        flux: within(random, 0.2, 0.7),
      }))
      const shining = on(b) * within(random, 0.85, 1.15)
      return (px, py) => {
        const [x, y] = [px - cx, py - cy]
        const along = x * Math.cos(lies) + y * Math.sin(lies)
        const across = (y * Math.cos(lies) - x * Math.sin(lies)) / round
        const r = Math.hypot(along, across)
        const spiral = 1 + 0.25 * Math.cos(2 * Math.atan2(across, along) - wound * r + arms) * (r / (r + 3))
        const disk = bright * Math.exp(-r / scale) * spiral * (1 + 0.2 * dust(px, py))
        const [u, v] = [x + tilt * y, y - tilt * x]
        const bar = 0.32 * on(a) * sigmoid((7.5 - Math.abs(u)) / 0.7) * bump(v, seeing)
        const knots = 0.2 * shining * (bump(Math.hypot(u - 7, v - 4.5), 1.4) + bump(Math.hypot(u + 7, v + 4.5), 1.4))
        const field = stars.reduce(
          (sum, { at, flux }) => sum + flux * bump(Math.hypot(px - at[0], py - at[1]), seeing),
          0,
        )
        return 0.1 + sky(px, py) + disk + 0.15 * bump(r, seeing) + bar + knots + field
      }
    },
  },
  curve: {
    ...{ valueLabel: 'flux', gridLabel: 'wavelength / nm', from: 460, to: 690, points: 76, noise: 0.03 },
    trace: ([, b, c], random) => {
      const [gain, red, slow] = [within(random, 0.7, 1.3), 0.3 * random.normal(), baseline(random, 0.06)]
      const [off, wide] = [0.7 * random.normal(), within(random, 2.4, 3.2)]
      const [metals, airglow, ripple] = [within(random, 0.05, 0.3), 0.25 * random.normal(), turn(random)]
      const young = on(b) * within(random, 0.8, 1.2)
      const active = on(c) * within(random, 0.8, 1.2)
      return (nm) => {
        const [t, u] = [(nm - 460) / 230, nm - off]
        const line = (at: number): number => bump(u - at, wide)
        const absorbed = metals * (bump(u - 518, 5) + 0.7 * line(589)) + 0.05 * line(527)
        const born = young * (0.5 * line(656) + 0.2 * line(486) + 0.15 * line(672))
        const excited = active * (0.4 * line(501) + 0.14 * line(496))
        return (
          gain * (1 + red * (t - 0.5) - absorbed + born + excited) +
          slow(t) +
          airglow * bump(nm - 558, 1.6) +
          0.02 * Math.cos(nm / 4 + ripple)
        )
      }
    },
  },
})

/** No image: a soil's reflectance with a clay's and a carbonate's bands; what soil it is among ten analyses, as lime is. */
export const soilCore = family('soil-core', {
  ...{ ...common, networks: threeNodes('collider', [a, b, soils]) },
  curve: {
    ...{ valueLabel: 'reflectance', gridLabel: 'wavelength / nm', from: 1300, to: 2450, points: 72, noise: 0.006 },
    trace: ([a, b], random) => {
      const [bright, slope, coarse] = [0.38 + 0.06 * random.normal(), 0.04 * random.normal(), baseline(random, 0.012)]
      const [wet, fine, straw] = [within(random, 0.03, 0.14), within(random, 0.85, 1.15), within(random, 0, 0.03)]
      const [off, wide] = [5 * random.normal(), within(random, 0.9, 1.15)]
      return (nm) => {
        const [t, u] = [(nm - 1300) / 1150, nm - off]
        const water = wet * (0.7 * bump(u - 1440, 50) + bump(u - 1930, 55))
        const clay =
          0.07 * on(a) * (bump(u - 2205, 22 * wide) + 0.5 * bump(u - 2160, 18 * wide) + 0.5 * bump(u - 1410, 20))
        const lime = 0.065 * on(b) * bump(u - 2340, 30 * wide)
        const plants = straw * (bump(u - 2100, 60) + 0.6 * bump(u - 1730, 30))
        return bright + slope * (t - 0.5) + coarse(t) - fine * (water + clay + lime + plants)
      }
    },
  },
  vector: {
    ...{ columns: ['pH', 'C', 'N', 'P', 'K', 'Ca', 'Mg', 'Fe', 'Al', 'CEC'], noise: 0.15 },
    measure: ([, b, c = 0], random) => {
      const [manure, rain, depth] = [0.7 * random.normal(), 0.7 * random.normal(), 0.6 * random.normal()]
      const limed = [0.9, 0, 0, -0.2, 0, 1.3, 0.4, 0, -0.4, 0.2]
      const [peaty, rusty] = [
        [-0.3, 1.1, 0.7, 0, 0, 0, 0, -0.5, 0, 0.9],
        [0, -0.3, 0, -0.5, 0.9, 0, 0, 1.1, 0.8, 0],
      ]
      return limed.map(
        (shift, j) =>
          shift * on(b) +
          peaty[j]! * bump(c, 0.4) +
          rusty[j]! * bump(c - 1, 0.4) +
          manure * Math.cos(1.3 * j - 3) +
          rain * Math.sin(0.8 * j + 0.5) +
          depth * Math.cos(2.2 * j + 1),
      )
    },
  },
})

const diamond = leaningNetwork('diamond', [a, b, c, d], { b: ['a'], c: ['a'], d: ['b', 'c'] })

/** A slice of bread, how its dough was mixed and what it smells of: an ear, a dense sole; weak gluten; a sour smell. */
export const breadLoaf = family('bread-loaf', {
  ...{ ...common, networks: new Map([['diamond', diamond]]) },
  image: {
    ...{ height: 26, width: 26, channels: 1, noise: 0.03 },
    paint: ([a, b], random) => {
      const [dx, dy, gain] = [0.5 * random.normal(), 0.4 * random.normal(), within(random, 0.85, 1.1)]
      const [rise, wide, baked] = [8.5 + 0.5 * random.normal(), 10.3 + 0.4 * random.normal(), within(random, 0.2, 0.4)]
      const [crumb, light, crumbs] = [mottle(random, 4), uneven(random, 26, 0.04), specks(random, 26, 4, 0.9)]
      const pores = Array.from({ length: 4 + random.integer(7) }, () =>
        disc(within(random, 4, 22), within(random, 6, 20), within(random, 0.6, 1.8)),
      )
      return (px, py) => {
        const [x, y] = [px - dx - 12.5, py - dy - 13.5]
        const height = y < 0 ? rise : 7.5
        const inside = (1 - (Math.abs(x / wide) ** 3 + Math.abs(y / height) ** 3) ** (1 / 3)) * 8
        const loaf = sigmoid(inside / 0.35)
        const ear = on(a) * bump(Math.hypot((x - 3) / 2.4, y + rise + 0.6), 0.9)
        const hole = pores.reduce((deepest, pore) => Math.max(deepest, pore(px, py)), 0)
        const sole = on(b) * bump(y - 5, 1.1) * sigmoid((8 - Math.abs(x)) / 0.7)
        const cut = 0.75 + 0.05 * crumb(px, py) - 0.25 * hole * (1 - sole) - 0.29 * sole
        const whole = cut - baked * bump(inside - 0.7, 0.8)
        return (
          gain *
          (0.15 + loaf * (whole - 0.15) + 0.42 * ear * (1 - loaf) + 0.2 * crumbs(px, py) * (1 - loaf) + light(px, py))
        )
      }
    },
  },
  curve: {
    ...{ valueLabel: 'torque', gridLabel: 'time / min', from: 0, to: 20, points: 64, noise: 0.025 },
    trace: ([, , c], random) => {
      const [level, wets, peak] = [1 + 0.16 * random.normal(), within(random, 0.8, 1.5), 0.2 * random.normal()]
      const [warm, swing, phase] = [0.01 * random.normal(), within(random, 0, 0.04), turn(random)]
      const [rate, slow] = [within(random, 1.2, 2), baseline(random, 0.02)]
      const weakens = 0.25 * on(c) * within(random, 0.85, 1.15)
      return (t) => {
        const developed = 1 - Math.exp(-t / wets)
        const softens = weakens * sigmoid((t - 11 - peak) / 1.2)
        return (
          level * developed * (1 - softens + warm * (t - 10)) +
          swing * Math.sin(rate * t + phase) * developed +
          slow(t / 20)
        )
      }
    },
  },
  vector: {
    ...{
      columns: ['acetic', 'lactic', 'ethanol', 'diacetyl', 'hexanal', 'furfural', 'maltol', 'pyrazine'],
      noise: 0.12,
    },
    measure: ([, , , d], random) => {
      const [trapped, baked, stale] = [0.5 * random.normal(), 0.7 * random.normal(), 0.6 * random.normal()]
      const sour = [1.1, 1, -0.3, 0.4, 0, 0, 0, 0]
      const crust = [0, 0, 0, 0.2, 0, 0.9, 1, 0.8]
      const old = [0.3, 0, -0.6, -0.5, 1, 0.2, 0, -0.2]
      return sour.map(
        (shift, j) => shift * on(d) + crust[j]! * baked + old[j]! * stale + trapped * (0.7 + 0.2 * Math.sin(2.1 * j)),
      )
    },
  },
})

/** A retina in section and its answer to a flash: fluid beneath the pit, which makes the answer late; none when light ends. */
export const retinaScan = family('retina-scan', {
  ...{ ...common, networks: twoNodes(a, b) },
  image: {
    ...{ height: 24, width: 30, channels: 1, noise: 0.04 },
    paint: ([a], random) => {
      const [depth, lean, bow] = [0.35 * random.normal(), 0.03 * random.normal(), 0.003 * random.normal()]
      const [pitX, pit, open] = [14.5 + 0.7 * random.normal(), within(random, 2.5, 3.7), within(random, 3.5, 5)]
      const [gain, fades] = [within(random, 0.85, 1.15), within(random, 0.01, 0.03)]
      const [speckle, coarse, light] = [mottle(random, 3), mottle(random, 8), uneven(random, 30, 0.025)]
      const vessels = Array.from({ length: random.integer(4) }, () => ({
        at: within(random, 0, 29),
        dark: within(random, 0.2, 0.5),
      }))
      const [wide, high] = [5.5 + 0.3 * random.normal(), 2.2 + 0.15 * random.normal()]
      return (x, y) => {
        const z = y - depth - lean * (x - 14.5) - bow * (x - 14.5) ** 2
        const top = 5 + pit * bump(x - pitX, open)
        const tissue = sigmoid((z - top) / 0.5) * sigmoid((17 - z) / 0.5)
        const layers = 0.25 + 0.25 * bump(z - top - 1, 0.9) + 0.12 * bump(z - 11.5, 0.8)
        const pigment = 0.5 * bump(z - 17, 0.9)
        const choroid = 0.28 * sigmoid((z - 18) / 0.5) * Math.exp(-Math.max(0, z - 18) / 4)
        const fluid = 0.8 * on(a) * sigmoid((1 - Math.hypot((x - 14.5) / wide, (z - 14) / high)) / 0.15)
        const shadow = vessels.reduce(
          (left, { at, dark }) => left * (1 - dark * bump(x - at, 0.8) * sigmoid((z - 7) / 0.7)),
          1,
        )
        const back = tissue * layers * (1 - fluid) + pigment + choroid
        return (
          0.08 +
          light(x, y) +
          gain * shadow * Math.exp(-fades * z) * back * (1 + 0.17 * speckle(x, y) + 0.12 * coarse(x, y))
        )
      }
    },
  },
  curve: {
    ...{ valueLabel: 'potential / µV', gridLabel: 'time / ms', from: 0, to: 250, points: 80, noise: 4 },
    trace: ([a, b], random) => {
      const [gain, blink, slow] = [within(random, 0.75, 1.25), within(random, 60, 240), baseline(random, 9)]
      const [mains, phase, rate] = [6 * random.normal(), turn(random), within(random, 0.3, 0.33)]
      const [first, second] = [within(random, 35, 55), within(random, 85, 120)]
      const [lid, peak, wide] = [18 * random.normal(), 46 + 8 * on(a) + 1.2 * random.normal(), within(random, 9, 12)]
      const wavelets = 12 * random.normal()
      const off = 38 * (1 - 0.75 * on(b)) * within(random, 0.85, 1.15)
      return (t) => {
        const answer = second * bump(t - peak, wide) - first * bump(t - 18, 5) - 25 * bump(t - 105, 22)
        const ripples = wavelets * Math.sin(t * 0.9 + phase) * bump(t - 34, 8)
        return (
          gain * (answer + ripples + off * bump(t - 178, 9)) +
          lid * bump(t - blink, 20) +
          mains * Math.cos(rate * t + phase) +
          slow(t / 250)
        )
      }
    },
  },
})
