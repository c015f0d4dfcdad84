/**
 * Where the counts deny the graph: independences that it implies and that fail, edges that it has between independent
 * nodes, arrows that point away from a node which something unseen acts on. FCI on the same counts says what is left when
 * unseen common causes are allowed.
 */
import type { DeniedIndependence, Judgement } from '../../../src-shared/domain/judgement.ts'
import { evidenceThresholds } from '../../../src-shared/findings/thresholds.ts'
import { edgeBetween, type Edge, type Ends, isBidirected, isDirected } from '../../../src-shared/graph/edge.ts'
import type { EdgeConstraints } from '../../../src-shared/knowledge/constraints.ts'
import { dagOf } from '../../../src-shared/graph/marked-graph.ts'
import type { Counts } from '../counts.ts'
import { type FciFinding, fciOnCounts } from '../fci/fci.ts'
import { testImpliedIndependences } from '../implied-independences.ts'
import { testIndependence } from '../independence.ts'

const settings = evidenceThresholds.independence

export interface Contradictions extends Pick<Judgement, 'implied' | 'separated' | 'parted'> {
  /** FCI's edges. */
  readonly allowingHidden: readonly Ends[]
  /** Does `to` follow `from` in samples in which that was set from outside? Nothing unmeasured joins the two there. */
  readonly followsSetting: (from: number, to: number) => boolean
}

/** @param constraints what is known of the edges: FCI says nothing against it */
export function contradictions(
  counts: Counts,
  edges: readonly Edge[],
  constraints: EdgeConstraints | null = null,
): Contradictions {
  const implied = testImpliedIndependences(counts, dagOf(counts.categories.length, edges), settings)
  const { edges: found, separator } = fciOnCounts(counts, settings, constraints)
  return {
    implied: {
      tested: implied.length,
      failed: implied
        .filter(({ corrected }) => corrected < settings.alpha)
        .map(({ a, b, given, corrected, test }) => ({
          a,
          b,
          given: [...given],
          p: corrected,
          cramersV: test.cramersV,
        })),
    },
    separated: edges.flatMap(({ from, to }): DeniedIndependence[] => {
      const given = separator(from, to)
      if (given === null) return []
      const { p, cramersV } = testIndependence(counts, from, to, given, settings)
      return [{ a: from, b: to, given: [...given], p, cramersV }]
    }),
    parted: partedAtDoubleHeads(counts, found, separator),
    allowingHidden: found,
    followsSetting: (from, to) =>
      (counts.regimes ?? []).some(
        ({ set, values }) =>
          set.includes(from) &&
          !set.includes(to) &&
          testIndependence({ categories: counts.categories, values }, from, to, [], settings).p < settings.alpha,
      ),
  }
}

/**
 * What FCI's double heads rest on: a <-> b where something joined to a is independent of b without a, or the other way
 * round. A DAG over these nodes can have one of the two, not both.
 */
function partedAtDoubleHeads(
  counts: Counts,
  found: readonly Ends[],
  separator: FciFinding['separator'],
): DeniedIndependence[] {
  const parted = new Map<string, DeniedIndependence>()
  const ends = found.filter(isBidirected).flatMap(({ from, to }) => [
    [from, to],
    [to, from],
  ])
  for (const [near, far] of ends as [number, number][])
    for (let other = 0; other < counts.categories.length; other++) {
      if (other === far || edgeBetween(found, other, near) === undefined) continue
      const given = separator(other, far)
      if (given === null || given.includes(near)) continue
      const [a, b] = other < far ? [other, far] : [far, other]
      const { p, cramersV } = testIndependence(counts, a, b, given, settings)
      parted.set(`${a}-${b}`, { a, b, given: [...given], p, cramersV })
    }
  return [...parted.values()]
}

/**
 * Does FCI leave the arrow standing? It must join the two and not deny that `from` causes `to`; where the graph's own
 * independences fail it must say so itself.
 */
export function leavesArrow({ implied, allowingHidden }: Contradictions, { from, to }: Ends): boolean {
  const found = edgeBetween(allowingHidden, from, to)
  if (found === undefined) return false
  return implied.failed.length === 0 ? found.fromMark !== 'arrow' : isDirected(found)
}

/** Do FCI or samples in which its tail was set find the arrow, so that nothing unseen can stand in its place? */
export function saysArrow({ allowingHidden, followsSetting }: Contradictions, { from, to }: Ends): boolean {
  const found = edgeBetween(allowingHidden, from, to)
  return (found !== undefined && isDirected(found)) || followsSetting(from, to)
}

/**
 * Where something unseen acts, a DAG makes up for it with edges between nodes that the samples show to be independent: such
 * a link is the graph's need, not a finding.
 */
export function neededByUnseen({ separated, parted }: Contradictions, a: number, b: number): boolean {
  return parted.length > 0 && separated.some((pair) => [pair.a, pair.b].includes(a) && [pair.a, pair.b].includes(b))
}
