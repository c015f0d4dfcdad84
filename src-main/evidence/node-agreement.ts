/** Which node of one training is which of another: one to one, by how far their samples' categories agree beyond chance. */
import { bestMatching } from '../statistics/matching.ts'
import { adjustedMutualInformation } from './adjusted-mutual-information.ts'

export interface NodeAgreement {
  /** Adjusted mutual information of every node of the first with every node of the second. */
  readonly agreement: readonly (readonly number[])[]
  /** The second's node that each of the first's is, -1 for one left over. */
  readonly partner: readonly number[]
  /** Agreement with the partner, 0 for a node left over. */
  readonly nodeAgreement: readonly number[]
}

/**
 * @param first [L][n] category of each sample in each node
 * @param second [M][n] the same samples in the same order
 */
export function matchByAgreement(
  first: readonly ArrayLike<number>[],
  second: readonly ArrayLike<number>[],
): NodeAgreement {
  const agreement = first.map((node) => second.map((other) => adjustedMutualInformation(node, other)))
  const partner = bestMatching(agreement)
  const nodeAgreement = partner.map((other, node) => agreement[node]![other] ?? 0)
  return { agreement, partner, nodeAgreement }
}
