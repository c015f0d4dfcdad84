/** Questions to a trained model; the inference process knows only this door. */
import * as v from 'valibot'
import { causalPimaConfigSchema } from '../../src-shared/config/causal-pima.ts'
import { refused } from '../../src-shared/errors.ts'
import { CausalPimaInference } from './causal-pima/inference.ts'
import type { SessionRequest } from './methods.ts'
import type { Snapshot } from './session.ts'

/** One modality for k samples, [k, ...shape] in stored scale. */
export interface Prediction {
  readonly modality: string
  readonly values: Float32Array
}

export interface Inference {
  /** Latent points [k, latent] to every modality. */
  decode(latents: Float32Array): Promise<readonly Prediction[]>
  /** Samples through the model and back. `from` names the modalities it may see; null: all that a sample has. */
  reconstruct(rows: readonly number[], from: readonly string[] | null): Promise<readonly Prediction[]>
}

/** The trained model of a finished run, on the engine that is open in this process. */
export function openInference(request: SessionRequest, snapshot: Snapshot): Inference {
  const { method, dataset, config, seed } = request
  if (method !== 'causal-pima')
    throw refused(`Models of the method ${method} cannot be asked in this version.`, '', { field: 'method' })
  return new CausalPimaInference(dataset, v.parse(causalPimaConfigSchema, config), seed, snapshot)
}
