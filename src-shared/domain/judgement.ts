/** How firmly each part of a run's graph may be stated: what its counts say, and what of it returns in its replicates. */
import * as v from 'valibot'
import { endMark, standing } from '../graph/edge-schema.ts'
import type { ReadonlyDeep } from '../readonly-deep.ts'

const index = v.pipe(v.number(), v.integer(), v.minValue(0))

/** A mean over trainings, with the interval of a bootstrap that holds it in 95 of 100 cases. */
export const estimate = v.object({ mean: v.number(), interval: v.tuple([v.number(), v.number()]) })
export type Estimate = ReadonlyDeep<v.InferOutput<typeof estimate>>

const nodeJudgement = v.object({
  /**
   * Agreement with its partner in each replicate beyond chance (adjusted mutual information), on samples that the
   * replicate did not train on. Null without replicates, or where the node is a column of the data.
   */
  replicability: v.nullable(estimate),
  /** Every sample's category is given by a column: there is nothing to find that could fail to return. */
  measured: v.boolean(),
  /** Every reading that fits as well divides the samples in the same way. */
  shared: v.boolean(),
  /** Labels of an anchored node that replicates did not see, over all of them; null without any. */
  heldOut: v.nullable(v.object({ agreeing: index, of: index })),
  standing,
})
export type NodeJudgement = ReadonlyDeep<v.InferOutput<typeof nodeJudgement>>

/** Two nodes a < b. Probabilities are means over the run's counts and those of its replicates. */
const pairJudgement = v.object({
  a: index,
  b: index,
  joined: estimate,
  /** a -> b */
  forward: estimate,
  /** b -> a */
  backward: estimate,
  /** Replicates in which each is more likely than not. */
  agreeing: v.object({ joined: index, forward: index, backward: index }),
  /** Cramér's V in the run's counts, and the smallest that so many samples would have shown. */
  cramersV: v.number(),
  detectableV: v.number(),
  /** Where an edge between them is required: how probable it would be if it were not. */
  unrequired: v.exactOptional(v.number()),
})
export type PairJudgement = ReadonlyDeep<v.InferOutput<typeof pairJudgement>>

/** An edge of the run's graph, in its order. */
const edgeJudgement = v.object({
  standing,
  /** Its direction may be stated. */
  directed: v.boolean(),
  /** Pairs whose being not joined fixes the direction. */
  restsOn: v.array(v.tuple([index, index])),
  /** Nothing unmeasured could stand in its place: FCI on the counts finds the arrow too, or it was given. */
  evenUnseen: v.boolean(),
})
export type EdgeJudgement = ReadonlyDeep<v.InferOutput<typeof edgeJudgement>>

/** Nodes a and b given others: independent in the graph or in the samples, and not in the other. */
const deniedIndependence = v.object({
  a: index,
  b: index,
  given: v.array(index),
  /** That the samples come about where the two are independent; after Holm's correction where several were tested. */
  p: v.number(),
  cramersV: v.number(),
})
export type DeniedIndependence = ReadonlyDeep<v.InferOutput<typeof deniedIndependence>>

/**
 * A reading of the clusters: one assignment of components to joint outcomes. Its node l is the one that comes nearest to
 * the graph's node l; the graph itself is of the first reading.
 */
const reading = v.object({
  /** Null where nothing had to be searched. */
  residual: v.nullable(v.number()),
  /** How far each of the graph's nodes is found in it: adjusted mutual information with its node there. */
  agreement: v.array(v.number()),
  /** Which of the configured nodes each of its nodes is: they may differ in their categories. */
  configured: v.array(index),
  /** Its nodes that divide the samples as the graph's do. */
  shared: v.array(v.boolean()),
  /** Category in each of its nodes of every joint outcome of the graph, [C][L]; of shared nodes as the graph has them. */
  categories: v.array(v.array(index)),
  /** The class of the best DAG on its counts, with the exact probability that the two are joined. */
  edges: v.array(v.object({ from: index, to: index, fromMark: endMark, toMark: endMark, joined: v.number() })),
  /**
   * Samples whose labels would tell it from the first reading: for every combination of what the two say in nodes that
   * they do not share, those whose components are surest. Outcomes are the graph's.
   */
  toLabel: v.array(v.object({ outcome: index, samples: v.array(v.string()) })),
})
export type Reading = ReadonlyDeep<v.InferOutput<typeof reading>>

/** What another finished run of the same data says of this run's nodes and of the edges between those that both have. */
const elsewhere = v.object({
  run: index,
  name: v.string(),
  /** Agreement of each node with its partner there. */
  agreement: v.array(v.number()),
  /** Pairs of nodes, as this run has them, that the other joins where this does not, does not join, or turns round. */
  otherwise: v.array(v.object({ a: index, b: index, there: v.picklist(['joined', 'unjoined', 'reversed']) })),
})
export type Elsewhere = ReadonlyDeep<v.InferOutput<typeof elsewhere>>

export const judgement = v.object({
  samples: index,
  /** Those of them that lack one of the run's modalities or more. */
  incomplete: index,
  /** Replicates done, and planned. */
  replicates: index,
  planned: index,
  /** The reading of the clusters that the graph is of, then those that fit as well. */
  readings: v.array(reading),
  nodes: v.array(nodeJudgement),
  pairs: v.array(pairJudgement),
  edges: v.array(edgeJudgement),
  /** Independences that the graph implies: how many were tested, and those that the counts deny. */
  implied: v.object({ tested: index, failed: v.array(deniedIndependence) }),
  /** Edges of the graph whose nodes are independent in the samples. */
  separated: v.array(deniedIndependence),
  /** Independences in the samples that FCI's double heads rest on: no graph without an unmeasured cause has them all. */
  parted: v.array(deniedIndependence),
  /** What FCI finds on the same counts where these deny the graph or one of its arrows; null where they do not. */
  hidden: v.nullable(v.array(v.object({ from: index, to: index, fromMark: endMark, toMark: endMark }))),
  /** Other finished runs of the same data with nodes of the same kinds, newest first. */
  elsewhere: v.array(elsewhere),
  /** Share of each modality's variance that the model explains. */
  rebuilt: v.array(v.object({ modality: v.string(), explained: v.number() })),
  /** Joint outcomes whose samples fall into two groups with next to nothing between them. */
  divided: v.array(index),
  /** Mean share of the replicates in which a sample keeps its categories in all nodes; null without replicates. */
  stability: v.nullable(v.number()),
})
export type Judgement = ReadonlyDeep<v.InferOutput<typeof judgement>>
