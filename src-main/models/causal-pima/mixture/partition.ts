/** One way to divide the samples by one modality, and how clear it is. */
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import { likeliest } from '../../../statistics/likeliest.ts'
import { sharpnessOf } from '../../../statistics/sharpness.ts'

const { oracleCell, suggestedSharpness } = thresholds

/** Clusters that leave no more of others open are these, told less exactly. */
export const alikeOpen = 0.25
/** What clusters may leave open at half their gap. */
const doubtThatHalves = 5e-4

export interface Partition {
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
  /** Those that it is the crossing of, every combination of their clusters with samples; absent where it is of none. */
  readonly factors?: readonly Partition[]
  /** By what was made because it divides the samples. */
  readonly divides?: boolean
}

/** The partitions that cross to it: itself, where none do. */
export function factorsOf(part: Partition): readonly Partition[] {
  return part.factors ?? [part]
}

/** Pieces of a continuum touch, whatever their gap, and stragglers are no cluster. */
export function isSharp(memberships: Float64Array, clusters: number, sharpness: number): boolean {
  return leastShare(memberships, clusters) >= oracleCell && sharpnessOf(memberships, clusters) >= sharpness
}

function leastShare(memberships: Float64Array, clusters: number): number {
  const shares = new Float64Array(clusters)
  memberships.forEach((m, at) => (shares[at % clusters]! += (m * clusters) / memberships.length))
  return Math.min(...shares)
}

/**
 * @param memberships of the rows that have the modality, [present, clusters]
 * @param at row in `memberships` of each sample, -1 without the modality: [n]
 */
export function partition(memberships: Float64Array, clusters: number, at: Int32Array, gap: number): Partition {
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

/** A gap counts for less where clusters cut through samples: half of it where they leave `doubtThatHalves` open. */
export function undoubtedGap(part: Partition): number {
  return part.gap / (1 + doubtOf(part))
}

export function doubtOf({ sharpness }: Partition): number {
  return (1 - sharpness) / doubtThatHalves
}
