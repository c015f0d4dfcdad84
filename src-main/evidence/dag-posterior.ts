/** Exact posterior over all DAGs (that agree with what is known) with a uniform prior, given a table of counts (enumeration; up to five nodes). */
import type { EdgeConstraints } from '../../src-shared/knowledge/constraints.ts'
import { familyScores, type Score } from './family-score.ts'
import type { Counts } from './counts.ts'

export interface WeighedDag {
  /** Bit mask of each node's parents. */
  readonly parents: readonly number[]
  readonly probability: number
}

export interface DagPosterior {
  /** Most probable first; of equally probable ones the first enumerated. */
  readonly dags: readonly WeighedDag[]
  /** log sum over DAGs of exp(score), nats. */
  readonly logSum: number
}

/** 29,281 DAGs: the last size at which they are counted out one by one. */
export const mostEnumerated = 5

/** Every DAG over `size` nodes as the parents' bit masks. Throws RangeError beyond `mostEnumerated`. */
export function enumerateDags(size: number): number[][] {
  if (size > mostEnumerated) throw new RangeError(`the DAGs of ${size} nodes are too many to enumerate`)
  const known = enumerated.get(size)
  if (known !== undefined) return known
  const found: number[][] = []
  const parents = new Array<number>(size).fill(0)
  const choose = (node: number): void => {
    if (node === size) {
      if (isAcyclicMasks(parents)) found.push([...parents])
      return
    }
    for (let mask = 0; mask < 1 << size; mask++) {
      if ((mask & (1 << node)) !== 0) continue
      parents[node] = mask
      choose(node + 1)
    }
  }
  choose(0)
  enumerated.set(size, found)
  return found
}

const enumerated = new Map<number, number[][]>()

/** Nodes without parents are taken away until none is left, or a cycle is. */
function isAcyclicMasks(parents: readonly number[]): boolean {
  let left = (1 << parents.length) - 1
  for (let before = -1; before !== left;) {
    before = left
    for (let node = 0; node < parents.length; node++) {
      if ((left & (1 << node)) !== 0 && (parents[node]! & left) === 0) left &= ~(1 << node)
    }
  }
  return left === 0
}

export function dagPosterior(counts: Counts, score: Score, constraints: EdgeConstraints | null = null): DagPosterior {
  const families = familyScores(counts, score, constraints)
  const dags = enumerateDags(counts.categories.length)
  const scores = dags.map((parents) => parents.reduce((sum, mask, node) => sum + families[node]![mask]!, 0))
  const logSum = logSumExp(scores)
  const weighed = dags.map((parents, at) => ({ parents, probability: Math.exp(scores[at]! - logSum) }))
  return { dags: weighed.sort((a, b) => b.probability - a.probability), logSum }
}

function logSumExp(values: readonly number[]): number {
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity)
  if (most === -Infinity) return -Infinity
  return most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0))
}
