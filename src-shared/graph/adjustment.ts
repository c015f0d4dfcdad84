/** What has to be held fixed to read the effect of one node on another off observations (back-door criterion, Pearl 1993). */
import type { Digraph } from './digraph.ts'
import { childrenOf, descendantsOf, digraph, edgesOf } from './digraph.ts'
import { dSeparated } from './separation.ts'

/** Holding `set` fixed leaves of the dependence between the two the effect of `cause` on `outcome` alone. */
export function isAdjustmentSet(dag: Digraph, cause: number, outcome: number, set: readonly number[]): boolean {
  if (set.includes(cause) || set.includes(outcome)) return false
  const caused = descendantsOf(dag, childrenOf(dag, cause))
  if (set.some((node) => caused[node] === 1)) return false
  const withoutEffects = digraph(
    dag.size,
    edgesOf(dag).filter(([from]) => from !== cause),
  )
  return dSeparated(withoutEffects, cause, outcome, set)
}

/**
 * Every minimal set that serves in all of the DAGs, the smallest first: none that contains another is listed. Empty where
 * no set serves in all of them. Looks at all 2^(L - 2) sets.
 */
export function minimalAdjustmentSets(
  dags: readonly Digraph[],
  cause: number,
  outcome: number,
): readonly (readonly number[])[] {
  const size = dags[0]?.size ?? 0
  const others = Array.from({ length: size }, (_, node) => node).filter((node) => node !== cause && node !== outcome)
  const sets = Array.from({ length: 2 ** others.length }, (_, code) =>
    others.filter((_, bit) => ((code >> bit) & 1) === 1),
  ).sort((a, b) => a.length - b.length)
  const minimal: number[][] = []
  for (const set of sets) {
    if (minimal.some((smaller) => smaller.every((node) => set.includes(node)))) continue
    if (dags.every((dag) => isAdjustmentSet(dag, cause, outcome, set))) minimal.push(set)
  }
  return minimal
}
