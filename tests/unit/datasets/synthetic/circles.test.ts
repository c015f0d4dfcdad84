import { describe, expect, it } from 'vitest'
import {
  circleNetworks,
  circleStructures,
  drawCircles,
  renderCircle,
} from '../../../../src-main/datasets/synthetic/circles.ts'
import { networkEdges } from '../../../../src-main/datasets/synthetic/bayesian-network.ts'
import { makeSynthetic } from '../../../../src-main/datasets/synthetic/registry.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

const at = (image: Uint8Array, y: number, x: number): number[] => [
  ...image.subarray((y * 28 + x) * 3, (y * 28 + x) * 3 + 3),
]
const sum = (image: Uint8Array): number => image.reduce((total, value) => total + value, 0)

describe('circles', () => {
  // Golden pixels: the formulas of causal-pima.md section 8 evaluated with NumPy, round(255 value).
  it('renders the pixels of known circles', () => {
    const blue = renderCircle({ hue: 240, radius: 7, shift: 5 })
    expect([at(blue, 14, 14), at(blue, 14, 19), at(blue, 14, 10), at(blue, 20, 21), at(blue, 3, 12)]).toEqual([
      [5, 5, 255],
      [0, 0, 255],
      [250, 250, 255],
      [52, 52, 255],
      [255, 255, 255],
    ])
    expect(sum(blue)).toBe(520018)
    // A hue below 0 degrees goes round the colour wheel.
    const red = renderCircle({ hue: -6, radius: 4, shift: -5 })
    expect([at(red, 14, 14), at(red, 14, 10), at(red, 14, 5)]).toEqual([
      [255, 225, 228],
      [255, 1, 26],
      [255, 128, 140],
    ])
    expect(sum(red)).toBe(574192)
    const violet = renderCircle({ hue: 251.5, radius: 3.6, shift: 4.2 })
    expect([at(violet, 14, 19), at(violet, 10, 16)]).toEqual([
      [50, 1, 255],
      [229, 223, 255],
    ])
    expect(sum(violet)).toBe(579820)
  })

  it('has the edges that each structure names', () => {
    const edges = Object.fromEntries(circleStructures.map((s) => [s, networkEdges(circleNetworks[s]).map(String)]))
    expect(edges).toEqual({
      complete: ['0,1', '0,2', '1,2'],
      fork: ['0,1', '0,2'],
      chain: ['0,1', '1,2'],
      collider: ['0,2', '1,2'],
    })
  })

  it('draws hue, radius and shift about their factors with the stated spread', () => {
    const n = 4000
    const factors = Uint8Array.from({ length: 3 * n }, (_, i) => Math.floor(i / 3) % 2)
    const circles = drawCircles(factors, n, RandomStream.of(3, 'spread'))
    const moments = (values: number[]): [number, number] => {
      const mean = values.reduce((a, b) => a + b) / values.length
      return [mean, Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length)]
    }
    const expected = { hue: [0, 240, 6], radius: [4, 7, 0.3], shift: [-5, 5, 0.5] } as const
    for (const key of ['hue', 'radius', 'shift'] as const) {
      for (const category of [0, 1] as const) {
        const [mean, sd] = moments(circles.filter((_, i) => i % 2 === category).map((circle) => circle[key]))
        const [, , spread] = expected[key]
        expect(Math.abs(mean - expected[key][category])).toBeLessThan((4 * spread) / Math.sqrt(n / 2))
        expect(sd / spread).toBeCloseTo(1, 1)
      }
    }
  })

  it('gives circles-line the same images, and lines whose slope is set by the radius', async () => {
    const plain = await makeSynthetic('circles', { samples: 300, seed: 4, structure: 'fork' })
    const lined = await makeSynthetic('circles-line', { samples: 300, seed: 4, structure: 'fork' })
    expect(lined.images).toEqual(plain.images)
    expect(lined.factors).toEqual(plain.factors)
    const { grid, values } = lined.curves!
    expect(grid).toHaveLength(20)
    const squares = grid.reduce((total, x) => total + x * x, 0)
    lined.ids.forEach((_, i) => {
      const slope = grid.reduce((total, x, k) => total + x * values[i * 20 + k]!, 0) / squares
      // Jitter of the radius 0.3 / 1.5 = 0.2, five of them.
      expect(Math.abs(slope - (lined.factors[3 * i + 1] === 1 ? 1 : -1))).toBeLessThan(1)
    })
  })
})
