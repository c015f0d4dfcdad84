/** Which node of a replicate is which of the run's, and the replicate told in the run's order of nodes. */
import { contingency } from '../../statistics/contingency.ts'
import { bestMatching } from '../../statistics/matching.ts'
import { countsOver } from '../counts.ts'
import { matchByAgreement } from '../node-agreement.ts'
import { comparedRows, type Labelled, type LabelledReplicate, type LabelledRun, taken } from './labelled.ts'

export interface Partnered extends Labelled {
  /** Rows on which the two are compared: those that the replicate did not train on, where there are such. */
  readonly rows: readonly number[]
}

/**
 * The replicate with its nodes in the run's order. An anchored node's partner is the node of the same column; the others
 * are matched by how far they agree.
 */
export function partnered(run: LabelledRun, replicate: LabelledReplicate): Partnered {
  const rows = comparedRows(run, replicate)
  const free = run.known.flatMap((known, node) => (known === null ? [node] : []))
  const { partner } = matchByAgreement(
    free.map((node) => taken(run.labels[node]!, rows)),
    free.map((node) => taken(replicate.labels[node]!, rows)),
  )
  const order = run.labels.map((_, node) => {
    const at = free.indexOf(node)
    return at < 0 ? node : free[partner[at]!]!
  })
  return {
    rows,
    labels: order.map((node) => replicate.labels[node]!),
    counts: countsOver(replicate.counts, order),
  }
}

/** Is each sample's category the one that most samples of its own category have in the other labelling? [n] */
function kept(own: ArrayLike<number>, other: ArrayLike<number>): boolean[] {
  const { counts, rowLabels, columnLabels } = contingency(own, other)
  const columnOf = bestMatching(counts)
  const partnerOf = new Map(rowLabels.map((label, row) => [label, columnLabels[columnOf[row]!]]))
  return Array.from({ length: own.length }, (_, d) => partnerOf.get(own[d]!) === other[d])
}

/** Share of the replicates in which each sample keeps its categories in all nodes, [n]; null without replicates. */
export function stabilityOf(run: LabelledRun, replicates: readonly Partnered[]): Float32Array | null {
  if (replicates.length === 0) return null
  const stability = new Float32Array(run.labels[0]?.length ?? 0)
  for (const replicate of replicates) {
    const nodes = run.labels.map((labels, node) => kept(labels, replicate.labels[node]!))
    for (let d = 0; d < stability.length; d++)
      if (nodes.every((node) => node[d])) stability[d]! += 1 / replicates.length
  }
  return stability
}
