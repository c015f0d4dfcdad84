/** Does a node return: in other parts of the samples, and in every reading that fits as well? */
import type { NodeJudgement } from '../../../src-shared/domain/judgement.ts'
import { returns } from '../../../src-shared/findings/returns.ts'
import { evidenceThresholds } from '../../../src-shared/findings/thresholds.ts'
import type { Standing } from '../../../src-shared/graph/edge.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { replicability } from './agreement-interval.ts'
import { isConstant, type LabelledRun, taken } from './labelled.ts'
import type { Partnered } from './partners.ts'

const { tentativeNode, sharedNode } = evidenceThresholds

/**
 * @param inRivals how far each node is found in each rival reading, [rivals][L]
 * @param rebuilds false where the model explains nothing of what was measured
 */
export function judgeNodes(
  run: LabelledRun,
  replicates: readonly Partnered[],
  inRivals: readonly (readonly number[])[],
  rebuilds: boolean,
): NodeJudgement[] {
  return run.labels.map((labels, node) => {
    const known = run.known[node] ?? null
    const measured = known !== null && Array.from(known).every((k) => k >= 0)
    const shared = inRivals.every((agreement) => agreement[node]! >= sharedNode)
    const pairs = replicates.map(({ labels: others, rows }) => ({
      own: taken(labels, rows),
      partner: taken(others[node]!, rows),
    }))
    const replicated =
      replicates.length === 0 || measured
        ? null
        : isConstant(labels)
          ? { mean: 0, interval: [0, 0] as [number, number] }
          : replicability(pairs, RandomStream.of(run.seed, `replicability/${node}`))
    // Without measurements nothing could tell the label of a sample that a replicate left out.
    const tells = run.rebuilt.length > 0 && replicates.length > 0
    const heldOut = known === null || !tells ? null : heldOutLabels(known, node, replicates)
    const standing = ((): Standing => {
      if (replicates.length === 0) return 'provisional'
      if (!rebuilds) return 'unsupported'
      if (replicated === null) return shared ? 'supported' : 'tentative'
      if (replicated.mean < tentativeNode) return 'unsupported'
      return returns(replicated) && shared ? 'supported' : 'tentative'
    })()
    return { replicability: replicated, measured, shared, heldOut, standing }
  })
}

/** Labels that a replicate was not shown, against what it says of these samples: the same column, the same categories. */
function heldOutLabels(
  known: ArrayLike<number>,
  node: number,
  replicates: readonly Partnered[],
): { agreeing: number; of: number } | null {
  let agreeing = 0
  let of = 0
  for (const { labels, rows } of replicates)
    for (const row of rows) {
      if (known[row]! < 0) continue
      of++
      if (known[row] === labels[node]![row]) agreeing++
    }
  return of === 0 ? null : { agreeing, of }
}
