/** What the counts and the replicates say of each edge, what an arrow rests on, and what speaks against the graph. */
import type { DeniedIndependence, Judgement } from '../domain/judgement.ts'
import { type Edge, edgeBetween, isDirected, isOpen } from '../graph/edge.ts'
import { edgeSigns, edgeText } from '../graph/edge-words.ts'
import type { LearnedGraph } from '../graph/learned-graph.ts'
import { named } from '../graph/marked-graph.ts'
import { listMembers } from '../graph-questions/between.ts'
import { type Finding, info, warning } from './finding.ts'
import { claimedEdges } from './headline.ts'
import { evidenceThresholds } from './thresholds.ts'
import { list, probability, sentence } from './words.ts'

type NameOf = (node: number) => string

export function edgeFindings(graph: LearnedGraph, judgement: Judgement): readonly Finding[] {
  const name: NameOf = (node) => graph.nodes[node]!.name
  const spoken = graph.edges.filter(({ standing }) => standing !== 'unsupported')
  return [
    ...spoken.map((edge) => support(edge, name, unrequiredOf(judgement, edge))),
    ...missed(graph, judgement, name),
    ...unshown(graph, judgement, name),
    ...against(graph, judgement, name),
    ...absences(graph, judgement, name),
    ...assumptions(graph),
    ...toldAfterwards(graph),
    ...unseenInstead(graph, judgement, name),
  ]
}

/** "Heat and Density are joined with probability 0.99 (in 4 of 4 replicates), as Heat → Density with 0.93." */
function support(edge: Edge, name: NameOf, unrequired: number | undefined): Finding {
  const { posterior, replicates } = edge.support
  const [ends] = named([edge], name)
  const pair = list([edge.from, edge.to].sort((a, b) => a - b).map(name))
  const often =
    replicates === null ? '' : ` (more likely than not in ${replicates.agreeing} of ${replicates.of} replicates)`
  const direction = isDirected(edge) ? `, as ${edgeSigns(ends!)} with ${probability(posterior?.forward ?? 0)}` : ''
  const text =
    unrequired === undefined
      ? `${pair} are joined with probability ${probability(posterior?.joined ?? 0)}${often}${direction}`
      : `${edgeSigns(ends!)} is required; were it not, ${pair} would be joined with probability ${probability(unrequired)}`
  return edge.standing === 'tentative'
    ? warning('support', sentence(`${text}: tentative.`))
    : info('support', sentence(`${text}.`))
}

/** How probable a required edge would be if it were not; undefined for others. */
function unrequiredOf({ pairs }: Judgement, { from, to }: Edge): number | undefined {
  return pairs.find(({ a, b }) => a === Math.min(from, to) && b === Math.max(from, to))?.unrequired
}

/** Pairs that the graph does not join though the posterior would. */
function missed({ edges }: LearnedGraph, { pairs, nodes }: Judgement, name: NameOf): readonly Finding[] {
  return pairs
    .filter(({ a, b }) => edgeBetween(edges, a, b) === undefined)
    .filter(({ a, b }) => nodes[a]!.standing !== 'unsupported' && nodes[b]!.standing !== 'unsupported')
    .filter(({ joined }) => joined.mean >= evidenceThresholds.tentativeJoined)
    .map(({ a, b, joined }) =>
      warning(
        'support',
        sentence(
          `${name(a)} and ${name(b)} are not joined in the graph, yet with probability ${probability(joined.mean)} they are.`,
        ),
      ),
    )
}

/** Edges that are in the graph because they were required, and that the samples alone would not have shown. */
function unshown({ given: told }: LearnedGraph, { pairs }: Judgement, name: NameOf): readonly Finding[] {
  return (told?.required ?? []).flatMap(([from, to]) => {
    const pair = pairs.find(({ a, b }) => a === Math.min(from, to) && b === Math.max(from, to))
    const alone = pair?.unrequired ?? 1
    if (alone >= evidenceThresholds.tentativeJoined) return []
    return [
      warning(
        'support',
        sentence(
          `${name(from)} → ${name(to)} is in the graph because it was required: without that the samples join the two with probability ${probability(alone)}.`,
        ),
      ),
    ]
  })
}

function given(nodes: readonly number[], name: NameOf): string {
  return nodes.length === 0 ? '' : ` given ${list(nodes.map(name))}`
}

const pValue = (p: number): string =>
  p < 1e-6 ? 'p < 1e-6' : p < 0.001 ? `p = ${p.toExponential(0)}` : `p = ${p.toFixed(3)}`

/** Independences that graph and samples do not agree on, and what FCI makes of them. */
function against(
  graph: LearnedGraph,
  { implied, separated, parted, hidden }: Judgement,
  name: NameOf,
): readonly Finding[] {
  if (hidden === null) return []
  const seen = ({ a, b }: DeniedIndependence): boolean =>
    graph.edges.some(
      ({ from, to, standing }) => standing !== 'unsupported' && [from, to].includes(a) && [from, to].includes(b),
    )
  const standing = (node: number): boolean => graph.nodes[node]!.standing !== 'unsupported'
  const denied = implied.failed
    .filter(({ a, b, given: others }) => [a, b, ...others].every(standing))
    .slice(0, 1)
    .map(
      ({ a, b, given: others, p, cramersV }) =>
        `The graph says that ${name(a)} and ${name(b)} are independent${given(others, name)}; in these samples they are not (${pValue(p)}, V = ${cramersV.toFixed(2)}).`,
    )
  const needless = separated
    .filter(seen)
    .map(
      ({ a, b, given: others, p }) =>
        `The graph joins ${name(a)} and ${name(b)}; these samples show no dependence of the two${given(others, name)} (${pValue(p)}).`,
    )
  const apart = parted
    .filter(({ a, b, given: others }) => [a, b, ...others].every(standing))
    .map(({ a, b, given: others, p }) => `${name(a)} and ${name(b)}${given(others, name)} (${pValue(p)})`)
  const unfaithful =
    apart.length === 0
      ? []
      : [
          `These samples show no dependence of ${list(apart)}: if there is none, no graph with these links does without an unmeasured cause.`,
        ]
  const facts = [...denied, ...needless, ...unfaithful]
  if (facts.length === 0) return []
  const found = named(
    hidden.filter(({ from, to }) => standing(from) && standing(to)),
    name,
  ).map(edgeText)
  const fci =
    found.length === 0
      ? ''
      : ` With unmeasured causes allowed (FCI) the same counts say: ${found.join(', ')} (a head: not a cause; two heads: an unmeasured cause; a circle: open).`
  return [warning('direction', `${facts.join(' ')}${fci} No arrow is stated that this denies.`)]
}

/** Arrows are claims about edges that are not there: "provided A and B are independent". */
function absences(graph: LearnedGraph, judgement: Judgement, name: NameOf): readonly Finding[] {
  const byAbsence = new Map<string, { arrows: string[]; pairs: readonly (readonly [number, number])[] }>()
  for (const edge of claimedEdges(graph).filter(isDirected)) {
    const restsOn = judgement.edges[graph.edges.indexOf(edge)]?.restsOn ?? []
    if (restsOn.length === 0) continue
    const [ends] = named([edge], name)
    const group = byAbsence.get(restsOn.join(';'))
    if (group === undefined) byAbsence.set(restsOn.join(';'), { arrows: [edgeSigns(ends!)], pairs: restsOn })
    else group.arrows.push(edgeSigns(ends!))
  }
  return [...byAbsence.values()].map(({ arrows, pairs }) => {
    const absent = pairs.map(([a, b]) => `${name(a)} and ${name(b)} are not joined`)
    const bound = Math.max(
      ...pairs.map(([a, b]) => judgement.pairs.find((pair) => pair.a === a && pair.b === b)?.detectableV ?? 1),
    )
    return info(
      'direction',
      `${list(arrows)} ${arrows.length === 1 ? 'holds' : 'hold'} provided ${list(absent)}; these ${judgement.samples.toLocaleString('en')} samples cannot exclude a dependence up to V = ${bound.toFixed(2)}.`,
    )
  })
}

/** Which of the stated arrows the samples would show as well if something unmeasured acted on both ends instead. */
function unseenInstead(graph: LearnedGraph, { edges }: Judgement, name: NameOf): readonly Finding[] {
  const arrows = claimedEdges(graph).filter(isDirected)
  const evenUnseen = (edge: Edge): boolean => edges[graph.edges.indexOf(edge)]?.evenUnseen === true
  const signs = (some: readonly Edge[]): string => list(named(some, name).map(edgeSigns))
  const open = arrows.filter((edge) => !evenUnseen(edge))
  const firm = arrows.filter(evenUnseen)
  if (open.length === 0) return []
  const others = firm.length === 0 ? '' : `; ${signs(firm)} could not be that`
  return [
    info(
      'direction',
      `In place of ${open.length === 1 ? '' : 'each of '}${signs(open)} there could be something unmeasured that acts on both${open.length === 1 ? '' : ' ends'}: these samples would look the same (FCI)${others}.`,
    ),
  ]
}

/** Graphs that are spelled out. */
const mostSpelled = 3

/** What was told to the finished run: which of its graphs agree. */
function toldAfterwards(graph: LearnedGraph): readonly Finding[] {
  const { afterwards, edges } = graph
  if (afterwards === undefined) return []
  const { agreeing, of, complete } = afterwards
  const all = `${complete ? '' : 'more than '}${of}`
  const counted =
    of === 1
      ? 'the one graph that fits these samples agrees with it'
      : `of the ${all} graphs that fit these samples as well, ${agreeing} ${agreeing === 1 ? 'agrees' : 'agree'} with it`
  // A graph spelled out has arrows: not before replicates have tested its links.
  const firm = edges.every(({ standing }) => standing === 'supported' || standing === 'tentative')
  const spelled =
    !firm || agreeing > mostSpelled || edges.length === 0
      ? ''
      : `: ${listMembers(graph)
          .members.map((member) => member.join(', '))
          .join('; or ')}`
  return [
    info(
      'direction',
      `What is given was told when the run was done: ${counted}${spelled}. Its clusters and their names were learned without it.`,
    ),
  ]
}

function assumptions(graph: LearnedGraph): readonly Finding[] {
  const edges = graph.edges.filter(({ standing }) => standing !== 'unsupported')
  if (edges.length === 0) return []
  if (edges.every(({ standing }) => standing === 'provisional'))
    return [info('direction', 'No direction is shown before replicates have tested the links.')]
  const open = edges.some(isOpen) ? ' Dashed edges could point either way, as far as these data tell.' : ''
  const which = edges.some(isDirected) ? 'Links and arrows' : 'Links'
  return [
    info(
      'direction',
      `${which} are of causes if nothing unmeasured acts on two of the nodes and samples were not chosen by what they are: either joins nodes of which none causes the other.${open}`,
    ),
  ]
}
