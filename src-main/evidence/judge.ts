/**
 * How firmly each node, edge and direction of a run may be stated: by whether it returns in trainings on other parts of
 * the samples, by the exact posterior over DAGs on the counts, by the readings that fit as well, and by the
 * independences that the graph implies. The same evidence always gives the same judgement.
 */
import type { Judgement } from '../../src-shared/domain/judgement.ts'
import { evidenceThresholds } from '../../src-shared/findings/thresholds.ts'
import { isDirected } from '../../src-shared/graph/edge.ts'
import { edgeConstraints, withoutRequired } from '../../src-shared/knowledge/constraints.ts'
import { countsOver, totalOf } from './counts.ts'
import { edgePosterior } from './edge-posterior.ts'
import { contradictions, leavesArrow } from './judging/contradictions.ts'
import { isGiven, judgeEdges } from './judging/edges.ts'
import type { LabelledRun } from './judging/labelled.ts'
import { judgeNodes } from './judging/nodes.ts'
import { judgePairs } from './judging/pairs.ts'
import { judgeReadings } from './judging/readings.ts'
import { poolReadings } from './judging/pooled-readings.ts'
import { partnered, stabilityOf } from './judging/partners.ts'
import { matchByAgreement } from './node-agreement.ts'

export interface Judged {
  readonly judgement: Judgement
  /** Share of the replicates in which each sample keeps its categories in all nodes, [n]; null without replicates. */
  readonly stability: Float32Array | null
}

/** Uniform tables (K2): of the scores measured the one whose stated arrows are right most often (tests/bench/arrows.ts). */
const score = { kind: 'k2' } as const

export function judge(run: LabelledRun): Judged {
  const { counts, graph, seed } = run
  const pooled = poolReadings(run)
  const replicates = pooled.replicates.map((replicate) => partnered(run, replicate))
  const rebuilds =
    run.rebuilt.length === 0 || run.rebuilt.some(({ explained }) => explained >= evidenceThresholds.rebuilt)
  const inRivals = pooled.rivals.map((rival) => matchByAgreement(run.labels, rival.labels))
  const nodes = judgeNodes(
    run,
    replicates,
    inRivals.map(({ nodeAgreement }) => nodeAgreement),
    rebuilds,
  )
  const constraints = edgeConstraints(graph.given, graph.nodes.length)
  const trainings = [counts, ...replicates.map((replicate) => replicate.counts)]
  const posteriors = trainings.map((table) => edgePosterior(table, score, constraints))
  // What must be has probability 1; whether the samples show it is asked without saying so.
  const unrequired =
    constraints === null || constraints.required.every((mask) => mask === 0) ? null : withoutRequired(constraints)
  const asked = unrequired === null ? null : trainings.map((table) => edgePosterior(table, score, unrequired))
  const pairs = judgePairs(counts, { posteriors, asked, constraints }, seed)
  const against = contradictions(counts, graph.edges, constraints)
  const denied =
    against.implied.failed.length > 0 ||
    against.separated.length > 0 ||
    graph.edges.some((edge) => isDirected(edge) && !isGiven(constraints, edge) && !leavesArrow(against, edge))
  const rivals = pooled.rivals.map((rival, at) =>
    edgePosterior(countsOver(rival.counts, inRivals[at]!.partner), score, unrequired ?? constraints),
  )
  const edges = judgeEdges(graph.edges, { nodes, pairs, rivals, contradictions: against, constraints })
  const stability = stabilityOf(run, replicates)
  return {
    judgement: {
      samples: Math.round(totalOf(counts)),
      incomplete: run.incomplete,
      replicates: replicates.length,
      planned: run.planned,
      readings: judgeReadings(
        { ...run, rivals: pooled.rivals, constraints },
        posteriors[0]!,
        rivals.map((posterior, at) => ({ posterior, match: inRivals[at]! })),
      ),
      nodes,
      pairs,
      edges,
      implied: against.implied,
      separated: against.separated,
      parted: against.parted,
      hidden: denied ? [...against.allowingHidden] : null,
      elsewhere: [...run.elsewhere],
      rebuilt: [...run.rebuilt],
      divided: [...run.divided],
      stability: stability === null ? null : stability.reduce((sum, share) => sum + share, 0) / stability.length,
    },
    stability,
  }
}
