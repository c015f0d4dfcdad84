/** What a finished causalPIMA run says (docs/causal-pima.md section 7) and how others may ask it. */
import * as v from 'valibot'
import type { ScoreKind } from '../../domain/result.ts'
import { learnedGraph } from '../../graph/learned-graph-schema.ts'
import type { LearnedGraph } from '../../graph/learned-graph.ts'
import type { Clusters, Facets } from '../facets.ts'
import { namingEvidence } from '../naming-evidence.ts'

/** How one of several modalities stands in the model. */
export interface ModalityFit {
  readonly modality: string
  /** Factor of its log likelihood while networks learnt; the ELBO is reported without it. */
  readonly likelihoodWeight: number
  /** Mean squared error of a value rebuilt from all modalities, stored scale. */
  readonly error: number
  /** The same by a model of this modality alone; null where none was trained. */
  readonly errorAlone: number | null
  /** Agreement beyond chance of each node's categories as this modality alone tells them with those that all tell, [L]; null: too few samples. */
  readonly agreement: readonly (number | null)[]
}

/** How an expert's law fits single curves, each with parameters of its own, against as many free directions; stored scale. */
export interface LawFit {
  readonly modality: string
  /** Its kind, or the formula. */
  readonly law: string
  readonly parameters: number
  /** Mean squared error under the law, ... */
  readonly error: number
  /** ... beyond as many directions that other curves vary along most, as noise would be left, ... */
  readonly free: number
  /** ... and about their mean curve. */
  readonly variance: number
}

export interface CausalPimaBody extends Omit<Clusters, 'responsibilities'> {
  readonly graph: LearnedGraph
  /**
   * How clearly the clusters stand apart at this number of them: the height at which the next two would merge over that
   * of the last merging made. Near 1 other clusters would do as well; null or absent where nothing was clustered.
   */
  readonly separation?: number | null
  /** One entry a modality where there are several; absent from results of earlier versions. */
  readonly modalities?: readonly ModalityFit[]
  /** One entry an expert whose law could be tried; absent from results of earlier versions. */
  readonly laws?: readonly LawFit[]
}

/** Names of the per-sample arrays. */
export const arrayNames = {
  /** [n, C] */
  responsibilities: 'responsibilities',
  /** [n, latent] */
  mean: 'latentMean',
  /** [n, latent] */
  sd: 'latentSd',
  /** Mean squared error of each sample and modality in stored scale, NaN where absent: [n, M]. */
  error: 'modalityError',
} as const

/** Mean over all samples, every modality fused. */
export const scoreKind: ScoreKind = { name: 'ELBO', unit: 'nats', better: 'higher' }

const index = v.pipe(v.number(), v.integer(), v.minValue(0))
const numbers = v.array(v.number())
const reading = v.object({ order: v.array(index), residual: v.number() })

export const causalPimaBody = v.object({
  graph: learnedGraph,
  components: v.array(
    v.object({
      outcome: index,
      categories: v.array(index),
      weight: v.number(),
      mean: numbers,
      variance: numbers,
      nearest: v.array(v.string()),
    }),
  ),
  decoded: v.array(v.object({ modality: v.string(), values: v.array(numbers) })),
  assignment: v.nullable(
    v.object({
      chosen: reading,
      rivals: v.array(reading),
      evidence: v.exactOptional(v.nullable(namingEvidence)),
    }),
  ),
  separation: v.exactOptional(v.nullable(v.number())),
  modalities: v.exactOptional(
    v.array(
      v.object({
        modality: v.string(),
        likelihoodWeight: v.number(),
        error: v.number(),
        errorAlone: v.nullable(v.number()),
        agreement: v.array(v.nullable(v.number())),
      }),
    ),
  ),
  laws: v.exactOptional(
    v.array(
      v.object({
        ...{ modality: v.string(), law: v.string(), parameters: v.number() },
        ...{ error: v.number(), free: v.number(), variance: v.number() },
      }),
    ),
  ),
}) satisfies v.GenericSchema<unknown, CausalPimaBody>

export function facetsOfBody({ graph, components, decoded, assignment }: CausalPimaBody): Facets {
  return {
    graph,
    clusters: { components, decoded, assignment, responsibilities: arrayNames.responsibilities },
    representation: {
      mean: arrayNames.mean,
      sd: arrayNames.sd,
      error: arrayNames.error,
      modalities: decoded.map(({ modality }) => modality),
      outputs: [],
    },
    ranking: null,
    coupling: null,
    prediction: null,
  }
}
