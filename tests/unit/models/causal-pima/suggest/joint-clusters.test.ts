import { describe, expect, it } from 'vitest'
import { sharpnessOf } from '../../../../../src-main/statistics/sharpness.ts'
import { varyingDirections } from '../../../../../src-main/models/causal-pima/suggest/directions.ts'
import { jointClusters } from '../../../../../src-main/models/causal-pima/suggest/joint-clusters.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'

const n = 400
const view = (clusters: number, label: (d: number) => number) => ({
  clusters,
  labels: Int32Array.from({ length: n }, (_, d) => label(d)),
})

describe('joint clusters', () => {
  it('are the cells that views make together', () => {
    const joint = jointClusters([view(2, (d) => d % 2), view(2, (d) => (d >> 1) % 2)], n)
    expect(joint.clusters).toBe(4)
    expect(new Set(joint.labels.slice(0, 4)).size).toBe(4)
  })

  it('do not count a view twice that says the same', () => {
    expect(jointClusters([view(2, (d) => d % 2), view(2, (d) => 1 - (d % 2))], n).clusters).toBe(2)
  })

  it('leave out cells of single samples, and samples that lack a view', () => {
    const { clusters, labels } = jointClusters(
      [view(2, (d) => d % 2), view(2, (d) => (d === 0 ? -1 : d === 1 ? 0 : d % 2))],
      n,
    )
    expect(clusters).toBe(2)
    expect(Array.from(labels.slice(0, 2))).toEqual([-1, -1])
  })

  it('are those of the first view where the views do not fit together', () => {
    // Pieces of a continuum: every sample a cell of its own with the other view.
    const { clusters } = jointClusters([view(2, (d) => d % 2), view(n, (d) => d)], n)
    expect(clusters).toBe(2)
  })

  it('are one where no view divides', () => {
    expect(jointClusters([], n).clusters).toBe(1)
  })
})

describe('sharpness', () => {
  it('is 1 for hard clusters, 0 for memberships that say nothing', () => {
    expect(sharpnessOf(Float64Array.of(1, 0, 0, 1), 2)).toBe(1)
    expect(sharpnessOf(Float64Array.of(0.5, 0.5, 0.5, 0.5), 2)).toBeCloseTo(0, 12)
  })

  it('is the share of the entropy that memberships resolve', () => {
    const h = -(0.9 * Math.log(0.9) + 0.1 * Math.log(0.1))
    expect(sharpnessOf(Float64Array.of(0.9, 0.1, 0.1, 0.9), 2)).toBeCloseTo(1 - h / Math.log(2), 12)
  })
})

describe('directions', () => {
  it('are those in which codes vary by more than their own uncertainty', () => {
    const random = RandomStream.of(1, 'codes')
    const points = Float64Array.from({ length: 3 * n }, (_, at) => [2, 1, 0.01][at % 3]! * random.normal())
    const shares = varyingDirections(points, [0.01, 0.01, 0.01])
    expect(shares).toHaveLength(2)
    expect(shares[0]!).toBeCloseTo(0.8, 1)
    expect(shares[0]! + shares[1]!).toBeCloseTo(1, 12)
  })

  it('are none where the posterior has collapsed', () => {
    const random = RandomStream.of(2, 'codes')
    expect(
      varyingDirections(
        random.normals(2 * n).map((z) => 0.05 * z),
        [1, 1],
      ),
    ).toEqual([])
  })
})
