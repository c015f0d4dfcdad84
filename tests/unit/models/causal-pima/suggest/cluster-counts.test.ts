import { describe, expect, it } from 'vitest'
import {
  countFits,
  type CountFit,
  weakestOverlap,
} from '../../../../../src-main/models/causal-pima/suggest/cluster-counts.ts'
import { finestDivision } from '../../../../../src-main/models/causal-pima/suggest/joint-clusters.ts'
import { whole } from '../../../../../src-main/statistics/piecewise.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'

const counts = [1, 2, 3, 4, 5, 6]
const width = 2
const n = 400

function fitsOf(point: (random: RandomStream, d: number) => readonly [number, number]): CountFit[] {
  const random = RandomStream.of(3, 'points')
  const points = Float64Array.from(Array.from({ length: n }, (_, d) => point(random, d)).flat())
  return whole(countFits(points, width, counts, RandomStream.of(4, 'fits')))
}

const centres = [
  [0, 0],
  [6, 0],
  [0, 6],
] as const

describe('numbers of clusters', () => {
  it('finds well-separated ones, in the whole and in parts of the samples', () => {
    const fits = fitsOf((random, d) => {
      const [x, y] = centres[d % 3]!
      return [x + 0.4 * random.normal(), y + 0.4 * random.normal()]
    })
    const finest = finestDivision(fits)!
    expect(finest.clusters).toBe(3)
    expect(finest.weakest).toBe(1)
    expect(finest.agreement).toBeCloseTo(1, 9)
    expect(finest.sharpness).toBeGreaterThan(0.999)
    const samples = Array.from({ length: n }, (_, d) => d)
    expect(new Set(samples.map((d) => `${d % 3}/${finest.labels[d]!}`)).size).toBe(3)
    const [one, , three] = fits
    expect(three!.logLikelihood!).toBeGreaterThan(one!.logLikelihood! + 1)
  })

  it('finds none in a Gaussian, and gives it the likelihood of one', () => {
    const fits = fitsOf((random) => [random.normal(), random.normal()])
    expect(finestDivision(fits)).toBeNull()
    // - width / 2 log(2 pi e) nats, for samples that the Gaussian was not fitted to a little less.
    expect(fits[0]!.logLikelihood!).toBeCloseTo(-Math.log(2 * Math.PI * Math.E), 0)
    for (const { logLikelihood, clusters } of fits.slice(1))
      if (clusters > 2) expect(logLikelihood!).toBeLessThan(fits[0]!.logLikelihood!)
  })

  it('finds none where mixtures fit better and better: a square, an arc', () => {
    expect(finestDivision(fitsOf((random) => [random.uniform(), random.uniform()]))).toBeNull()
    const arc = fitsOf((random) => {
      const angle = 4 * random.uniform()
      return [Math.cos(angle) + 0.03 * random.normal(), Math.sin(angle) + 0.03 * random.normal()]
    })
    expect(finestDivision(arc)).toBeNull()
    expect(arc.at(-1)!.logLikelihood!).toBeGreaterThan(arc[0]!.logLikelihood! + 0.5)
  })

  it('takes one cluster and a few far samples for one cluster', () => {
    const fits = fitsOf((random, d) => [(d % 50 === 0 ? 30 : 0) + random.normal(), random.normal()])
    expect(finestDivision(fits)).toBeNull()
  })

  it('is the same for the same seed', () => {
    const draw = () => fitsOf((random) => [random.uniform(), random.normal()])
    expect(draw()).toEqual(draw())
  })
})

describe('the overlap of the least stable cluster', () => {
  const of = (...labels: number[]) => ({ clusters: Math.max(...labels) + 1, labels: Int32Array.from(labels) })

  it('is 1 for the same clusters under other names', () => {
    expect(weakestOverlap(of(0, 0, 1, 1, 2), [of(2, 2, 0, 0, 1)])).toBe(1)
  })

  it('is intersection over union of the worst match', () => {
    // {0, 1, 2} with {0, 1}: 2 / 3; {3, 4} with {2, 3, 4}: 2 / 3.
    expect(weakestOverlap(of(0, 0, 0, 1, 1), [of(0, 0, 1, 1, 1)])).toBeCloseTo(2 / 3, 12)
  })

  it('takes each cluster from the division that has it best', () => {
    expect(weakestOverlap(of(0, 0, 1, 1, 2), [of(0, 0, 1, 1, 1), of(0, 0, 0, 0, 1)])).toBeCloseTo(2 / 3, 12)
  })

  it('passes over stragglers', () => {
    expect(weakestOverlap(of(0, 0, 1, 1), [{ clusters: 2, labels: Int32Array.of(0, -1, 1, 1) }])).toBe(1)
  })
})
