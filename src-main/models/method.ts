/**
 * A method's room as the house enters it. What it is and how it is set up stands under the same id in src-shared/methods;
 * here are what it costs and, loaded when it is asked for, what trains it and answers questions.
 */
import type { DatasetSummary } from '../../src-shared/domain/dataset.ts'
import type { Suggestion } from '../../src-shared/domain/suggestion.ts'
import type { Method } from '../../src-shared/methods/list.ts'
import type { ConfigProblem, MethodConfig } from '../../src-shared/methods/method.ts'
import type { Dataset } from '../datasets/dataset.ts'
import type { FeatureReader, OpenFeatures } from './features.ts'
import type { Inference } from './inference.ts'
import type { Snapshot, TrainingSession } from './session.ts'
import type { ToldSamples } from './told-samples.ts'
import type { Breathe } from '../statistics/piecewise.ts'
import type { RealMatrix } from '../statistics/linear-algebra/real-matrix.ts'
import type { ViewDivision } from '../statistics/view-division.ts'

export interface SessionRequest {
  readonly method: Method
  readonly dataset: Dataset
  readonly config: unknown
  readonly seed: number
  /** Awaited between the parts of long work, which then stands still while it waits. */
  readonly breathe?: Breathe
  /** Threads that share each batch; only on the wasm engine. Default 1. */
  readonly threads?: number
  /**
   * Rows that were learnt from, ascending, where the data set holds others that the model is only read on: all that is
   * fitted when training has ended is fitted on these. Absent: all.
   */
  readonly learntFrom?: Int32Array
  /** The finished run that is learnt on instead of the measurements. */
  readonly features?: OpenFeatures
}

/** What nodes are suggested from: whatever of the configuration does not concern nodes. */
export interface SuggestRequest extends SessionRequest {
  readonly mostNodes: number
}

/** What a run will cost, told from its configuration and data alone. */
export interface RunCost {
  /** Multiply-adds of one sample through the whole model once. */
  readonly work: number
  readonly parameters: number
  /** Passes of all samples through the whole model, in all. */
  readonly epochs: number
  /** Those of them before there are clusters. */
  readonly pretraining: number
  /** Passes beyond all these, should pre-training have to begin again. */
  readonly perhaps: number
  readonly batchSize: number
  /** Joint outcomes C, numbers kept for each sample. */
  readonly components: number
  readonly latent: number
  /** What it takes besides the passes, s on one core: clusters found and named. */
  readonly searchSeconds: number
}

/** Loads tensor libraries: for the processes that train and ask. */
export interface LoadedMethod {
  readonly createSession: (request: SessionRequest) => TrainingSession
  readonly openInference: (request: SessionRequest, snapshot: Snapshot) => Inference
  /** The label of other samples; absent where the method tells none. The request is that of the training. */
  readonly tellLabels?: (request: SessionRequest, snapshot: Snapshot, samples: Dataset) => Promise<ToldSamples>
  /** What a finished run makes of measurements, for another method; absent where there is nothing of the kind. */
  readonly openFeatures?: (request: SessionRequest, snapshot: Snapshot) => Promise<FeatureReader>
  /** How many nodes and categories to look for; absent where the method has none. Tells how far it is, 0 to 1. */
  readonly suggest?: (request: SuggestRequest, report: (label: string, fraction: number) => void) => Promise<Suggestion>
}

export interface ModelRoom {
  readonly id: Method
  /** Whether another method can learn on its finished runs. */
  readonly givesFeatures: boolean
  readonly cost: (config: MethodConfig, dataset: Pick<DatasetSummary, 'modalities' | 'samples'>) => RunCost
  /** What keeps a configuration from being trained that only the model's own code can tell. */
  readonly problems: (config: MethodConfig) => readonly ConfigProblem[]
  /**
   * Clusters that stand apart in values [n, d], one division for each number of directions that shows any, before anything
   * is learnt; absent where the method looks for none. `seed` names the draws.
   */
  readonly divisions?: (rows: RealMatrix, directions: readonly number[], seed: string) => Promise<ViewDivision[]>
  /** What a finished model lacks to be trained on with, in words; null: nothing. */
  readonly lacks?: (finished: Snapshot) => string | null
  readonly load: () => Promise<LoadedMethod>
}
