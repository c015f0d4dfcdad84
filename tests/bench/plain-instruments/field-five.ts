/** Five of medicine, earth, sky, sea and chemistry, drawn without knowledge of the methods. Levels are a, b, c. */
import { family } from '../../../src-main/datasets/synthetic/families/family.ts'
import { leaningNetwork, threeNodes, twoNodes } from '../../../src-main/datasets/synthetic/families/network.ts'
import { binary, bump, sigmoid } from '../../../src-main/datasets/synthetic/families/shapes.ts'
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { disc, on, within } from './shapes.ts'

const [a, b, c] = [binary('a', '0', '1'), binary('b', '0', '1'), binary('c', '0', '1')]
const flows = { name: 'c', categories: ['0', '1', '2'] }
const common = { description: 'a plain instrument', samples: 1200 }

type Field = (x: number, y: number) => number

const turn = (random: RandomStream): number => within(random, 0, 2 * Math.PI)

/** A texture of about unit variance: ten waves about as long as `wide` across and `high` down. */
const texture = (random: RandomStream, wide: number, high: number): Field => {
  const waves = Array.from({ length: 10 }, () => {
    const [towards, fine, phase] = [turn(random), within(random, 0.7, 1.4), turn(random)]
    return { kx: (6.28 * fine * Math.cos(towards)) / wide, ky: (6.28 * fine * Math.sin(towards)) / high, phase }
  })
  return (x, y) => Math.sqrt(0.2) * waves.reduce((sum, { kx, ky, phase }) => sum + Math.cos(kx * x + ky * y + phase), 0)
}

/** A lamp that is off centre: falls off with distance from a point near the middle. */
const lamp = (random: RandomStream, size: number, strength: number): Field => {
  const [cx, cy] = [size * within(random, 0.3, 0.7), size * within(random, 0.3, 0.7)]
  const falls = strength * within(random, 0.4, 1)
  return (x, y) => 1 - falls * (((x - cx) / size) ** 2 + ((y - cy) / size) ** 2)
}

/** Drift over [0, 1]: two slow waves and a slope. */
const drift = (random: RandomStream, size: number): ((t: number) => number) => {
  const [slope, first, second] = [random.normal(), random.normal(), random.normal()]
  const [p, q] = [turn(random), turn(random)]
  return (t) => size * (slope * (t - 0.5) + 0.7 * first * Math.cos(3 * t + p) + 0.4 * second * Math.cos(8 * t + q))
}

/** An artery along an ultrasound frame and its Doppler trace: a shadowing plaque; a narrow lumen in both; diastole. */
export const arteryUltrasound = family('artery-ultrasound', {
  ...{ ...common, networks: threeNodes('complete', [a, b, flows]) },
  image: {
    ...{ height: 24, width: 28, channels: 1, noise: 0.03 },
    paint: ([a, b], random) => {
      const [depth, lean, bow] = [10.5 + 0.8 * random.normal(), 0.05 * random.normal(), 0.003 * random.normal()]
      const half = 4.4 - 1.7 * on(b) + 0.25 * random.normal()
      const [at, long, thick] = [14 + 2.5 * random.normal(), within(random, 2.6, 3.8), within(random, 1.6, 2.2)]
      const [gain, fades] = [within(random, 0.8, 1.2), within(random, 0.005, 0.025)]
      const [speckle, fascia] = [texture(random, 3.4, 1.9), texture(random, 18, 4)]
      const [clutter, near] = [within(random, 0.02, 0.08), within(random, 0.1, 0.3)]
      const dropout = { at: within(random, -4, 32), wide: within(random, 1, 3), dark: within(random, 0, 0.5) }
      return (x, y) => {
        const z = y - depth - lean * (x - 14) - bow * (x - 14) ** 2
        const lumen = sigmoid((half - Math.abs(z)) / 0.4)
        const walls = 0.45 * bump(z + half + 0.5, 0.7) + 0.6 * bump(z - half - 0.5, 0.75)
        const tissue = (0.32 + 0.07 * fascia(x, y)) * (1 - lumen)
        const plaque = on(a) * sigmoid((1 - Math.hypot((x - at) / long, (z - half) / thick)) / 0.15)
        const shadow = 1 - 0.75 * on(a) * sigmoid((long - 0.6 - Math.abs(x - at)) / 0.5) * sigmoid((z - half - 1) / 0.5)
        const contact = 1 - dropout.dark * bump(x - dropout.at, dropout.wide)
        const echo = tissue + walls + 0.65 * plaque + clutter * lumen
        return (
          0.04 +
          gain * contact * (shadow * echo * Math.exp(-fades * y) * Math.exp(0.28 * speckle(x, y)) + near * bump(y, 1.2))
        )
      }
    },
  },
  curve: {
    ...{ valueLabel: 'velocity / cm/s', gridLabel: 'time / s', from: 0, to: 2, points: 84, noise: 2.5 },
    trace: ([, b, c], random) => {
      const [period, starts, angle] = [within(random, 0.8, 1), within(random, 0.05, 0.3), within(random, 0.88, 1.12)]
      const [peak, breath, slow] = [70 + 45 * on(b), 0.06 * random.normal(), drift(random, 2)]
      const [notch, rise, phase] = [within(random, 0.15, 0.3), within(random, 0.045, 0.06), turn(random)]
      const diastole = 26 - 42 * on(c) + 1.5 * random.normal()
      return (t) => {
        const beat = (((t - starts) % period) + period) % period
        const systole =
          beat < 0.12 ? bump(beat - 0.12, rise) : 0.55 * bump(beat - 0.12, 0.05) + 0.45 * bump(beat - 0.12, 0.14)
        const second = notch * bump(beat - 0.4, 0.045)
        const runs = sigmoid((beat - 0.22) / 0.04) * Math.exp(-0.6 * Math.max(0, beat - 0.3)) + bump(beat, 0.04) * 0.5
        return (
          angle * (1 + breath * Math.cos(1.6 * t + phase)) * (peak * (systole + 0.4 * second) + diastole * runs) +
          slow(t / 2)
        )
      }
    },
  },
})

/** A migrated seismic section and the gamma ray of a well through it: a fault; gas, a bright spot; a sand that coarsens up. */
export const seismicSection = family('seismic-section', {
  ...{ ...common, networks: threeNodes('collider', [a, b, c]) },
  image: {
    ...{ height: 28, width: 26, channels: 1, noise: 0.035 },
    paint: ([a, b], random) => {
      const [dip, fold, crest] = [0.12 * random.normal(), within(random, 0.5, 2), 12.5 + 3 * random.normal()]
      const [cut, hade] = [13 + 2 * random.normal(), within(random, 0.15, 0.4)]
      const thrown = on(a) * within(random, 2.6, 3.4)
      const [wave, gain, gas] = [within(random, 1.15, 1.5), within(random, 0.85, 1.2), within(random, 0.42, 0.52)]
      const [gx, gz, wide] = [12.5 + 3 * random.normal(), 15 + 1.5 * random.normal(), within(random, 3.4, 4.6)]
      const beds: { z: number; strength: number }[] = []
      for (let z = -6 + 3 * random.uniform(); z < 34; z += within(random, 2.2, 4.2))
        beds.push({ z, strength: (random.uniform() < 0.5 ? -1 : 1) * within(random, 0.08, 0.24) })
      const [ground, traces, phase] = [texture(random, 6, 3), within(random, 0.01, 0.03), turn(random)]
      const ricker = (z: number, width: number): number => (1 - (z / width) ** 2) * bump(z, width)
      return (x, y) => {
        const slip = thrown * sigmoid((x - cut - hade * (y - 14)) / 0.35)
        const z = y - slip - dip * (x - 13) + fold * bump(x - crest, 7)
        const layers = beds.reduce((sum, bed) => sum + bed.strength * ricker(z - bed.z, wave), 0)
        const broken = 1 - 0.5 * on(a) * bump(x - cut - hade * (y - 14), 0.8)
        const flank = sigmoid((wide - Math.abs(x - gx)) / 0.7)
        const bright = -gas * on(b) * flank * ricker(z - gz, wave * 1.1)
        return 0.5 + gain * (layers * broken + bright) + 0.045 * ground(x, y) + traces * Math.cos(2.6 * x + phase)
      }
    },
  },
  curve: {
    ...{ valueLabel: 'gamma ray / API', gridLabel: 'depth / m', from: 1400, to: 1520, points: 80, noise: 4 },
    trace: ([, , c], random) => {
      const [shale, clean, slow] = [105 + 8 * random.normal(), within(random, 50, 62), drift(random, 6)]
      const [top, thick] = [1436 + 3 * random.normal(), 48 + 3 * random.normal()]
      const [hot, heat] = [within(random, 1400, 1520), within(random, 10, 35)]
      const [lime, tight] = [within(random, 1400, 1520), within(random, 5, 20)]
      const [thin, phase] = [texture(random, 9, 9), turn(random)]
      return (m) => {
        const down = (m - top) / thick
        const inside = sigmoid((m - top) / 1.2) * sigmoid((top + thick - m) / 1.2)
        const upwards = on(c) * (1 - down) + (1 - on(c)) * down
        const sand = inside * clean * (0.2 + 0.8 * Math.max(0, Math.min(1, upwards)))
        return (
          shale -
          sand +
          heat * bump(m - hot, 1.5) -
          tight * bump(m - lime, 1.5) +
          4.5 * thin(m, phase) +
          slow((m - 1400) / 120)
        )
      }
    },
  },
})

/** A thunderstorm on radar and the station it passed: a hook; a gust front's thin line, a cold gust; much lightning. */
export const stormRadar = family('storm-radar', {
  ...{ ...common, networks: threeNodes('chain', [a, b, c]) },
  image: {
    ...{ height: 28, width: 28, channels: 1, noise: 0.025 },
    paint: ([a, b], random) => {
      const [cx, cy, heading] = [13 + 0.9 * random.normal(), 11.5 + 0.9 * random.normal(), 0.16 * random.normal()]
      const [long, broad, core] = [within(random, 6, 7.5), within(random, 3.8, 4.8), within(random, 0.55, 0.75)]
      const [ragged, cells, coarse] = [texture(random, 7, 7), texture(random, 4, 4), within(random, 0.6, 1)]
      const [reach, ahead] = [within(random, 3, 3.6), 9.3 + 0.5 * random.normal()]
      const [thin, clear] = [within(random, 0.24, 0.34), within(random, 0.03, 0.1)]
      const showers = Array.from({ length: random.integer(4) }, () => ({
        shower: disc(within(random, 0, 27), within(random, 0, 27), within(random, 0.8, 2)),
        heavy: within(random, 0.15, 0.35),
      }))
      const clutter = Array.from({ length: 3 + random.integer(6) }, () => [
        within(random, 0, 27),
        within(random, 20, 28),
        within(random, 0.1, 0.5),
      ])
      const beam = { towards: turn(random), dark: within(random, 0, 0.5) }
      return (px, py) => {
        const [dx, dy] = [px - cx, py - cy]
        const x = dx * Math.cos(heading) + dy * Math.sin(heading)
        const y = dy * Math.cos(heading) - dx * Math.sin(heading)
        const r = Math.hypot(x / long, y / broad) + 0.09 * coarse * ragged(px, py)
        const rain = core * (0.55 * sigmoid((1 - r) / 0.09) + 0.45 * bump(r, 0.5)) * (1 + 0.1 * cells(px, py))
        const [hx, hy] = [x + 4, y - 5.5]
        const round = Math.atan2(hy, hx)
        const arc = bump(Math.hypot(hx, hy) - reach, 0.85) * sigmoid((Math.abs(round - 0.9) - 0.75) / 0.15)
        const hook = 0.6 * core * 1.3 * on(a) * arc
        const line =
          on(b) *
          thin *
          bump(Math.hypot(x, y + 3) - ahead - 4, 0.75) *
          sigmoid((y - 3.5) / 0.8) *
          sigmoid((x + 1) / 0.8)
        const scattered = showers.reduce((most, { shower, heavy }) => Math.max(most, heavy * shower(px, py)), 0)
        const ground = clutter.reduce((sum, [u, v, power]) => sum + power! * bump(Math.hypot(px - u!, py - v!), 0.6), 0)
        const blocked = 1 - beam.dark * bump(Math.sin(Math.atan2(py - 27, px - 14) - beam.towards), 0.05)
        return clear + blocked * (Math.max(rain, hook, scattered) + line) + ground
      }
    },
  },
  vector: {
    ...{ columns: ['T', 'Td', 'p', 'wind', 'gust', 'rain', 'hail', 'flashes', 'peak kA', 'field', 'PWV'], noise: 0.14 },
    measure: ([, b, c], random) => {
      const [season, hour, near, humid] = [random.normal(), random.normal(), random.normal(), random.normal()]
      const outflow = [-1, -0.5, 0.8, 0.7, 1.2, 0, 0, 0, 0, 0, 0]
      const charged = [0, 0, 0, 0, 0, 0.2, 0.4, 1.3, 0.6, 1.1, 0]
      return outflow.map(
        (shift, j) =>
          shift * on(b) +
          charged[j]! * on(c) +
          [0.8, 0.7, -0.3, 0, 0, 0.2, -0.1, 0.2, 0, 0, 0.8][j]! * season +
          [0.5, -0.1, -0.2, 0.3, 0.3, 0, 0, 0.1, 0.1, 0.1, 0][j]! * hour +
          [-0.1, 0, 0.1, 0.4, 0.4, 0.9, 0.6, 0.4, 0.1, 0.4, 0][j]! * near +
          [0, 0.5, 0, 0, 0, 0.4, -0.2, 0, 0, -0.1, 0.6][j]! * humid,
      )
    },
  },
})

const column = leaningNetwork('collider-chain', [a, b, c], { b: ['a'], c: ['b', 'a'] })

/** A copepod's silhouette and the fluorescence of its water: egg sacs; oil, where algae lie deep; a bloom near the surface. */
export const copepodImager = family('copepod-imager', {
  ...{ ...common, networks: new Map([['collider-chain', column]]) },
  image: {
    ...{ height: 28, width: 24, channels: 1, noise: 0.03 },
    paint: ([a, b], random) => {
      const [cx, cy, heading] = [11.5 + 0.8 * random.normal(), 12 + 0.8 * random.normal(), 0.2 * random.normal()]
      const [long, broad, dark] = [7 + 0.4 * random.normal(), 3.5 + 0.25 * random.normal(), within(random, 0.38, 0.58)]
      const [sweep, blur, light] = [within(random, 0.1, 0.9), within(random, 0.35, 0.75), lamp(random, 28, 0.5)]
      const [bright, water] = [within(random, 0.78, 0.95), texture(random, 9, 9)]
      const [tail, curl] = [within(random, 5, 6.5), 0.05 * random.normal()]
      const [sac, apart] = [within(random, 1.5, 1.9), within(random, 2.4, 2.9)]
      const [gut, gutY] = [within(random, 0, 0.15), 2 * random.normal()]
      const snow = Array.from({ length: random.integer(6) }, () => ({
        flake: disc(within(random, 0, 24), within(random, 0, 28), within(random, 0.3, 1.3)),
        opaque: within(random, 0.1, 0.4),
      }))
      return (px, py) => {
        const [dx, dy] = [px - cx, py - cy]
        const y = dy * Math.cos(heading) - dx * Math.sin(heading)
        const x = dx * Math.cos(heading) + dy * Math.sin(heading) - curl * Math.max(0, y) ** 1.5
        const taper = broad * (1 - 0.12 * (y / long))
        const body = sigmoid(((1 - Math.hypot(x / taper, y / long)) * 3) / blur)
        const behind = y - long + 0.5
        const urosome =
          sigmoid((1 - Math.abs(x)) / (0.7 * blur)) * sigmoid(behind / blur) * sigmoid((tail - behind) / blur)
        const whisker =
          bump(y + long - 1.5 - sweep * 0.09 * x * x, 0.55 + 0.3 * blur) * sigmoid((9.5 - Math.abs(x)) / 0.6)
        const eggs = Math.max(
          sigmoid((1 - Math.hypot((x - apart) / sac, (behind - 2.6) / 2.7)) / (0.3 * blur)),
          sigmoid((1 - Math.hypot((x + apart) / sac, (behind - 2.6) / 2.7)) / (0.3 * blur)),
        )
        const oil = on(b) * sigmoid((1 - Math.hypot((x - 0.3) / 1.6, (y - 0.8) / 4.3)) / 0.18)
        const inside = body * (1 - 0.85 * oil) + gut * body * bump(x, 0.8) * bump(y - gutY, 2)
        const drifting = snow.reduce((most, { flake, opaque }) => Math.max(most, opaque * flake(px, py)), 0)
        const stops = Math.max(dark * inside, 0.85 * dark * urosome, 0.35 * dark * whisker, 0.8 * dark * on(a) * eggs)
        return bright * light(px, py) * (1 + 0.02 * water(px, py)) * (1 - Math.max(stops, 0.7 * drifting))
      }
    },
  },
  curve: {
    ...{ valueLabel: 'fluorescence / RFU', gridLabel: 'depth / m', from: 0, to: 120, points: 70, noise: 0.05 },
    trace: ([, b, c], random) => {
      const [dark, gain, slow] = [0.25 + 0.06 * random.normal(), within(random, 0.82, 1.18), drift(random, 0.06)]
      const [deep, thick] = [62 + 4 * random.normal(), within(random, 7, 11)]
      const [mixed, edge, sun] = [within(random, 20, 28), within(random, 2.5, 5), within(random, 0, 0.5)]
      const spikes = Array.from({ length: random.integer(4) }, () => [within(random, 0, 120), within(random, 0.2, 0.6)])
      const everywhere = within(random, 0.15, 0.3)
      return (m) => {
        const usual = everywhere * sigmoid((85 - m) / 8)
        const algae = on(b) * bump(m - deep, thick)
        const bloom = 0.9 * on(c) * sigmoid((mixed - m) / edge)
        const quenched = 1 - sun * Math.exp(-m / 6)
        const aggregates = spikes.reduce((sum, [at, high]) => sum + high! * bump(m - at!, 0.9), 0)
        return dark + gain * quenched * (usual + algae + bloom) + aggregates + slow(m / 120)
      }
    },
  },
})

/** Crystals in a drop between polarisers, in colour, and their calorimetry: needles that melt later; a solvate's loss. */
export const crystalDrop = family('crystal-drop', {
  ...{ ...common, networks: twoNodes(a, b) },
  image: {
    ...{ height: 24, width: 24, channels: 3, noise: 0.03 },
    paint: ([a], random) => {
      const [cx, cy, radius] = [
        11.5 + 0.6 * random.normal(),
        11.5 + 0.6 * random.normal(),
        10.5 + 0.5 * random.normal(),
      ]
      const [light, grain, glare] = [lamp(random, 24, 0.8), texture(random, 5, 5), within(random, 0.1, 0.3)]
      const tint = [0.2, 0.15, 0.24].map((usual) => usual * within(random, 0.7, 1.2))
      const needle = on(a)
      const crystals = Array.from({ length: 4 + random.integer(4) }, () => {
        const [towards, far, lies] = [turn(random), 7 * Math.sqrt(random.uniform()), turn(random)]
        const size = within(random, 0.85, 1.15)
        return {
          ...{ x: cx + far * Math.cos(towards), y: cy + far * Math.sin(towards), lies },
          ...{ long: size * (2.2 + 3.4 * needle), broad: size * (1.9 - 1.25 * needle) },
          ...{ retards: within(random, 0.5, 2.4), bright: 0.35 + 0.65 * Math.sin(2 * lies) ** 2 },
        }
      })
      return (px, py, channel) => {
        const r = Math.hypot(px - cx, py - cy)
        const drop = sigmoid((radius - r) / 0.5)
        const colour = crystals.reduce((most, { x, y, lies, long, broad, retards, bright }) => {
          const [u, v] = [px - x, py - y]
          const [along, across] = [u * Math.cos(lies) + v * Math.sin(lies), v * Math.cos(lies) - u * Math.sin(lies)]
          const inside = sigmoid((long - Math.abs(along)) / 0.3) * sigmoid((broad - Math.abs(across)) / 0.3)
          const interferes = Math.sin((Math.PI * retards * 0.55) / [0.62, 0.54, 0.46][channel]!) ** 2
          return Math.max(most, inside * bright * (0.2 + 0.65 * interferes))
        }, 0)
        const rim = glare * bump(r - radius, 0.9)
        return light(px, py) * (tint[channel]! * (0.5 + 0.5 * drop) * (1 + 0.08 * grain(px, py)) + rim + drop * colour)
      }
    },
  },
  curve: {
    ...{ valueLabel: 'heat flow / mW', gridLabel: 'temperature / °C', from: 40, to: 220, points: 76, noise: 0.06 },
    trace: ([a, b], random) => {
      const [mass, slow, lag] = [within(random, 0.8, 1.2), drift(random, 0.25), 1.2 * random.normal()]
      const [glass, step, settles] = [within(random, 60, 80), within(random, 0, 0.3), 0.8 * random.normal()]
      const [melts, sharp] = [168 + 14 * on(a) + lag, within(random, 3.2, 4.6)]
      const [leaves, wide] = [112 + 4 * random.normal(), within(random, 9, 13)]
      return (celsius) => {
        const late = celsius - melts
        const melting = 3 * bump(late, late < 0 ? 1.6 * sharp : 0.8 * sharp)
        const loss = 1.1 * on(b) * bump(celsius - leaves, wide)
        return (
          1 -
          mass * (melting + loss + step * sigmoid((celsius - glass) / 3)) +
          settles * Math.exp(-(celsius - 40) / 8) +
          slow((celsius - 40) / 180)
        )
      }
    },
  },
})
