/**
 * DAG block step: the DAG learnt on soft counts alone (causal-pima.md section 5.4). Gradient restarts begin at random
 * permutations, because scores near 0 collapse to the empty graph. They often end one covered reversal short of the best
 * graph, so the graph itself is settled by exact search over all DAGs by BIC, and a restart's parameters are kept where
 * they read out to it.
 *
 * What is known of the edges masks the gates, so that no restart has an edge that may not be; an edge that must be is the
 * exact search's to demand, and restarts without it are not taken.
 */
import type { Digraph } from '../../../../src-shared/graph/digraph.ts'
import { edgesOf, hasEdge } from '../../../../src-shared/graph/digraph.ts'
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import { allowedEdges, type EdgeConstraints } from '../../../../src-shared/knowledge/constraints.ts'
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import type { Counts } from '../../../evidence/counts.ts'
import { DagObjective } from './dag-objective.ts'
import type { Piecewise } from '../../../statistics/piecewise.ts'
import type { DagScores } from './dag-scores.ts'
import { edgeStrengths, logitsFromCounts, readOut, scoresFromGraph } from './dag-scores.ts'
import { bestDag, graphScore, scoreFamilies } from '../../../evidence/best-dag.ts'

export interface DagBlockOptions {
  /** Final beta; the schedule runs geometrically from 1. */
  readonly temperature: number
  /** Price of an edge in the gradient's objective, nats a sample. */
  readonly lambda: number
  readonly restarts: number
  /** Adam steps of each restart. */
  readonly steps: number
  readonly learningRate?: number
  /** Kept while no graph has a better BIC, so that edges which the data do not direct stay as they are from epoch to epoch. */
  readonly previous?: Digraph | null
  /** What is known of the edges. */
  readonly constraints?: EdgeConstraints | null
}

export interface DagRestart {
  /** Read out of the gradient's result. */
  readonly graph: Digraph
  /** Nats, higher is better. */
  readonly bic: number
}

export interface DagBlock extends DagScores {
  /** W_l, L arrays [C]. */
  readonly logits: readonly Float64Array[]
  /** Exactly what `scores` and `metric` read out to at the final temperature; no DAG has a better BIC. */
  readonly graph: Digraph
  readonly bic: number
  /** E at the final temperature, [L, L] row-major. */
  readonly strengths: Float64Array
  /** In the order they were run. */
  readonly restarts: readonly DagRestart[]
  /** Restarts whose BIC is within 2 nats of the best graph's. */
  readonly agreeing: number
  /** Share of the agreeing restarts that hold i -> j, [L][L]; all 0 where none agrees. */
  readonly frequency: readonly (readonly number[])[]
}

/** Scores this close are the same but for rounding, nats. */
const rounding = 1e-6

/**
 * Learns a DAG on soft counts.
 * @param counts N_a = sum_d gamma_da, a positive sum
 */
export function* learnDag(counts: Counts, options: DagBlockOptions, random: RandomStream): Piecewise<DagBlock> {
  const { categories } = counts
  const nodes = categories.length
  const constraints = options.constraints ?? null
  const objective = new DagObjective(counts, allowedEdges(constraints))
  const families = scoreFamilies(counts, constraints)
  const restarts: { readonly parameters: Float64Array; readonly graph: Digraph; readonly bic: number }[] = []
  while (restarts.length < options.restarts) {
    const parameters = yield* descend(objective, options, random)
    const strengths = edgeStrengths(split(parameters, nodes), options.temperature)
    const graph = readOut(strengthsUnder(constraints, strengths), nodes)
    restarts.push({ parameters, graph, bic: graphScore(families, graph) })
  }
  const optimum = bestDag(families, random)
  const bic = graphScore(families, optimum)
  const previous = options.previous ?? null
  const graph =
    previous !== null && graphScore(families, previous) >= bic - rounding
      ? previous
      : (restarts.find((restart) => restart.bic >= bic - rounding)?.graph ?? optimum)
  const agreeing = restarts.filter((restart) => restart.bic >= bic - thresholds.tieNats).map((restart) => restart.graph)
  const parameters = bestParameters(
    objective,
    graph,
    restarts.filter((restart) => sameEdges(restart.graph, graph)).map((restart) => restart.parameters),
    logitsFromCounts(counts, graph),
    options,
  )
  const { scores, metric } = split(parameters, nodes)
  return {
    scores,
    metric,
    logits: categories.map((_, node) => {
      const from = nodes + nodes * nodes + node * counts.values.length
      return parameters.slice(from, from + counts.values.length)
    }),
    graph,
    bic,
    strengths: strengthsUnder(constraints, edgeStrengths({ scores, metric }, options.temperature)),
    restarts: restarts.map((restart) => ({ graph: restart.graph, bic: restart.bic })),
    agreeing: agreeing.length,
    frequency: edgeFrequency(agreeing, nodes),
  }
}

/** E with 0 where no edge may be. */
function strengthsUnder(constraints: EdgeConstraints | null, strengths: Float64Array): Float64Array {
  const allowed = allowedEdges(constraints)
  return allowed === null ? strengths : strengths.map((strength, at) => (allowed[at] === 1 ? strength : 0))
}

/** Share of the graphs that hold i -> j, [nodes][nodes]; all 0 without a graph. */
function edgeFrequency(graphs: readonly Digraph[], nodes: number): number[][] {
  const share = (i: number, j: number): number =>
    graphs.filter((graph) => hasEdge(graph, i, j)).length / Math.max(1, graphs.length)
  return Array.from({ length: nodes }, (_, i) => Array.from({ length: nodes }, (_, j) => share(i, j)))
}

function sameEdges(first: Digraph, second: Digraph): boolean {
  return edgesOf(first).join(';') === edgesOf(second).join(';')
}

function split(parameters: Float64Array, nodes: number): DagScores {
  return { scores: parameters.slice(0, nodes), metric: parameters.slice(nodes, nodes + nodes * nodes) }
}

/** One restart: Adam while beta falls from 1 and lambda rises from 0. Returns the flat parameters. */
function* descend(objective: DagObjective, options: DagBlockOptions, random: RandomStream): Piecewise<Float64Array> {
  const nodes = objective.categories.length
  const parameters = new Float64Array(objective.parameters)
  const places = random.permutation(nodes)
  for (let i = 0; i < nodes; i++) parameters[i] = places[i]! + 0.1 * random.normal()
  for (let w = nodes + nodes * nodes; w < parameters.length; w++) parameters[w] = 0.5 * random.normal()
  const gradient = new Float64Array(parameters.length)
  const first = new Float64Array(parameters.length)
  const second = new Float64Array(parameters.length)
  const rate = options.learningRate ?? 0.05
  for (let t = 0; t < options.steps; t++) {
    const progress = t / options.steps
    const temperature = options.temperature ** (options.steps > 1 ? t / (options.steps - 1) : 1)
    const lambda = options.lambda * Math.min(1, Math.max(0, (progress - 0.1) / 0.4))
    objective.evaluate(parameters, temperature, lambda, gradient)
    const correction1 = 1 - 0.9 ** (t + 1)
    const correction2 = Math.sqrt(1 - 0.999 ** (t + 1))
    for (let i = 0; i < parameters.length; i++) {
      const g = gradient[i]!
      const m = (first[i] = 0.9 * first[i]! + 0.1 * g)
      const v = (second[i] = 0.999 * second[i]! + 0.001 * g * g)
      parameters[i]! -= (rate * m) / correction1 / (Math.sqrt(v) / correction2 + 1e-8)
    }
    yield 'looking for edges'
  }
  return parameters
}

/** Of all parameters that read out to the graph, those of restarts and its closed form, the ones with the best objective. */
function bestParameters(
  objective: DagObjective,
  graph: Digraph,
  learnt: readonly Float64Array[],
  logits: readonly Float64Array[],
  options: DagBlockOptions,
): Float64Array {
  const { scores, metric } = scoresFromGraph(graph, options.temperature)
  const closed = Float64Array.from([scores, metric, ...logits].flatMap((part) => [...part]))
  const unused = new Float64Array(closed.length)
  const value = (parameters: Float64Array): number =>
    objective.evaluate(parameters, options.temperature, options.lambda, unused)
  return [closed, ...learnt]
    .map((parameters) => ({ parameters, value: value(parameters) }))
    .reduce((best, other) => (other.value < best.value ? other : best)).parameters
}
