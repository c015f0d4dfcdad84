/** The DAGs of a Markov-equivalence class: its undirected edges oriented in every way that Meek's rules leave (Meek 1995). */
import type { Digraph } from './digraph.ts'
import { edgesOf, hasEdge } from './digraph.ts'
import type { EdgeConstraints } from '../knowledge/constraints.ts'
import { meekClosure, withoutEdge } from './equivalence.ts'
import { classUnder } from './marked-graph.ts'

type Chooses = (a: number, b: number) => boolean

/**
 * The pattern with every undirected edge that is chosen oriented, in every way. In a pattern closed under Meek's rules
 * either direction of an undirected edge is that of some member, so that none of these is a dead end.
 */
function* orientations(pattern: Digraph, chooses: Chooses): Generator<Digraph> {
  const open = edgesOf(pattern).find(([a, b]) => a < b && hasEdge(pattern, b, a) && chooses(a, b))
  if (open === undefined) {
    yield pattern
    return
  }
  const [a, b] = open
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    yield* orientations(meekClosure(withoutEdge(pattern, to, from)), chooses)
  }
}

const every: Chooses = () => true

/** Some DAG of a pattern that is closed under Meek's rules. */
export function firstMember(pattern: Digraph): Digraph {
  for (const member of orientations(pattern, every)) return member
  return pattern
}

export interface ClassMembers {
  /** At most as many as were asked for; the DAG itself is the first. */
  readonly members: readonly Digraph[]
  /** There are no others. */
  readonly complete: boolean
}

/**
 * The DAGs that no observation tells from this one, itself first. Throws RangeError for a graph with a cycle.
 * @param constraints what is known besides: only members that agree with it count. The DAG itself does
 */
export function classMembers(dag: Digraph, most: number, constraints: EdgeConstraints | null = null): ClassMembers {
  const own = edgesOf(dag).join()
  const members = [dag]
  for (const member of orientations(classUnder(dag, constraints), every)) {
    if (edgesOf(member).join() === own) continue
    if (members.length === most) return { members, complete: false }
    members.push(member)
  }
  return { members, complete: true }
}

/**
 * One member for each way in which the class may choose the parents of `nodes`, the DAG's own way first: all that the
 * effect of setting them depends on (IDA, Maathuis et al. 2009). However large the class, these are few. What is known
 * besides leaves those that agree with it (Perkovic, Kalisch & Maathuis 2017).
 */
export function parentChoices(
  dag: Digraph,
  nodes: readonly number[],
  most: number,
  constraints: EdgeConstraints | null = null,
): ClassMembers {
  const touches: Chooses = (a, b) => nodes.includes(a) || nodes.includes(b)
  const parents = (member: Digraph): string =>
    edgesOf(member)
      .filter(([, to]) => nodes.includes(to))
      .join()
  const own = parents(dag)
  const members = [dag]
  for (const partly of orientations(classUnder(dag, constraints), touches)) {
    if (parents(partly) === own) continue
    if (members.length === most) return { members, complete: false }
    for (const member of orientations(partly, every)) {
      members.push(member)
      break
    }
  }
  return { members, complete: true }
}
