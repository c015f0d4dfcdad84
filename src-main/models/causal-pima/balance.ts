/**
 * Balance of modalities (causal-pima.md section 5): as the ELBO stands, a modality of many values drowns one of few, whose
 * factors then never reach the latent. While networks learn, each modality therefore counts as if all had equally many
 * values (likelihood scaling: Shi et al. 2019; Javaloy et al. 2022). What is reported stays the ELBO as it stands.
 */
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import { sizeOf } from '../../datasets/dataset.ts'

/** Values that every modality counts as. */
const countedValues = 400

/** What each modality's log likelihood is multiplied by in the objective, [M]; 1 for a modality alone. */
export function likelihoodWeights(modalities: readonly Pick<Modality, 'shape'>[], balance: boolean): number[] {
  if (!balance || modalities.length < 2) return modalities.map(() => 1)
  return modalities.map(({ shape }) => countedValues / sizeOf(shape))
}
