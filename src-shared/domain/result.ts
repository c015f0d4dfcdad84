/** What a finished causalPIMA run says (causal-pima.md section 7). JSON-able; arrays of samples lie beside it. */
import type { LearnedGraph } from '../graph/learned-graph.ts'
import type { Provenance } from './run.ts'

/** One alternative reading of which outcome each component is called, with its residual (lower is better). */
export interface AssignmentReading {
  /** order[outcome] = component. */
  readonly order: readonly number[]
  readonly residual: number
}

export interface ComponentSummary {
  /** Row-major index of the joint outcome this component stands for. */
  readonly outcome: number
  /** Category of each node. */
  readonly categories: readonly number[]
  /** Share of all samples, sum of responsibilities / n. */
  readonly weight: number
  /** [latent] */
  readonly mean: readonly number[]
  /** [latent] */
  readonly variance: readonly number[]
  /** Ids of the samples closest to the mean, nearest first. */
  readonly nearest: readonly string[]
}

/** Decoded image, curve or vector of each component mean, in stored scale: [C][prod(shape)]. */
export interface DecodedModality {
  readonly modality: string
  readonly values: readonly (readonly number[])[]
}

export interface CausalPimaResult {
  readonly method: 'causal-pima'
  readonly provenance: Provenance
  readonly config: unknown
  readonly graph: LearnedGraph
  readonly components: readonly ComponentSummary[]
  readonly decoded: readonly DecodedModality[]
  /** Null when anchors or a single node make the search unnecessary. */
  readonly assignment: { readonly chosen: AssignmentReading; readonly rivals: readonly AssignmentReading[] } | null
  /**
   * How clearly the clusters stand apart at this number of them: the height at which the next two would merge over that
   * of the last merging made. Near 1 other clusters would do as well; null or absent where nothing was clustered.
   */
  readonly separation?: number | null
  /** Mean over all samples, every modality fused, nats. */
  readonly elbo: number
  readonly terms: Readonly<Record<string, number>>
  readonly seconds: number
  readonly epochs: number
  readonly warnings: readonly string[]
}

/** Per-sample arrays of a result, rows in data set order. */
export interface SampleArrays {
  readonly ids: readonly string[]
  /** [n, C] */
  readonly responsibilities: Float32Array
  /** [n, latent] */
  readonly latentMean: Float32Array
  /** [n, latent] */
  readonly latentSd: Float32Array
  /** Mean squared error per sample of each modality in stored scale, NaN where absent: [n, M]. */
  readonly modalityError: Float32Array
  readonly components: number
  readonly latent: number
  readonly modalities: readonly string[]
}
