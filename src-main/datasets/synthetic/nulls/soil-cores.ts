/** Soil three ways, as a section, by the water it holds and by its analysis: three normally distributed causes that follow each other. */
import { continuousFamily } from '../families/family.ts'
import { bump, sigmoid } from '../families/shapes.ts'

export const soilCores = continuousFamily('soil-cores', {
  description:
    'no category: sections of soil (density), the water that it holds (clay, density), its analysis (clay, humus)',
  samples: 1200,
  causes: ['clay', 'humus', 'density'],
  draw: (random) => {
    const clay = random.normal()
    const humus = 0.6 * clay + 0.8 * random.normal()
    return [clay, humus, -0.7 * humus + Math.sqrt(1 - 0.7 ** 2) * random.normal()]
  },
  image: {
    height: 28,
    width: 28,
    channels: 1,
    noise: 0.04,
    paint: ([, , density = 0], random) => {
      // Pores are dark to X-rays, stones are bright.
      const pores = Array.from({ length: 22 }, () => {
        const turn = Math.PI * random.uniform()
        const size = 1.7 * Math.exp(-0.2 * density + 0.3 * random.normal())
        return { x: 28 * random.uniform(), y: 28 * random.uniform(), cos: Math.cos(turn), sin: Math.sin(turn), size }
      })
      const stones = Array.from({ length: Math.floor(4 * random.uniform()) }, () => ({
        x: 28 * random.uniform(),
        y: 28 * random.uniform(),
        size: 1.2 + random.uniform(),
      }))
      const [matrix, beam] = [0.55 + 0.03 * random.normal(), 0.04 * random.normal()]
      return (x, y) => {
        const open = pores.reduce((most, { x: px, y: py, cos, sin, size }) => {
          const [u, v] = [(x - px) * cos + (y - py) * sin, (y - py) * cos - (x - px) * sin]
          return Math.max(most, sigmoid(4 * (size - Math.hypot(u / 1.5, v * 1.5))))
        }, 0)
        const stone = stones.reduce((most, s) => Math.max(most, bump(Math.hypot(x - s.x, y - s.y), s.size)), 0)
        // The beam hardens on its way in.
        return matrix + beam * ((Math.hypot(x - 13.5, y - 13.5) / 14) ** 2 - 0.5) + 0.3 * stone - 0.45 * open
      }
    },
  },
  curve: {
    valueLabel: '% water',
    gridLabel: 'pF',
    from: 0,
    to: 4.2,
    points: 43,
    noise: 0.4,
    trace: ([clay = 0, , density = 0], random) => {
      const [full, dry] = [46 - 3 * density + random.normal(), 12 + 3 * clay + random.normal()]
      const entry = 1.4 + 0.2 * clay + 0.1 * random.normal()
      const shape = 1.5 * Math.exp(-0.08 * clay)
      // After van Genuchten, with suction in powers of ten of centimetres of water.
      return (pF) => dry + (full - dry) / (1 + (10 ** (pF - entry)) ** shape) ** (1 - 1 / shape)
    },
  },
  vector: {
    columns: ['clay', 'silt', 'sand', 'carbon', 'nitrogen', 'CEC', 'pH', 'calcium', 'potassium', 'phosphorus'],
    noise: 0.02,
    measure: ([clay = 0, humus = 0], random) => {
      const fine = 24 + 6 * clay + random.normal()
      const silt = 35 + 4 * random.normal()
      const carbon = 2 * Math.exp(0.25 * humus + 0.05 * random.normal())
      const lime = random.normal()
      return [
        fine,
        silt,
        100 - fine - silt,
        carbon,
        (carbon / 11) * Math.exp(0.08 * random.normal()),
        0.45 * fine + 2.2 * carbon + random.normal(),
        6.3 + 0.4 * lime - 0.1 * humus + 0.1 * random.normal(),
        9 + 2.5 * lime + 0.1 * fine + 0.5 * random.normal(),
        0.4 * Math.exp(0.2 * clay + 0.3 * random.normal()),
        30 * Math.exp(0.4 * random.normal()),
      ]
    },
  },
})
