/** A learned graph as the graph view shows it: words first, then edges with their evidence, then tables. */
import type { GraphAnnotations, GraphView } from '../../src-shared/contract/graphs.ts'
import type { Modality } from '../../src-shared/domain/dataset.ts'
import type { RunResult } from '../../src-shared/domain/result.ts'
import type { LearnedGraph } from '../../src-shared/graph/learned-graph.ts'
import type { RunSummary } from '../../src-shared/domain/run.ts'
import type { Given } from '../../src-shared/knowledge/knowledge.ts'
import type { Judgement } from '../../src-shared/domain/judgement.ts'
import { judgedGraph } from '../../src-shared/findings/judged-graph.ts'
import { facetOf, facetsOf, findingsOf } from '../../src-shared/methods/results.ts'
import {
  categoriesOfOutcomes,
  conditionalTables,
  joint,
  marginals,
} from '../../src-shared/graph-formats/probabilities.ts'
import type { Display } from './display.ts'

/** I(a; b) under p(a), nats, >= 0. */
function mutualInformation(graph: LearnedGraph, a: number, b: number): number {
  const counts = graph.nodes.map((node) => node.categories.length)
  const categories = categoriesOfOutcomes(counts)
  const [rows, columns] = [counts[a]!, counts[b]!]
  const together = new Float64Array(rows * columns)
  joint(graph).forEach((p, outcome) => {
    together[categories[a]![outcome]! * columns + categories[b]![outcome]!]! += p
  })
  const [first, second] = [new Float64Array(rows), new Float64Array(columns)]
  together.forEach((p, at) => {
    first[Math.floor(at / columns)]! += p
    second[at % columns]! += p
  })
  let information = 0
  together.forEach((p, at) => {
    if (p > 0) information += p * Math.log(p / (first[Math.floor(at / columns)]! * second[at % columns]!))
  })
  return Math.max(0, information)
}

export interface GraphViewParts {
  readonly run: RunSummary
  readonly samples: number
  readonly modalities: readonly Modality[]
  readonly result: RunResult
  readonly judgement: Judgement
  readonly annotations: GraphAnnotations
  /** Kept with the run. */
  readonly knownSince: Given | null
  readonly display: Display
}

export function graphView({
  run,
  samples,
  modalities,
  result,
  judgement,
  annotations,
  knownSince,
  display,
}: GraphViewParts): GraphView {
  const graph = judgedGraph(facetOf(result, 'graph'), judgement)
  const { clusters } = facetsOf(result)
  const assignment = clusters?.assignment ?? null
  const shares = marginals(graph)
  return {
    run: run.id,
    runName: run.name,
    finding: findingsOf(result, { judgement, components: null, names: annotations }),
    given: graph.given ?? null,
    knownSince: graph.afterwards === undefined ? null : knownSince,
    nodes: graph.nodes.map((node, l) => ({ ...node, marginal: shares[l]! })),
    edges: graph.edges.map((edge) => ({ ...edge, information: mutualInformation(graph, edge.from, edge.to) })),
    strength: graph.strength,
    tables: conditionalTables(graph).map(({ node, parents, rows }) => ({
      node,
      parents,
      rows: rows.map(({ given, probabilities, weight }) => ({ given, probabilities, samples: weight * samples })),
    })),
    components: (clusters?.components ?? []).map(({ outcome, categories, weight, nearest }) => ({
      outcome,
      categories,
      weight,
      nearest,
    })),
    decoded: (clusters?.decoded ?? []).flatMap(({ modality, values }) => {
      const described = modalities.find(({ name }) => name === modality)
      return described === undefined
        ? []
        : [display.decoded(described, values.length, Float32Array.from(values.flat()))]
    }),
    assignment:
      assignment === null
        ? null
        : {
            chosen: assignment.chosen.residual,
            rivals: assignment.rivals.map(({ residual }) => residual),
            evidence: assignment.evidence ?? null,
          },
    judgement,
    annotations,
  }
}
