/** What has to be said before a graph answers a question: which of what the answer rests on may not be stated. */
import { edgeBetween, isDirected } from '../graph/edge.ts'
import { edgeSigns } from '../graph/edge-words.ts'
import type { LearnedGraph } from '../graph/learned-graph.ts'
import { dagOf, endsOfClass, named } from '../graph/marked-graph.ts'
import { edgeConstraints } from '../knowledge/constraints.ts'
import { list, sentence } from '../findings/words.ts'

interface AskedGraph extends Pick<LearnedGraph, 'nodes' | 'edges'> {
  /** What was known beforehand. */
  readonly given?: LearnedGraph['given'] | null
}

/**
 * Sentences, empty where all is supported.
 * @param graph judged, under the names shown
 * @param asked nodes that the question is about: what is said of them comes first
 */
export function cautionsFor(graph: AskedGraph, asked: readonly number[]): readonly string[] {
  const { nodes, edges } = graph
  const name = (node: number): string => nodes[node]!.name
  const all = nodes.map((_, node) => node)
  const inOrder = [...asked, ...all.filter((node) => !asked.includes(node))]
  const withStanding = (standing: string): number[] => inOrder.filter((node) => nodes[node]!.standing === standing)
  const [unsupported, tentative] = [withStanding('unsupported'), withStanding('tentative')]
  const untested = [...nodes, ...edges].some(({ standing }) => standing === 'provisional')
  const weak = edges.filter(({ standing }) => standing === 'unsupported' || standing === 'tentative')
  const ends = (some: typeof edges): string =>
    list(
      named(
        some.map((edge) => ({ ...edge, fromMark: 'tail', toMark: 'tail' })),
        name,
      ).map(edgeSigns),
    )
  const plural = (some: readonly unknown[], one: string, several: string): string => (some.length === 1 ? one : several)
  return [
    ...(untested ? ['No replicate has tested yet what of this graph returns: the answer rests on one training.'] : []),
    ...(unsupported.length === 0
      ? []
      : [
          `${list(unsupported.map(name))} ${plural(unsupported, 'is', 'are')} not supported: other trainings do not find ${plural(unsupported, 'it', 'them')} again, so the answer may be about nothing that is there.`,
        ]),
    ...(tentative.length === 0 ? [] : [`${list(tentative.map(name))} ${plural(tentative, 'is', 'are')} tentative.`]),
    ...(weak.length === 0
      ? []
      : [
          `The answer rests on ${plural(weak, 'a link that is', 'links that are')} not firmly supported: ${ends(weak)}.`,
        ]),
    ...unstatedArrows(graph, name),
  ].map(sentence)
}

/** Arrows that the class of the learned DAG has and that may not be stated: the answer takes them as they were learned. */
function unstatedArrows({ nodes, edges, given }: AskedGraph, name: (node: number) => string): readonly string[] {
  const taken = endsOfClass(dagOf(nodes.length, edges), edgeConstraints(given, nodes.length))
    .filter(isDirected)
    .filter(({ from, to }) => {
      const shown = edgeBetween(edges, from, to)
      return shown !== undefined && !isDirected(shown)
    })
  if (taken.length === 0) return []
  const signs = list(named(taken, name).map(edgeSigns))
  return [
    `It takes ${signs} as the graph has ${taken.length === 1 ? 'it' : 'them'}, though the direction may not be stated.`,
  ]
}
