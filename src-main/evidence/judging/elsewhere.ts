/** What another finished run of the same data says: a training with another seed is evidence that nobody asked for yet. */
import { evidenceThresholds } from '../../../src-shared/findings/thresholds.ts'
import type { Elsewhere } from '../../../src-shared/domain/judgement.ts'
import { edgeBetween, type Ends, isDirected } from '../../../src-shared/graph/edge.ts'
import { matchByAgreement } from '../node-agreement.ts'

/** A run by how it labels samples, [L][n], and its graph with the marks of its class. */
export interface OtherRun {
  readonly labels: readonly ArrayLike<number>[]
  readonly edges: readonly Ends[]
}

/**
 * Nodes are matched by agreement on the samples, which both label in the same order; of edges only those between nodes
 * that both runs have are compared.
 */
export function elsewhere(own: OtherRun, other: OtherRun): Pick<Elsewhere, 'agreement' | 'otherwise'> {
  const { nodeAgreement, partner } = matchByAgreement(own.labels, other.labels)
  const both = nodeAgreement.map((agreement) => agreement >= evidenceThresholds.supportedNode)
  const otherwise: Elsewhere['otherwise'][number][] = []
  for (let a = 0; a < own.labels.length; a++)
    for (let b = a + 1; b < own.labels.length; b++) {
      if (both[a] !== true || both[b] !== true) continue
      const here = edgeBetween(own.edges, a, b)
      const there = edgeBetween(other.edges, partner[a]!, partner[b]!)
      if (here === undefined && there !== undefined) otherwise.push({ a, b, there: 'joined' })
      else if (here !== undefined && there === undefined) otherwise.push({ a, b, there: 'unjoined' })
      else if (here !== undefined && there !== undefined && isReversed(here, there))
        otherwise.push({ a, b, there: 'reversed' })
    }
  return { agreement: [...nodeAgreement], otherwise }
}

/** Both told from a: a tail at one end here and an arrow at the same end there. */
function isReversed(here: Ends, there: Ends): boolean {
  return isDirected(here) && there.fromMark === 'arrow' && there.toMark === 'tail'
}
