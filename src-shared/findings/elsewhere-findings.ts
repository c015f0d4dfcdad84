/** Where other finished runs of the same data say otherwise, the finding says so. */
import type { Judgement } from '../domain/judgement.ts'
import { isDirected } from '../graph/edge.ts'
import type { LearnedGraph } from '../graph/learned-graph.ts'
import { type Finding, info, warning } from './finding.ts'
import { evidenceThresholds } from './thresholds.ts'
import { cardinal, list, sentence } from './words.ts'

/** Runs that are told one by one; of more than these their number says enough. */
const mostTold = 3

export function elsewhereFindings(graph: LearnedGraph, { elsewhere }: Judgement): readonly Finding[] {
  if (elsewhere.length === 0) return []
  const differing = elsewhere.flatMap((other) => {
    const said = otherwise(graph, other)
    return said === '' ? [] : [`${other.name} ${said}`]
  })
  const others = elsewhere.length === 1 ? 'the other run' : `${cardinal(elsewhere.length)} other runs`
  if (differing.length === 0)
    return [
      info(
        'nodes',
        `${sentence(others)} of these data with such nodes ${elsewhere.length === 1 ? 'says' : 'say'} the same.`,
      ),
    ]
  const many = `${sentence(cardinal(differing.length))} of ${others} of these data ${differing.length === 1 ? 'says' : 'say'} otherwise`
  const head = elsewhere.length === 1 ? 'The other run of these data says otherwise' : many
  const rest = differing.length > mostTold ? '; ...' : ''
  return [warning('nodes', `${head}: ${differing.slice(0, mostTold).join('; ')}${rest}.`)]
}

/** "finds no node like N3 (agreement 0.12), joins N1 and N2"; empty where it says the same. */
function otherwise(
  { nodes, edges }: LearnedGraph,
  { agreement, otherwise: pairs }: Judgement['elsewhere'][number],
): string {
  const name = (node: number): string => nodes[node]!.name
  const shown = (node: number): boolean => nodes[node]!.standing !== 'unsupported'
  const lost = agreement.flatMap((share, node) =>
    shown(node) && share < evidenceThresholds.supportedNode
      ? [`${name(node)} (agreement ${Math.max(0, share).toFixed(2)})`]
      : [],
  )
  const told = pairs.flatMap(({ a, b, there }): string[] => {
    const pair = `${name(a)} and ${name(b)}`
    if (!shown(a) || !shown(b)) return []
    if (there === 'joined') return [`joins ${pair}`]
    const edge = edges.find(({ from, to }) => [from, to].includes(a) && [from, to].includes(b))
    if (edge === undefined || edge.standing === 'unsupported') return []
    if (there === 'unjoined') return [`does not join ${pair}`]
    return isDirected(edge) ? [`turns the arrow between ${pair} round`] : []
  })
  return [...(lost.length === 0 ? [] : [`finds no node like ${list(lost, 'or')}`]), ...told].join(', ')
}
