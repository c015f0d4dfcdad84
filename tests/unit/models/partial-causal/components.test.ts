import { describe, expect, it } from 'vitest'
import { correlation } from '../../../../src-main/statistics/correlation.ts'
import { outputsOf, unmixModalities } from '../../../../src-main/models/partial-causal/components.ts'
import { whole } from '../../../../src-main/statistics/piecewise.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

const rules = { components: 3, principal: false, maxIterations: 200, tolerance: 1e-4, seed: 1 }
const n = 2000

/** Three heavy-tailed causes, and two modalities that each turn them around and add noise of their own. */
function coupled(noise: readonly number[]) {
  const random = RandomStream.of(5, 'components')
  const causes = Array.from({ length: n }, () => [0, 1, 2].map(() => random.normal() ** 3))
  const side = (name: string): ReturnType<typeof outputsOf> => {
    const turn = [0, 1, 2].map(() => [0, 1, 2].map(() => random.normal()))
    const values = causes.flatMap((row) => {
      const seen = row.map((cause, k) => cause + noise[k]! * random.normal())
      return turn.map((weights) => weights.reduce((sum, weight, k) => sum + weight * seen[k]!, 0))
    })
    const rows = Int32Array.from({ length: n }, (_, row) => row)
    return outputsOf(name, rows, Float64Array.from(values))
  }
  return { causes, outputs: [side('x'), side('t')] }
}

const rows = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i)
const column = (values: Float64Array, c: number): Float64Array =>
  Float64Array.from({ length: n }, (_, row) => values[row * 3 + c]!)

describe('components of two modalities', () => {
  it('are matched, turned the same way and ordered by how much the modalities share', () => {
    const { causes, outputs } = coupled([4, 0.3, 1.5])
    const { coupling, modalities } = whole(unmixModalities(outputs, n, rows(0, 1500), rows(1500, n), rules))
    const strength = coupling.map(([r]) => r!)
    expect(strength).toEqual([...strength].sort((a, b) => b - a))
    expect(strength[0]).toBeGreaterThan(0.95)
    expect(strength[2]).toBeLessThan(0.7)
    const [x, t] = modalities.map(({ values }) => values)
    for (const [c, cause] of [1, 2, 0].entries()) {
      const known = Float64Array.from(causes, (row) => row[cause]!)
      const [ofX, ofT] = [correlation(column(x!, c), known), correlation(column(t!, c), known)]
      expect(ofX * ofT).toBeGreaterThan(0)
      expect(Math.abs(ofX)).toBeGreaterThan(c < 2 ? 0.85 : 0.4)
    }
    expect(modalities.every(({ converged }) => converged)).toBe(true)
  })

  it('leave a sample without a modality out of that modality alone', () => {
    const { outputs } = coupled([0.3, 0.3, 0.3])
    const [x, t] = outputs
    const present = rows(0, n - 10)
    const short = outputsOf('t', present, t!.values.values.slice(0, present.length * 3))
    const { modalities } = whole(unmixModalities([x!, short], n, rows(0, 1500), rows(1500, n - 10), rules))
    expect(modalities[1]!.values.subarray((n - 10) * 3).every(Number.isNaN)).toBe(true)
    expect(modalities[0]!.values.some(Number.isNaN)).toBe(false)
  })

  it('are fewer where the outputs have no more directions, and say so', () => {
    const { outputs } = coupled([0.3, 0.3, 0.3])
    const flat = Float64Array.from(
      outputs[1]!.values.values,
      (_, at) => outputs[1]!.values.values[at - (at % 3 === 2 ? 1 : 0)]!,
    )
    const { components, notes } = whole(
      unmixModalities(
        [outputs[0]!, outputsOf('t', outputs[1]!.rows, flat)],
        ...([n, rows(0, 1500), rows(1500, n), rules] as const),
      ),
    )
    expect(components).toBe(2)
    expect(notes.join()).toMatch(/t: 2 components instead of 3/)
  })
})
