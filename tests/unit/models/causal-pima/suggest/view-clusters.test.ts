import { describe, expect, it } from 'vitest'
import { clustersInView } from '../../../../../src-main/models/causal-pima/suggest/view-clusters.ts'
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
