/** What trains causalPIMA and answers questions about it: the part of its room that needs tensors. */
import * as v from 'valibot'
import { causalPimaConfigSchema } from '../../../src-shared/methods/causal-pima/config.ts'
import type { Inference } from '../inference.ts'
import type { SessionRequest } from '../method.ts'
import type { Snapshot, TrainingSession } from '../session.ts'
import { CausalPimaInference } from './inference.ts'
import { CausalPimaSession } from './session.ts'

export function createSession({ dataset, config, seed, threads = 1 }: SessionRequest): TrainingSession {
  return new CausalPimaSession(dataset, v.parse(causalPimaConfigSchema, config), seed, threads)
}

export function openInference({ dataset, config, seed }: SessionRequest, snapshot: Snapshot): Inference {
  return new CausalPimaInference(dataset, v.parse(causalPimaConfigSchema, config), seed, snapshot)
}
