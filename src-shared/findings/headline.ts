/** The finding itself in a sentence or two: what survives, and what the data leave open. */
import type { Judgement } from '../domain/judgement.ts'
import { type Edge, isBidirected, isDirected } from '../graph/edge.ts'
import { edgeSigns } from '../graph/edge-words.ts'
import type { LearnedGraph } from '../graph/learned-graph.ts'
import { named } from '../graph/marked-graph.ts'
import { givenWords } from '../knowledge/words.ts'
import { differingReadings } from './readings.ts'
import { returns } from './returns.ts'
import { evidenceThresholds } from './thresholds.ts'
import { cardinal, list, sentence } from './words.ts'

type NameOf = (node: number) => string

/** The edges that may be stated, as judgedGraph has them. */
export function claimedEdges({ edges }: Pick<LearnedGraph, 'edges'>): readonly Edge[] {
  return edges.filter(({ standing }) => standing === 'supported')
}

/** Does the model explain anything of what was measured? A table alone needs no model to. */
export function explainsAnything({ rebuilt }: Pick<Judgement, 'rebuilt'>): boolean {
  return rebuilt.length === 0 || rebuilt.some(({ explained }) => explained >= evidenceThresholds.rebuilt)
}

/** "A and B drive C; A drives D and E": children with the same parents share a clause. */
function driving(graph: LearnedGraph, fixed: readonly Edge[], name: NameOf): readonly string[] {
  const childrenByParents = new Map<string, { parents: readonly number[]; children: number[] }>()
  graph.nodes.forEach((_, child) => {
    const parents = fixed
      .filter((edge) => edge.to === child)
      .map((edge) => edge.from)
      .sort((a, b) => a - b)
    if (parents.length === 0) return
    const group = childrenByParents.get(parents.join())
    if (group === undefined) childrenByParents.set(parents.join(), { parents, children: [child] })
    else group.children.push(child)
  })
  return [...childrenByParents.values()].map(
    ({ parents, children }) =>
      `${list(parents.map(name))} ${parents.length === 1 ? 'drives' : 'drive'} ${list(children.map(name))}`,
  )
}

function pairsBetween(edges: readonly Edge[], name: NameOf): readonly string[] {
  return edges.map(({ from, to }) => `between ${list([from, to].sort((a, b) => a - b).map(name))}`)
}

/** ", if nothing unmeasured acts instead": of arrows that the samples would show as well if something unmeasured acted on both ends. */
function unlessUnseen(graph: LearnedGraph, { edges }: Judgement, fixed: readonly Edge[], name: NameOf): string {
  const open = fixed.filter((edge) => edges[graph.edges.indexOf(edge)]?.evenUnseen === false)
  if (open.length === 0) return ''
  const which = open.length === fixed.length ? 'instead' : `in place of ${list(named(open, name).map(edgeSigns))}`
  return `, if nothing unmeasured acts ${which}`
}

/** What is stated of the edges. */
function statedEdges(graph: LearnedGraph, judgement: Judgement, claimed: readonly Edge[], name: NameOf): string {
  const open = claimed.filter((edge) => !isDirected(edge))
  const between = pairsBetween(open, name)
  const clauses = driving(graph, claimed.filter(isDirected), name)
  if (clauses.length > 0) {
    const rest = between.length === 0 ? [] : [`the data do not fix the direction ${list(between, 'or')}`]
    const provided = unlessUnseen(graph, judgement, claimed.filter(isDirected), name)
    return `${sentence([`${clauses.join('; ')}${provided}`, ...rest].join('; '))}.`
  }
  const [only] = open
  if (open.length === 1 && only !== undefined)
    return `${sentence(list([only.from, only.to].sort((a, b) => a - b).map(name)))} depend on each other; the data do not fix the direction.`
  return `There are links ${list(between)}; the data fix none of their directions.`
}

/** No edge is stated: what would have been seen between the nodes that are supported. */
function noEdge(graph: LearnedGraph, judgement: Judgement, supported: readonly number[]): string {
  const bounds = judgement.pairs
    .filter(({ a, b }) => supported.includes(a) && supported.includes(b))
    .map(({ detectableV }) => detectableV)
  const all = supported.length === graph.nodes.length
  const who = !all
    ? 'the supported nodes'
    : supported.length === 2
      ? 'both nodes'
      : `all ${cardinal(supported.length)} nodes`
  const tentative = graph.edges.some(({ standing }) => standing === 'tentative')
  const between = all ? `${sentenceCase(who)} are supported, and` : 'Between the supported nodes'
  if (tentative) return `${between} no dependence is firm enough to be stated.`
  return `${between} no dependence ${all ? 'between them ' : ''}is found: one above V = ${Math.max(...bounds).toFixed(2)} would have been seen.`
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Why nodes are not supported, each reason once. */
function unsupportedNodes({ nodes, readings }: Judgement, name: NameOf): string {
  const indices = nodes.map((_, node) => node)
  const ambiguous = indices.filter((l) => nodes[l]!.standing === 'tentative' && !nodes[l]!.shared)
  const partly = indices.filter((l) => nodes[l]!.standing === 'tentative' && nodes[l]!.shared)
  const gone = indices.filter((l) => nodes[l]!.standing === 'unsupported')
  const names = (some: readonly number[]): string => list(some.map(name))
  const verb = (some: readonly number[], one: string, many: string): string => (some.length === 1 ? one : many)
  return [
    ...(ambiguous.length === 0
      ? []
      : [`for ${names(ambiguous)} ${cardinal(differingReadings({ readings }).length)} readings fit equally`]),
    ...(partly.length === 0
      ? []
      : [`${names(partly)} ${verb(partly, 'returns', 'return')} only in part in other parts of the samples`]),
    ...(gone.length === 0
      ? []
      : [`${names(gone)} ${verb(gone, 'does', 'do')} not return in other parts of the samples`]),
  ].join('; ')
}

/** Where none is: what keeps them from it. */
function noNode({ nodes, readings }: Judgement): string {
  if (nodes.every(({ standing }) => standing === 'unsupported'))
    return 'No discrete causes are supported: clusters found in one part of the samples do not return in another; the measurements vary continuously.'
  const returning = nodes.filter(
    ({ measured, replicability }) => measured || (replicability !== null && returns(replicability)),
  )
  if (returning.length > 0)
    return `No discrete causes are supported: ${cardinal(differingReadings({ readings }).length)} readings of the same clusters fit equally, and share no node that returns.`
  return 'No discrete causes are supported: clusters found in one part of the samples return only in part in another.'
}

function provisionalHeadline(graph: LearnedGraph, name: NameOf): string {
  if (graph.nodes.length === 1)
    return `Provisional: ${name(0)} is the only node, and no replicate has tested yet whether its clusters return.`
  const links = graph.edges.map(({ from, to }) => list([from, to].sort((a, b) => a - b).map(name)))
  if (links.length === 0)
    return 'Provisional: this training joins no two nodes, and no replicate has tested yet whether they return.'
  return `Provisional: this training links ${list(
    links,
    'as well as',
  )}; no replicate has tested yet whether that returns.`
}

/** The headline of a graph judged and named, with what was given. */
export function headline(graph: LearnedGraph, judgement: Judgement): string {
  return [found(graph, judgement), givenSentence(graph)].filter((text) => text !== '').join(' ')
}

/** "Given: hue before shift."; empty where nothing was. */
function givenSentence({ given, nodes }: LearnedGraph): string {
  if (given === undefined) return ''
  const words = givenWords(
    given,
    nodes.map(({ name }) => name),
  )
  return words === '' ? '' : `Given: ${words}.`
}

function found(graph: LearnedGraph, judgement: Judgement): string {
  const name: NameOf = (node) => graph.nodes[node]!.name
  if (!explainsAnything(judgement))
    return 'Nothing is found: the model rebuilds the measurements no better than their mean.'
  if (judgement.replicates === 0) return provisionalHeadline(graph, name)
  const supported = judgement.nodes.flatMap(({ standing }, node) => (standing === 'supported' ? [node] : []))
  if (supported.length === 0) return noNode(judgement)
  if (graph.nodes.length === 1)
    return sentence(`${name(0)} is the only node, so there is no graph to learn: the samples fall into its categories.`)
  const claimed = claimedEdges(graph)
  const all = supported.length === graph.nodes.length
  const edges =
    claimed.length > 0
      ? [statedEdges(graph, judgement, claimed, name)]
      : supported.length > 1
        ? [noEdge(graph, judgement, supported)]
        : []
  const nodes = all
    ? []
    : [
        `${sentenceCase(cardinal(supported.length))} of ${cardinal(graph.nodes.length)} nodes ${supported.length === 1 ? 'is' : 'are'} supported; ${unsupportedNodes(judgement, name)}.`,
      ]
  const hidden = (judgement.hidden ?? []).filter(
    (edge) => isBidirected(edge) && supported.includes(edge.from) && supported.includes(edge.to),
  )
  const unseen = hidden.map(({ from, to }) => list([name(from), name(to)]))
  const causes = hidden.length === 0 ? [] : [`Something unmeasured may act on ${list(unseen, 'as well as on')}.`]
  return [...edges, ...nodes, ...causes].join(' ')
}
