/** The networks of the causal complete cause as lists of layers: an encoder a modality, and what fuses their features. */
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import type { CausalCompleteConfig } from '../../../src-shared/methods/causal-complete/config.ts'
import type { LayerSpec } from '../nn/layer-specs.ts'
import { denseLayers, encoderSpec } from '../nn/network-specs.ts'

export type NetworkConfig = Pick<CausalCompleteConfig, 'profile' | 'networks'>

/** Modality to d features. */
export function featureSpec(modality: Modality, { networks }: NetworkConfig): LayerSpec[] {
  return encoderSpec(modality, networks.features)
}

/** The authors' gate: what a modality's features are multiplied by before fusion, through a sigmoid. */
export function gateSpec(modality: Modality, { profile, networks: { features } }: NetworkConfig): LayerSpec[] {
  if (profile === 'paper') return []
  return denseLayers(`gate/${modality.name}`, [features, Math.max(1, Math.floor(features / 2)), features])
}

/**
 * Features to representation: with late fusion a head a modality, with concatenation one of all. The authors' code has two
 * layers with a rectifier between on the features side by side, whatever is asked for: here a list each. Where a finished run
 * is learnt on, `fused` numbers that it has joined already.
 */
export function fusionSpecs(
  modalities: readonly Modality[],
  { profile, networks }: NetworkConfig,
  fused: number | null = null,
): LayerSpec[][] {
  const { features, hidden, representation, fusion } = networks
  if (fused !== null) return [denseLayers('fusion', [fused, ...hidden, representation])]
  const joined = modalities.length * features
  if (profile === 'released')
    return [denseLayers('fusion/first', [joined, features]), denseLayers('fusion/second', [features, representation])]
  if (fusion === 'concatenation') return [denseLayers('fusion', [joined, ...hidden, representation])]
  return modalities.map(({ name }) => denseLayers(`head/${name}`, [features, ...hidden, representation]))
}
