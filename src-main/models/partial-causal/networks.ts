/** The encoders of the partial causal model: a network a modality, of as many outputs as there are latents. */
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import { hiddenWidths, type PartialCausalConfig } from '../../../src-shared/methods/partial-causal/config.ts'
import { sizeOf } from '../../datasets/dataset.ts'
import type { LayerSpec } from '../nn/layer-specs.ts'
import { denseLayers, encoderSpec } from '../nn/network-specs.ts'

/** Images and curves are folded as by every method; vectors go through the dense layers of the published study. */
export function contrastiveEncoder(
  modality: Modality,
  config: Pick<PartialCausalConfig, 'networks' | 'latent'>,
): LayerSpec[] {
  const n = config.latent.size
  if (modality.kind === 'image' || modality.kind === 'curve') return encoderSpec(modality, n)
  const sizes = [sizeOf(modality.shape), ...hiddenWidths(config), n]
  return denseLayers(`encoder/${modality.name}`, sizes, 'leaky')
}
