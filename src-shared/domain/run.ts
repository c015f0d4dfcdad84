/** A run: one method trained on one data set with one configuration and seed. What the trainer says while it works. */
import type { ErrorData } from '../errors.ts'
import type { NamedEdge } from '../graph/edge.ts'
import type { Method } from '../methods/list.ts'

export type { Method }

export type RunStatus = 'queued' | 'running' | 'paused' | 'interrupted' | 'done' | 'failed'

export type EngineName = 'tensorflow-gpu' | 'webgpu' | 'tensorflow' | 'wasm' | 'cpu'

/** How a prepared modality was made, as text that makes it again. */
export interface PreparationRecord {
  readonly modality: string
  readonly from: string
  readonly steps: string
  /** The samples that its steps took numbers from; empty where none did. */
  readonly fittedOn: string
  /** Made because its samples fall into so many clusters; absent where somebody asked for it. */
  readonly divides?: number
}

/** The finished run whose model another goes on with. */
export interface EarlierRun {
  readonly run: number
  /** Epochs that were done. */
  readonly epoch: number
  /** SHA-256 of the checkpoint that holds the model, all of its bytes. */
  readonly sha256: string
}

/** Everything needed to tell how a number was made. */
export interface Provenance {
  readonly application: string
  readonly versions: Readonly<Record<string, string>>
  readonly engine: EngineName
  readonly engineDetail: string
  readonly threads: number
  readonly seed: number
  readonly datasetSha256: string
  /** Of the modalities that the run used and that were prepared; absent where none was. */
  readonly preparations?: readonly PreparationRecord[]
  /** Absent for a run that began at its beginning. */
  readonly goesOnFrom?: EarlierRun
}

export interface RunSummary {
  readonly id: number
  readonly name: string
  readonly datasetId: number
  readonly method: Method
  readonly status: RunStatus
  readonly seed: number
  readonly engine: EngineName | null
  readonly config: unknown
  readonly createdAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly seconds: number
  /** Epochs done. */
  readonly epoch: number
  /** Epochs planned. */
  readonly epochs: number
  /** Of the newest epoch, at the end of the result: what it is stands in the list of methods. */
  readonly score: number | null
  /** Learned edges between the nodes of the configuration. */
  readonly edges: readonly NamedEdge[]
  /** Largest share of a modality's variance that the result rebuilds; null where it is not known, or rebuilds none by design. */
  readonly explained: number | null
  /** What people call the nodes that they renamed, by the name in the configuration. */
  readonly givenNames: Readonly<Record<string, string>>
  readonly error: ErrorData | null
}

/** One row of the live charts: means per sample over the epoch, in the unit of the method's score. */
export interface EpochMetrics {
  /** Index, from 0. */
  readonly epoch: number
  /** A name of the method's own, `pretrain` say. */
  readonly phase: string
  readonly step: number
  /** Training time since the run began, seconds, pauses excluded. */
  readonly seconds: number
  readonly score: number
  readonly validationScore: number | null
  /** What the score is made of, by name: `reconstruction/<modality>`, say. */
  readonly terms: Readonly<Record<string, number>>
  /** What else the method tells of the epoch, by name: `temperature`, `learningRate`, say. */
  readonly figures: Readonly<Record<string, number>>
  /** Strengths [L][L] of a forming graph's edges, null before there is one. */
  readonly edges: readonly (readonly number[])[] | null
}

export interface CheckpointInfo {
  readonly file: string
  readonly step: number
  readonly epoch: number
  readonly sha256: string
  readonly bytes: number
  readonly kind: 'last' | 'best' | 'periodic'
}

/** A small look inside for the training view: at most a few hundred points and a handful of reconstructions. */
export interface TrainingPreview {
  readonly epoch: number
  /** Row indices of the samples shown. */
  readonly rows: readonly number[]
  /** Fused posterior means of those rows, [rows][latent]. */
  readonly latent: readonly (readonly number[])[]
  /** Most responsible component of each row, -1 before the mixture exists. */
  readonly components: readonly number[]
  /** A few samples rebuilt: per modality, rows of decoded values (stored scale). */
  readonly reconstructions: readonly {
    readonly modality: string
    readonly row: number
    readonly values: readonly number[]
  }[]
}

export type TrainerEvent =
  | {
      readonly type: 'started'
      readonly provenance: Provenance
      readonly epochs: number
      readonly stepsPerEpoch: number
    }
  | {
      readonly type: 'progress'
      /** Epochs done. */
      readonly epoch: number
      readonly step: number
      readonly fraction: number
      readonly secondsLeft: number | null
      /** What it takes beyond that should pre-training have to begin again; 0 where it cannot. */
      readonly secondsAgain: number
    }
  | { readonly type: 'epoch'; readonly metrics: EpochMetrics }
  | { readonly type: 'preview'; readonly preview: TrainingPreview }
  | { readonly type: 'checkpoint'; readonly checkpoint: CheckpointInfo }
  | { readonly type: 'log'; readonly level: 'info' | 'warning'; readonly message: string }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  | { readonly type: 'interrupted'; readonly step: number }
  | {
      readonly type: 'done'
      readonly resultFile: string
      readonly sha256: string
      readonly score: number
      readonly edges: readonly NamedEdge[]
      /** As in the summary. */
      readonly explained: number | null
    }
  | { readonly type: 'failed'; readonly error: ErrorData }

export interface TrainJob {
  readonly runId: number
  readonly method: Method
  readonly packFile: string
  readonly packSha256: string
  /** Folder for checkpoints and results; exists. */
  readonly runFolder: string
  readonly config: unknown
  readonly seed: number
  readonly engine: EngineName | 'auto'
  readonly threads: number | null
  /** Go on from the newest checkpoint that verifies. */
  readonly resume: boolean
  /** A replicate: train on this part of the samples alone, and leave the labels of all instead of a result. */
  readonly subsample?: { readonly share: number; readonly seed: number }
  /** Which of its run's replicates it is; absent for the run itself. */
  readonly replicate?: number
  /** The finished run whose model is trained on with more epochs, and the folder of its checkpoint. */
  readonly goesOnFrom?: (EarlierRun & { readonly runFolder: string }) | undefined
  /** The finished run that is learnt on instead of the measurements; its folder holds its model. */
  readonly features?:
    | {
        readonly run: number
        readonly method: Method
        readonly config: unknown
        readonly seed: number
        readonly runFolder: string
      }
    | undefined
}

export type TrainerCommand =
  | { readonly type: 'start'; readonly job: TrainJob }
  | { readonly type: 'pause' }
  | { readonly type: 'continue' }
  | { readonly type: 'interrupt' }
