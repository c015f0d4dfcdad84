/**
 * A result in sentences of honest science (causal-pima.md section 7): what was found, how firmly, what node meaning
 * rests on, and what to be wary of. The same result always gives the same words.
 */
import type { CausalPimaBody } from '../methods/causal-pima/result.ts'
import type { AssignmentReading } from '../methods/facets.ts'
import { type Edge, edgeBetween, isDirected, isOpen, shareAgreeing, shown } from '../graph/edge.ts'
import { edgeSigns } from '../graph/edge-words.ts'
import type { LearnedGraph } from '../graph/learned-graph.ts'
import { named } from '../graph/marked-graph.ts'
import { type GraphNames, withNames } from '../graph-formats/names.ts'
import { conditionalTables } from '../graph-formats/probabilities.ts'
import { thresholds } from '../methods/causal-pima/thresholds.ts'
import { headline } from './headline.ts'
import { list, percent, sentence, tellApart } from './words.ts'

export interface Finding {
  /** What the sentence is about: an edge's support, what directions assume, what nodes mean, the clusters. */
  readonly kind: 'support' | 'direction' | 'meaning' | 'clusters'
  readonly severity: 'info' | 'warning'
  readonly text: string
}

export interface Findings {
  readonly headline: string
  readonly details: readonly Finding[]
}

const { closeRival, emptyShare, firmEdge, noticeableEdge, poorResidual } = thresholds

const info = (kind: Finding['kind'], text: string): Finding => ({ kind, severity: 'info', text })
const warning = (kind: Finding['kind'], text: string): Finding => ({ kind, severity: 'warning', text })

/** The restarts that `frequency` counts: those within 2 nats of the best graph's BIC (causal-pima.md section 5.4). */
const peers = 'restarts that score as well'

function tentative(graph: LearnedGraph, edge: Edge): Finding {
  const [ends] = named([edge], (node) => graph.nodes[node]!.name)
  const share = percent(shareAgreeing(edge) ?? 0)
  if (!isDirected(edge))
    return warning(
      'support',
      sentence(`${ends!.from} and ${ends!.to} are joined in only ${share} of the ${peers}: tentative.`),
    )
  const backward = edge.support.restarts?.backward ?? 0
  const reversed = backward > 0 ? `, and the reverse in ${percent(backward)}` : ''
  return warning(
    'support',
    sentence(`${edgeSigns(ends!)} appears in only ${share} of the ${peers}${reversed}: tentative.`),
  )
}

/** An edge that the graph lacks though many restarts hold it. */
function missed(graph: LearnedGraph): readonly Finding[] {
  return graph.nodes.flatMap((a, i) =>
    graph.nodes.slice(i + 1).flatMap((b, offset) => {
      const j = i + 1 + offset
      if (edgeBetween(graph.edges, i, j) !== undefined) return []
      const share = Math.min(1, (graph.frequency[i]?.[j] ?? 0) + (graph.frequency[j]?.[i] ?? 0))
      if (share < noticeableEdge) return []
      const text = `${a.name} and ${b.name} are not joined in the graph, yet in ${percent(share)} of the ${peers}.`
      return [warning('support', sentence(text))]
    }),
  )
}

/** How often the restarts agree with the graph. */
function support(graph: LearnedGraph): readonly Finding[] {
  if (graph.nodes.length < 2) return []
  if (graph.restarts < 2) {
    const count = graph.restarts === 0 ? 'No restart' : 'Only one restart'
    return [
      warning('support', `${count} of the search scores as well as this graph: how stable its edges are is not known.`),
    ]
  }
  const all = graph.edges.map(shown)
  const share = (edge: Edge): number => shareAgreeing(edge) ?? 0
  const weak = all.filter((edge) => share(edge) < firmEdge).map((edge) => tentative(graph, edge))
  const least = Math.min(...all.map(share))
  const every = all.length === 1 ? 'The edge appears' : 'Every edge appears'
  const often =
    least >= 1
      ? graph.restarts === 2
        ? 'both'
        : `all ${graph.restarts}`
      : `at least ${percent(least)} of the ${graph.restarts}`
  const steady = all.length > 0 && weak.length === 0 ? [info('support', `${every} in ${often} ${peers}.`)] : []
  return [...weak, ...steady, ...missed(graph)]
}

function direction(graph: LearnedGraph): readonly Finding[] {
  const all = graph.edges.map(shown)
  if (all.length === 0) return []
  const equivalence = !all.some(isOpen)
    ? ''
    : ' Dashed edges could point either way without changing how well the model fits (Markov equivalence).'
  return [info('direction', `Arrows hold if no unmeasured cause acts on two of the nodes.${equivalence}`)]
}

function rival(chosen: AssignmentReading, rivals: readonly AssignmentReading[]): AssignmentReading | undefined {
  return [...rivals]
    .sort((a, b) => a.residual - b.residual)
    .find((reading) => reading.order.join() !== chosen.order.join())
}

/** What the names of nodes and categories rest on. */
function meaning(graph: LearnedGraph, assignment: CausalPimaBody['assignment']): readonly Finding[] {
  const free = graph.nodes.filter((node) => node.anchor === null).map((node) => node.name)
  if (free.length === 0) return []
  const whose = free.length === graph.nodes.length && free.length > 1 ? 'the nodes and their categories' : list(free)
  if (assignment === null)
    return [
      info(
        'meaning',
        `No label ties ${free.length === 1 ? `the categories of ${list(free)}` : whose}: they are clusters, and the decoded samples show what they mean.`,
      ),
    ]
  const { chosen, rivals } = assignment
  const next = rival(chosen, rivals)
  const [score, nextScore] = tellApart(chosen.residual, next?.residual ?? Infinity)
  const scores = next === undefined ? `residual ${score}` : `residual ${score}; the next best reading ${nextScore}`
  const found = [
    info(
      'meaning',
      `What ${whose} mean rests on the assignment search (${scores}), not on labels: check it against the decoded samples.`,
    ),
  ]
  if (next !== undefined && next.residual - chosen.residual < closeRival * chosen.residual)
    found.push(
      warning(
        'meaning',
        `Another reading of the clusters scores almost as well (${nextScore} against ${score}), and it would give other nodes and another graph: treat both as undecided.`,
      ),
    )
  if (chosen.residual > poorResidual)
    found.push(
      warning(
        'meaning',
        `Even the best reading explains little of how the clusters differ (residual ${score}, where 1 explains nothing): the nodes may not be real. Train again with another seed, another modality or an anchor.`,
      ),
    )
  return found
}

/** Rows of the conditional tables that next to no sample supports: their numbers are guesses. */
function thinRows(graph: LearnedGraph): readonly Finding[] {
  const thin = conditionalTables(graph).flatMap(({ node, parents, rows }) =>
    rows
      .filter((row) => row.weight < emptyShare)
      .map(({ given }) => {
        const condition = parents.map((parent, i) => {
          const { name, categories } = graph.nodes[parent]!
          return `${name} = ${categories[given[i]!]!}`
        })
        return `P(${graph.nodes[node]!.name} | ${condition.join(', ')})`
      }),
  )
  if (thin.length === 0) return []
  const share = `less than ${percent(emptyShare, 1)} of the samples`
  const text =
    thin.length <= 2
      ? `${list(thin)} ${thin.length === 1 ? 'rests' : 'rest'} on ${share}: do not rely on ${thin.length === 1 ? 'it' : 'them'}.`
      : `${thin.length} rows of the conditional tables rest on ${share} each: do not rely on them.`
  return [warning('support', text)]
}

/** Without anchors, an outcome that nobody has may be rare, or its samples may lie in another's cluster. */
function clusters(graph: LearnedGraph, components: CausalPimaBody['components']): readonly Finding[] {
  const empty = components.filter((component) => component.weight < emptyShare).length
  if (empty === 0 || graph.nodes.every((node) => node.anchor !== null)) return []
  return [
    warning(
      'clusters',
      `${empty} of ${components.length} joint outcomes ${empty === 1 ? 'has' : 'have'} almost no sample: ${empty === 1 ? 'it is' : 'they are'} rare, or the model merged ${empty === 1 ? 'its' : 'their'} samples with others.`,
    ),
  ]
}

/** The headline and what qualifies it, warnings where the reader could be misled. */
export function findings(
  result: Pick<CausalPimaBody, 'graph' | 'assignment' | 'components'>,
  names?: GraphNames,
): Findings {
  const graph = withNames(result.graph, names)
  return {
    headline: headline(graph),
    details: [
      ...support(graph),
      ...thinRows(graph),
      ...direction(graph),
      ...meaning(graph, result.assignment),
      ...clusters(graph, result.components),
    ],
  }
}
