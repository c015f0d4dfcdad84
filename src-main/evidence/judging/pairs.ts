/** How probable it is that two nodes are joined, and which way: exact on each table of counts, then over all trainings. */
import type { PairJudgement } from '../../../src-shared/domain/judgement.ts'
import { evidenceThresholds } from '../../../src-shared/findings/thresholds.ts'
import { type EdgeConstraints, isRequired } from '../../../src-shared/knowledge/constraints.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import type { Counts } from '../counts.ts'
import type { EdgePosterior } from '../edge-posterior.ts'
import { testIndependence } from '../independence.ts'
import { meanOf } from './agreement-interval.ts'

/** Of the run's counts first, then of each replicate's, nodes in the run's order. */
export interface PairEvidence {
  readonly posteriors: readonly EdgePosterior[]
  /** As if no edge were required; null where none is. */
  readonly asked: readonly EdgePosterior[] | null
  readonly constraints: EdgeConstraints | null
}

export function judgePairs(counts: Counts, evidence: PairEvidence, seed: number): PairJudgement[] {
  const size = counts.categories.length
  const pairs: PairJudgement[] = []
  for (let a = 0; a < size; a++) for (let b = a + 1; b < size; b++) pairs.push(judgePair(counts, evidence, a, b, seed))
  return pairs
}

function judgePair(
  counts: Counts,
  { posteriors, asked, constraints }: PairEvidence,
  a: number,
  b: number,
  seed: number,
): PairJudgement {
  const joined = posteriors.map((posterior) => posterior.joined[a]![b]!)
  const forward = posteriors.map((posterior) => posterior.directed[a]![b]!)
  const backward = posteriors.map((posterior) => posterior.directed[b]![a]!)
  const over = (values: readonly number[], what: string) =>
    meanOf(values, RandomStream.of(seed, `pair/${a}/${b}/${what}`))
  const agreeing = (values: readonly number[]): number => values.slice(1).filter((p) => p > 0.5).length
  const { cramersV, detectableV } = testIndependence(counts, a, b, [], evidenceThresholds.detectable)
  return {
    a,
    b,
    joined: over(joined, 'joined'),
    forward: over(forward, 'forward'),
    backward: over(backward, 'backward'),
    agreeing: { joined: agreeing(joined), forward: agreeing(forward), backward: agreeing(backward) },
    cramersV,
    detectableV,
    ...(asked === null || constraints === null || !(isRequired(constraints, a, b) || isRequired(constraints, b, a))
      ? {}
      : { unrequired: asked.reduce((sum, one) => sum + one.joined[a]![b]!, 0) / asked.length }),
  }
}
