/** What trains the partial causal model: the part of its room that needs tensors. */
import * as v from 'valibot'
import { refused } from '../../../src-shared/errors.ts'
import { partialCausalConfig } from '../../../src-shared/methods/partial-causal/config.ts'
import type { FeatureReader } from '../features.ts'
import type { Inference } from '../inference.ts'
import type { SessionRequest } from '../method.ts'
import type { Snapshot, TrainingSession } from '../session.ts'
import { PartialCausalFeatures } from './features.ts'
import { PartialCausalSession } from './session.ts'

export function createSession(request: SessionRequest): TrainingSession {
  const { dataset, config, seed, threads = 1, learntFrom, breathe } = request
  return new PartialCausalSession(dataset, v.parse(partialCausalConfig, config), seed, threads, learntFrom, breathe)
}

export function openInference(): Inference {
  throw refused(
    'The partial causal model compares measurements; it rebuilds none.',
    'Look at the samples at the ends of a component instead.',
  )
}

export function openFeatures({ dataset, config, seed }: SessionRequest, snapshot: Snapshot): Promise<FeatureReader> {
  return PartialCausalFeatures.open(dataset, v.parse(partialCausalConfig, config), seed, snapshot)
}
