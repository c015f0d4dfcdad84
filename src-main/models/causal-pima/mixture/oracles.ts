/**
 * Mixture oracles (Kivva et al. 2021; causal-pima.md section 5): clusters are counted in each modality alone and
 * intersected. A factor that one modality alone shows stands out there, while in the fused latent it may be one split
 * among many; and a cell that two modalities' clusters leave empty says which of their clusters share a factor.
 */
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import { fitGaussianMixture, mixturePosteriors } from '../../../statistics/gaussian-mixture.ts'
import { likeliest } from '../../../statistics/likeliest.ts'
import type { Piecewise } from '../../../statistics/piecewise.ts'
import type { ShownClusters } from '../naming/shown-structure.ts'
import { type Clustering, everyFew, linkages, mergedComponents, mergedMemberships, pointsFitted } from './mixture.ts'
import { sharpnessOf } from './sharpness.ts'

const { oracleGap, oracleSharpness, oracleCell, oracleStray, oracleCells } = thresholds

/** One way to divide the samples by one modality. */
interface Partition {
  readonly clusters: number
  /** [n, clusters]; rows without the modality hold 1 everywhere: it says nothing of them. */
  readonly memberships: Float64Array
  /** Likeliest cluster of each row, -1 without the modality: [n] */
  readonly labels: Int32Array
  readonly gap: number
}

/** What a model of one modality alone learnt of the samples. */
export interface AloneLatent {
  readonly modality: string
  readonly width: number
  /** Posterior means of the rows that have the modality, [present, width]. */
  readonly points: Float32Array
  /** Row in `points` of each sample, -1 without the modality: [n] */
  readonly at: Int32Array
}

/** Components fitted, as multiples of the outcomes; the more, the better curved clusters are followed. */
const oversampled = [1, 1.5, 2.5]
const starts = 5
/** Ways of each modality that are combined with those of the others, besides passing it over. */
const waysKept = 4
/** Combinations of ways looked at. */
const mostCombinations = 2000
/** Fewer samples than this in a cell are no cluster. */
const smallestCell = 3
const clusteringsKept = 3
/** Keeps a sample whose modalities contradict each other in some cell. */
const benefitOfDoubt = 1e-6

/** Products of the categories of one or more nodes: the numbers of clusters that a modality may show, ascending. */
export function clusterCounts(categories: readonly number[]): number[] {
  const products = new Set([1])
  for (const k of categories) for (const product of [...products]) products.add(product * k)
  products.delete(1)
  return [...products].sort((a, b) => a - b)
}

/** The clearest ways to divide one modality's samples, clearest first. */
function* partitionsOf(
  { modality, width, points, at }: AloneLatent,
  counts: readonly number[],
  random: RandomStream,
): Piecewise<Partition[]> {
  const all = Float64Array.from(points)
  const fitted = everyFew(all, width, pointsFitted)
  const outcomes = counts.at(-1)!
  const best = new Map<number, Partition>()
  for (const factor of oversampled) {
    const components = Math.min(Math.round(factor * outcomes), Math.floor(fitted.length / width / (width + 1)))
    if (components < 2) continue
    const mixture = yield* fitGaussianMixture(fitted, width, { components, starts }, random)
    const posteriors = yield* mixturePosteriors(mixture, all)
    const smaller = counts.filter((count) => count < components)
    for (const linkage of linkages)
      for (const { clusters, labels, gap } of mergedComponents(mixture, smaller, linkage)) {
        if (gap < oracleGap || gap <= (best.get(clusters)?.gap ?? 0)) continue
        const memberships = mergedMemberships(posteriors, labels, clusters)
        if (!isSharp(memberships, clusters)) continue
        best.set(clusters, partition(memberships, clusters, at, gap))
      }
    yield `clusters of ${modality} alone`
  }
  return [...best.values()].sort((a, b) => b.gap - a.gap).slice(0, waysKept)
}

/** Pieces of a continuum touch, whatever their gap, and stragglers are no cluster. */
function isSharp(memberships: Float64Array, clusters: number): boolean {
  const shares = new Float64Array(clusters)
  memberships.forEach((m, at) => (shares[at % clusters]! += (m * clusters) / memberships.length))
  return Math.min(...shares) >= oracleCell && sharpnessOf(memberships, clusters) >= oracleSharpness
}

function partition(memberships: Float64Array, clusters: number, at: Int32Array, gap: number): Partition {
  const likeliestOf = likeliest(memberships, clusters)
  const spread = new Float64Array(at.length * clusters).fill(1)
  at.forEach((row, i) => {
    if (row >= 0) spread.set(memberships.subarray(row * clusters, (row + 1) * clusters), i * clusters)
  })
  return { clusters, memberships: spread, labels: at.map((row) => (row < 0 ? -1 : likeliestOf[row]!)), gap }
}

interface Way {
  /** A partition for each modality, null where it is passed over. */
  readonly chosen: readonly (Partition | null)[]
  /** Mixed-radix codes of the joint clusters that hold samples. */
  readonly cells: readonly number[]
  /** Code of each sample, [n]. */
  readonly codes: Float64Array
  readonly clarity: number
}

/** Joint cluster of each sample as a mixed-radix code, -1 where a modality is missing: [n] */
function codesOf(chosen: readonly (Partition | null)[], n: number): Float64Array {
  const codes = new Float64Array(n)
  for (const part of chosen) {
    if (part === null) continue
    for (let i = 0; i < n; i++) {
      const label = part.labels[i]!
      codes[i] = label < 0 || codes[i]! < 0 ? -1 : codes[i]! * part.clusters + label
    }
  }
  return codes
}

/** The joint clusters of partitions, or null where they are no outcomes: too few, too many, or many samples between. */
function wayOf(chosen: readonly (Partition | null)[], n: number, outcomes: number): Way | null {
  const used = chosen.filter((part) => part !== null)
  if (used.length === 0 || used.reduce((product, part) => product * part.clusters, 1) < oracleCells * outcomes)
    return null
  const counts = new Map<number, number>()
  const codes = codesOf(chosen, n)
  let seen = 0
  for (const code of codes)
    if (code >= 0) {
      seen++
      counts.set(code, (counts.get(code) ?? 0) + 1)
    }
  const least = Math.max(smallestCell, oracleCell * seen)
  const held = [...counts].filter(([, count]) => count >= least)
  const stray = seen - held.reduce((sum, [, count]) => sum + count, 0)
  if (held.length < oracleCells * outcomes || held.length > outcomes || stray > oracleStray * seen) return null
  const gap = Math.min(...used.map((part) => part.gap))
  return {
    chosen,
    cells: held.map(([code]) => code).sort((a, b) => a - b),
    codes,
    // Empty outcomes are possible, but each makes it likelier that clusters were taken for one.
    clarity: gap * (held.length / outcomes) ** 2,
  }
}

/** Memberships [n, outcomes] of the joint clusters: the product of what each modality says, over the cells that exist. */
function membershipsOf({ chosen, cells }: Way, n: number, outcomes: number): Float64Array {
  const out = new Float64Array(n * outcomes)
  for (let i = 0; i < n; i++) {
    let sum = 0
    cells.forEach((code, cell) => {
      let rest = code
      let product = 1
      for (const part of chosen.toReversed()) {
        if (part === null) continue
        product *= part.memberships[i * part.clusters + (rest % part.clusters)]! + benefitOfDoubt
        rest = Math.floor(rest / part.clusters)
      }
      out[i * outcomes + cell] = product
      sum += product
    })
    for (let cell = 0; cell < cells.length; cell++) out[i * outcomes + cell]! /= sum
  }
  return out
}

/** The cells of both hold the same samples, whatever they are called and but for few. */
function samePartition(a: Way, b: Way): boolean {
  if (a.cells.length !== b.cells.length) return false
  const pairs = new Map<string, number>()
  a.codes.forEach((code, i) => {
    const pair = `${code}/${b.codes[i]!}`
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  })
  const largest = [...pairs.values()].sort((x, y) => y - x).slice(0, a.cells.length)
  return largest.reduce((sum, count) => sum + count, 0) >= (1 - oracleStray) * a.codes.length
}

export interface OracleClustering extends Clustering {
  /** The clusters of each modality that had a part in it. */
  readonly shown: readonly ShownClusters[]
}

/**
 * The clearest clusterings of n samples that come of intersecting what each modality alone shows; none where no way of
 * doing so gives as many clusters as there are outcomes.
 * @param categories K_l, C is their product
 */
export function* oracleClusterings(
  latents: readonly AloneLatent[],
  categories: readonly number[],
  random: RandomStream,
): Piecewise<OracleClustering[]> {
  const n = latents[0]?.at.length ?? 0
  const outcomes = categories.reduce((product, k) => product * k, 1)
  const counts = clusterCounts(categories)
  let chosen: (Partition | null)[][] = [[]]
  for (const latent of latents) {
    const ways = [...(yield* partitionsOf(latent, counts, random)), null]
    chosen = chosen.flatMap((before) => ways.map((way) => [...before, way])).slice(0, mostCombinations)
  }
  const ways: Way[] = []
  for (const each of chosen) {
    const way = wayOf(each, n, outcomes)
    if (way !== null) ways.push(way)
    yield 'intersecting the clusters of the modalities'
  }
  ways.sort((a, b) => b.clarity - a.clarity)
  const distinct: Way[] = []
  for (const way of ways) {
    if (distinct.length === clusteringsKept) break
    if (!distinct.some((other) => samePartition(way, other))) distinct.push(way)
  }
  return distinct.map((way) => ({
    how: `clusters of ${latents.map(({ modality }, m) => `${modality} (${way.chosen[m]?.clusters ?? 1})`).join(' and ')} intersected`,
    memberships: membershipsOf(way, n, outcomes),
    gap: way.clarity,
    shown: way.chosen.filter((part) => part !== null).map(({ clusters, labels }) => ({ clusters, labels })),
  }))
}
