/** How probable each edge is, given a table of counts: the exact share of all DAGs' weight that holds it. */
import type { EdgeConstraints } from '../../src-shared/knowledge/constraints.ts'
import type { Counts } from './counts.ts'
import { dagPosterior, mostEnumerated } from './dag-posterior.ts'
import { familyScores, type Score } from './family-score.ts'
import { tianHe } from './tian-he.ts'

export interface EdgePosterior {
  /** p(i -> j | counts), [L][L]. */
  readonly directed: readonly (readonly number[])[]
  /** p(i -> j) + p(j -> i), [L][L], symmetric. */
  readonly joined: readonly (readonly number[])[]
  /** log sum over DAGs of exp(score), nats. */
  readonly logSum: number
}

/** Uniform prior over all DAGs that agree with what is known; enumeration up to five nodes, Tian and He's sums beyond. */
export function edgePosterior(counts: Counts, score: Score, constraints: EdgeConstraints | null = null): EdgePosterior {
  const size = counts.categories.length
  const { directed, logSum } =
    size <= mostEnumerated ? enumerated(counts, score, constraints) : tianHe(familyScores(counts, score, constraints))
  // Sums of many shares may end a rounding above 1.
  const atMost1 = directed.map((row) => row.map((p) => Math.min(1, p)))
  const joined = directed.map((row, i) => row.map((p, j) => Math.min(1, p + directed[j]![i]!)))
  return { directed: atMost1, joined, logSum }
}

function enumerated(
  counts: Counts,
  score: Score,
  constraints: EdgeConstraints | null,
): Pick<EdgePosterior, 'directed' | 'logSum'> {
  const size = counts.categories.length
  const { dags, logSum } = dagPosterior(counts, score, constraints)
  const directed = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  for (const { parents, probability } of dags) {
    parents.forEach((mask, to) => {
      for (let from = 0; from < size; from++) if ((mask & (1 << from)) !== 0) directed[from]![to]! += probability
    })
  }
  return { directed, logSum }
}
