/**
 * Mixture oracles (Kivva et al. 2021; causal-pima.md section 5): clusters are counted in each modality alone and
 * intersected. A factor that one modality alone shows stands out there, while in the fused latent it may be one split
 * among many; and a cell that two modalities' clusters leave empty says which of their clusters share a factor.
 */
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import type { Piecewise } from '../../../statistics/piecewise.ts'
import type { ShownClusters } from '../naming/shown-structure.ts'
import { completedWay } from './completed-way.ts'
import type { Clustering } from './mixture.ts'
import { firstOf, isProduct, partsOf, toldFirst, undoubted } from './first-ways.ts'
import { determines } from '../../../statistics/view-division.ts'
import { alikeOpen, factorsOf, type Partition, undoubtedGap } from './partition.ts'
import { type AloneLatent, partitionsIn } from './partitions.ts'
import { membershipsOf, type Way, wayOf } from './ways.ts'

const { oracleStragglers, oracleStray, oracleCells } = thresholds

/** Ways of some modalities that are combined with those of the next. */
const mostCombined = 48
const clusteringsKept = 3

/** Products of the categories of one or more nodes: the numbers of clusters that a modality may show, ascending. */
export function clusterCounts(categories: readonly number[]): number[] {
  const products = new Set([1])
  for (const k of categories) for (const product of [...products]) products.add(product * k)
  products.delete(1)
  return [...products].sort((a, b) => a - b)
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

/** Finds the factors of a partition that none of others tells. */
function newFactors(): (part: Partition, others: readonly (Partition | null)[]) => Partition[] {
  const known = new Map<Partition, Map<Partition, boolean>>()
  const tells = (a: Partition, b: Partition): boolean => {
    const ofA = known.get(a) ?? new Map<Partition, boolean>()
    known.set(a, ofA)
    const answer = ofA.get(b) ?? (a.clusters === b.clusters && determines(a, b, alikeOpen))
    ofA.set(b, answer)
    return answer
  }
  return (part, others) => {
    const told = others.flatMap((other) => (other === null ? [] : factorsOf(other)))
    return factorsOf(part).filter((factor) => !told.some((other) => tells(other, factor)))
  }
}

/** Far samples of a cluster were taken for another, where a part of the nodes is shown with no sample in between. */
function restsOnStragglers(way: Way, part: Way): boolean {
  return (
    partsOf(part).every(({ settled }) => settled) &&
    partsOf(way).some(({ settled, least }) => !settled && least < oracleStragglers)
  )
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

/** Product of the gaps of its modalities' clusters, less their doubt. */
function gapsOf(way: Way): number {
  return partsOf(way).reduce((product, part) => product * undoubtedGap(part), 1)
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
  const addedBy = newFactors()
  let ways: Way[] = []
  for (const [m, modality] of modalities.entries()) {
    const spaces = latents.filter((latent) => latent.modality === modality)
    const parts = yield* partitionsIn(spaces, counts, random)
    const passed = ways.map((way): Way => ({ ...way, chosen: [...way.chosen, null] }))
    const before = [
      ...ways.map(({ chosen, cells }) => ({ chosen, cells: cells.length })),
      { chosen: new Array<null>(m).fill(null), cells: 1 },
    ]
    const combined: Way[] = []
    for (const { chosen, cells } of before) {
      for (const part of parts) {
        const way = wayOf([...chosen, part], n, outcomes)
        if (way === null) continue
        // What tells once more what another tells, less well, makes cells of its errors.
        const most = addedBy(part, chosen).reduce((product, { clusters }) => product * clusters, cells)
        if (way.cells.length <= most) combined.push(way)
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
    const spaces = latents.filter(({ divides }) => divides !== true)
    const completed = yield* completedWay(part, spaces, n, outcomes, random)
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
