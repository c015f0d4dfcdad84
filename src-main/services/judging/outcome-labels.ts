/** Each sample's category in every node: that of the component which most likely made it. */
import type { Matrix } from '../../../src-shared/domain/result.ts'
import type { Clusters } from '../../../src-shared/methods/facets.ts'
import { likeliest } from '../../statistics/likeliest.ts'

/** Categories of every node in each joint outcome, [C][L]. */
export function categoriesByOutcome({ components }: Pick<Clusters, 'components'>): readonly (readonly number[])[] {
  return [...components].sort((a, b) => a.outcome - b.outcome).map((one) => one.categories)
}

/**
 * Categories of each of so many nodes for samples of given joint outcomes, [L][n].
 * @param outcomes joint outcome of each sample, [n]
 */
export function labelsOfOutcomes(
  nodes: number,
  categoriesOf: readonly (readonly number[])[],
  outcomes: ArrayLike<number>,
): Int32Array[] {
  return Array.from({ length: nodes }, (_, node) => Int32Array.from(outcomes, (a) => categoriesOf[a]?.[node] ?? 0))
}

/** @param responsibilities [n, C] */
export function outcomeLabels(
  nodes: number,
  clusters: Pick<Clusters, 'components'>,
  responsibilities: Matrix,
): Int32Array[] {
  return labelsOfOutcomes(
    nodes,
    categoriesByOutcome(clusters),
    likeliest(responsibilities.values, responsibilities.columns),
  )
}
