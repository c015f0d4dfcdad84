/** Partitions of the samples put together: the joint clusters that hold samples. */
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import { type Partition, partition } from './partition.ts'

const { oracleCell, oracleStray } = thresholds

/** Fewer samples than this in a cell are no cluster. */
const smallestCell = 3
/** Keeps a sample whose modalities contradict each other in some cell. */
const benefitOfDoubt = 1e-6

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
export function wayOf(chosen: readonly (Partition | null)[], n: number, outcomes: number): Way | null {
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

/** A way of dividing by partitions of one modality, as a partition of it. */
export function partitionOf(way: Way, n: number): Partition {
  const clusters = way.cells.length
  const memberships = membershipsOf(way, n, clusters)
  const parts = way.chosen.filter((part) => part !== null)
  let rows = 0
  const at = Int32Array.from({ length: n }, (_, i) => (parts.some(({ labels }) => labels[i]! < 0) ? -1 : rows++))
  const present = new Float64Array(rows * clusters)
  at.forEach((row, i) => {
    if (row >= 0) present.set(memberships.subarray(i * clusters, (i + 1) * clusters), row * clusters)
  })
  return partition(present, clusters, at, Math.min(...parts.map(({ gap }) => gap)))
}
