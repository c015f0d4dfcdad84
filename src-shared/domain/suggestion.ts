/** How many nodes and categories the samples suggest, and what that rests on. */
import * as v from 'valibot'
import type { ReadonlyDeep } from '../readonly-deep.ts'

/** Nodes compared where nobody says how many, and at most: more have more outcomes than most data sets have clusters. */
export const defaultNodesCompared = 4
export const mostNodesCompared = 5

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** At one number of clusters: what mixtures of all modalities' latent codes say. */
const countFigures = v.object({
  clusters: count,
  /** Of a mixture of so many Gaussians, of samples that it was not fitted to: nats a sample; null: too few samples. */
  logLikelihood: v.nullable(v.number()),
  /** Adjusted mutual information of the clusters with those of parts of the samples: 1 for the same, 0 for chance. */
  agreement: v.number(),
  /** What parts of the samples have of the least stable cluster: intersection over union. */
  weakest: v.number(),
  /** 1 where no sample lies between clusters. */
  sharpness: v.number(),
  /** All of that is good enough: these are clusters of the data. */
  apart: v.boolean(),
})

/**
 * `chosen`; `possible`: fits as well but is not the simplest; `few`: there are more clusters than outcomes; `many`: there
 * are none for a quarter of its outcomes; `unnamed`: clusters without any structure would be named so as well.
 */
export const verdicts = ['chosen', 'possible', 'few', 'many', 'unnamed'] as const
export type Verdict = (typeof verdicts)[number]

const candidate = v.object({
  /** Categories of each node; none: no discrete cause. */
  nodes: v.array(count),
  outcomes: count,
  /** At as many clusters as outcomes; null where the samples are too few for so many. */
  logLikelihood: v.nullable(v.number()),
  agreement: v.nullable(v.number()),
  /** Cost of the best names, 1 for names by chance; null where there was nothing to name. */
  residual: v.nullable(v.number()),
  /** Probability that clusters without structure are named as well; null where it was not tried. */
  nullP: v.nullable(v.number()),
  /** The clusters of single modalities are combinations of its nodes. */
  structured: v.boolean(),
  verdict: v.picklist(verdicts),
})
export type Candidate = ReadonlyDeep<v.InferOutput<typeof candidate>>

export const suggestion = v.object({
  samples: count,
  /** Categories of each node; none: the samples suggest no discrete cause. */
  nodes: v.array(count),
  /** Clusters that stand apart in all views together; 1 where none do. */
  clusters: count,
  /** By view, all modalities together first: clusters that stand apart in it. */
  views: v.array(v.object({ modalities: v.array(v.string()), clusters: count })),
  /** Of all modalities together. */
  counts: v.array(countFigures),
  candidates: v.array(candidate),
  /** Directions in which the samples vary beyond the model's own uncertainty: share of the variance along each, largest first. */
  directions: v.array(v.number()),
})
export type Suggestion = ReadonlyDeep<v.InferOutput<typeof suggestion>>
