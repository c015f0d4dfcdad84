/**
 * A method's training as the trainer process drives it. The session owns its tensors, optimiser and random streams; the
 * trainer owns pacing, checkpoints and messages. One call of `advance` is one unit of work, so that a pause or an
 * interrupt is never more than a step away.
 */
import type { RunResult, SampleArrays } from '../../src-shared/domain/result.ts'
import type { EpochMetrics, Provenance, TrainingPreview } from '../../src-shared/domain/run.ts'

/** All that a session needs to go on exactly where it stood: JSON for scalars and random streams, arrays for tensors. */
export interface Snapshot {
  readonly state: unknown
  readonly arrays: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>>
}

export type Advance =
  /** One optimiser step was done. */
  | { readonly kind: 'step' }
  /** An epoch was closed; `best` when its validation ELBO is the best so far. */
  | { readonly kind: 'epoch'; readonly metrics: EpochMetrics; readonly best: boolean }
  /** Part of a longer piece of work between epochs was done; the message says where it stands. Nothing new to save. */
  | { readonly kind: 'part'; readonly message: string }
  /** Work between epochs (mixture, assignment, DAG block) was done; the message is for the run's log. */
  | { readonly kind: 'stage'; readonly message: string; readonly level: 'info' | 'warning' }
  /** Nothing is left to do: call `finish`. */
  | { readonly kind: 'finished' }

export interface SessionResult {
  readonly result: RunResult
  readonly arrays: SampleArrays
}

export interface Work {
  readonly planned: number
  readonly done: number
}

/** Work that is no step, in seconds. */
export interface WorkBetween {
  /** By now, since the session was opened. */
  readonly spent: number
  readonly left: number
  /** What may yet turn out to be needed beyond that. */
  readonly again: number
}

export interface TrainingSession {
  /** Epochs planned in all; early stopping may end before. */
  readonly epochs: number
  readonly stepsPerEpoch: number
  /** Optimiser steps done since the run began. */
  readonly step: number
  /** Training beside these steps, counted in as many of them as it takes; absent where there is none. */
  readonly stepsBeside?: Work
  /** Steps that may yet turn out to be needed beyond those planned. */
  readonly stepsPerhaps?: number
  /** Long work between steps; absent where there is none. */
  readonly between?: WorkBetween
  readonly epoch: number
  /** Throws NonFiniteLoss when the loss is no longer a number. */
  advance(): Promise<Advance>
  snapshot(): Promise<Snapshot>
  restore(snapshot: Snapshot): Promise<void>
  /**
   * A finished training, just restored, goes on: the session's configuration asks for more epochs than it was finished with,
   * and its snapshot lacks nothing (method.ts). Absent where more epochs are another training, as under a learning rate
   * that falls over all of them.
   */
  goOn?(): Promise<void>
  /** Recovery from a non-finite loss: called once, after restoring the last good snapshot. */
  halveLearningRate(): void
  preview(): Promise<TrainingPreview>
  finish(provenance: Provenance, seconds: number): Promise<SessionResult>
  dispose(): void
}

/** The loss is not finite: which term and modality first, at which step. */
export class NonFiniteLoss extends Error {
  override readonly name = 'NonFiniteLoss'
  readonly step: number
  readonly term: string
  readonly modality: string | null

  constructor(step: number, term: string, modality: string | null) {
    super(`the ${term}${modality === null ? '' : ` of ${modality}`} is not a finite number at step ${step}`)
    this.step = step
    this.term = term
    this.modality = modality
  }
}
