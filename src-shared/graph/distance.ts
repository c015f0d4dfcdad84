/** How far an estimated graph is from the true one. */
import type { Digraph } from './digraph.ts'
import { ancestorsOf, descendantsOf, hasEdge, parentsOf } from './digraph.ts'
import { cpdag } from './equivalence.ts'
import { dSeparated } from './separation.ts'

/**
 * Structural Hamming distance (Tsamardinos et al. 2006): unordered pairs whose edge differs. A missing, extra or reversed
 * edge costs 1; in partially directed graphs an undirected against a directed edge costs 1.
 */
export function structuralHammingDistance(first: Digraph, second: Digraph): number {
  requireSameSize(first, second)
  let distance = 0
  for (let i = 0; i < first.size; i++) {
    for (let j = i + 1; j < first.size; j++) {
      const same = hasEdge(first, i, j) === hasEdge(second, i, j) && hasEdge(first, j, i) === hasEdge(second, j, i)
      if (!same) distance++
    }
  }
  return distance
}

/** Structural Hamming distance of the Markov-equivalence classes of two DAGs. */
export function cpdagDistance(first: Digraph, second: Digraph): number {
  return structuralHammingDistance(cpdag(first), cpdag(second))
}

/**
 * Structural intervention distance (Peters & Buehlmann 2015): ordered pairs (i, j) for which adjusting for i's parents in
 * `estimate` gives a wrong effect of i on j in `truth`. Both are DAGs; not symmetric.
 */
export function structuralInterventionDistance(truth: Digraph, estimate: Digraph): number {
  requireSameSize(truth, estimate)
  let wrong = 0
  for (let i = 0; i < truth.size; i++) {
    const adjustment = parentsOf(estimate, i)
    const effects = descendantsOf(truth, [i])
    for (let j = 0; j < truth.size; j++) {
      if (i === j) continue
      // An estimated parent j is said to feel nothing of i: wrong exactly where i does cause it.
      const right = adjustment.includes(j) ? effects[j] !== 1 : isValidAdjustment(truth, i, j, adjustment)
      if (!right) wrong++
    }
  }
  return wrong
}

/**
 * Does adjusting for `given` give the effect of `cause` on `effect`? No member may descend from a node on a causal path
 * (the cause itself apart), and the others must block every path that is not causal (Shpitser et al. 2010).
 */
function isValidAdjustment(dag: Digraph, cause: number, effect: number, given: readonly number[]): boolean {
  const fromCause = descendantsOf(dag, [cause])
  const toEffect = ancestorsOf(dag, [effect])
  const onCausalPath = (node: number): boolean => node !== cause && fromCause[node] === 1 && toEffect[node] === 1
  const mediators = Array.from({ length: dag.size }, (_, node) => node).filter(onCausalPath)
  const forbidden = descendantsOf(dag, mediators)
  if (given.some((node) => forbidden[node] === 1)) return false
  const backDoor: Digraph = { size: dag.size, adjacency: dag.adjacency.slice() }
  for (const node of mediators) backDoor.adjacency[cause * dag.size + node] = 0
  return dSeparated(backDoor, cause, effect, given)
}

function requireSameSize(first: Digraph, second: Digraph): void {
  if (first.size !== second.size) {
    throw new RangeError(`graphs of ${first.size} and ${second.size} nodes cannot be compared`)
  }
}
