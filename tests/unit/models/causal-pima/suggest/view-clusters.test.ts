import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clustersInView,
  determines,
  together,
} from '../../../../../src-main/models/causal-pima/suggest/view-clusters.ts'
import { realMatrix } from '../../../../../src-main/statistics/linear-algebra/real-matrix.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'

/** n samples of ten values: noise, and in two of them a place that `at` gives. */
function samples(n: number, at: (i: number, random: RandomStream) => readonly [number, number]) {
  const random = RandomStream.of(7, 'samples')
  const rows = realMatrix(n, 10)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < 10; j++) rows.values[i * 10 + j] = 0.05 * random.normal()
    const [x, y] = at(i, random)
    rows.values[i * 10]! += x
    rows.values[i * 10 + 1]! += y
  }
  return rows
}

describe('clusters in a view', () => {
  it('are those that stand apart, whatever lies across them', async () => {
    const rows = samples(400, (i, random) => [i % 2, 0.3 * random.normal()])
    const divisions = await clustersInView(rows, [2, 4], 'halves')
    expect(divisions.map(({ clusters }) => clusters)).toEqual([2, 2])
    for (const { labels } of divisions) expect(new Set(labels.map((label, i) => 2 * (i % 2) + label)).size).toBe(2)
  })

  it('are none in a continuum, round or long', async () => {
    const round = samples(400, (_, random) => [random.normal(), random.normal()])
    const long = samples(400, (_, random) => [3 * random.uniform(), random.uniform()])
    expect(await clustersInView(round, [2, 4], 'round')).toEqual([])
    expect(await clustersInView(long, [2, 4], 'long')).toEqual([])
  })

  it('come out alike for the same rows', async () => {
    const rows = samples(300, (i) => [i % 3, 0])
    expect(await clustersInView(rows, [2], 'same')).toEqual(await clustersInView(rows, [2], 'same'))
  })
})

describe('a division', () => {
  const division = fc
    .integer({ min: 1, max: 4 })
    .chain((clusters) =>
      fc
        .array(fc.integer({ min: 0, max: clusters - 1 }), { minLength: 30, maxLength: 30 })
        .map((labels) => ({ clusters, labels: Int32Array.from(labels) })),
    )

  it('determines itself, and with another it determines both', () => {
    fc.assert(
      fc.property(division, division, (a, b) => {
        expect(determines(a, a)).toBe(true)
        const both = together(a, b)
        expect(determines(both, a)).toBe(true)
        expect(determines(both, b)).toBe(true)
      }),
    )
  })

  it('says nothing of one that crosses it', () => {
    const of = (code: (i: number) => number) => ({
      clusters: 2,
      labels: Int32Array.from({ length: 100 }, (_, i) => code(i)),
    })
    const [a, b] = [of((i) => i % 2), of((i) => (i >> 1) % 2)]
    expect(determines(a, b)).toBe(false)
    // Samples that one lacks count for neither.
    expect(determines({ ...b, labels: b.labels.map((label, i) => (i < 50 ? label : -1)) }, b)).toBe(true)
  })
})
