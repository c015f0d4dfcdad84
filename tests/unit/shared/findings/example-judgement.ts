/** A judgement of a learned graph in which everything returns, to be changed where a test wants it otherwise. */
import type { Judgement, NodeJudgement, PairJudgement, Reading } from '../../../../src-shared/domain/judgement.ts'
import { edgeBetween, isDirected } from '../../../../src-shared/graph/edge.ts'
import { categoriesOfOutcomes } from '../../../../src-shared/graph-formats/probabilities.ts'
import type { LearnedGraph } from '../../../../src-shared/graph/learned-graph.ts'

export const certain = (mean: number): { mean: number; interval: [number, number] } => ({
  mean,
  interval: [mean, mean],
})

export interface Judging {
  readonly replicates?: number
  /** By node. */
  readonly nodes?: Readonly<Record<number, Partial<NodeJudgement>>>
  /** By "a-b", a < b. */
  readonly pairs?: Readonly<Record<string, Partial<PairJudgement>>>
  /** By the edge's index. */
  readonly edges?: Readonly<Record<number, Partial<Judgement['edges'][number]>>>
}

/** A reading of the clusters as the graph has them, but for what is given. */
export function exampleReading(graph: LearnedGraph, rest: Partial<Reading> = {}): Reading {
  const counts = graph.nodes.map((node) => node.categories.length)
  const byNode = categoriesOfOutcomes(counts)
  return {
    residual: null,
    agreement: counts.map(() => 1),
    configured: counts.map((_, node) => node),
    shared: counts.map(() => true),
    categories: (byNode[0] ?? []).map((_, outcome) => byNode.map((of) => of[outcome]!)),
    edges: graph.edges.map(({ from, to, fromMark, toMark }) => ({ from, to, fromMark, toMark, joined: 0.99 })),
    toLabel: [],
    ...rest,
  }
}

export function exampleJudgement(graph: LearnedGraph, judging: Judging = {}, rest: Partial<Judgement> = {}): Judgement {
  const { replicates = 4 } = judging
  const standing = replicates === 0 ? 'provisional' : 'supported'
  const pairs: PairJudgement[] = []
  graph.nodes.forEach((_, a) => {
    for (let b = a + 1; b < graph.nodes.length; b++) {
      const edge = edgeBetween(graph.edges, a, b)
      const forward = edge === undefined ? 0.02 : isDirected(edge) ? 0.95 : edge.toMark === 'tail' ? 0.5 : 0.04
      const joined = edge === undefined ? 0.04 : 0.99
      pairs.push({
        a,
        b,
        joined: certain(joined),
        forward: certain(forward),
        backward: certain(joined - forward),
        agreeing: { joined: edge === undefined ? 0 : replicates, forward: 0, backward: 0 },
        cramersV: 0.3,
        detectableV: 0.1,
        ...judging.pairs?.[`${a}-${b}`],
      })
    }
  })
  return {
    samples: 1000,
    incomplete: 0,
    replicates,
    planned: replicates,
    readings: [exampleReading(graph)],
    nodes: graph.nodes.map((_, node) => ({
      replicability: replicates === 0 ? null : { mean: 0.97, interval: [0.95, 0.99] },
      measured: false,
      shared: true,
      heldOut: null,
      standing,
      ...judging.nodes?.[node],
    })),
    pairs,
    edges: graph.edges.map((edge, at) => ({
      standing,
      directed: replicates > 0 && isDirected(edge),
      restsOn: [],
      evenUnseen: true,
      ...judging.edges?.[at],
    })),
    implied: { tested: 1, failed: [] },
    separated: [],
    parted: [],
    hidden: null,
    elsewhere: [],
    rebuilt: [{ modality: 'image', explained: 0.8 }],
    divided: [],
    stability: replicates === 0 ? null : 0.96,
    ...rest,
  }
}
