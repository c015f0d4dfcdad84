import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterCounts, oracleClusterings } from '../../../../../src-main/models/causal-pima/mixture/oracles.ts'
import type { AloneLatent } from '../../../../../src-main/models/causal-pima/mixture/partitions.ts'
import { likeliest } from '../../../../../src-main/statistics/likeliest.ts'
import { whole } from '../../../../../src-main/statistics/piecewise.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'

const samples = 400

/** Each factor of a sample, 0 or 1: a causes b, b causes c. */
function drawFactors(random: RandomStream): number[][] {
  return Array.from({ length: samples }, () => {
    const a = random.integer(2)
    const b = random.uniform() < 0.8 ? a : 1 - a
    const c = random.uniform() < 0.75 ? b : 1 - b
    return [a, b, c]
  })
}

/** A latent in which some factors move the mean by 6 standard deviations each; rows without the modality are left out. */
function latentOf(
  modality: string,
  factors: readonly (readonly number[])[],
  shown: readonly number[],
  random: RandomStream,
  has: (row: number) => boolean = () => true,
): AloneLatent {
  const width = 3
  const rows = factors.flatMap((_, row) => (has(row) ? [row] : []))
  const points = new Float32Array(rows.length * width)
  rows.forEach((row, i) => {
    for (let j = 0; j < width; j++) {
      const factor = shown[j]
      points[i * width + j] = random.normal() + (factor === undefined ? 0 : 6 * factors[row]![factor]!)
    }
  })
  const at = new Int32Array(factors.length).fill(-1)
  rows.forEach((row, i) => (at[row] = i))
  return { modality, width, points, at }
}

/** Share of the samples in the commonest outcome of their cluster. */
function purity(memberships: Float64Array, codes: readonly number[], clusters: number): number {
  const found = likeliest(memberships, clusters)
  const counts = new Map<string, number>()
  codes.forEach((code, i) => counts.set(`${found[i]!} ${code}`, (counts.get(`${found[i]!} ${code}`) ?? 0) + 1))
  const best = new Map<string, number>()
  for (const [pair, count] of counts) {
    const [cluster] = pair.split(' ')
    best.set(cluster!, Math.max(best.get(cluster!) ?? 0, count))
  }
  return [...best.values()].reduce((sum, count) => sum + count, 0) / codes.length
}

const codeOf = ([a, b, c]: readonly number[]): number => 4 * a! + 2 * b! + c!

describe('mixture oracles', () => {
  it('count the clusters that some of the nodes can make', () => {
    expect(clusterCounts([2, 2, 2])).toEqual([2, 4, 8])
    expect(clusterCounts([2, 3])).toEqual([2, 3, 6])
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 2, max: 5 }), { minLength: 1, maxLength: 5 }), (categories) => {
        const all = categories.reduce((product, k) => product * k, 1)
        const counts = clusterCounts(categories)
        expect(counts.at(-1)).toBe(all)
        for (const count of counts) expect(all % count).toBe(0)
      }),
    )
  })

  it.each([
    ['a factor each, and one in neither of the others', [[0], [1], [2]]],
    [
      'a factor that both show',
      [
        [0, 1],
        [1, 2],
      ],
    ],
    ['a modality that shows nothing', [[0, 1, 2], []]],
  ])('find every outcome where modalities show %s', (_, shown) => {
    for (const seed of [1, 2]) {
      const random = RandomStream.of(seed, 'oracles')
      const factors = drawFactors(random)
      const latents = shown.map((each, m) => latentOf(`m${m}`, factors, each, random))
      const [clearest] = whole(oracleClusterings(latents, [2, 2, 2], random))
      expect(purity(clearest!.memberships, factors.map(codeOf), 8)).toBeGreaterThan(0.98)
      for (let i = 0; i < samples; i++)
        expect(clearest!.memberships.subarray(8 * i, 8 * i + 8).reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 9)
    }
  })

  it.each([
    ['before', false],
    ['after', true],
  ])('take the clusters of whichever space of a modality shows them, seen %s the other', (_, first) => {
    const random = RandomStream.of(5, 'oracles')
    const factors = drawFactors(random)
    const learnt = latentOf('spectrum', factors, [0], random)
    const asItIs = latentOf('spectrum', factors, [0, 1], random)
    const spaces = first ? [asItIs, learnt] : [learnt, asItIs]
    const latents = [...spaces, latentOf('curve', factors, [2], random)]
    const [clearest] = whole(oracleClusterings(latents, [2, 2, 2], random))
    expect(purity(clearest!.memberships, factors.map(codeOf), 8)).toBeGreaterThan(0.98)
    expect(clearest!.how).toBe('clusters of spectrum (4) and curve (2) intersected')
    expect(clearest!.shown.map(({ clusters }) => clusters)).toEqual([4, 2])
  })

  it('keep several ways of dividing one modality into as many clusters', () => {
    const random = RandomStream.of(6, 'oracles')
    const factors = drawFactors(random)
    // Each space tells another factor, the clearer one what the curve shows as well.
    const clearer = latentOf('image', factors, [2], random)
    clearer.points.forEach((value, at) => (clearer.points[at] = 2 * value))
    factors.forEach(([, , c], i) => (clearer.points[3 * i]! += 12 * c!))
    const other = latentOf('image', factors, [0], random)
    const latents = [clearer, other, latentOf('curve', factors, [1, 2], random)]
    const [clearest] = whole(oracleClusterings(latents, [2, 2, 2], random))
    expect(purity(clearest!.memberships, factors.map(codeOf), 8)).toBeGreaterThan(0.98)
    expect(clearest!.how).toBe('clusters of image (2) and curve (4) intersected')
  })

  it('make no outcomes of the errors of what tells less well what another tells', () => {
    const random = RandomStream.of(8, 'oracles')
    // One outcome has no samples; the curve puts eight samples of another on the wrong side.
    const factors = drawFactors(random).map(([a, b, c]) => [a!, b!, a === 1 && b === 0 ? 0 : c!])
    let errors = 0
    const wrong = factors.map(([a, b, c]) => [a === 0 && b === 0 && c === 0 && errors++ < 8 ? 1 : c!])
    const latents = [
      latentOf('image', factors, [0, 1], random),
      latentOf('curve', wrong, [0], random),
      latentOf('spectrum', factors, [2], random),
    ]
    // Both tell without doubt.
    for (const { points } of latents.slice(1))
      points.forEach((value, at) => (points[at] = at % 3 === 0 ? 3 * value : value))
    const [clearest] = whole(oracleClusterings(latents, [2, 2, 2], random))
    expect(clearest!.how).not.toBe('clusters of image (4) and curve (2) and spectrum (2) intersected')
    expect(purity(clearest!.memberships, factors.map(codeOf), 8)).toBeGreaterThan(0.97)
  })

  it('leave open what a sample without a modality would have shown there', () => {
    const random = RandomStream.of(4, 'oracles')
    const factors = drawFactors(random)
    const latents = [
      latentOf('image', factors, [0, 1], random),
      latentOf('curve', factors, [2], random, (row) => row % 5 > 0),
    ]
    const [clearest] = whole(oracleClusterings(latents, [2, 2, 2], random))
    const bare = Array.from({ length: samples / 5 }, (_, i) => 5 * i)
    const highest = bare.map((row) => Math.max(...clearest!.memberships.subarray(8 * row, 8 * row + 8)))
    expect(Math.max(...highest)).toBeLessThan(0.6)
    const whichPair = factors.map(([a, b]) => 2 * a! + b!)
    expect(purity(clearest!.memberships, whichPair, 8)).toBeGreaterThan(0.97)
  })

  it('keep what modalities show of some nodes, and divide it by what else they hold', () => {
    for (const seed of [1, 2]) {
      const random = RandomStream.of(seed, 'oracles')
      const factors = drawFactors(random)
      const curve = latentOf('curve', factors, [2], random)
      const image = latentOf('image', factors, [0], random)
      factors.forEach(([a, , c], i) => {
        image.points[3 * i]! += 6 * a!
        curve.points[3 * i]! += 6 * c!
      })
      // The other factor moves the image by less than twice its spread: no gap tells it.
      factors.forEach(([, b], i) => (image.points[3 * i + 1]! += 2 * b!))
      const [only, ...others] = whole(oracleClusterings([image, curve], [2, 2, 2], random))
      expect(others).toEqual([])
      expect(only!.completed).toBe(true)
      expect(only!.shown.map(({ clusters }) => clusters)).toEqual([2, 2])
      const told = factors.map(([a, , c]) => 2 * a! + c!)
      expect(purity(only!.memberships, told, 8)).toBeGreaterThan(0.98)
      for (let i = 0; i < samples; i++)
        expect(only!.memberships.subarray(8 * i, 8 * i + 8).reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 9)
    }
  })

  it('find nothing where no modality falls into clusters', () => {
    for (const seed of [1, 2]) {
      const random = RandomStream.of(seed, 'oracles')
      const factors = drawFactors(random)
      const latents = [latentOf('image', factors, [], random), latentOf('curve', factors, [], random)]
      expect(whole(oracleClusterings(latents, [2, 2, 2], random))).toEqual([])
    }
  })
})
