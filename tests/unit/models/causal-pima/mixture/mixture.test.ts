import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { fitGaussianMixture, mixturePosteriors } from '../../../../../src-main/statistics/gaussian-mixture.ts'
import { kMeans } from '../../../../../src-main/statistics/k-means.ts'
import { mixtureClusterings } from '../../../../../src-main/models/causal-pima/mixture/mixture.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'
import { whole } from '../../../../../src-main/statistics/piecewise.ts'

const numbers = v.array(v.number())
const fitted = v.object({ logLikelihood: v.number(), weights: numbers, means: numbers, covariances: numbers })
const reference = v.parse(
  v.object({ points: v.array(numbers), means: v.array(numbers), full: fitted, diagonal: fitted }),
  JSON.parse(readFileSync('tests/fixtures/gaussian-mixture.json', 'utf8')),
)

/** Points of Gaussians with the given weights, means 4 apart or more: [n, 3], and the Gaussian of each. */
function drawClusters(n: number, weights: readonly number[], seed: number) {
  const random = RandomStream.of(seed, 'clusters')
  const truth = new Int32Array(n)
  const points = new Float64Array(n * 3)
  for (let d = 0; d < n; d++) {
    const k = random.categorical(weights)
    truth[d] = k
    const [a, b, c] = [random.normal(), random.normal(), random.normal()]
    points.set([5 * (k & 1) + 0.7 * a, 5 * ((k >> 1) & 1) + 0.5 * a + 0.3 * b, 5 * (k >> 2) + 0.6 * c], d * 3)
  }
  return { truth, points }
}

/** Share of samples whose most likely cluster is one that no other Gaussian's samples take. */
function agreement(memberships: Float64Array, truth: Int32Array, clusters: number): number {
  const counts = Array.from({ length: clusters }, () => new Float64Array(clusters))
  truth.forEach((k, d) => {
    const row = memberships.subarray(d * clusters, (d + 1) * clusters)
    counts[k]![row.indexOf(Math.max(...row))]! += 1
  })
  const favourites = counts.map((row) => row.indexOf(Math.max(...row)))
  if (new Set(favourites).size < clusters) return 0
  return counts.reduce((sum, row) => sum + Math.max(...row), 0) / truth.length
}

describe('Gaussian mixture', () => {
  it.each(['full', 'diagonal'] as const)("reaches scikit-learn's fit from the same means: %s", (covariance) => {
    const expected = reference[covariance]
    const mixture = whole(
      fitGaussianMixture(
        Float64Array.from(reference.points.flat()),
        2,
        { components: 3, means: Float64Array.from(reference.means.flat()), covariance },
        RandomStream.of(0, 'mixture'),
      ),
    )
    const close = (actual: ArrayLike<number>, wanted: readonly number[]): void => {
      wanted.forEach((value, at) => {
        expect(actual[at]).toBeCloseTo(value, 4)
      })
    }
    expect(mixture.logLikelihood).toBeCloseTo(expected.logLikelihood, 6)
    close(mixture.weights, expected.weights)
    close(mixture.means, expected.means)
    close(mixture.covariances, expected.covariances)
  })

  it('gives posteriors that add up to one', () => {
    const { points } = drawClusters(200, [0.5, 0.5], 1)
    const mixture = whole(fitGaussianMixture(points, 3, { components: 2, starts: 1 }, RandomStream.of(0, 'mixture')))
    const posteriors = whole(mixturePosteriors(mixture, points))
    for (let d = 0; d < 200; d++) expect(posteriors[2 * d]! + posteriors[2 * d + 1]!).toBeCloseTo(1, 12)
  })

  it('survives points that all coincide', () => {
    const mixture = whole(fitGaussianMixture(new Float64Array(20), 2, { components: 2 }, RandomStream.of(0, 'mixture')))
    expect(mixture.logLikelihood).toBeGreaterThan(0)
  })

  it('refuses points that are not finite', () => {
    const points = new Float64Array(20).fill(NaN)
    expect(() => whole(fitGaussianMixture(points, 2, { components: 2 }, RandomStream.of(0, 'mixture')))).toThrow(
      RangeError,
    )
  })
})

describe('the mixture that training starts from', () => {
  it('separates eight clusters, rare ones included, whatever the seed', () => {
    const { points, truth } = drawClusters(3000, [0.3, 0.2, 0.2, 0.1, 0.1, 0.05, 0.03, 0.02], 2)
    for (let seed = 0; seed < 3; seed++) {
      for (const { memberships, gap } of whole(mixtureClusterings(points, 3, 8, RandomStream.of(seed, 'mixture')))) {
        expect(agreement(memberships, truth, 8)).toBeGreaterThan(0.995)
        expect(gap).toBeGreaterThan(1.5)
      }
    }
  })

  it('follows a long curved cluster by single linkage where average linkage cuts it', () => {
    const random = RandomStream.of(1, 'arc')
    const truth = Int32Array.from({ length: 1200 }, (_, d) => (d < 1000 ? 0 : d < 1100 ? 1 : 2))
    const points = new Float64Array(2400)
    truth.forEach((k, d) => {
      const angle = Math.PI * random.uniform()
      const centre = k === 0 ? [10 * Math.cos(angle), 10 * Math.sin(angle)] : [k === 1 ? -4 : 4, 0]
      points.set([centre[0]! + 0.3 * random.normal(), centre[1]! + 0.3 * random.normal()], 2 * d)
    })
    const clusterings = whole(mixtureClusterings(points, 2, 3, RandomStream.of(0, 'mixture')))
    const single = clusterings.find(({ how }) => how === 'single linkage')!
    expect(agreement(single.memberships, truth, 3)).toBeGreaterThan(0.995)
    expect(single.gap).toBe(Math.max(...clusterings.map(({ gap }) => gap)))
  })

  it('gives the same memberships for the same stream', () => {
    const { points } = drawClusters(300, [1, 1, 1], 3)
    const run = () => whole(mixtureClusterings(points, 3, 3, RandomStream.of(5, 'mixture')))
    expect(run()).toEqual(run())
  })

  it('works with hardly more points than clusters', () => {
    const { points } = drawClusters(5, [1, 1], 4)
    for (const { memberships } of whole(mixtureClusterings(points, 3, 4, RandomStream.of(0, 'mixture')))) {
      expect(memberships).toHaveLength(20)
      expect(memberships.every(Number.isFinite)).toBe(true)
    }
  })
})

describe('k-means', () => {
  it('finds separated clusters', () => {
    const { points, truth } = drawClusters(400, [1, 1, 1, 1], 5)
    const labels = whole(kMeans(points, 3, 4, RandomStream.of(0, 'seeds')))
    const pairs = new Set(truth.map((k, d) => k * 10 + labels[d]!))
    expect(pairs.size).toBe(4)
  })
})
