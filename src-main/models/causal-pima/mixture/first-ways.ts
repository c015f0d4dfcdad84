/** Which ways of intersecting what modalities alone show go before others. */
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import { doubtOf, factorsOf, type Partition } from './partition.ts'
import type { Way } from './ways.ts'

const { productSharpness, clearEnough } = thresholds

/** The partitions of the modalities that have a part in it; of one that is the crossing of several these. */
export function partsOf({ chosen }: Way): readonly Partition[] {
  return chosen.filter((part) => part !== null).flatMap(factorsOf)
}

/** How clear it is, less what the most doubtful of its partitions leaves open. */
export function undoubted(way: Way): number {
  return way.clarity / (1 + Math.max(...partsOf(way).map(doubtOf)))
}

/** Every combination of its modalities' clusters has samples: none of them tells of another. */
export function isProduct(way: Way): boolean {
  return clustersOf(way) === way.cells.length
}

/** The ways told without doubt, where there are any. */
export function toldFirst(ways: readonly Way[]): readonly Way[] {
  const told = ways.filter((way) => partsOf(way).every(({ settled }) => settled))
  return told.length === 0 ? ways : told
}

/** As many clusters as outcomes, were every combination of its modalities' clusters to have samples. */
function clustersOf(way: Way): number {
  return partsOf(way).reduce((product, { clusters }) => product * clusters, 1)
}

/**
 * The ways to go by: those in which every outcome is a combination of clusters that modalities tell nearly without doubt;
 * else those told without doubt; else, and where others are much clearer, all.
 */
export function firstOf(whole: readonly Way[], outcomes: number): readonly Way[] {
  const products = whole.filter(
    (way) =>
      way.cells.length === outcomes &&
      isProduct(way) &&
      partsOf(way).every(({ sharpness }) => sharpness >= productSharpness),
  )
  const clearest = Math.max(...whole.map(undoubted))
  const clear = (ways: readonly Way[]): boolean => ways.some((way) => undoubted(way) >= clearEnough * clearest)
  const divided = whole.filter(
    (way) => clustersOf(way) === outcomes && partsOf(way).every(({ divides }) => divides === true),
  )
  return [products, divided, toldFirst(whole)].find(clear) ?? whole
}
