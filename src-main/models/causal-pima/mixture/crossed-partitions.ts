/**
 * Ways to divide the samples by one modality that cross each other. Each of two factors of an image may divide the samples
 * without doubt, one along one direction and the other along another, while no mixture of as many Gaussians as both make
 * together settles on their clusters.
 */
import { determines } from '../../../statistics/view-division.ts'
import { alikeOpen, factorsOf, type Partition } from './partition.ts'
import { partitionOf, wayOf } from './ways.ts'

/** Partitions that are crossed with each other. */
const mostCrossed = 6

/**
 * The crossings of settled partitions of one modality in which every combination of clusters has samples, where they make
 * as many clusters as some nodes do, and leave no sample between.
 * @param counts numbers of clusters that nodes can make, ascending
 */
export function crossedPartitions(found: readonly Partition[], counts: readonly number[]): Partition[] {
  const distinct: Partition[] = []
  for (const part of found.filter(({ settled }) => settled).sort((a, b) => b.gap - a.gap))
    if (distinct.length < mostCrossed && !distinct.some((other) => isAlike(other, part))) distinct.push(part)
  const crossed: Partition[] = []
  let last: readonly { readonly part: Partition; readonly from: number }[] = distinct.map((part, from) => ({
    part,
    from,
  }))
  while (last.length > 0) {
    const next = last.flatMap(({ part, from }) =>
      distinct.slice(from + 1).flatMap((other, at) => {
        const both = crossing(part, other, counts)
        return both === null ? [] : [{ part: both, from: from + 1 + at }]
      }),
    )
    crossed.push(...next.map(({ part }) => part))
    last = next
  }
  return crossed
}

function isAlike(a: Partition, b: Partition): boolean {
  return a.clusters === b.clusters && determines(a, b, alikeOpen)
}

function crossing(a: Partition, b: Partition, counts: readonly number[]): Partition | null {
  const clusters = a.clusters * b.clusters
  if (!counts.includes(clusters)) return null
  const n = a.labels.length
  const way = wayOf([a, b], n, clusters)
  if (way === null || way.cells.length < clusters) return null
  const both = { ...partitionOf(way, n), factors: [...factorsOf(a), ...factorsOf(b)] }
  return both.settled ? both : null
}
