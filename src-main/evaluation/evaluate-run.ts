/** Every metric of a finished run that its data and facets allow. What rests on a truth is computed only where one is given. */
import { refused } from '../../src-shared/errors.ts'
import { matrixOf, type RunResult, type SampleArrays } from '../../src-shared/domain/result.ts'
import { edgeAuroc } from '../../src-shared/graph/auroc.ts'
import { digraph, isAcyclic, relabel } from '../../src-shared/graph/digraph.ts'
import {
  cpdagDistance,
  structuralHammingDistance,
  structuralInterventionDistance,
} from '../../src-shared/graph/distance.ts'
import { dagOf } from '../../src-shared/graph/marked-graph.ts'
import type { LearnedGraph } from '../../src-shared/graph/learned-graph.ts'
import { facetOf, facetsOf } from '../../src-shared/methods/results.ts'
import type { Truth } from '../datasets/truth.ts'
import { likeliest } from '../statistics/likeliest.ts'
import { adjustedRandIndex, clusteringAccuracy, normalisedMutualInformation, purity } from './clustering.ts'
import { type CauseEvaluation, evaluateCauses } from './causes.ts'
import type { Dci } from './disentanglement.ts'
import { dci, mutualInformationGap } from './disentanglement.ts'
import { distanceCorrelation } from './distance-correlation.ts'
import type { NodeMatching } from './node-matching.ts'
import { matchCategories, matchNodes } from './node-matching.ts'
import { type MatchedLatent, matchedLatents } from './matched-latents.ts'
import { linearR2, meanCorrelation } from './representation.ts'
import { spread } from './spread.ts'

type NamedEdge = readonly [from: string, to: string]

interface OwnEvaluation {
  /** What it is stands in the list of methods. */
  readonly score: number
  /** Edges of the graph that was read out, between the run's nodes. */
  readonly edges: readonly NamedEdge[]
  readonly samples: number
}

export type RunEvaluation =
  | (OwnEvaluation & { readonly groundTruth: 'no ground truth' })
  | (OwnEvaluation & LatentEvaluation & { readonly groundTruth: 'latents' })
  | (OwnEvaluation & TruthEvaluation & { readonly groundTruth: 'given' })

/** Of a run without a graph over clusters: its latent space alone is compared. */
export interface LatentEvaluation {
  readonly matchedSamples: number
  readonly r2: number | null
  readonly mcc: number | null
  readonly mccSpearman: number | null
  /** Where the truth names causes of a label. */
  readonly causes?: CauseEvaluation
  /** Where the run has components: which of them each latent comes back as. */
  readonly latents?: readonly MatchedLatent[]
  readonly notComputed: Readonly<Record<string, string>>
}

export interface TruthEvaluation {
  /** Samples of the run that the truth knows; all metrics below are over these. */
  readonly matchedSamples: number
  /** Factor matched to each node, null for a node left over. */
  readonly nodeFactors: readonly (string | null)[]
  /** NMI of each node with its factor. */
  readonly nodeNmi: readonly (number | null)[]
  /** Share of samples whose category is right once node and categories are matched. */
  readonly nodeAccuracy: readonly (number | null)[]
  /** Most responsible component against the joint of all factors. */
  readonly jointNmi: number
  readonly ari: number
  readonly accuracy: number
  readonly purity: number
  /** Learnt edges in the factors' names; null, like the graph metrics, unless nodes and factors pair off. */
  readonly factorEdges: readonly NamedEdge[] | null
  readonly trueEdges: readonly NamedEdge[]
  readonly shd: number | null
  readonly cpdagShd: number | null
  readonly sid: number | null
  readonly auroc: number | null
  /** Latent mean against the factors. */
  readonly mig: number | null
  readonly dci: Dci | null
  readonly dCor: number
  readonly dCorUnbiasedSquared: number | null
  /** Latent mean against the truth's continuous latents; null without any. Held-out linear R2, Pearson and Spearman MCC. */
  readonly r2: number | null
  readonly mcc: number | null
  readonly mccSpearman: number | null
  /** The latent mean against the causes of a label, where the truth names some. */
  readonly causes?: CauseEvaluation
  /** Why a metric above is null, by name. */
  readonly notComputed: Readonly<Record<string, string>>
}

/** Most samples for metrics of quadratic cost, and for the forests behind DCI; evenly spread. */
const pairwiseSamples = 1000
const forestSamples = 5000

/**
 * Evaluates a run. Refused when a truth is given and the run has no latent space, when a truth shares no sample with the run, or its graph has a cycle.
 * @param truth null where none is known
 */
export function evaluateRun(result: RunResult, arrays: SampleArrays, truth: Truth | null): RunEvaluation {
  const { graph, clusters } = facetsOf(result)
  const nameOf = (node: number): string => graph!.nodes[node]!.name
  const own = {
    score: result.score.value,
    edges: (graph?.edges ?? []).map(({ from, to }): NamedEdge => [nameOf(from), nameOf(to)]),
    samples: arrays.ids.length,
  }
  if (truth === null) return { groundTruth: 'no ground truth', ...own }
  return graph === null || clusters === null
    ? { groundTruth: 'latents', ...own, ...evaluateLatents(result, arrays, truth) }
    : { groundTruth: 'given', ...own, ...evaluateAgainst(result, arrays, truth) }
}

function evaluateLatents(result: RunResult, arrays: SampleArrays, truth: Truth): LatentEvaluation {
  const { values, columns } = matrixOf(arrays, facetOf(result, 'representation').mean)
  const rows = matchedRows(arrays, truth).filter((row) => Number.isFinite(values[row * columns]))
  const latent = rows.map((row) => values.subarray(row * columns, (row + 1) * columns))
  const notComputed: Record<string, string> = {}
  const { coupling } = facetsOf(result)
  return {
    matchedSamples: rows.length,
    ...compareLatents(rows, result, arrays, latent, truth, notComputed),
    ...(coupling === null || truth.latentNames.length === 0
      ? {}
      : { latents: matchedLatents(coupling, arrays, truth) }),
    notComputed,
  }
}

function evaluateAgainst(result: RunResult, arrays: SampleArrays, truth: Truth): TruthEvaluation {
  const rows = matchedRows(arrays, truth)
  const clusters = facetOf(result, 'clusters')
  const learned = facetOf(result, 'graph')
  const { values: gamma, columns: components } = matrixOf(arrays, clusters.responsibilities)
  const means = matrixOf(arrays, facetOf(result, 'representation').mean)
  const likeliestOf = likeliest(gamma, components)
  const component = rows.map((row) => likeliestOf[row]!)
  const categoriesOf = new Map(clusters.components.map(({ outcome, categories }) => [outcome, categories]))
  const nodes = learned.nodes.map((_, node) => component.map((outcome) => categoriesOf.get(outcome)![node]!))
  const codes = rows.map((row) => truth.factors.get(arrays.ids[row]!)!)
  const factors = truth.nodes.map((_, factor) => codes.map((code) => code[factor]!))
  const joint = codes.map((code) => truth.nodes.reduce((at, { categories }, f) => at * categories.length + code[f]!, 0))
  const latent = rows.map((row) => means.values.subarray(row * means.columns, (row + 1) * means.columns))
  const matching = matchNodes(nodes, factors)
  const notComputed: Record<string, string> = {}

  const graph = compareGraphs(learned, truth, matching, notComputed)
  const oneHot = codes.map((code) =>
    truth.nodes.flatMap(({ categories }, f) => categories.map((_, c) => Number(code[f] === c))),
  )
  const dependence = distanceCorrelation(spread(latent, pairwiseSamples), spread(oneHot, pairwiseSamples))
  const mig = mutualInformationGap(latent, factors)
  const disentangled = dci(
    spread(latent, forestSamples),
    factors.map((factor) => spread(factor, forestSamples)),
  )
  if (mig === null) notComputed.mig = 'needs two latent dimensions and a factor that varies'
  if (disentangled === null) notComputed.dci = 'needs ten samples and a factor that varies'
  return {
    matchedSamples: rows.length,
    nodeFactors: matching.factorOf.map((factor) => truth.nodes[factor]?.name ?? null),
    nodeNmi: matching.nmi,
    nodeAccuracy: nodes.map((node, l) => {
      const factor = factors[matching.factorOf[l]!]
      if (factor === undefined) return null
      const meaning = matchCategories(node, factor)
      return node.filter((category, d) => meaning.get(category) === factor[d]).length / node.length
    }),
    jointNmi: normalisedMutualInformation(component, joint),
    ari: adjustedRandIndex(component, joint),
    accuracy: clusteringAccuracy(component, joint),
    purity: purity(component, joint),
    ...graph,
    mig,
    dci: disentangled,
    dCor: dependence.dCor,
    dCorUnbiasedSquared: dependence.dCorUnbiasedSquared,
    ...compareLatents(rows, result, arrays, latent, truth, notComputed),
    notComputed,
  }
}

/** Rows of the run whose id the truth lists. */
function matchedRows(arrays: SampleArrays, truth: Truth): number[] {
  const rows = arrays.ids.flatMap((id, row) => (truth.factors.has(id) ? [row] : []))
  if (rows.length > 0) return rows
  const [known] = truth.factors.keys()
  throw refused(
    `The truth lists none of the run's ${arrays.ids.length} samples.`,
    `Sample ids must agree: the run's first is ${arrays.ids[0] ?? 'missing'}, the truth's first is ${known ?? 'missing'}.`,
    { field: 'factors' },
  )
}

function compareGraphs(
  graph: LearnedGraph,
  truth: Truth,
  { factorOf }: NodeMatching,
  notComputed: Record<string, string>,
): Pick<TruthEvaluation, 'factorEdges' | 'trueEdges' | 'shd' | 'cpdagShd' | 'sid' | 'auroc'> {
  const size = truth.nodes.length
  const nameOf = (factor: number): string => truth.nodes[factor]!.name
  const trueEdges = truth.edges.map(([from, to]): NamedEdge => [nameOf(from), nameOf(to)])
  const trueGraph = digraph(size, truth.edges)
  if (!isAcyclic(trueGraph)) {
    throw refused('The edges of the truth hold a cycle.', 'A causal graph must be acyclic.', { field: 'edges' })
  }
  if (factorOf.length !== size) {
    const reason = `the run has ${factorOf.length} nodes, the truth ${size} factors`
    for (const name of ['factorEdges', 'shd', 'cpdagShd', 'sid', 'auroc']) notComputed[name] = reason
    return { factorEdges: null, trueEdges, shd: null, cpdagShd: null, sid: null, auroc: null }
  }
  const learnt = relabel(dagOf(size, graph.edges), factorOf)
  const nodeOf = factorOf.map((_, factor) => factorOf.indexOf(factor))
  const auroc = edgeAuroc(
    trueGraph,
    nodeOf.map((from) => nodeOf.map((to) => graph.strength[from]![to]!)),
  )
  if (auroc === null) notComputed.auroc = 'undefined for a truth without edges'
  return {
    factorEdges: graph.edges.map(({ from, to }): NamedEdge => [nameOf(factorOf[from]!), nameOf(factorOf[to]!)]),
    trueEdges,
    shd: structuralHammingDistance(trueGraph, learnt),
    cpdagShd: cpdagDistance(trueGraph, learnt),
    sid: structuralInterventionDistance(trueGraph, learnt),
    auroc,
  }
}

function compareLatents(
  rows: readonly number[],
  result: RunResult,
  arrays: SampleArrays,
  latent: readonly Float32Array[],
  truth: Truth,
  notComputed: Record<string, string>,
): Pick<TruthEvaluation, 'r2' | 'mcc' | 'mccSpearman' | 'causes'> {
  const ids = rows.map((row) => arrays.ids[row]!)
  const dependence = evaluateCauses(latent, ids, truth, keptFromLearning(result, arrays, rows))
  const causes = dependence === null ? {} : { causes: dependence }
  const known = rows.flatMap((row, at) => {
    const values = truth.latents.get(arrays.ids[row]!)
    return values === undefined ? [] : [{ code: latent[at]!, values }]
  })
  if (known.length < 10) {
    const reason = known.length === 0 ? 'the truth holds no continuous latents' : 'needs ten samples'
    for (const name of ['r2', 'mcc', 'mccSpearman']) notComputed[name] = reason
    return { r2: null, mcc: null, mccSpearman: null, ...causes }
  }
  const code = known.map((sample) => sample.code)
  const values = known.map((sample) => sample.values)
  return {
    r2: linearR2(code, values).r2,
    mcc: meanCorrelation(code, values, 'pearson'),
    mccSpearman: meanCorrelation(code, values, 'spearman'),
    ...causes,
  }
}

/** Of a run that learns a label: whether a row's was kept for measuring. */
function keptFromLearning(
  result: RunResult,
  arrays: SampleArrays,
  rows: readonly number[],
): ((at: number) => boolean) | null {
  const { prediction } = facetsOf(result)
  if (prediction === null) return null
  const { values } = matrixOf(arrays, prediction.part)
  return (at) => values[rows[at]!] === 2
}
