/** Images in which nothing falls into clusters. */
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { poisson } from './poisson.ts'

/** The value at a pixel of one image, drawn anew for each. */
export type ImageMaker = (side: number, random: RandomStream) => (x: number, y: number) => number

function wave(direction: number, period: number, random: RandomStream): (x: number, y: number) => number {
  const phase = 2 * Math.PI * random.uniform()
  const [across, down] = [Math.cos(direction) / period, Math.sin(direction) / period]
  return (x, y) => 0.5 + 0.4 * Math.sin(2 * Math.PI * (x * across + y * down) + phase)
}

function band(side: number, random: RandomStream, sharpness: number): (x: number, y: number) => number {
  const [middle, half] = [side / 2 + random.normal(), side * (0.1 + 0.25 * random.uniform())]
  const [dark, slope] = [0.2 + 0.2 * random.uniform(), 0.1 * random.normal()]
  return (x, y) => 0.6 + (slope * x) / side - dark / (1 + Math.exp(2 * sharpness * (Math.abs(y - middle) - half)))
}

export const ofImages: Readonly<Record<string, ImageMaker>> = {
  'waves of any direction': (_, random) => wave(Math.PI * random.uniform(), 5, random),
  'waves of any length': (_, random) => wave(0, 3 + 4 * random.uniform(), random),
  'waves of any direction and length': (_, random) =>
    wave(Math.PI * random.uniform(), 3 + 4 * random.uniform(), random),
  'a disc of any size': (side, random) => {
    const radius = 2 + (side / 3) * random.uniform()
    const [x0, y0] = [side / 2 + random.normal(), side / 2 + random.normal()]
    return (x, y) => 1 / (1 + Math.exp(Math.hypot(x - x0, y - y0) - radius))
  },
  'spots at any place': (side, random) => {
    const spots = Array.from({ length: 3 + Math.floor(10 * random.uniform()) }, () => ({
      x: side * random.uniform(),
      y: side * random.uniform(),
      width: 1 + 2 * random.uniform(),
    }))
    return (x, y) =>
      spots.reduce((sum, s) => sum + Math.exp(-((x - s.x) ** 2 + (y - s.y) ** 2) / (2 * s.width ** 2)), 0)
  },
  'plates of any size between dark cracks': (side, random) => {
    const step = side / (2.5 + 2.5 * random.uniform())
    const middles: (readonly [x: number, y: number])[] = []
    for (let y = -1; y * step < side + step; y++)
      for (let x = -1; x * step < side + step; x++)
        middles.push([step * (x + random.uniform()), step * (y + random.uniform())])
    return (x, y) => {
      const [nearest = 0, next = 0] = middles.map(([u, v]) => Math.hypot(x - u, y - v)).sort((a, b) => a - b)
      return 0.7 - 0.5 * Math.exp(-(((next - nearest) / 0.8) ** 2))
    }
  },
  'a band of any width below a light of any slope': (side, random) => band(side, random, 1),
  // Its edges lie between two rows of pixels: there are as many bands as rows.
  'a band of any width, its edges sharper than pixels': (side, random) => band(side, random, 100),
  'a star of any reach, turned anyhow': (side, random) => {
    const [reach, turn] = [0.4 * random.uniform(), 2 * Math.PI * random.uniform()]
    const [x0, y0, radius] = [
      side / 2 + random.normal(),
      side / 2 + random.normal(),
      side * (0.22 + 0.05 * random.uniform()),
    ]
    return (x, y) => {
      const outline = radius * (1 + reach * Math.cos(5 * (Math.atan2(y - y0, x - x0) - turn)))
      return 0.8 - 0.6 / (1 + Math.exp(2 * (Math.hypot(x - x0, y - y0) - outline)))
    }
  },
  noise: (_, random) => () => random.uniform(),
  'a disc of any size and place, its edge sharper than pixels': (side, random) => {
    const radius = side * (0.2 + 0.04 * random.normal())
    const [x0, y0] = [side * (0.5 + 0.08 * random.normal()), side * (0.5 + 0.08 * random.normal())]
    return (x, y) => (Math.hypot(x - x0, y - y0) < radius ? 0.8 : 0.2)
  },
  'a rectangle of any sides and place, its edges sharper than pixels': (side, random) => {
    const [wide, high] = [side * (0.2 + 0.04 * random.normal()), side * (0.2 + 0.04 * random.normal())]
    const [x0, y0] = [side * (0.5 + 0.08 * random.normal()), side * (0.5 + 0.08 * random.normal())]
    return (x, y) => (Math.abs(x - x0) < wide && Math.abs(y - y0) < high ? 0.8 : 0.2)
  },
  'a line of any direction, a pixel wide': (side, random) => {
    const [angle, off] = [Math.PI * random.uniform(), 0.15 * side * random.normal()]
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    return (x, y) => (Math.abs((x - side / 2) * sin - (y - side / 2) * cos - off) < 0.5 ? 0.9 : 0.1)
  },
  'a blob from darker to brighter than what is around it': (side, random) => {
    const [contrast, width] = [0.15 * random.normal(), side * (0.12 + 0.02 * random.normal())]
    const [x0, y0] = [side * (0.5 + 0.08 * random.normal()), side * (0.5 + 0.08 * random.normal())]
    return (x, y) => 0.5 + contrast * Math.exp(-((x - x0) ** 2 + (y - y0) ** 2) / (2 * width ** 2))
  },
  'a blob of any brightness, saturated where it is too bright': (side, random) => {
    const [light, width] = [Math.exp(0.6 * random.normal()), side * (0.12 + 0.02 * random.normal())]
    const [x0, y0] = [side * (0.5 + 0.08 * random.normal()), side * (0.5 + 0.08 * random.normal())]
    return (x, y) => Math.min(1, light * Math.exp(-((x - x0) ** 2 + (y - y0) ** 2) / (2 * width ** 2)))
  },
  'clouds, black and white from any height on': (_, random) => {
    const waves = Array.from({ length: 12 }, () => {
      const [angle, period, phase] = [2 * Math.PI * random.uniform(), 5 + 6 * random.uniform(), 7 * random.uniform()]
      return { across: Math.cos(angle) / period, down: Math.sin(angle) / period, phase }
    })
    const height = 1.5 * random.normal()
    return (x, y) =>
      waves.reduce((sum, w) => sum + Math.sin(2 * Math.PI * (x * w.across + y * w.down) + w.phase), 0) > height
        ? 0.9
        : 0.1
  },
  'few photons from a blob of any size': (side, random) => {
    const width = side * (0.15 + 0.03 * random.normal())
    const [x0, y0] = [side * (0.5 + 0.06 * random.normal()), side * (0.5 + 0.06 * random.normal())]
    return (x, y) => 0.15 * poisson(2.5 * Math.exp(-((x - x0) ** 2 + (y - y0) ** 2) / (2 * width ** 2)), random)
  },
  'an ellipse of any direction and shape': (side, random) => {
    const angle = Math.PI * random.uniform()
    const [long, short] = [side * (0.3 + 0.03 * random.normal()), side * (0.15 + 0.04 * random.normal())]
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    return (x, y) => {
      const [u, v] = [(x - side / 2) * cos + (y - side / 2) * sin, (y - side / 2) * cos - (x - side / 2) * sin]
      return 1 / (1 + Math.exp(6 * (Math.hypot(u / long, v / short) - 1)))
    }
  },
  'a chequerboard of any pitch, shifted anyhow': (side, random) => {
    const pitch = side / (3 + 4 * random.uniform())
    const [x0, y0] = [2 * pitch * random.uniform(), 2 * pitch * random.uniform()]
    return (x, y) => ((Math.floor((x + x0) / pitch) + Math.floor((y + y0) / pitch)) % 2 === 0 ? 0.8 : 0.2)
  },
}
