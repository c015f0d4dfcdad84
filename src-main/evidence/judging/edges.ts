/** Which edges of a graph may be stated, and of which the direction; and what an arrow rests on. */
import type { EdgeJudgement, NodeJudgement, PairJudgement } from '../../../src-shared/domain/judgement.ts'
import { evidenceThresholds } from '../../../src-shared/findings/thresholds.ts'
import {
  type EdgeConstraints,
  fixesDirection,
  isAllowed,
  isRequired,
} from '../../../src-shared/knowledge/constraints.ts'
import { isAdjacent, parentsOf } from '../../../src-shared/graph/digraph.ts'
import { type Edge, type Ends, isDirected, type Standing } from '../../../src-shared/graph/edge.ts'
import { vStructures } from '../../../src-shared/graph/equivalence.ts'
import { classUnder, dagOf } from '../../../src-shared/graph/marked-graph.ts'
import type { EdgePosterior } from '../edge-posterior.ts'
import { type Contradictions, leavesArrow, neededByUnseen, saysArrow } from './contradictions.ts'

const thresholds = evidenceThresholds

export interface EdgeEvidence {
  readonly nodes: readonly NodeJudgement[]
  readonly pairs: readonly PairJudgement[]
  /** Of the counts as each rival reading has them, nodes in the run’s order. */
  readonly rivals: readonly EdgePosterior[]
  readonly contradictions: Contradictions
  readonly constraints: EdgeConstraints | null
}

/** Is the edge's direction known, whatever the samples say? */
export function isGiven(constraints: EdgeConstraints | null, { from, to }: Ends): boolean {
  return constraints !== null && (isRequired(constraints, from, to) || !isAllowed(constraints, to, from))
}

export function judgeEdges(edges: readonly Edge[], evidence: EdgeEvidence): EdgeJudgement[] {
  const { nodes, constraints } = evidence
  return edges.map((edge) => {
    const standing = standingOf(edge, evidence)
    return {
      standing,
      directed:
        isDirected(edge) &&
        (isGiven(constraints, edge)
          ? standing !== 'provisional'
          : standing === 'supported' && directionHolds(edge, evidence)),
      restsOn: isDirected(edge) ? absences(nodes.length, edges, edge, constraints) : [],
      evenUnseen: isDirected(edge) && (isGiven(constraints, edge) || saysArrow(evidence.contradictions, edge)),
    }
  })
}

function pairOf(pairs: readonly PairJudgement[], from: number, to: number): PairJudgement {
  const [a, b] = from < to ? [from, to] : [to, from]
  return pairs.find((pair) => pair.a === a && pair.b === b)!
}

function standingOf({ from, to }: Edge, { nodes, pairs, rivals, contradictions }: EdgeEvidence): Standing {
  const ends = [nodes[from]!.standing, nodes[to]!.standing]
  if (ends.includes('provisional')) return 'provisional'
  if (ends.includes('unsupported')) return 'unsupported'
  // What is stated holds in every reading.
  const pair = pairOf(pairs, from, to)
  const joined = Math.min(
    pair.unrequired ?? pair.joined.mean,
    ...rivals.map((posterior) => posterior.joined[from]![to]!),
  )
  if (joined < thresholds.tentativeJoined) return 'unsupported'
  const firm = joined >= thresholds.joined && ends.every((end) => end === 'supported')
  return firm && !neededByUnseen(contradictions, from, to) ? 'supported' : 'tentative'
}

function directionHolds(edge: Edge, { pairs, rivals, contradictions }: EdgeEvidence): boolean {
  const { from, to } = edge
  const pair = pairOf(pairs, from, to)
  const mean = (from < to ? pair.forward : pair.backward).mean
  if (mean < thresholds.directed) return false
  if (rivals.some((posterior) => posterior.directed[from]![to]! < thresholds.directed)) return false
  return leavesArrow(contradictions, edge)
}

/**
 * An arrow is a claim about edges that are not there: the unjoined parents that make its head a collider, or the one
 * further up that would make a collider if it pointed the other way (Meek's first rule); else all that the class has.
 */
function absences(
  size: number,
  edges: readonly Edge[],
  { from, to }: Edge,
  constraints: EdgeConstraints | null,
): [number, number][] {
  if (constraints !== null && fixesDirection(constraints, from, to)) return []
  const dag = dagOf(size, edges)
  const pattern = classUnder(dag, constraints)
  const pair = (i: number, j: number): [number, number] => (i < j ? [i, j] : [j, i])
  const colliders = vStructures(dag)
  const own = colliders.filter(({ a, b, collider }) => collider === to && (a === from || b === from))
  if (own.length > 0) return own.map(({ a, b }) => pair(a, b))
  const above = parentsOf(pattern, from).filter(
    (parent) => !parentsOf(pattern, parent).includes(from) && parent !== to && !isAdjacent(dag, parent, to),
  )
  if (above.length > 0) return above.map((parent) => pair(parent, to))
  return colliders.map(({ a, b }) => pair(a, b))
}
