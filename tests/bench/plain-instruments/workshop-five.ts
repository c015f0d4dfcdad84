/** Five more, of the works and the test house, drawn without knowledge of the methods. Levels are a, b, c. */
import { family } from '../../../src-main/datasets/synthetic/families/family.ts'
import { threeNodes, twoNodes } from '../../../src-main/datasets/synthetic/families/network.ts'
import { binary, bump, sigmoid } from '../../../src-main/datasets/synthetic/families/shapes.ts'
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { box, disc, on, within } from './shapes.ts'

const [a, b, c] = [binary('a', '0', '1'), binary('b', '0', '1'), binary('c', '0', '1')]
const coatings = { name: 'b', categories: ['0', '1', '2'] }
const nozzles = { name: 'c', categories: ['0', '1', '2'] }
const common = { description: 'a plain instrument', samples: 1200 }

type Field = (x: number, y: number) => number

const turn = (random: RandomStream): number => within(random, 0, 2 * Math.PI)

/** A slope of light across a picture of `size`, towards any side. */
const slope = (random: RandomStream, size: number, strength: number): Field => {
  const [towards, steep] = [turn(random), strength * random.normal()]
  return (x, y) => steep * ((x / size - 0.5) * Math.cos(towards) + (y / size - 0.5) * Math.sin(towards)) * 2
}

/** Clouds of about unit variance and `coarse` pixels: six waves. */
const clouds = (random: RandomStream, coarse: number): Field => {
  const waves = Array.from({ length: 6 }, () => {
    const [towards, phase] = [turn(random), turn(random)]
    const k = (2 * Math.PI) / (coarse * within(random, 0.7, 1.4))
    return [k * Math.cos(towards), k * Math.sin(towards), phase] as const
  })
  return (x, y) => 0.58 * waves.reduce((sum, [kx, ky, phase]) => sum + Math.cos(kx * x + ky * y + phase), 0)
}

const dust = (random: RandomStream, size: number, most: number, radius: number): Field => {
  const grains = Array.from({ length: random.integer(most + 1) }, () =>
    disc(within(random, 0, size), within(random, 0, size), radius * within(random, 0.6, 1.1)),
  )
  return (x, y) => grains.reduce((most, grain) => Math.max(most, grain(x, y)), 0)
}

/** A thermal camera's colours of a temperature in [0, 1]: black, violet, orange, white. */
const iron = (warmth: number, channel: number): number => {
  const t = Math.min(1, Math.max(0, warmth))
  if (channel === 0) return Math.min(1, 1.7 * t)
  if (channel === 1) return Math.min(1, Math.max(0, 1.8 * t - 0.7))
  return t < 0.35 ? 1.5 * t : Math.max(0, t < 0.75 ? 0.525 - 1.3 * (t - 0.35) : 4 * (t - 0.75))
}

/** A string of insulators seen by a thermal camera, and its leakage: one disc warm; a hot clamp; arcs at the crests. */
export const insulatorThermogram = family('insulator-thermogram', {
  ...{ ...common, networks: threeNodes('collider', [a, b, c]) },
  image: {
    ...{ height: 28, width: 22, channels: 3, noise: 0.025 },
    paint: ([a, b], random) => {
      const [cx, top, lean] = [10.5 + 1.2 * random.normal(), 4 + 0.7 * random.normal(), 0.06 * random.normal()]
      const [step, wide] = [3.5 + 0.1 * random.normal(), within(random, 5, 6.4)]
      const [air, body, fades] = [within(random, 0.08, 0.22), within(random, 0.14, 0.24), 0.04 * random.normal()]
      const [sun, sky] = [slope(random, 28, 0.03), clouds(random, 14)]
      const ownWarmth = Array.from({ length: 6 }, () => 0.025 * random.normal())
      const [faulty, heat] = [1 + random.integer(4), 0.4 * on(a) * within(random, 0.85, 1.2)]
      const [clamp, soft] = [0.55 * on(b) * within(random, 0.8, 1.15), within(random, 0.35, 0.7)]
      return (px, py, channel) => {
        const [x, y] = [px - cx - lean * (py - 14), py - top]
        const sky0 = air + sun(px, py) + 0.015 * sky(px, py)
        const pin = sigmoid((0.8 - Math.abs(x)) / soft)
        const shed = Array.from({ length: 6 }, (_, k) => {
          const z = y - step * k
          const skirt = sigmoid((wide - Math.abs(x)) / soft) * sigmoid((1.05 - Math.abs(z + 0.03 * x * x - 0.4)) / soft)
          return skirt * (body + ownWarmth[k]! + fades * (k / 5) + (k === faulty ? heat : 0))
        }).reduce((sum, warmth) => sum + warmth, 0)
        const hot = clamp * bump(Math.hypot(x / 1.5, y - step * 6 + 1), 1.7)
        return iron(sky0 + 0.5 * body * pin + shed + hot, channel)
      }
    },
  },
  curve: {
    ...{ valueLabel: 'current / mA', gridLabel: 'time / ms', from: 0, to: 40, points: 80, noise: 0.06 },
    trace: ([, , c], random) => {
      const [size, phase, bias] = [within(random, 0.8, 1.3), 0.25 * random.normal(), 0.08 * random.normal()]
      const [third, fifth, drift] = [0.1 * random.normal(), 0.06 * random.normal(), 0.1 * random.normal()]
      const arcs = [5, 15, 25, 35].map((crest) => ({
        at: crest - phase * 3.18 + 0.5 * random.normal(),
        high: (crest % 20 === 5 ? 1 : -1) * on(c) * within(random, 0.8, 1.6),
        wide: within(random, 0.6, 0.9),
      }))
      return (t) => {
        const w = (2 * Math.PI * t) / 20 + phase
        const wave = size * (Math.sin(w) + third * Math.sin(3 * w) + fifth * Math.sin(5 * w + 1))
        return (
          bias +
          drift * (t / 20 - 1) +
          wave +
          arcs.reduce((sum, { at, high, wide }) => sum + high * bump(t - at, wide), 0)
        )
      }
    },
  },
})

/** An optical flat's fringes and its coating's reflectance: straight fringes or rings; bare, one layer, or broadband. */
export const opticalFlat = family('optical-flat', {
  ...{ ...common, networks: twoNodes(a, coatings) },
  image: {
    ...{ height: 28, width: 28, channels: 1, noise: 0.035 },
    paint: ([a, b = 0], random) => {
      const [cx, cy] = [13.5 + 0.6 * random.normal(), 13.5 + 0.6 * random.normal()]
      const [radius, phase, towards] = [within(random, 11, 12.5), turn(random), turn(random)]
      const [fringes, off] = [within(random, 3.2, 4.6) * (1 - on(a)), within(random, 0, 2.5)]
      const [ox, oy] = [cx + off * Math.cos(towards), cy + off * Math.sin(towards)]
      const [power, astigmatic, axis] = [2.6 * on(a) + 0.12 * random.normal(), 0.15 * random.normal(), turn(random)]
      const [bright, contrast] = [within(random, 0.42, 0.55), (0.34 - 0.06 * (b + 1)) * within(random, 0.85, 1.1)]
      const [laser, light, specks] = [clouds(random, 9), slope(random, 28, 0.06), dust(random, 28, 5, 1)]
      return (x, y) => {
        const [u, v] = [(x - cx) / radius, (y - cy) / radius]
        const across = u * Math.cos(towards) + v * Math.sin(towards)
        const rings = ((x - ox) ** 2 + (y - oy) ** 2) / radius ** 2
        const oval = (u * u + v * v) * Math.cos(2 * (Math.atan2(v, u) - axis))
        const waves = 0.5 * fringes * across + power * rings + astigmatic * oval
        const pupil = sigmoid((1 - Math.hypot(u, v)) * radius * 2)
        const seen = bright * (1 + 0.06 * laser(x, y)) + light(x, y) + contrast * Math.cos(2 * Math.PI * waves + phase)
        return 0.07 + pupil * seen * (1 - 0.5 * specks(x, y))
      }
    },
  },
  curve: {
    ...{ valueLabel: 'reflectance / %', gridLabel: 'wavelength / nm', from: 400, to: 760, points: 72, noise: 0.06 },
    trace: ([, b = 0], random) => {
      const [scale, stray, tilt] = [1 + 0.05 * random.normal(), 0.15 * random.normal(), 0.15 * random.normal()]
      const [thick, lamp, phase] = [1 + 0.03 * random.normal(), 0.05 * random.normal(), turn(random)]
      const [bare, layer, wideband] = [bump(b + 1, 0.4), bump(b, 0.4), bump(b - 1, 0.4)]
      return (nm) => {
        const t = (nm - 400) / 360
        const one = 1.3 + 2.9 * Math.cos((Math.PI / 2) * ((550 * thick) / nm)) ** 2
        const u = nm / thick
        const many =
          0.4 +
          0.35 * Math.cos((2 * Math.PI * (u - 425)) / 125) +
          4 * sigmoid((u - 735) / 14) +
          3 * sigmoid((408 - u) / 6)
        const reflected = bare * (4.3 - 0.25 * t) + layer * one + wideband * many
        return scale * reflected + stray + tilt * (t - 0.5) + lamp * Math.sin(9 * t + phase)
      }
    },
  },
})

/** Polished, etched steel, its diffraction and its assay: coarse grains; stringers of sulphide; retained austenite. */
export const steelSection = family('steel-section', {
  ...{ ...common, networks: threeNodes('fork', [a, b, c]) },
  image: {
    ...{ height: 26, width: 26, channels: 1, noise: 0.03 },
    paint: ([a, b], random) => {
      const pitch = (4.2 + 4.6 * on(a)) * within(random, 0.93, 1.07)
      const [sx, sy, turned] = [within(random, 0, pitch), within(random, 0, pitch), turn(random)]
      const cells = Math.ceil(20 / pitch) + 1
      const grains = Array.from({ length: (2 * cells + 1) ** 2 }, (_, k) => {
        const [i, j] = [(k % (2 * cells + 1)) - cells, Math.floor(k / (2 * cells + 1)) - cells]
        const u = pitch * (i + 0.5 * (j & 1) + within(random, -0.33, 0.33)) + sx
        const v = pitch * (j + within(random, -0.33, 0.33)) + sy
        return {
          x: 12.5 + u * Math.cos(turned) - v * Math.sin(turned),
          y: 12.5 + u * Math.sin(turned) + v * Math.cos(turned),
          shade: 0.055 * random.normal(),
        }
      }).filter(({ x, y }) => Math.abs(x - 12.5) < 24 && Math.abs(y - 12.5) < 24)
      const [bright, etched, wide] = [within(random, 0.6, 0.76), within(random, 0.22, 0.36), within(random, 0.5, 0.75)]
      const [lamp, stain, pits] = [slope(random, 26, 0.06), clouds(random, 12), dust(random, 26, 4, 0.7)]
      const rolled = 0.1 * random.normal()
      const stringers = Array.from({ length: 2 + random.integer(3) }, () => ({
        ...{ x: within(random, 4, 21), y: within(random, 3, 23) },
        ...{ long: within(random, 4, 6.5), thin: within(random, 0.75, 1.05) },
      }))
      return (x, y) => {
        let [first, second, shade] = [Infinity, Infinity, 0]
        for (const grain of grains) {
          const far = Math.hypot(x - grain.x, y - grain.y)
          if (far < first) [first, second, shade] = [far, first, grain.shade]
          else if (far < second) second = far
        }
        const boundary = etched * bump((second - first) / 2, wide)
        const sulphide = stringers.reduce((most, { x: sx, y: sy, long, thin }) => {
          const [u, v] = [x - sx + rolled * (y - sy), y - sy - rolled * (x - sx)]
          return Math.max(most, sigmoid((1 - Math.hypot(u / long, v / thin)) / 0.2))
        }, 0)
        const metal = bright + shade - boundary + lamp(x, y) + 0.02 * stain(x, y)
        const cut = on(b) * sulphide
        return metal * (1 - cut) + 0.16 * cut - 0.3 * pits(x, y) * (1 - cut)
      }
    },
  },
  curve: {
    ...{ valueLabel: 'counts / 1000', gridLabel: '2 theta / degrees', from: 40, to: 54, points: 84, noise: 0.06 },
    trace: ([a, , c], random) => {
      const [gain, shift, wide] = [within(random, 0.75, 1.25), 0.1 * random.normal(), within(random, 0.22, 0.32)]
      const [floor, falls, texture] = [within(random, 0.3, 0.7), 0.12 * random.normal(), 0.15 * random.normal()]
      const [spotty, rust] = [0.08 * on(a) * random.normal(), 0.08 * within(random, 0, 1)]
      const austenite = on(c) * within(random, 0.8, 1.2)
      return (angle) => {
        const u = angle - shift
        const line = (at: number, w: number): number => bump(u - at, w) + 0.25 * bump(u - at - 0.12, w)
        const ferrite = (2.6 + spotty) * line(44.7, wide)
        const gamma = austenite * (0.85 * line(43.5, wide) + (0.6 + texture) * line(50.7, 1.15 * wide))
        return floor + falls * ((angle - 47) / 7) + gain * (ferrite + gamma + rust * bump(u - 53.2, 0.6))
      }
    },
  },
  vector: {
    ...{ columns: ['C', 'Si', 'Mn', 'P', 'S', 'Cr', 'Ni', 'Mo', 'Cu', 'HV'], noise: 0.13 },
    measure: ([a, b, c], random) => {
      const [scrap, furnace, spark] = [0.6 * random.normal(), 0.6 * random.normal(), 0.4 * random.normal()]
      const resulphured = [0, -0.2, 0.8, 0.3, 1.3, 0, 0, 0, 0, 0]
      const alloyed = [0.6, 0.2, 0.3, 0, 0, 0.2, 0.9, 0, 0, -0.3]
      const fromScrap = [0, 0, 0, 0.2, 0.1, 0.6, 0.4, 0.7, 1, 0.1]
      return resulphured.map(
        (shift, j) =>
          shift * on(b) +
          alloyed[j]! * on(c) -
          (j === 9 ? 0.7 * on(a) : 0) +
          scrap * fromScrap[j]! +
          furnace * Math.sin(1.4 * j + 0.8) +
          (j < 9 ? spark * (0.6 + 0.3 * Math.cos(2 * j)) : 0),
      )
    },
  },
})

/** A fibre's end under a microscope and its backscatter: a wide core, which loses more; a scratch; a bend on the way. */
export const fibreEnd = family('fibre-end', {
  ...{ ...common, networks: threeNodes('complete', [a, b, c]) },
  image: {
    ...{ height: 24, width: 24, channels: 3, noise: 0.025 },
    paint: ([a, b], random) => {
      const [cx, cy] = [11.5 + 0.8 * random.normal(), 11.5 + 0.8 * random.normal()]
      const [clad, core] = [8.6 + 0.25 * random.normal(), 1.5 + 2.3 * on(a) + 0.12 * random.normal()]
      const [lit, focus, oblique] = [within(random, 0.3, 0.5), within(random, 0.35, 0.7), slope(random, 24, 0.05)]
      const [ceramic, light, grease] = [clouds(random, 4), within(random, 0.85, 1.12), clouds(random, 10)]
      const [towards, past, deep] = [
        turn(random),
        within(random, 3.2, 6) * (random.integer(2) * 2 - 1),
        within(random, 0.26, 0.36),
      ]
      const [wide, specks] = [within(random, 0.6, 0.85), dust(random, 24, 5, 0.9)]
      const [warm, dim] = [0.05 * random.normal(), within(random, 0.16, 0.28)]
      const tint = [1 + warm, 1, 1 - warm]
      const [glass, lamp] = [
        [0.4, 0.46, 0.5],
        [1, 0.75, 0.3],
      ]
      return (x, y, channel) => {
        const r = Math.hypot(x - cx, y - cy)
        const inside = sigmoid((clad - r) / focus)
        const rim = 0.2 * bump(r - clad, 0.7)
        const along = (y - cy) * Math.cos(towards) - (x - cx) * Math.sin(towards)
        const across = (x - cx) * Math.cos(towards) + (y - cy) * Math.sin(towards) - past
        const scratch = deep * on(b) * bump(across + 0.01 * along * along, wide) * inside
        const ferrule = dim * (1 + 0.12 * ceramic(x, y))
        const shining = lit * lamp[channel]! * sigmoid((core - r) / focus)
        const face = glass[channel]! * (1 + 0.04 * grease(x, y)) + shining
        const colour = light * tint[channel]! * (ferrule * (1 - inside) + face * inside - rim + oblique(x, y))
        return (colour + scratch) * (1 - 0.5 * specks(x, y) * (1 - sigmoid((core - r) / focus)))
      }
    },
  },
  curve: {
    ...{ valueLabel: 'backscatter / dB', gridLabel: 'distance / km', from: 0, to: 4, points: 80, noise: 0.07 },
    trace: ([a, , c], random) => {
      const [launched, dead, recovers] = [0.35 * random.normal(), within(random, 3, 5), within(random, 0.05, 0.1)]
      const loss = 0.4 + 0.7 * on(a) + 0.05 * random.normal()
      const [bendAt, bend] = [2 + 0.12 * random.normal(), 1.1 * on(c) * within(random, 0.85, 1.15)]
      const [joint, reflects, joins] = [
        1.1 + 0.08 * random.normal(),
        within(random, 0.4, 1.1),
        within(random, 0.1, 0.3),
      ]
      const [end, slow, phase] = [3.6 + 0.04 * random.normal(), 0.06 * random.normal(), turn(random)]
      const last = within(random, 1.5, 3)
      return (km) => {
        const guided = -loss * km - bend * sigmoid((km - bendAt) / 0.03) - joins * sigmoid((km - joint) / 0.03)
        const light = launched + guided + reflects * bump(km - joint, 0.05) + slow * Math.sin(3 * km + phase)
        const over = sigmoid((km - end - 0.08) / 0.02)
        return dead * Math.exp(-km / recovers) + light * (1 - over) - 8 * over + last * bump(km - end, 0.05)
      }
    },
  },
})

/** An ink drop in a flash of light and its chamber's ringing: satellites; a jet askew; a chamber with air, or dried up. */
export const inkjetStrobe = family('inkjet-strobe', {
  ...{ ...common, networks: threeNodes('chain', [a, b, nozzles]) },
  image: {
    ...{ height: 28, width: 20, channels: 1, noise: 0.03 },
    paint: ([a, b], random) => {
      const [nozzle, edge, flight] = [9 + 0.7 * random.normal(), 2.6 + 0.3 * random.normal(), within(random, 18, 21.5)]
      const [radius, askew] = [within(random, 2.3, 2.8), 0.3 * on(b) + 0.025 * random.normal()]
      const [long, out] = [within(random, 1.05, 1.3), within(random, 0.35, 0.8)]
      const [back, ink, light] = [within(random, 0.68, 0.85), within(random, 0.55, 0.68), slope(random, 28, 0.08)]
      const [grain, fog, glint] = [clouds(random, 9), dust(random, 28, 4, 0.7), within(random, 0.1, 0.35)]
      const gaps = [within(random, 4.7, 5.7), within(random, 8.4, 10)]
      const sizes = [within(random, 1.1, 1.45), within(random, 0.8, 1.1)]
      const strays = [0.3 * random.normal(), 0.4 * random.normal()]
      const [meniscus, plate] = [within(random, 0.3, 1.2), box(9.5, -2, 30, 2 + edge)]
      return (x, y) => {
        const place = (down: number): number => nozzle + askew * (down - edge)
        const round = (cx: number, cy: number, r: number, tall: number): number =>
          sigmoid((r - Math.hypot(x - cx, (y - cy) / tall)) / out)
        const drop = round(place(flight), flight, radius, long)
        const shine = glint * bump(Math.hypot(x - place(flight), y - flight), 0.9)
        const satellites = gaps.reduce((most, gap, k) => {
          const down = flight - gap
          return Math.max(most, round(place(down) + strays[k]!, down, sizes[k]!, 1.1))
        }, 0)
        const dark = Math.max(drop, on(a) * satellites, round(nozzle, edge, 1.6, meniscus))
        const steel = plate(x, y)
        const lit = back + light(x, y) + 0.025 * grain(x, y) - 0.2 * fog(x, y)
        return (lit - ink * dark + shine * drop) * (1 - steel) + steel * (0.2 + 0.1 * dark)
      }
    },
  },
  curve: {
    ...{ valueLabel: 'piezo voltage / mV', gridLabel: 'time / µs', from: 0, to: 60, points: 90, noise: 1.2 },
    trace: ([, , c = 0], random) => {
      const [gain, warm, phase] = [within(random, 0.8, 1.2), 1 + 0.03 * random.normal(), 0.2 * random.normal()]
      const [offset, tilt, kick] = [1.5 * random.normal(), 2 * random.normal(), within(random, 5, 20)]
      const [crosstalk, other] = [1.2 * random.normal(), turn(random)]
      const ring = (t: number, period: number, decay: number): number =>
        Math.sin((2 * Math.PI * t) / (period * warm) + phase) * Math.exp(-t / decay)
      const [sound, air, dried] = [bump(c + 1, 0.4), bump(c, 0.4), bump(c - 1, 0.4)]
      return (t) =>
        offset +
        tilt * (t / 60 - 0.5) +
        kick * Math.exp(-t / 2) +
        crosstalk * Math.cos(1.9 * t + other) +
        gain * (30 * sound * ring(t, 13, 30) + 26 * air * ring(t, 22, 45) + 30 * dried * ring(t, 12, 8))
    },
  },
})
