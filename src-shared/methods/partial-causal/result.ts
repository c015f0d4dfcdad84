/** What a finished run of the partial causal model says (partial-causal.md section 6) and how others may ask it. */
import * as v from 'valibot'
import type { ScoreKind } from '../../domain/result.ts'
import type { Coupling, Facets } from '../facets.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** Lower bound of the mutual information of two modalities, mean over pairs. */
export const scoreKind: ScoreKind = { name: 'Shared information', unit: 'nats', better: 'higher' }

/** Names of the per-sample arrays; those of a modality by its place among the modalities. */
export const arrayNames = {
  /** Mean over the modalities that a sample has, [n, C] */
  components: 'components',
  /** Standard deviation over those modalities, NaN where a sample has only one, [n, C] */
  spread: 'componentsSd',
  /** [n, C], NaN where absent */
  componentsOf: (m: number): string => `components_${m}`,
  /** What varies in the modality alone, [n, K], NaN where absent */
  privateOf: (m: number): string => `private_${m}`,
  /** Outputs of the encoder, [n, l], NaN where absent */
  embeddingOf: (m: number): string => `embedding_${m}`,
} as const

const modality = v.object({
  modality: v.string(),
  /** Samples that have it. */
  samples: count,
  /** Rounds of FastICA, the largest change of a direction in the last, and whether that was small enough. */
  iterations: count,
  lastChange: v.number(),
  converged: v.boolean(),
  /**
   * How far the outputs are from being uniform: on the sphere the mean of exp(-2 |u - v|^2) over pairs of samples less what
   * it is for uniform ones; in the box the largest distance of a coordinate's distribution from the uniform.
   */
  uniformity: v.number(),
  /** The same of as many uniform draws: what chance alone makes of it. */
  uniformityByChance: v.number(),
  /** Mean |correlation| of two different components where they were not fitted. */
  dependence: v.number(),
  /** Excess kurtosis of each component: 0 for a Gaussian, which FastICA cannot tell from another. [C] */
  kurtosis: v.array(v.number()),
})

const pair = v.object({
  first: v.string(),
  second: v.string(),
  /** Contrastive loss of the pair on the training rows of the last epoch, nats. */
  loss: v.number(),
  /** Lower bound of what they share, nats, on the rows that coupling was measured on. */
  information: v.number(),
  /** R2 of a linear map from the first's outputs to the second's, held out. */
  linearR2: v.nullable(v.number()),
  collapsed: v.boolean(),
})

const component = v.object({
  name: v.string(),
  /** Correlation of the component as each pair of modalities tells it, in the order of the pairs. */
  coupling: v.array(v.number()),
  /** Mean over pairs. */
  strength: v.number(),
  /** Ids of the samples with the lowest and the highest values, the most extreme first. */
  low: v.array(v.string()),
  high: v.array(v.string()),
})

/** What varies in one modality alone. */
const privateComponent = v.object({
  name: v.string(),
  /** Share of the modality's variance along it. */
  explained: v.number(),
  /** |Correlation| of the component as two halves of the samples, which share none, lay its axis. */
  halves: v.number(),
  /** Excess kurtosis: 0 for a Gaussian, of which any rotation would do as well. */
  kurtosis: v.number(),
  low: v.array(v.string()),
  high: v.array(v.string()),
})

export const partialCausalBody = v.object({
  geometry: v.picklist(['sphere', 'box']),
  profile: v.picklist(['paper', 'released']),
  /** tau at the end, and whether it was learnt. */
  temperature: v.number(),
  temperatureLearnt: v.boolean(),
  batchSize: count,
  /** Rows that the unmixing was fitted on, and those that coupling was measured on. */
  fitted: count,
  measured: count,
  /** Coupling was measured on samples kept from training. */
  heldOut: v.boolean(),
  unmixing: v.picklist(['FastICA', 'PCA and FastICA']),
  notes: v.array(v.string()),
  modalities: v.array(modality),
  pairs: v.array(pair),
  /** Most strongly coupled first. */
  components: v.array(component),
  /** Of each modality, in their order; absent in results of earlier versions. */
  privates: v.optional(v.array(v.array(privateComponent)), []),
})

export type PartialCausalBody = v.InferOutput<typeof partialCausalBody>

export function couplingOf(body: PartialCausalBody): Coupling {
  return {
    modalities: body.modalities.map(({ modality: name, samples }, m) => ({
      name,
      samples,
      values: arrayNames.componentsOf(m),
    })),
    pairs: body.pairs.map(({ first, second, information }) => ({ first, second, information })),
    upToRotation: body.geometry === 'sphere',
    components: body.components,
    privates: body.modalities.flatMap(({ modality: name }, m) => {
      const components = body.privates[m] ?? []
      return components.length === 0 ? [] : [{ modality: name, values: arrayNames.privateOf(m), components }]
    }),
    values: arrayNames.components,
    heldOut: body.heldOut,
    measured: body.measured,
  }
}

export function facetsOfBody(body: PartialCausalBody): Facets {
  return {
    graph: null,
    clusters: null,
    representation: {
      mean: arrayNames.components,
      sd: arrayNames.spread,
      error: null,
      modalities: body.modalities.map(({ modality: name }) => name),
      outputs: body.modalities.map(({ modality: name }, m) => ({ modality: name, values: arrayNames.embeddingOf(m) })),
    },
    ranking: {
      title: 'What the measurements share',
      measure: 'correlation of a component as each modality tells it',
      entries: body.components.map(({ name, strength }) => ({ name, value: strength })),
    },
    coupling: couplingOf(body),
    prediction: null,
  }
}
