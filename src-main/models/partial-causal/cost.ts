/** What a run of the partial causal model costs, told from its configuration and data alone. */
import { usedModalities } from '../../../src-shared/config/used-modalities.ts'
import type { DatasetSummary } from '../../../src-shared/domain/dataset.ts'
import type { PartialCausalConfig } from '../../../src-shared/methods/partial-causal/config.ts'
import type { RunCost } from '../method.ts'
import { type Cost, costOf, together } from '../nn/layer-specs.ts'
import { pairsOf } from './pairs.ts'
import { contrastiveEncoder } from './networks.ts'

export function runCost(config: PartialCausalConfig, dataset: Pick<DatasetSummary, 'modalities' | 'samples'>): RunCost {
  const names = usedModalities(config, dataset)
  const used = dataset.modalities.filter(({ name }) => names.includes(name))
  const { training, latent } = config
  const trained = Math.max(1, Math.round(dataset.samples * (1 - training.validationFraction)))
  const batchSize = Math.min(training.batchSize, trained)
  // Each sample meets every other of its batch, once a pair of modalities.
  const pairs: Cost = { work: pairsOf(used.length).length * batchSize * latent.size, parameters: 0 }
  return {
    ...together(pairs, ...used.map((modality) => costOf(contrastiveEncoder(modality, config)))),
    epochs: (training.steps * batchSize) / dataset.samples,
    ...{ pretraining: 0, perhaps: 0, batchSize, components: 0, latent: latent.size, searchSeconds: 0 },
  }
}
