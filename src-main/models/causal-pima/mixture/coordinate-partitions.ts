/**
 * Ways to divide the samples by a modality that was made of directions with a gap in each: every coordinate divides them by
 * itself (causal-pima.md section 5). A mixture in the space of them all may cut through the groups of one along those of another.
 */
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import { fitTwoGaussians, probabilityOfSecond } from '../../../statistics/two-gaussians.ts'
import { determines } from '../../../statistics/view-division.ts'
import { apartness } from './mixture.ts'
import type { AloneLatent } from './partitions.ts'
import { alikeOpen, type Partition, partition } from './partition.ts'
import { partitionOf, wayOf } from './ways.ts'

const { oracleSharpness } = thresholds

/** Coordinates that are combined. */
const mostCoordinates = 4
/** A group may be a single value. */
const varianceFloor = 1e-6

/** The two groups along one coordinate, as they were found when the modality was made. */
export function partitionByCoordinate({ points, at }: Pick<AloneLatent, 'points' | 'at'>): Partition {
  const values = Float64Array.from(points)
  const second = probabilityOfSecond(fitTwoGaussians(values), values)
  const memberships = Float64Array.from({ length: 2 * values.length }, (_, i) =>
    i % 2 === 1 ? second[(i - 1) / 2]! : 1 - second[i / 2]!,
  )
  const [mean0, deviation0] = momentsOf(values, (i) => 1 - second[i]!)
  const [mean1, deviation1] = momentsOf(values, (i) => second[i]!)
  const gap = apartness({
    ...{ components: 2, width: 1 },
    means: Float64Array.of(mean0, mean1),
    precisionRoots: Float64Array.of(1 / deviation0, 1 / deviation1),
  })
  return partition(memberships, 2, at, gap)
}

function momentsOf(values: Float64Array, weight: (i: number) => number): [number, number] {
  let [sum, first, second] = [0, 0, 0]
  values.forEach((value, i) => {
    sum += weight(i)
    first += weight(i) * value
  })
  const mean = first / sum
  values.forEach((value, i) => (second += weight(i) * (value - mean) ** 2))
  return [mean, Math.sqrt(second / sum + varianceFloor)]
}

/**
 * The partitions by one and by several coordinates at once, where they make as many clusters as some nodes do. Coordinates
 * some of whose combinations have no samples tell of the same nodes: together they are one factor.
 * @param coordinates the division by each, sharpest first
 * @param inAll partitions in the space of all coordinates, clearest first: they leave less open where groups lie aslant
 * @param counts numbers of clusters that nodes can make, ascending
 */
export function coordinatePartitions(
  coordinates: readonly Partition[],
  inAll: readonly Partition[],
  counts: readonly number[],
): Partition[] {
  const used = coordinates.slice(0, mostCoordinates)
  const found: Partition[] = []
  for (let set = 1; set < 2 ** used.length; set++) {
    const whole = together(
      used.filter((_, k) => (set >> k) % 2 === 1),
      counts,
    )
    if (whole === null) continue
    const alike = inAll.filter((other) => isAlike(whole, other) && isAlike(other, whole))
    const body =
      alike.find(({ settled }) => settled) ?? [whole, ...alike].find(({ sharpness }) => sharpness >= oracleSharpness)
    if (body === undefined) continue
    const factors = whole.factors?.map((factor) => seenFrom(body, factor))
    found.push({ ...body, divides: true, ...(factors === undefined ? {} : { factors }) })
  }
  return found
}

function isAlike(a: Partition, b: Partition): boolean {
  return a.clusters === b.clusters && determines(a, b, alikeOpen)
}

/** The combinations that have samples as one partition, or null where nodes make no such number or samples lie between. */
function together(parts: readonly Partition[], counts: readonly number[]): Partition | null {
  const [only] = parts
  if (parts.length === 1) return counts.includes(only!.clusters) ? only! : null
  const n = only!.labels.length
  const way = wayOf(parts, n, counts.at(-1)!)
  if (way === null || !counts.includes(way.cells.length)) return null
  const whole = partitionOf(way, n)
  const blocks = blocksOf(parts)
  if (blocks.length === 1) return whole
  const factors = blocks.map((block) => together(block, counts)).filter((factor) => factor !== null)
  const isProduct =
    factors.length === blocks.length &&
    factors.reduce((product, { clusters }) => product * clusters, 1) === whole.clusters
  return isProduct ? { ...whole, factors } : whole
}

/** Coordinates in groups: those of which some combination has no samples, also by way of others, are in one. */
function blocksOf(parts: readonly Partition[]): Partition[][] {
  const blocks: Partition[][] = []
  for (const part of parts) {
    const near = blocks.filter((block) => block.some((other) => !isProductOf(other, part)))
    const rest = blocks.filter((block) => !near.includes(block))
    blocks.splice(0, blocks.length, ...rest, [...near.flat(), part])
  }
  return blocks
}

function isProductOf(a: Partition, b: Partition): boolean {
  const every = a.clusters * b.clusters
  return wayOf([a, b], a.labels.length, every)?.cells.length === every
}

/** The factor of a partition as the partition's own clusters tell it: each is of that one which most of its samples are of. */
function seenFrom(part: Partition, factor: Partition): Partition {
  const k = factor.clusters
  const counts = new Int32Array(part.clusters * k)
  part.labels.forEach((label, i) => {
    if (label >= 0 && factor.labels[i]! >= 0) counts[label * k + factor.labels[i]!]! += 1
  })
  const of = Array.from({ length: part.clusters }, (_, cluster) => {
    const row = counts.subarray(cluster * k, (cluster + 1) * k)
    return row.indexOf(Math.max(...row))
  })
  let rows = 0
  const at = part.labels.map((label) => (label < 0 ? -1 : rows++))
  const memberships = new Float64Array(rows * k)
  at.forEach((row, i) => {
    if (row < 0) return
    for (const [cluster, group] of of.entries())
      memberships[row * k + group]! += part.memberships[i * part.clusters + cluster]!
  })
  return { ...partition(memberships, k, at, factor.gap), divides: true }
}
