/** What may be stated of a run, for programs. Fields are added, never changed. */
import type { ComponentJudgement } from '../domain/component-judgement.ts'
import type { Judgement } from '../domain/judgement.ts'
import { isDirected, shown, type Standing } from '../graph/edge.ts'
import { edgeText } from '../graph/edge-words.ts'
import { named } from '../graph/marked-graph.ts'
import { type GraphNames, withNames } from '../graph-formats/names.ts'
import type { RunResult } from '../domain/result.ts'
import { facetOf, facetsOf, findingsOf } from '../methods/results.ts'
import { cautionsOf } from './finding.ts'
import { claimedEdges } from './headline.ts'
import { judgedCoupling } from './judged-coupling.ts'
import { judgedGraph } from './judged-graph.ts'
import { type Knowledge, knowledgeOfGraph } from '../knowledge/knowledge.ts'
import { edgesInAll, samplesToLabel, shownReadings } from './readings.ts'

export interface FindingsRecord {
  readonly headline: string
  /** Samples of the run, and those of them that lack one of its modalities or more. */
  readonly samples: number
  readonly incomplete: number
  /** No replicate has tested yet what returns: nothing is more than tentative. */
  readonly provisional: boolean
  readonly nodes: readonly {
    readonly name: string
    readonly status: 'supported' | 'tentative' | 'unsupported'
    /** Mean agreement beyond chance with other trainings; null without any, or where the node is a column. */
    readonly replicability: number | null
    readonly interval: readonly [number, number] | null
  }[]
  /** Every pair of nodes; an edge of the graph is told from its parent. */
  readonly edges: readonly {
    readonly from: string
    readonly to: string
    readonly joined: number
    readonly forward: number
    readonly backward: number
    /** The headline states it. */
    readonly claimed: boolean
    /** As from -> to. */
    readonly directed: boolean
    /** Replicates in which the pair is more likely joined than not. */
    readonly replicates: number
    /** Cramér's V of the two, and the smallest that these samples would have shown. */
    readonly cramersV: number
    readonly detectableV: number
  }[]
  /** The chosen reading of the clusters first, then those that fit as well and differ: which nodes they share. */
  readonly readings: readonly {
    readonly residual: number | null
    readonly agreement: Readonly<Record<string, number>>
    /** Its nodes; those that it shares with the chosen one have the same name. */
    readonly nodes: readonly { readonly name: string; readonly shared: boolean }[]
    /** The class of the best graph on its counts. */
    readonly edges: readonly string[]
    /** Samples whose labels would tell it from the chosen one, with what either says of them. */
    readonly settledBy: readonly {
      readonly samples: readonly string[]
      readonly here: string
      readonly there: string
    }[]
  }[]
  /** What holds in every reading, and the samples whose labels would settle which is right. */
  readonly inAllReadings: { readonly nodes: readonly string[]; readonly edges: readonly string[] }
  readonly samplesToLabel: readonly string[]
  readonly replicates: number
  readonly cautions: readonly string[]
  readonly details: readonly string[]
  readonly notes: readonly string[]
  /** FCI's edges on the same counts, where these deny the graph or one of its arrows. */
  readonly allowingHidden: readonly string[] | null
  /** What was known beforehand, by the nodes' names; null where nothing was said. */
  readonly given: Knowledge | null
  /** Where part of that was told to the finished run: graphs of its class that agree with it, of how many. */
  readonly knownSince: { readonly agreeing: number; readonly of: number; readonly complete: boolean } | null
}

export function findingsRecord(result: RunResult, judgement: Judgement, names?: GraphNames): FindingsRecord {
  const learned = facetOf(result, 'graph')
  const graph = judgedGraph(withNames(learned, names), judgement)
  const { headline, provisional, details, notes } = findingsOf(result, { judgement, components: null, names })
  const name = (node: number): string => graph.nodes[node]!.name
  const claimed = claimedEdges(graph)
  return {
    headline,
    samples: judgement.samples,
    incomplete: judgement.incomplete,
    provisional,
    nodes: judgement.nodes.map(({ standing, replicability }, node) => ({
      name: name(node),
      status: standing === 'provisional' ? 'tentative' : standing,
      replicability: replicability?.mean ?? null,
      interval: replicability?.interval ?? null,
    })),
    edges: judgement.pairs.map((pair) => {
      const edge = graph.edges.find(({ from, to }) => Math.min(from, to) === pair.a && Math.max(from, to) === pair.b)
      const turned = edge?.from === pair.b
      const [from, to] = turned ? [pair.b, pair.a] : [pair.a, pair.b]
      const [forward, backward] = turned ? [pair.backward, pair.forward] : [pair.forward, pair.backward]
      const stated = edge !== undefined && claimed.includes(edge)
      return {
        from: name(from),
        to: name(to),
        joined: pair.joined.mean,
        forward: forward.mean,
        backward: backward.mean,
        claimed: stated,
        directed: stated && isDirected(edge),
        replicates: pair.agreeing.joined,
        cramersV: pair.cramersV,
        detectableV: pair.detectableV,
      }
    }),
    readings: shownReadings(learned, graph, judgement).map(({ residual, agreement, nodes, edges, settles }) => ({
      residual,
      agreement: Object.fromEntries(agreement.map((share, node) => [name(node), share])),
      nodes: nodes.map(({ name: called, shared }) => ({ name: called, shared })),
      edges: named(edges, (node) => nodes[node]!.name).map(edgeText),
      settledBy: settles.map(({ samples, here, there }) => ({ samples, here, there })),
    })),
    inAllReadings: {
      nodes: judgement.nodes.flatMap(({ shared }, node) => (shared ? [name(node)] : [])),
      edges: named(edgesInAll(graph.edges.map(shown), judgement), name).map(edgeText),
    },
    samplesToLabel: samplesToLabel(judgement),
    replicates: judgement.replicates,
    cautions: cautionsOf({ details }),
    details: details.filter(({ severity }) => severity === 'info').map(({ text }) => text),
    notes,
    allowingHidden: judgement.hidden === null ? null : named(judgement.hidden, name).map(edgeText),
    given: graph.given === undefined ? null : knowledgeOfGraph(graph),
    knownSince: graph.afterwards ?? null,
  }
}

function withStatus({ standing, ...component }: { readonly standing: Standing }): object {
  return { ...component, status: standing === 'provisional' ? 'tentative' : standing }
}

/** What may be stated of a run whose method has no nodes that label samples. */
export function couplingRecord({
  result,
  components,
  names,
}: {
  readonly result: RunResult
  readonly components: ComponentJudgement | null
  readonly names?: GraphNames | undefined
}): object {
  const { headline, provisional, details } = findingsOf(result, { judgement: null, components, names })
  const { coupling, ranking, prediction } = facetsOf(result)
  const judged = coupling === null ? null : judgedCoupling(coupling, components, names)
  return {
    headline,
    provisional,
    ...{ nodes: [], edges: [], readings: [] },
    ...(judged === null
      ? {}
      : {
          ...{ replicates: judged.replicates, mcc: judged.mcc, pairs: judged.pairs },
          components: judged.components.map(withStatus),
          privates: judged.privates.map(({ modality, components: own }) => ({
            modality,
            components: own.map(withStatus),
          })),
        }),
    ...(ranking === null ? {} : { ranking }),
    ...(prediction === null ? {} : { prediction }),
    cautions: cautionsOf({ details }),
    details: details.map(({ text }) => text),
  }
}
