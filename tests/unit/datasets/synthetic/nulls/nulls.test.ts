import { describe, expect, it } from 'vitest'
import { nulls } from '../../../../../src-main/datasets/synthetic/nulls/nulls.ts'
import { makeSynthetic } from '../../../../../src-main/datasets/synthetic/registry.ts'

const continuous = [...nulls.keys()].filter((name) => name !== 'shuffled-pairing' && name !== 'hidden-cause')

/** Correlation of two columns of categories. */
function correlation(factors: Uint8Array, width: number, first: number, second: number): number {
  const n = factors.length / width
  const column = (l: number): number[] => Array.from({ length: n }, (_, i) => factors[i * width + l]!)
  const centred = (values: number[]): number[] => {
    const mean = values.reduce((a, b) => a + b) / n
    return values.map((x) => x - mean)
  }
  const [a, b] = [centred(column(first)), centred(column(second))]
  const dot = (x: number[], y: number[]): number => x.reduce((sum, value, i) => sum + value * y[i]!, 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

describe('sets without anything to find', () => {
  it.each(continuous)('%s has no node and no edge; its causes are continuous', async (name) => {
    const set = await makeSynthetic(name, { samples: 100 })
    expect([set.nodes, set.edges, set.factors.length]).toEqual([[], [], 0])
    for (const { values } of set.latents) expect(new Set(values).size).toBeGreaterThan(90)
  })

  it('shuffled-pairing: dependence within each modality, none across', async () => {
    const { factors } = await makeSynthetic('shuffled-pairing', { samples: 4000 })
    for (const [a, b] of [
      [0, 1],
      [2, 3],
    ] as const)
      expect(correlation(factors, 4, a, b)).toBeCloseTo(0.7, 1)
    for (const a of [0, 1]) for (const b of [2, 3]) expect(Math.abs(correlation(factors, 4, a, b))).toBeLessThan(0.065)
  })

  it('hidden-cause: a and b depend on each other through no column, x and y on neither other side', async () => {
    const { factors } = await makeSynthetic('hidden-cause', { samples: 4000 })
    const [x, a, b, y] = [0, 1, 2, 3]
    for (const [cause, effect] of [
      [x, a],
      [y, b],
    ] as const)
      expect(correlation(factors, 4, cause, effect)).toBeGreaterThan(0.35)
    expect(correlation(factors, 4, a, b)).toBeGreaterThan(0.03)
    for (const [one, other] of [
      [x, b],
      [a, y],
      [x, y],
    ] as const)
      expect(Math.abs(correlation(factors, 4, one, other))).toBeLessThan(0.065)
  })
})
