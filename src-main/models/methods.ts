/** The methods that can be trained, each as a session; the trainer process knows only this door. */
import * as v from 'valibot'
import { causalPimaConfigSchema } from '../../src-shared/config/causal-pima.ts'
import type { Method } from '../../src-shared/domain/run.ts'
import { refused } from '../../src-shared/errors.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { CausalPimaSession } from './causal-pima/session.ts'
import type { TrainingSession } from './session.ts'

export interface SessionRequest {
  readonly method: Method
  readonly dataset: Dataset
  readonly config: unknown
  readonly seed: number
  /** Threads that share each batch; only on the wasm engine. Default 1. */
  readonly threads?: number
}

/** A fresh session on the engine that is open in this process; refuses what cannot be trained. */
export function createSession({ method, dataset, config, seed, threads = 1 }: SessionRequest): TrainingSession {
  if (method !== 'causal-pima')
    throw refused(`The method ${method} is not part of this version.`, 'Train with causal-pima.', { field: 'method' })
  return new CausalPimaSession(dataset, v.parse(causalPimaConfigSchema, config), seed, threads)
}
