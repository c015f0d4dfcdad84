/** What a run of the causal complete cause costs, told from its configuration and data alone. */
import { usedModalities } from '../../../src-shared/config/used-modalities.ts'
import type { DatasetSummary } from '../../../src-shared/domain/dataset.ts'
import type { CausalCompleteConfig } from '../../../src-shared/methods/causal-complete/config.ts'
import type { RunCost } from '../method.ts'
import { type Cost, costOf, together } from '../nn/layer-specs.ts'
import { featureSpec, fusionSpecs, gateSpec } from './networks.ts'

export function runCost(
  config: CausalCompleteConfig,
  dataset: Pick<DatasetSummary, 'modalities' | 'samples'>,
): RunCost {
  const names = usedModalities(config, dataset)
  const used = dataset.modalities.filter(({ name }) => names.includes(name))
  const { training, networks } = config
  const { features, representation } = networks
  const trained = Math.max(1, Math.round(dataset.samples * (1 - training.testFraction - training.validationFraction)))
  const projections = 3 * features * representation
  const instrument: Cost = { work: used.length * projections, parameters: projections }
  return {
    ...together(
      instrument,
      ...used.map((modality) => costOf([...featureSpec(modality, config), ...gateSpec(modality, config)])),
      ...fusionSpecs(used, config).map(costOf),
    ),
    epochs: ((training.base ? 2 : 1) * training.epochs * trained) / dataset.samples,
    ...{
      pretraining: 0,
      batchSize: Math.min(training.batchSize, trained),
      components: 0,
      latent: representation,
      perhaps: 0,
      searchSeconds: 0,
    },
  }
}
