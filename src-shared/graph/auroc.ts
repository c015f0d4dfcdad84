import type { Digraph } from './digraph.ts'
import { hasEdge } from './digraph.ts'

/**
 * Area under the ROC curve of edge scores over all ordered pairs: the chance that an edge of `truth` outscores a pair
 * without one, ties one half. Null where undefined: a truth without edges, or with every ordered pair an edge.
 * @param scores [L][L], the diagonal ignored
 */
export function edgeAuroc(truth: Digraph, scores: readonly (readonly number[])[]): number | null {
  const present: number[] = []
  const absent: number[] = []
  for (let i = 0; i < truth.size; i++) {
    for (let j = 0; j < truth.size; j++) {
      if (i !== j) (hasEdge(truth, i, j) ? present : absent).push(scores[i]![j]!)
    }
  }
  if (present.length === 0 || absent.length === 0) return null
  let won = 0
  for (const p of present) for (const a of absent) won += p > a ? 1 : p === a ? 0.5 : 0
  return won / (present.length * absent.length)
}
