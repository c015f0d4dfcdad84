/** The shape of a run's model, from its configuration and data: for the session that trains it, and for asking it later. */
import type { CausalPimaConfig } from '../../../src-shared/methods/causal-pima/config.ts'
import type { ModelShape } from './model.ts'
import type { TrainingData } from './training-data.ts'

/** @param rest what training alone needs to know, and the latent size */
export function modelShape(
  { modalities, categories, constraints }: TrainingData,
  { noise, experts, mixture: { responsibilities } }: CausalPimaConfig,
  rest: Pick<ModelShape, 'latent' | 'likelihoodWeights' | 'regimes'>,
): ModelShape {
  return { modalities, categories, constraints, noise, experts, responsibilities, ...rest }
}
