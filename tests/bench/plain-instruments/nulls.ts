/**
 * Continua as laboratories have them, drawn by somebody who does not know how the program works. Every cause has a
 * density of one mode or a flat one, and every instrument answers it smoothly: a category claimed here is false.
 */
import { continuousFamily } from '../../../src-main/datasets/synthetic/families/family.ts'
import { bump, sigmoid } from '../../../src-main/datasets/synthetic/families/shapes.ts'
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { within } from './shapes.ts'

const turn = 2 * Math.PI

/** Beta(2, 2): the middle one of three uniform numbers. */
function beta22(random: RandomStream): number {
  const [a, b, c] = [random.uniform(), random.uniform(), random.uniform()]
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}

/** Exponential of mean 1. */
const exponential = (random: RandomStream): number => -Math.log(1 - random.uniform())

/** Log-normal of median 1. */
const logNormal = (random: RandomStream, sigma: number): number => Math.exp(sigma * random.normal())

/** Student's t of three degrees of freedom. */
function student3(random: RandomStream): number {
  const square = random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2
  return random.normal() / Math.sqrt(square / 3 + 1e-9)
}

/** A smooth bend: 0 far below 0, x far above it. */
const softPlus = (x: number): number => Math.log1p(Math.exp(x))

interface Wave {
  readonly kx: number
  readonly ky: number
  readonly phase: number
}

/** Plane waves of any direction and phase, `period` pixels long or up to half as much again. */
const waves = (random: RandomStream, count: number, period: number): Wave[] =>
  Array.from({ length: count }, () => {
    const angle = turn * random.uniform()
    const k = turn / (period * (1 + 0.5 * random.uniform()))
    return { kx: k * Math.cos(angle), ky: k * Math.sin(angle), phase: turn * random.uniform() }
  })

/** Sum of waves, of variance 1. */
const texture = (of: readonly Wave[], x: number, y: number): number =>
  of.reduce((sum, { kx, ky, phase }) => sum + Math.cos(kx * x + ky * y + phase), 0) / Math.sqrt(of.length / 2)

/**
 * Colours of a composition-spread film over a wafer beside its diffractogram. Nothing discrete: places lie evenly over
 * the disc, composition and thickness follow the place smoothly, the colour map bends but has no step, and the peak
 * shifts by less than its own width (one phase throughout, after Vegard).
 */
export const waferSpread = continuousFamily('wafer-spread', {
  description: 'no category: colour of a composition gradient over a wafer beside a peak that shifts with it',
  samples: 1200,
  causes: ['across', 'along', 'composition', 'thickness'],
  draw: (random) => {
    const [radius, angle] = [Math.sqrt(random.uniform()), turn * random.uniform()]
    const [across, along] = [radius * Math.cos(angle), radius * Math.sin(angle)]
    const composition = 0.5 + 0.22 * across + 0.08 * along + 0.05 * across * along + 0.03 * random.normal()
    return [across, along, composition, 1 - 0.2 * radius ** 2 + 0.06 * along + 0.03 * random.normal()]
  },
  image: {
    height: 24,
    width: 24,
    channels: 3,
    noise: 0.02,
    paint: ([across = 0, along = 0, composition = 0, thickness = 0], random) => {
      const lamp = logNormal(random, 0.06)
      const grain = waves(random, 5, 6)
      return (x, y, channel) => {
        // The gradient goes on within the picture.
        const [u, v] = [(x - 11.5) / 24, (y - 11.5) / 24]
        const c = composition + (0.08 + 0.03 * along) * u + (0.03 + 0.03 * across) * v
        const film = 1 + 0.07 * Math.cos(turn * thickness * (2.2 - 0.3 * channel))
        const colour = [
          0.15 + 0.55 * sigmoid((c - 0.48) / 0.14),
          0.2 + 0.4 * bump(c - 0.62, 0.28),
          0.62 - 0.35 * Math.max(c, 0) ** 1.5,
        ][channel]!
        return lamp * film * colour + 0.02 * texture(grain, x, y)
      }
    },
  },
  curve: {
    valueLabel: 'counts',
    gridLabel: 'two theta',
    from: 30,
    to: 38,
    points: 80,
    noise: 0.015,
    trace: ([, , composition = 0, thickness = 0], random) => {
      const height = thickness * logNormal(random, 0.15)
      const place = 34.2 - 1.8 * (composition - 0.5) + 0.05 * random.normal()
      const width = 0.55 + 0.25 * composition + 0.04 * random.normal()
      const substrate = 0.3 * (1.4 - thickness) * logNormal(random, 0.2)
      return (angle) => {
        const mean = 0.1 + height * bump(angle - place, width) + substrate * bump(angle - 36.6, 0.5)
        // Counting noise grows with the count.
        return mean + 0.03 * Math.sqrt(mean) * random.normal()
      }
    },
  },
})

/**
 * Fringes of an interferometer beside the voltage of its photodiode while a mirror is swept. Nothing discrete: the phase
 * is uniform on a circle, the visibility is beta and fills the circle to its middle, the pitch is log-normal, and the
 * diode's response bends without reaching its ceiling.
 */
export const fringePhase = continuousFamily('fringe-phase', {
  description: 'no category: fringes of any phase and visibility beside the swept, saturating photodiode',
  samples: 1200,
  causes: ['phase', 'visibility', 'pitch'],
  draw: (random) => {
    const visibility = beta22(random)
    return [turn * random.uniform(), visibility, 11 * Math.exp(0.1 * random.normal() - 0.15 * (visibility - 0.5))]
  },
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.03,
    paint: ([phase = 0, visibility = 0, pitch = 0], random) => {
      const tilt = 0.12 * random.normal()
      const [kx, ky] = [(turn / pitch) * Math.cos(tilt), (turn / pitch) * Math.sin(tilt)]
      const [cx, cy] = [13.5 + 1.5 * random.normal(), 13.5 + 1.5 * random.normal()]
      const [beam, light] = [11 * logNormal(random, 0.08), 0.4 * logNormal(random, 0.1)]
      return (x, y) => {
        const fringe = 1 + visibility * Math.cos(kx * (x - 13.5) + ky * (y - 13.5) + phase)
        return 0.05 + light * bump(Math.hypot(x - cx, y - cy), beam) * fringe
      }
    },
  },
  curve: {
    valueLabel: 'voltage',
    gridLabel: 'sweep',
    from: 0,
    to: 1,
    points: 72,
    noise: 0.02,
    trace: ([phase = 0, visibility = 0, pitch = 0], random) => {
      const light = 0.9 * logNormal(random, 0.15)
      const rate = turn * 1.6 * (11 / pitch) ** 0.5
      return (s) => 1 - Math.exp(-light * (1 + visibility * Math.cos(phase + rate * (s - 0.5) + 0.4 * s * s)))
    },
  },
})

/**
 * A liquid crystal under crossed polarisers beside its spectrum, as it is heated through a broad transition. Nothing
 * discrete: the temperature is uniform, order falls along a sigmoid so broad that half-way states are as common as any,
 * and one band gives way to an overlapping one by degrees.
 */
export const slowMelting = continuousFamily('slow-melting', {
  description: 'no category: texture and spectrum along a broad transition, at any temperature',
  samples: 1200,
  causes: ['kelvin', 'order', 'domain'],
  draw: (random) => {
    const kelvin = within(random, 320, 380)
    const order = sigmoid((350 - kelvin + 8 * random.normal()) / 22)
    return [kelvin, order, 7 * Math.exp(0.5 * (order - 0.5) + 0.15 * random.normal())]
  },
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.03,
    paint: ([, order = 0, domain = 0], random) => {
      const field = waves(random, 9, domain)
      const [dark, lamp] = [0.2 + 0.02 * random.normal(), logNormal(random, 0.1)]
      const [sx, sy] = [0.003 * random.normal(), 0.003 * random.normal()]
      return (x, y) => {
        const bright = 0.5 + 0.5 * Math.tanh(0.7 * texture(field, x, y))
        return dark + lamp * order * (0.2 + 0.5 * bright) + sx * (x - 13.5) + sy * (y - 13.5)
      }
    },
  },
  curve: {
    valueLabel: 'intensity',
    gridLabel: 'shift',
    from: 1020,
    to: 1180,
    points: 100,
    noise: 0.025,
    trace: ([kelvin = 0, order = 0], random) => {
      const warm = (kelvin - 350) / 30
      const gain = logNormal(random, 0.15)
      const [glow, slope] = [0.15 * exponential(random), 0.05 * warm + 0.05 * random.normal()]
      const [solid, fluid] = [16 + 1.5 * warm, 22 + 2 * warm]
      const drift = 1.5 * random.normal() - 1.5 * warm
      return (shift) => {
        const bands = order * bump(shift - 1082 - drift, solid) + (1 - order) * bump(shift - 1108 - drift, fluid)
        return gain * bands + glow + (slope * (shift - 1100)) / 80
      }
    },
  },
})

/**
 * Micrographs of annealed metal beside a table of its properties. Nothing discrete: grain size is log-normal and follows
 * a normal anneal, the number of grains in view is a continuous density (the last grain is faded by the fraction), and
 * hardness follows the size after Hall and Petch, with noise that grows and an impurity of heavy tails.
 */
export const annealedGrains = continuousFamily('annealed-grains', {
  description: 'no category: grains of any size and density beside properties that follow them smoothly',
  samples: 1200,
  causes: ['anneal', 'size', 'count', 'impurity'],
  draw: (random) => {
    const anneal = random.normal()
    const size = 2.3 * Math.exp(0.2 * anneal + 0.1 * random.normal())
    return [anneal, size, 18 * (2.3 / size) ** 1.2 * logNormal(random, 0.12), student3(random)]
  },
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.03,
    paint: ([, size = 0, count = 0], random) => {
      const grains = Array.from({ length: Math.ceil(count) }, (_, g) => ({
        x: within(random, -2, 29),
        y: within(random, -2, 29),
        radius: size * logNormal(random, 0.3),
        shade: Math.min(1, count - g) * (0.12 + 0.07 * random.normal()),
      }))
      const ground = 0.3 + 0.03 * random.normal()
      return (x, y) =>
        grains.reduce(
          (sum, grain) => sum + grain.shade * sigmoid((grain.radius - Math.hypot(x - grain.x, y - grain.y)) / 0.7),
          ground,
        )
    },
  },
  vector: {
    columns: ['hardness', 'yield', 'strain', 'resistance', 'coercivity', 'oxygen', 'roughness', 'minutes', 'furnace'],
    noise: 0.02,
    measure: ([anneal = 0, size = 0, count = 0, impurity = 0], random) => {
      const petch = 1 / Math.sqrt(size)
      const hardness = 90 + 130 * petch + 1.5 * impurity + (2 + 1.5 * size) * random.normal()
      return [
        hardness,
        2.6 * hardness + 9 * random.normal(),
        34 + 5 * softPlus(anneal) + 1.5 * random.normal(),
        1.7 + 0.02 * count + 0.03 * impurity + 0.05 * random.normal(),
        12 / size + 0.6 * random.normal(),
        25 + 3 * impurity + random.normal(),
        0.4 * size * logNormal(random, 0.2),
        30 * Math.exp(0.5 * anneal + 0.25 * random.normal()),
        620 + 22 * anneal + 12 * random.normal(),
      ]
    },
  },
})

/**
 * Fibre mats beside how they scatter X-rays around the beam. Nothing discrete: the mean direction is uniform on the half
 * circle, alignment is beta from none to strict, so that directions fill a disc, and load is exponential.
 */
export const fibreMats = continuousFamily('fibre-mats', {
  description: 'no category: fibres of any direction and alignment beside their azimuthal scattering',
  samples: 1200,
  causes: ['direction', 'alignment', 'load'],
  draw: (random) => {
    const alignment = beta22(random)
    return [Math.PI * random.uniform(), alignment, (0.5 + 0.6 * alignment) * exponential(random)]
  },
  image: {
    height: 32,
    width: 32,
    channels: 1,
    noise: 0.03,
    paint: ([direction = 0, alignment = 0, load = 0], random) => {
      const spread = 0.25 + 1.1 * (1 - alignment)
      const fibres = Array.from({ length: 12 }, () => {
        const angle = direction + spread * random.normal()
        return {
          cos: Math.cos(angle),
          sin: Math.sin(angle),
          offset: within(random, -18, 18),
          width: 1.3 * logNormal(random, 0.15),
          shade: 0.35 * logNormal(random, 0.3),
        }
      })
      const ground = 0.15 + 0.03 * softPlus(load - 1) + 0.01 * random.normal()
      return (x, y) => {
        const thickness = fibres.reduce(
          (sum, { cos, sin, offset, width, shade }) =>
            sum + shade * bump((y - 15.5) * cos - (x - 15.5) * sin - offset, width),
          0,
        )
        return ground + 0.8 * (1 - Math.exp(-thickness))
      }
    },
  },
  curve: {
    valueLabel: 'intensity',
    gridLabel: 'azimuth',
    from: 0,
    to: 180,
    points: 60,
    noise: 0.03,
    trace: ([direction = 0, alignment = 0, load = 0], random) => {
      const sharp = 1.6 * alignment
      const gain = logNormal(random, 0.12)
      const ground = 0.2 + 0.08 * load + 0.03 * random.normal()
      return (azimuth) => {
        const cos = Math.cos(2 * ((azimuth * Math.PI) / 180 - direction - Math.PI / 2))
        const mean = ground + gain * Math.exp(sharp * (cos - 0.5))
        return mean + 0.03 * mean * random.normal()
      }
    },
  },
})

/**
 * Patients three ways: the shadow of the heart, a beat of the ECG, blood and body. Nothing discrete: age is beta,
 * stiffness bends upwards with it, pressure follows stiffness and the heart's size follows pressure, each with normal
 * scatter; there are no diseased and no healthy, only more and less. Inflammation has a heavy tail.
 */
export const ageingHearts = continuousFamily('ageing-hearts', {
  description: 'no category: age, stiffness, pressure and size of hearts, each driving the next, in three modalities',
  samples: 1200,
  causes: ['age', 'stiffness', 'pressure', 'size', 'rate'],
  draw: (random) => {
    const age = 18 + 70 * beta22(random)
    const stiffness = 0.9 * softPlus((age - 50) / 12) + 0.35 * random.normal()
    const pressure = 116 + 8 * stiffness + 7 * random.normal()
    return [age, stiffness, pressure, (pressure - 126) / 14 + 0.5 * random.normal(), 70 + 8 * random.normal()]
  },
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.025,
    paint: ([age = 0, stiffness = 0, , size = 0], random) => {
      const [cx, cy] = [14.5 + 0.8 * random.normal(), 17 + 0.8 * random.normal()]
      const [wide, high] = [6 + 0.7 * size, 6.5 + 0.25 * size + 0.4 * random.normal()]
      const arch = 2.2 + 0.3 * stiffness + 0.2 * random.normal()
      const [ribs, breath, bone] = [6.2 * logNormal(random, 0.08), turn * random.uniform(), 0.07 * beta22(random)]
      const [dose, haze] = [logNormal(random, 0.08), 0.2 + 0.0006 * (age - 50) + 0.02 * random.normal()]
      return (x, y) => {
        const heart = sigmoid((1 - Math.hypot((x - cx) / wide, (y - cy) / high)) * 4.5)
        const aorta = bump(x - cx + 1.5, arch) * sigmoid((cy - 3 - y) / 1.5)
        const rib = Math.cos((turn * (y + 0.02 * (x - 13.5) ** 2)) / ribs + breath)
        return dose * (haze + 0.4 * heart + 0.22 * aorta) + bone * rib
      }
    },
  },
  curve: {
    valueLabel: 'millivolt',
    gridLabel: 'second',
    from: 0,
    to: 0.8,
    points: 100,
    noise: 0.025,
    trace: ([age = 0, , , size = 0, rate = 0], random) => {
      const beat = 0.28 + 0.008 * random.normal()
      const conduction = 0.155 + 0.0006 * (age - 50) + 0.01 * random.normal()
      const recovery = 0.27 + 0.0006 * (age - 50) - 0.0012 * (rate - 70) + 0.012 * random.normal()
      const strength = Math.exp(0.12 * size + 0.12 * random.normal())
      const wave = 0.3 - 0.05 * size + 0.05 * random.normal()
      const [baseline, wander] = [0.04 * random.normal(), 0.1 * random.normal()]
      return (t) =>
        0.14 * bump(t - beat + conduction, 0.025) +
        strength * bump(t - beat, 0.018) -
        0.22 * strength * bump(t - beat - 0.04, 0.018) +
        wave * bump(t - beat - recovery, 0.05) +
        baseline +
        wander * (t - 0.4)
    },
  },
  vector: {
    columns: ['age', 'systolic', 'diastolic', 'creatinine', 'cholesterol', 'inflammation', 'potassium', 'mass index'],
    noise: 0.02,
    measure: ([age = 0, stiffness = 0, pressure = 0], random) => {
      const mass = 25 * logNormal(random, 0.14)
      return [
        age + 0.3 * random.normal(),
        pressure + 3 * random.normal(),
        66 + 0.12 * pressure - 2 * stiffness + 0.2 * (mass - 25) + 4 * random.normal(),
        0.85 * Math.exp(0.06 * stiffness + 0.15 * random.normal()),
        190 + 12 * Math.sin((age - 25) / 20) + 25 * random.normal(),
        1.5 * Math.exp(0.1 * stiffness + 0.8 * random.normal()),
        4.2 + 0.3 * random.normal(),
        mass,
      ]
    },
  },
})

/** How many samples a stream has drawn, since a family is not told the place of a sample in the order. */
const drawn = new WeakMap<RandomStream, number>()

/**
 * Beads under a microscope that drifts out of focus over a day, beside the contrast it passes at each fineness. Nothing
 * discrete: time is even over the order of the samples, defocus follows it with normal scatter, exposure is log-normal,
 * the camera saturates smoothly, and stray light has a heavy tail.
 */
export const focusDrift = continuousFamily('focus-drift', {
  description: 'no category: beads blurred by a drift over the order of the samples beside the contrast passed',
  samples: 1200,
  causes: ['time', 'defocus', 'exposure'],
  draw: (random) => {
    const index = drawn.get(random) ?? 0
    drawn.set(random, index + 1)
    const time = index / 1200
    const defocus = 1.2 * time + 0.12 * Math.sin(turn * 1.3 * time) + 0.35 * random.normal()
    return [time, defocus, Math.exp(-0.3 * time + 0.2 * random.normal())]
  },
  image: {
    height: 24,
    width: 24,
    channels: 1,
    noise: 0.025,
    paint: ([time = 0, defocus = 0, exposure = 0], random) => {
      const blur = 1.5 * Math.exp(0.45 * defocus)
      const beads = Array.from({ length: 7 }, () => ({
        x: within(random, -1, 24) + 0.8 * time,
        y: within(random, -1, 24),
        light: 2.2 * exposure * logNormal(random, 0.35),
      }))
      const stray = 0.1 + 0.01 * student3(random) + 0.03 * time
      return (x, y) => {
        const light = beads.reduce(
          (sum, bead) => sum + (bead.light / blur) * bump(Math.hypot(x - bead.x, y - bead.y), blur),
          0,
        )
        return stray + 0.8 * (1 - Math.exp(-light))
      }
    },
  },
  curve: {
    valueLabel: 'contrast',
    gridLabel: 'cycles per micron',
    from: 0,
    to: 2,
    points: 48,
    noise: 0.015,
    trace: ([time = 0, defocus = 0, exposure = 0], random) => {
      const blur = 0.22 * Math.exp(0.45 * defocus + 0.06 * random.normal())
      const [full, floor] = [1 - 0.08 * time + 0.05 * random.normal(), 0.03 + 0.01 * random.normal()]
      const grain = 0.02 / Math.sqrt(exposure)
      return (f) => floor + full * Math.exp(-((turn * blur * f) ** 2) / 2) + grain * (0.5 + f) * random.normal()
    },
  },
})

/**
 * Discharges of ageing cells beside a table of their states. Nothing discrete: cycles are uniform, capacity bends
 * smoothly downwards with them and resistance follows the lost capacity; the end of discharge moves by about its own
 * width. Noise grows with age, one column bends back on itself by a shallow parabola, and leakage has a heavy tail.
 */
export const fadingCells = continuousFamily('fading-cells', {
  description: 'no category: discharge curves of cells of any number of cycles beside a table of their states',
  samples: 1200,
  causes: ['cycles', 'lost', 'resistance', 'celsius', 'leakage'],
  draw: (random) => {
    const cycles = random.uniform()
    const lost = 0.06 * cycles + 0.025 * softPlus((cycles - 0.6) / 0.15) + 0.025 * random.normal()
    const resistance = Math.exp(3 * lost + 0.12 * random.normal())
    return [cycles, lost, resistance, 25 + 4 * random.normal(), student3(random)]
  },
  curve: {
    valueLabel: 'volt',
    gridLabel: 'depth',
    from: 0,
    to: 1,
    points: 100,
    noise: 0.01,
    trace: ([, lost = 0, resistance = 0, celsius = 0, leakage = 0], random) => {
      const drop = 0.12 * resistance * Math.exp(-0.02 * (celsius - 25))
      const end = 1.0 - lost - 0.002 * leakage + 0.015 * random.normal()
      const open = 4.05 + 0.015 * random.normal()
      const bend = 0.05 * (1 + 2 * lost) + 0.01 * random.normal()
      return (depth) =>
        open -
        drop -
        0.45 * depth -
        bend * Math.sin(turn * depth) +
        0.12 * Math.exp(-depth / 0.06) -
        0.7 * sigmoid((depth - end) / 0.05)
    },
  },
  vector: {
    columns: [
      'cycles',
      'capacity',
      'ohmic',
      'transfer',
      'angle',
      'swelling',
      'warmth',
      'leakage',
      'rest volt',
      'efficiency',
    ],
    noise: 0.003,
    measure: ([cycles = 0, lost = 0, resistance = 0, celsius = 0, leakage = 0], random) => {
      const scatter = 0.4 + cycles
      return [
        1500 * cycles + 60 * random.normal(),
        2.5 * (1 - lost) + 0.02 * scatter * random.normal(),
        20 * resistance + 1.2 * scatter * random.normal(),
        8 * resistance ** 1.6 * Math.exp(-0.03 * (celsius - 25) + 0.15 * random.normal()),
        -42 + 9 * (cycles - 0.5) ** 2 + 1.2 * random.normal(),
        0.1 + 1.5 * softPlus(12 * (lost - 0.06)) + 0.3 * scatter * random.normal(),
        celsius + 2.5 * resistance + 0.5 * random.normal(),
        4 + 0.6 * leakage + 0.2 * random.normal(),
        3.62 - 0.1 * lost - 0.004 * leakage + 0.01 * random.normal(),
        99 - 2 * lost - 0.15 * scatter * exponential(random),
      ]
    },
  },
})
