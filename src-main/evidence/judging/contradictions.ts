/**
 * Where the counts deny the graph: independences that it implies and that fail, edges that it has between independent
 * nodes, arrows that point away from a node which something unseen acts on. FCI on the same counts says what is left when
 * unseen common causes are allowed.
 */
import type { DeniedIndependence, Judgement } from '../../../src-shared/domain/judgement.ts'
import { evidenceThresholds } from '../../../src-shared/findings/thresholds.ts'
import { edgeBetween, type Edge, type Ends, isDirected } from '../../../src-shared/graph/edge.ts'
import { dagOf } from '../../../src-shared/graph/marked-graph.ts'
import type { Counts } from '../counts.ts'
import { fciOnCounts } from '../fci/fci.ts'
import { testImpliedIndependences } from '../implied-independences.ts'
import { testIndependence } from '../independence.ts'

const settings = evidenceThresholds.independence

export interface Contradictions extends Pick<Judgement, 'implied' | 'separated'> {
  /** FCI's edges. */
  readonly allowingHidden: readonly Ends[]
}

export function contradictions(counts: Counts, edges: readonly Edge[]): Contradictions {
  const implied = testImpliedIndependences(counts, dagOf(counts.categories.length, edges), settings)
  const { edges: found, separator } = fciOnCounts(counts, settings)
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
    allowingHidden: found,
  }
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
