/** The back of an eye, its answer to a flash and the blood: left or right, pigment, vessels, mains hum and age vary without meaning. */
import { family } from './family.ts'
import { leaningNetwork } from './network.ts'
import { binary, bump, sigmoid } from './shapes.ts'

const nodes = [
  binary('sugar', 'normal', 'raised'),
  binary('retinopathy', 'without', 'with'),
  binary('cupping', 'shallow', 'deep'),
  binary('b-wave', 'reduced', 'full'),
]

export const fundusRetinogram = family('fundus-retinogram', {
  description:
    'the back of an eye (retinopathy, cupping), its electroretinogram (retinopathy, b-wave) and blood values (sugar)',
  samples: 2000,
  networks: new Map([
    [
      'tree',
      leaningNetwork(
        'tree',
        nodes,
        { retinopathy: ['sugar'], cupping: ['sugar'], 'b-wave': ['retinopathy'] },
        { sugar: [0.6, 0.4] },
      ),
    ],
    [
      'chain',
      leaningNetwork('chain', nodes, { retinopathy: ['sugar'], cupping: ['retinopathy'], 'b-wave': ['cupping'] }),
    ],
    ['collider', leaningNetwork('collider', nodes, { 'b-wave': ['retinopathy', 'cupping', 'sugar'] })],
    ['independent', leaningNetwork('independent', nodes, {})],
  ]),
  image: {
    height: 36,
    width: 36,
    channels: 3,
    noise: 0.025,
    paint: ([, retinopathy = 0, cupping = 0], random) => {
      const eye = random.uniform() < 0.5 ? 1 : -1
      const disc = { x: 17.5 + eye * (8 + 0.6 * random.normal()), y: 17 + 0.7 * random.normal() }
      const fovea = { x: disc.x - eye * 13.5, y: disc.y + 1 + 0.5 * random.normal() }
      const radius = 4.4 * (1 + 0.04 * random.normal())
      const cup = radius * (0.5 + 0.2 * cupping)
      // Vessels leave the disc and bend around the fovea, two above and two below.
      const vessels = ([-1, 1] as const).flatMap((down) =>
        [0.55, 0.32].map((bend) => ({ down, bend: bend * (1 + 0.1 * random.normal()), rise: 3 + random.normal() })),
      )
      const bleeding = Array.from({ length: Math.max(0, Math.round(8 + 8 * retinopathy + random.normal())) }, () => ({
        x: 17.5 + 13 * (2 * random.uniform() - 1),
        y: 17.5 + 13 * (2 * random.uniform() - 1),
        radius: 0.75 + 0.35 * random.uniform(),
      }))
      const pigment = 1 + 0.08 * random.normal()
      const [light, lx, ly] = [1 + 0.06 * random.normal(), 3 * random.normal(), 3 * random.normal()]
      return (x, y, channel) => {
        const out = Math.hypot(x - 17.5, y - 17.5)
        const [u, v] = [(disc.x - x) * eye, y - disc.y]
        const vessel = Math.max(
          ...vessels.map(({ down, bend, rise }) => {
            const course = down * (rise * Math.sqrt(Math.max(0, u) / 2) + bend * Math.max(0, u) * Math.exp(-u / 22))
            const away = Math.abs(v - course) / Math.hypot(1, u > 0.5 ? rise / (2.8 * Math.sqrt(u)) + bend : 3)
            return u > -1 ? bump(away, 0.6) : 0
          }),
        )
        const [head, pit] = [Math.hypot(x - disc.x, y - disc.y), bump(Math.hypot(x - fovea.x, y - fovea.y), 2.2)]
        const blot = Math.max(0, ...bleeding.map((b) => sigmoid(5 * (b.radius - Math.hypot(x - b.x, y - b.y)))))
        const nerve = sigmoid(3 * (radius - head))
        const pale = sigmoid(3 * (cup - head))
        const rgb = [
          { retina: 0.72, nerve: 0.9, cup: 0.96 },
          { retina: 0.36 * pigment, nerve: 0.62, cup: 0.84 },
          { retina: 0.16 * pigment, nerve: 0.34, cup: 0.66 },
        ][channel]!
        const base = rgb.retina * (1 - 0.35 * pit)
        const seen = base + (rgb.nerve - base) * nerve + (rgb.cup - rgb.nerve) * pale
        const blood =
          (1 - [0.22, 0.45, 0.35][channel]! * vessel) * (1 - [0.4, 0.65, 0.5][channel]! * blot * (1 - nerve))
        const lit = light * (1 - 0.3 * (Math.hypot(x - 17.5 - lx, y - 17.5 - ly) / 17) ** 2)
        return 0.02 + seen * blood * lit * sigmoid(2 * (17 - out))
      }
    },
  },
  curve: {
    valueLabel: 'uV',
    gridLabel: 'ms',
    from: -20,
    to: 180,
    points: 134,
    noise: 5,
    trace: ([, retinopathy = 0, , bWave = 0], random) => {
      const strength = Math.exp(0.12 * random.normal())
      const late = 1 + 0.04 * random.normal()
      const [offset, drift] = [8 * random.normal(), 15 * random.normal()]
      const [hum, phase] = [3 * Math.exp(0.4 * random.normal()), 2 * Math.PI * random.uniform()]
      const [trough, crest] = [150 * (1 + 0.06 * random.normal()), 290 + 110 * bWave]
      // Diabetes takes the oscillations on the way up first.
      const oscillation = 32 - 24 * retinopathy
      const hertz = 140 * (1 + 0.03 * random.normal())
      return (ms) => {
        const t = ms / late
        const mains = hum * Math.sin(2 * Math.PI * 0.05 * ms + phase)
        if (t < 0) return offset + mains
        const receptors = -trough * (1 - Math.exp(-((t / 12) ** 3))) * Math.exp(-t / 70)
        const bipolars = crest * (t > 14 ? ((t - 14) / 30) ** 2 * Math.exp(2 - (t - 14) / 15) : 0)
        const ripple = oscillation * bump(t - 31, 8) * Math.sin(0.002 * Math.PI * hertz * (t - 14))
        return offset + (drift * ms) / 180 + mains + strength * (receptors + bipolars + ripple)
      }
    },
  },
  vector: {
    columns: [
      'age',
      'HbA1c',
      'glucose',
      'fructosamine',
      'BMI',
      'systolic',
      'diastolic',
      'cholesterol',
      'log triglycerides',
      'creatinine',
      'haemoglobin',
      'potassium',
    ],
    noise: 0.02,
    measure: ([sugar = 0], random) => {
      const [age, weight, kidney] = [random.normal(), random.normal(), random.normal()]
      const control = 0.35 * random.normal()
      // What was eaten moves glucose by the hour, not haemoglobin.
      return [
        58 + 9 * age,
        6.9 + 1.6 * sugar + 0.6 * control,
        7.5 + 2 * sugar + control + 0.7 * random.normal(),
        290 + 55 * sugar + 20 * control + 12 * random.normal(),
        27 + 3.5 * weight + 0.8 * sugar,
        132 + 8 * age + 5 * weight + 8 * random.normal(),
        80 + 3 * weight + 6 * random.normal(),
        5.2 + 0.2 * weight + 0.8 * random.normal(),
        0.3 + 0.2 * weight + 0.15 * sugar + 0.3 * random.normal(),
        80 + 8 * age + 10 * kidney,
        14 - 0.5 * kidney + random.normal(),
        4.3 + 0.15 * kidney + 0.3 * random.normal(),
      ]
    },
  },
})
