/** Each sample's category in every node: that of the component which most likely made it. */
import type { Matrix } from '../../../src-shared/domain/result.ts'
import type { Clusters } from '../../../src-shared/methods/facets.ts'
import { likeliest } from '../../statistics/likeliest.ts'

/**
 * Categories of each of so many nodes for samples of given joint outcomes, [L][n].
 * @param outcomes joint outcome of each sample, [n]
 */
export function labelsOfOutcomes(
  nodes: number,
  { components }: Pick<Clusters, 'components'>,
  outcomes: ArrayLike<number>,
): Int32Array[] {
  const categoriesOf = [...components].sort((a, b) => a.outcome - b.outcome).map((one) => one.categories)
  return Array.from({ length: nodes }, (_, node) => Int32Array.from(outcomes, (a) => categoriesOf[a]?.[node] ?? 0))
}

/** @param responsibilities [n, C] */
export function outcomeLabels(
  nodes: number,
  clusters: Pick<Clusters, 'components'>,
  responsibilities: Matrix,
): Int32Array[] {
  return labelsOfOutcomes(nodes, clusters, likeliest(responsibilities.values, responsibilities.columns))
}
