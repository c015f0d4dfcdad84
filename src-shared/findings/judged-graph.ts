/** A learned graph as it may be shown: each node and edge with its standing, and no arrow that may not be stated. */
import type { Judgement, PairJudgement } from '../domain/judgement.ts'
import { type Edge, type EdgeSupport, withoutHeads } from '../graph/edge.ts'
import type { LearnedGraph } from '../graph/learned-graph.ts'

function supportOf({ from, to, support: { restarts } }: Edge, pair: PairJudgement, of: number): EdgeSupport {
  const along = from === pair.a && to === pair.b
  const [forward, backward] = along ? [pair.forward, pair.backward] : [pair.backward, pair.forward]
  return {
    posterior: { joined: pair.joined.mean, forward: forward.mean, backward: backward.mean },
    replicates: of === 0 ? null : { agreeing: pair.agreeing.joined, of },
    restarts,
  }
}

/** Until replicates have run, an edge is provisional: what it joins is shown, no direction. */
export function judgedGraph(graph: LearnedGraph, judgement: Judgement): LearnedGraph {
  return {
    ...graph,
    nodes: graph.nodes.map((node, l) => ({ ...node, standing: judgement.nodes[l]?.standing ?? node.standing })),
    edges: graph.edges.map((edge, at): Edge => {
      const judged = judgement.edges[at]
      const pair = judgement.pairs.find(
        ({ a, b }) => a === Math.min(edge.from, edge.to) && b === Math.max(edge.from, edge.to),
      )
      if (judged === undefined || pair === undefined) return edge
      const { standing, directed } = judged
      return {
        ...(directed ? edge : withoutHeads(edge)),
        support: supportOf(edge, pair, judgement.replicates),
        standing,
      }
    }),
  }
}
