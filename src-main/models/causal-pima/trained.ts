/** What trains causalPIMA and answers questions about it: the part of its room that needs tensors. */
import * as v from 'valibot'
import type { Suggestion } from '../../../src-shared/domain/suggestion.ts'
import { type CausalPimaConfig, causalPimaConfigSchema } from '../../../src-shared/methods/causal-pima/config.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import type { FeatureReader } from '../features.ts'
import type { Inference } from '../inference.ts'
import type { SessionRequest, SuggestRequest } from '../method.ts'
import type { Snapshot, TrainingSession } from '../session.ts'
import { CausalPimaFeatures } from './features.ts'
import { CausalPimaInference } from './inference.ts'
import { CausalPimaSession } from './session.ts'
import { suggestNodes } from './suggest/suggest.ts'

export function createSession({ dataset, config, seed, threads = 1, breathe }: SessionRequest): TrainingSession {
  return new CausalPimaSession(dataset, v.parse(causalPimaConfigSchema, config), seed, threads, breathe)
}

export function suggest(
  { dataset, config, seed, threads = 1, mostNodes }: SuggestRequest,
  report: (label: string, fraction: number) => void,
): Promise<Suggestion> {
  const parsed = v.parse(causalPimaConfigSchema, config)
  const open = (part: Dataset, own: CausalPimaConfig) => new CausalPimaSession(part, own, seed, threads)
  return suggestNodes(dataset, parsed, { mostNodes, seed }, open, report)
}

export function openInference({ dataset, config, seed }: SessionRequest, snapshot: Snapshot): Inference {
  return new CausalPimaInference(dataset, v.parse(causalPimaConfigSchema, config), seed, snapshot)
}

export function openFeatures({ dataset, config, seed }: SessionRequest, snapshot: Snapshot): Promise<FeatureReader> {
  return Promise.resolve(new CausalPimaFeatures(dataset, v.parse(causalPimaConfigSchema, config), seed, snapshot))
}
