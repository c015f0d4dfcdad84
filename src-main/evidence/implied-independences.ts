/**
 * Every DAG says which nodes are independent given which others (d-separation). Here these are tested on the counts that
 * the DAG was chosen from: where one fails, no DAG over these nodes alone need be right (a hidden common cause, say).
 */
import { type Digraph, isAdjacent, parentsOf } from '../../src-shared/graph/digraph.ts'
import { dSeparated } from '../../src-shared/graph/separation.ts'
import type { Counts } from './counts.ts'
import { members } from './family-score.ts'
import { type IndependenceTest, testIndependence, type TestSettings } from './independence.ts'

export interface ImpliedIndependence {
  readonly a: number
  readonly b: number
  readonly given: readonly number[]
  readonly test: IndependenceTest
  /** p after Holm's correction for all independences tested. */
  readonly corrected: number
}

/** Beyond so many nodes only small conditioning sets and the parents are tried: the sets double with every node. */
const everySetUpTo = 5
const smallSet = 1

/** All independences that the DAG implies and that were tested, the least believable first. */
export function testImpliedIndependences(counts: Counts, dag: Digraph, settings: TestSettings): ImpliedIndependence[] {
  const tests = impliedBy(dag).map((independence) => ({
    ...independence,
    test: testIndependence(counts, independence.a, independence.b, independence.given, settings),
  }))
  tests.sort((first, second) => first.test.p - second.test.p)
  let corrected = 0
  return tests.map((independence, rank) => {
    corrected = Math.min(1, Math.max(corrected, independence.test.p * (tests.length - rank)))
    return { ...independence, corrected }
  })
}

function impliedBy(dag: Digraph): { a: number; b: number; given: number[] }[] {
  const found: { a: number; b: number; given: number[] }[] = []
  for (let a = 0; a < dag.size; a++) {
    for (let b = a + 1; b < dag.size; b++) {
      if (isAdjacent(dag, a, b)) continue
      for (const given of setsFor(dag, a, b)) if (dSeparated(dag, a, b, given)) found.push({ a, b, given })
    }
  }
  return found
}

/** Sets to condition on: all of them in small graphs, else small ones and the parents of both (Shipley 2000). */
function setsFor(dag: Digraph, a: number, b: number): number[][] {
  const others = Array.from({ length: dag.size }, (_, node) => node).filter((node) => node !== a && node !== b)
  const subsets = Array.from({ length: 1 << others.length }, (_, mask) => members(mask).map((at) => others[at]!))
  if (dag.size <= everySetUpTo) return subsets
  const parents = [...new Set([...parentsOf(dag, a), ...parentsOf(dag, b)])].sort((x, y) => x - y)
  const small = subsets.filter((set) => set.length <= smallSet)
  return parents.length > smallSet ? [...small, parents] : small
}
