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
import { apartness, type Clustering, everyFew, mergedComponents, mergedMemberships } from './mixture.ts'
import { linkages, pointsFitted } from './fit-size.ts'
import { completedWay } from './completed-way.ts'
import { sharpnessOf } from '../../../statistics/sharpness.ts'
import { determines } from '../../../statistics/view-division.ts'

const { oracleGap, oracleSharpness, suggestedSharpness, productSharpness } = thresholds
const { oracleCell, oracleStragglers, oracleStray, oracleCells } = thresholds

/** One way to divide the samples by one modality. */
interface Partition {
  readonly clusters: number
  /** [n, clusters]; rows without the modality hold 1 everywhere: it says nothing of them. */
  readonly memberships: Float64Array
  /** Likeliest cluster of each row, -1 without the modality: [n] */
  readonly labels: Int32Array
  readonly gap: number
  /** Of `memberships`, over the rows that have the modality. */
  readonly sharpness: number
  /** No sample lies between its clusters. */
  readonly settled: boolean
  /** Share of the smallest cluster. */
  readonly least: number
}

/** Where one modality alone puts the samples: in what a model of it learnt, or along its own principal directions. */
export interface AloneLatent {
  readonly modality: string
  readonly width: number
  /** Of the rows that have the modality, [present, width]. */
  readonly points: Float32Array
  /** Row in `points` of each sample, -1 without the modality: [n] */
  readonly at: Int32Array
  /** Nothing was learnt or prepared: only clusters with no sample in between count, for continua are cut along it too. */
  readonly asItIs?: boolean
}

/** Components fitted, as multiples of the outcomes; the more, the better curved clusters are followed. */
const oversampled = [1, 1.5, 2.5]
const starts = 5
/** Clusters fitted as they are, without merging. */
const mostDirect = 8
/** Ways of each modality that are combined with those of the others, besides passing it over; ... */
const waysKept = 6
/** ... and of these as many that have the same number of clusters. */
const waysOfOneCount = 2
/** Clusters that leave no more of others open are these, told less exactly. */
const alikeOpen = 0.25
/** Ways of some modalities that are combined with those of the next. */
const mostCombined = 48
/** Fewer samples than this in a cell are no cluster. */
const smallestCell = 3
const clusteringsKept = 3
/** What clusters may leave open at half their gap. */
const doubtThatHalves = 5e-4
/** Keeps a sample whose modalities contradict each other in some cell. */
const benefitOfDoubt = 1e-6

/** Products of the categories of one or more nodes: the numbers of clusters that a modality may show, ascending. */
export function clusterCounts(categories: readonly number[]): number[] {
  const products = new Set([1])
  for (const k of categories) for (const product of [...products]) products.add(product * k)
  products.delete(1)
  return [...products].sort((a, b) => a - b)
}

/**
 * The clearest ways to divide one modality's samples in any of its spaces, clearest first; of one number of clusters more than
 * one, for along other directions two clusters may be others.
 */
function* partitionsIn(
  spaces: readonly AloneLatent[],
  counts: readonly number[],
  random: RandomStream,
): Piecewise<Partition[]> {
  const found: Partition[] = []
  for (const space of spaces) found.push(...(yield* partitionsOf(space, counts, random)))
  const kept: Partition[] = []
  for (const part of found.sort((a, b) => Number(b.settled) - Number(a.settled) || undoubtedGap(b) - undoubtedGap(a))) {
    const alike = kept.filter(({ clusters }) => clusters === part.clusters)
    if (alike.length < waysOfOneCount && !alike.some((other) => determines(other, part, alikeOpen))) kept.push(part)
  }
  return kept.sort((a, b) => undoubtedGap(b) - undoubtedGap(a)).slice(0, waysKept)
}

function* partitionsOf(
  { modality, width, points, at, asItIs = false }: AloneLatent,
  counts: readonly number[],
  random: RandomStream,
): Piecewise<Partition[]> {
  const all = Float64Array.from(points)
  const fitted = everyFew(all, width, pointsFitted)
  const outcomes = counts.at(-1)!
  const found: Partition[] = []
  const sharp = asItIs ? suggestedSharpness : oracleSharpness
  for (const factor of oversampled) {
    const components = Math.min(Math.round(factor * outcomes), Math.floor(fitted.length / width / (width + 1)))
    if (components < 2) continue
    const mixture = yield* fitGaussianMixture(fitted, width, { components, starts }, random)
    const posteriors = yield* mixturePosteriors(mixture, all)
    const smaller = counts.filter((count) => count < components)
    for (const linkage of linkages)
      for (const { clusters, labels, gap } of mergedComponents(mixture, smaller, linkage)) {
        if (gap < oracleGap) continue
        const memberships = mergedMemberships(posteriors, labels, clusters)
        if (isSharp(memberships, clusters, sharp)) found.push(partition(memberships, clusters, at, gap))
      }
    yield `clusters of ${modality} alone`
  }
  // Merging takes the pieces of a long cluster for clusters; as many Gaussians as clusters may tell these without doubt. The
  // likeliest fit need not be the one that nodes make: each start counts.
  for (const clusters of counts) {
    if (clusters > mostDirect || clusters * width * (width + 1) > fitted.length / width) continue
    for (let start = 0; start < starts; start++) {
      const mixture = yield* fitGaussianMixture(fitted, width, { components: clusters, starts: 1 }, random)
      const memberships = yield* mixturePosteriors(mixture, all)
      const gap = apartness(mixture)
      if (gap >= oracleGap && isSharp(memberships, clusters, suggestedSharpness))
        found.push(partition(memberships, clusters, at, gap))
      yield `clusters of ${modality} alone`
    }
  }
  return found
}

/** Pieces of a continuum touch, whatever their gap, and stragglers are no cluster. */
function isSharp(memberships: Float64Array, clusters: number, sharpness: number): boolean {
  return leastShare(memberships, clusters) >= oracleCell && sharpnessOf(memberships, clusters) >= sharpness
}

function leastShare(memberships: Float64Array, clusters: number): number {
  const shares = new Float64Array(clusters)
  memberships.forEach((m, at) => (shares[at % clusters]! += (m * clusters) / memberships.length))
  return Math.min(...shares)
}

function partition(memberships: Float64Array, clusters: number, at: Int32Array, gap: number): Partition {
  const likeliestOf = likeliest(memberships, clusters)
  const sharpness = sharpnessOf(memberships, clusters)
  const spread = new Float64Array(at.length * clusters).fill(1)
  at.forEach((row, i) => {
    if (row >= 0) spread.set(memberships.subarray(row * clusters, (row + 1) * clusters), i * clusters)
  })
  return {
    clusters,
    memberships: spread,
    labels: at.map((row) => (row < 0 ? -1 : likeliestOf[row]!)),
    gap,
    sharpness,
    settled: sharpness >= suggestedSharpness,
    least: leastShare(memberships, clusters),
  }
}

export interface Way {
  /** A partition for each modality, null where it is passed over. */
  readonly chosen: readonly (Partition | null)[]
  /** Mixed-radix codes of the joint clusters that hold samples. */
  readonly cells: readonly number[]
  /** Code of each sample, [n]. */
  readonly codes: Float64Array
  /** Place in `cells` of each sample's, -1 in none: [n] */
  readonly cellOf: Int32Array
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

/** The joint clusters of partitions, or null where they are no outcomes: too many, or many samples between. */
function wayOf(chosen: readonly (Partition | null)[], n: number, outcomes: number): Way | null {
  const used = chosen.filter((part) => part !== null)
  if (used.length === 0) return null
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
  if (held.length < 2 || held.length > outcomes || stray > oracleStray * seen) return null
  const gap = Math.min(...used.map((part) => part.gap))
  const cells = held.map(([code]) => code).sort((a, b) => a - b)
  const places = new Map(cells.map((code, place) => [code, place]))
  return {
    chosen,
    cells,
    codes,
    cellOf: Int32Array.from(codes, (code) => places.get(code) ?? -1),
    // Empty outcomes are possible, but each makes it likelier that clusters were taken for one.
    clarity: gap * (held.length / outcomes) ** 2,
  }
}

/** Memberships [n, width] of the joint clusters: the product of what each modality says, over the cells that exist. */
export function membershipsOf({ chosen, cells }: Way, n: number, width: number): Float64Array {
  const out = new Float64Array(n * width)
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
      out[i * width + cell] = product
      sum += product
    })
    for (let cell = 0; cell < cells.length; cell++) out[i * width + cell]! /= sum
  }
  return out
}

/** The cells of both hold the same samples, whatever they are called and but for few. */
function samePartition(a: Way, b: Way): boolean {
  if (a.cells.length !== b.cells.length) return false
  const width = b.cells.length + 1
  const pairs = new Int32Array((a.cells.length + 1) * width)
  for (let i = 0; i < a.cellOf.length; i++) pairs[(a.cellOf[i]! + 1) * width + b.cellOf[i]! + 1]! += 1
  const largest = pairs.sort().subarray(-a.cells.length)
  return largest.reduce((sum, count) => sum + count, 0) >= (1 - oracleStray) * a.cellOf.length
}

/** Far samples of a cluster were taken for another, where a part of the nodes is shown with no sample in between. */
function restsOnStragglers(way: Way, part: Way): boolean {
  return (
    partsOf(part).every(({ settled }) => settled) &&
    partsOf(way).some(({ settled, least }) => !settled && least < oracleStragglers)
  )
}

/** The ways told without doubt, where there are any. */
function toldFirst(ways: readonly Way[]): readonly Way[] {
  const told = ways.filter((way) => partsOf(way).every(({ settled }) => settled))
  return told.length === 0 ? ways : told
}

/** Of ways that show some of the nodes the clearest; where some are told without doubt, of those that tell the most. */
function mostTold(ways: readonly Way[]): Way | undefined {
  const told = toldFirst(ways)
  const most = Math.max(...told.map(({ cells }) => cells.length))
  return clearestOf(told === ways ? ways : told.filter(({ cells }) => cells.length === most), 1)[0]
}

/** The clearest of ways. */
function clearestOf(ways: readonly Way[], most: number): Way[] {
  return [...ways].sort(clearerFirst).slice(0, most)
}

function clearerFirst(a: Way, b: Way): number {
  return undoubted(b) - undoubted(a)
}

function undoubted(way: Way): number {
  return way.clarity / (1 + Math.max(...partsOf(way).map(doubtOf)))
}

/** A gap counts for less where clusters cut through samples: half of it where they leave `doubtThatHalves` open. */
function undoubtedGap(part: Partition): number {
  return part.gap / (1 + doubtOf(part))
}

function doubtOf({ sharpness }: Partition): number {
  return (1 - sharpness) / doubtThatHalves
}

/** Ways that are not the same, clearest first. Of the same that one which tells most of what its clusters are made of. */
function distinctWays(ways: readonly Way[]): Way[] {
  const distinct: Way[] = []
  const first = (a: Way, b: Way): number =>
    Number(isProduct(b)) - Number(isProduct(a)) || partsOf(b).length - partsOf(a).length || gapsOf(b) - gapsOf(a)
  for (const way of [...ways].sort(first)) {
    const at = distinct.findIndex((other) => samePartition(way, other))
    if (at < 0) distinct.push(way)
    else if (way.clarity > distinct[at]!.clarity) distinct[at] = { ...distinct[at]!, clarity: way.clarity }
  }
  return distinct.sort(clearerFirst)
}

function partsOf({ chosen }: Way): readonly Partition[] {
  return chosen.filter((part) => part !== null)
}

/** Product of the gaps of its modalities' clusters, less their doubt. */
function gapsOf(way: Way): number {
  return partsOf(way).reduce((product, part) => product * undoubtedGap(part), 1)
}

/** Every combination of its modalities' clusters has samples: none of them tells of another. */
function isProduct(way: Way): boolean {
  return partsOf(way).reduce((product, { clusters }) => product * clusters, 1) === way.cells.length
}

/**
 * The ways to go by: those in which every outcome is a combination of clusters that modalities tell nearly without doubt;
 * else those told without doubt; else all.
 */
function firstOf(whole: readonly Way[], outcomes: number): readonly Way[] {
  const products = whole.filter(
    (way) =>
      way.cells.length === outcomes &&
      isProduct(way) &&
      partsOf(way).every(({ sharpness }) => sharpness >= productSharpness),
  )
  return products.length > 0 ? products : toldFirst(whole)
}

export interface OracleClustering extends Clustering {
  /** The clusters of each modality that had a part in it. */
  readonly shown: readonly ShownClusters[]
  /** Modalities alone show some of the nodes only: the others were looked for within their clusters. */
  readonly completed: boolean
}

/**
 * The clearest clusterings of n samples that come of intersecting what each modality alone shows. Where no way of doing so
 * gives about as many clusters as there are outcomes, the clearest of those that show some of the nodes, its clusters
 * divided further; none where nothing is shown.
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
  const modalities = [...new Set(latents.map(({ modality }) => modality))]
  let ways: Way[] = []
  for (const [m, modality] of modalities.entries()) {
    const spaces = latents.filter((latent) => latent.modality === modality)
    const parts = yield* partitionsIn(spaces, counts, random)
    const passed = ways.map((way): Way => ({ ...way, chosen: [...way.chosen, null] }))
    const before = [...ways.map(({ chosen }) => chosen), new Array<null>(m).fill(null)]
    const combined: Way[] = []
    for (const chosen of before) {
      for (const part of parts) {
        const way = wayOf([...chosen, part], n, outcomes)
        if (way !== null) combined.push(way)
      }
      yield 'intersecting the clusters of the modalities'
    }
    ways = distinctWays([...passed, ...combined]).slice(0, mostCombined)
  }
  const whole = ways.filter(({ cells }) => cells.length >= oracleCells * outcomes)
  const words = (way: Way): string =>
    `clusters of ${modalities.map((modality, m) => `${modality} (${way.chosen[m]?.clusters ?? 1})`).join(' and ')} intersected`
  const shownBy = (way: Way): ShownClusters[] => partsOf(way).map(({ clusters, labels }) => ({ clusters, labels }))
  const clearest = clearestOf(firstOf(whole, outcomes), clusteringsKept)
  const part = mostTold(ways.filter(({ cells }) => counts.includes(cells.length) && cells.length < outcomes))
  if (part !== undefined && (clearest[0] === undefined || restsOnStragglers(clearest[0], part))) {
    const completed = yield* completedWay(part, latents, n, outcomes, random)
    if (completed !== null)
      return [{ ...completed, how: `${words(part)}, ${completed.how}`, shown: shownBy(part), completed: true }]
  }
  return clearest.map((way) => ({
    how: words(way),
    memberships: membershipsOf(way, n, outcomes),
    gap: way.clarity,
    shown: shownBy(way),
    completed: false,
  }))
}
