/** A learned graph as the graph view shows it: words first, then edges with their evidence, then tables. */
import type { GraphAnnotations, GraphView } from '../../src-shared/contract/graphs.ts'
import type { Modality } from '../../src-shared/domain/dataset.ts'
import type { CausalPimaResult, LearnedGraph } from '../../src-shared/domain/result.ts'
import type { RunSummary } from '../../src-shared/domain/run.ts'
import { findings } from '../../src-shared/findings/findings.ts'
import { joined, links } from '../../src-shared/graph-formats/links.ts'
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
  readonly result: CausalPimaResult
  readonly annotations: GraphAnnotations
  readonly display: Display
}

export function graphView({ run, samples, modalities, result, annotations, display }: GraphViewParts): GraphView {
  const { graph } = result
  const shares = marginals(graph)
  return {
    run: run.id,
    runName: run.name,
    finding: findings(result, annotations),
    nodes: graph.nodes.map(({ name, categories, anchor }, l) => ({ name, categories, anchor, marginal: shares[l]! })),
    edges: links(graph).map((link) => ({
      from: link.from,
      to: link.to,
      strength: link.strength,
      frequency: link.directionFixed ? link.frequency : joined(link),
      directed: link.directionFixed,
      information: mutualInformation(graph, link.from, link.to),
    })),
    strength: graph.strength,
    frequency: graph.frequency,
    restarts: graph.restarts,
    tables: conditionalTables(graph).map(({ node, parents, rows }) => ({
      node,
      parents,
      rows: rows.map(({ given, probabilities, weight }) => ({ given, probabilities, samples: weight * samples })),
    })),
    components: result.components.map(({ outcome, categories, weight, nearest }) => ({
      outcome,
      categories,
      weight,
      nearest,
    })),
    decoded: result.decoded.flatMap(({ modality, values }) => {
      const described = modalities.find(({ name }) => name === modality)
      return described === undefined
        ? []
        : [display.decoded(described, values.length, Float32Array.from(values.flat()))]
    }),
    assignment:
      result.assignment === null
        ? null
        : {
            chosen: result.assignment.chosen.residual,
            rivals: result.assignment.rivals.map(({ residual }) => residual),
          },
    warnings: result.warnings,
    annotations,
  }
}
