/** Instruments that take one picture. */
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { bump, type Instrument, type Levels, picture, sigmoid, uniform } from './instrument.ts'

type Paint = (levels: Levels, random: RandomStream) => (x: number, y: number) => number

/** A grey picture of 20 x 20 whose subject sits a little elsewhere in each sample. */
function image(name: string, draw: (size: (low: number, high: number) => number) => Paint): Instrument {
  return {
    name,
    draw: (parameters) => {
      const paint = draw((low, high) => uniform(parameters, low, high))
      return (levels, random) => {
        const [dx, dy] = [0.02 * random.normal(), 0.02 * random.normal()]
        const shade = paint(levels, random)
        return [picture(20, 20, (x, y) => shade(x - dx, y - dy))]
      }
    },
  }
}

export const images: readonly Instrument[] = [
  {
    name: 'circles',
    draw: (parameters) => {
      const [shift, radius, hue] = [
        uniform(parameters, 0.2, 0.45),
        uniform(parameters, 0.07, 0.15),
        uniform(parameters, 0.5, 1),
      ]
      return ([a, b, c], random) => {
        const r = 0.4 + radius * b + 0.02 * random.normal()
        const x0 = shift * a + 0.03 * random.normal()
        const red = (1 + hue * c) / 2
        const inside = (x: number, y: number): number => sigmoid(20 * (r - Math.hypot(x - x0, y)))
        return [[1 - red, 0.8, red].flatMap((gone) => picture(20, 20, (x, y) => 1 - gone * inside(x, y)))]
      }
    },
  },
  image('stripes', (u) => {
    const [turn, period, contrast] = [u(0.1, 0.5), u(0.05, 0.2), u(0.1, 0.4)]
    return ([a, b, c]) =>
      (x, y) =>
        0.5 +
        0.3 *
          (1 + contrast * c) *
          Math.sin(7 * (1 + period * b) * (x * Math.cos(0.7 + turn * a) + y * Math.sin(0.7 + turn * a)))
  }),
  image('blobs', (u) => {
    const [apart, balance, size] = [u(0.06, 0.2), u(0.15, 0.4), u(0.1, 0.35)]
    return ([a, b, c]) => {
      const half = 0.4 + apart * a
      const w = 0.18 * (1 + size * c)
      return (x, y) => (0.7 * bump(x - half, w) + 0.7 * (0.6 + balance * b) * bump(x + half, w)) * bump(y, w)
    }
  }),
  image('notched ring', (u) => {
    const [turn, radius, thick] = [u(0.3, 1.5), u(0.07, 0.18), u(0.15, 0.4)]
    return ([a, b, c]) =>
      (x, y) => {
        const angle = Math.atan2(y, x) - turn * a
        const apart = Math.atan2(Math.sin(angle), Math.cos(angle))
        return bump(Math.hypot(x, y) - 0.55 - radius * b, 0.1 * (1 + thick * c)) * (1 - bump(apart, 0.4))
      }
  }),
  image('grain', (u) => {
    const [turn, length, shade] = [u(0.2, 0.7), u(0.15, 0.4), u(0.1, 0.3)]
    return ([a, b, c]) => {
      const angle = 0.8 + turn * a
      return (x, y) =>
        (0.7 + shade * c) *
        bump(x * Math.cos(angle) + y * Math.sin(angle), 0.4 * (1 + length * b)) *
        bump(y * Math.cos(angle) - x * Math.sin(angle), 0.15)
    }
  }),
  image('diffraction spots', (u) => {
    const [spacing, sharp, centre] = [u(0.05, 0.15), u(0.15, 0.4), u(0.1, 0.3)]
    return ([a, b, c]) =>
      (x, y) => {
        const radius = 0.55 + spacing * a
        const w = 0.12 * (1 + sharp * b)
        let sum = (0.5 + centre * c) * bump(Math.hypot(x, y), 0.12)
        for (let s = 0; s < 6; s++)
          sum +=
            0.6 *
            bump(Math.hypot(x - radius * Math.cos((s * Math.PI) / 3), y - radius * Math.sin((s * Math.PI) / 3)), w)
        return sum
      }
  }),
  image('droplet', (u) => {
    const [angle, volume, light] = [u(0.15, 0.5), u(0.1, 0.35), u(0.05, 0.2)]
    return ([a, b, c]) => {
      const theta = Math.PI / 2 + angle * a
      const radius = Math.sqrt((0.6 * (1 + volume * b)) / (theta - Math.sin(theta) * Math.cos(theta)))
      const height = 0.5 + radius * Math.cos(theta)
      return (x, y) => 0.8 + light * c * x - 0.6 * (y <= 0.5 ? sigmoid(20 * (radius - Math.hypot(x, y - height))) : 1)
    }
  }),
  image('particles', (u) => {
    const [size, spacing, shade] = [u(0.1, 0.35), u(0.05, 0.15), u(0.1, 0.3)]
    return ([a, b, c], random) => {
      const step = 0.6 * (1 + spacing * b)
      const places = Array.from({ length: 9 }, (_, p) => [
        step * ((p % 3) - 1) + 0.03 * random.normal(),
        step * (Math.floor(p / 3) - 1) + 0.03 * random.normal(),
      ])
      return (x, y) => {
        const distance = Math.min(...places.map(([px = 0, py = 0]) => Math.hypot(x - px, y - py)))
        return (0.6 + shade * c) * sigmoid(25 * (0.17 * (1 + size * a) - distance))
      }
    }
  }),
  image('cell with a nucleus', (u) => {
    const [stretch, place, stain] = [u(0.1, 0.35), u(0.06, 0.2), u(0.1, 0.3)]
    return ([a, b, c]) => {
      const s = Math.exp(stretch * a)
      return (x, y) =>
        0.3 * sigmoid(20 * (0.6 - Math.hypot(x / s, y * s))) +
        (0.4 + stain * c) * bump(Math.hypot(x - place * b, y), 0.15)
    }
  }),
  image('cross', (u) => {
    const [arm, width, turn] = [u(0.08, 0.2), u(0.15, 0.4), u(0.1, 0.35)]
    return ([a, b, c]) =>
      (x, y) => {
        const [cos, sin] = [Math.cos(turn * c), Math.sin(turn * c)]
        const [p, q] = [x * cos + y * sin, y * cos - x * sin]
        const w = 0.12 * (1 + width * b)
        const bar = (along: number, across: number): number =>
          sigmoid(20 * (0.6 + arm * a - Math.abs(along))) * sigmoid(20 * (w - Math.abs(across)))
        return Math.max(bar(p, q), bar(q, p))
      }
  }),
  image('layers', (u) => {
    const [upper, lower, shade] = [u(0.08, 0.25), u(0.08, 0.25), u(0.08, 0.25)]
    return ([a, b, c]) =>
      (_x, y) => {
        const [top, bottom] = [-0.35 + upper * a, 0.35 + lower * b]
        return 0.2 + (0.4 + shade * c) * sigmoid(15 * (y - top)) - 0.5 * sigmoid(15 * (y - bottom))
      }
  }),
  image('lit disc', (u) => {
    const [light, radius, rim] = [u(0.1, 0.35), u(0.06, 0.2), u(0.1, 0.35)]
    return ([a, b, c]) =>
      (x, y) => {
        const r = Math.hypot(x, y)
        const edge = 0.55 + radius * b
        return 0.4 + light * a * x + 0.4 * sigmoid(15 * (edge - r)) + (0.3 + rim * c) * bump(r - edge, 0.08)
      }
  }),
]
