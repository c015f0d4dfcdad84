/** causalPIMA in the list of rooms. */
import * as v from 'valibot'
import { type CausalPimaConfig, causalPimaConfigSchema } from '../../../src-shared/methods/causal-pima/config.ts'
import { componentCount } from '../../../src-shared/methods/causal-pima/fit.ts'
import { usedModalities } from '../../../src-shared/config/used-modalities.ts'
import type { ConfigProblem } from '../../../src-shared/methods/method.ts'
import { toErrorData } from '../../../src-shared/errors.ts'
import type { ModelRoom } from '../method.ts'
import { epochsOfWork, latentSize, modelCost, pretrainingEpochs, toLearnAlone } from './cost.ts'
import { readFormula } from './experts/formula-syntax.ts'
import { clustersInView } from './suggest/view-clusters.ts'
import { readingSeconds } from './mixture/reading-time.ts'
import { lacksToGoOn } from './snapshot.ts'

function formulaProblems({ experts }: CausalPimaConfig): ConfigProblem[] {
  return experts.flatMap(({ kind, formula, modality }, i): ConfigProblem[] => {
    if (kind !== 'formula') return []
    try {
      readFormula(formula ?? '', modality)
      return []
    } catch (error) {
      const { message, hint } = toErrorData(error)
      return [{ field: `experts.${i}.formula`, message, hint }]
    }
  })
}

export const causalPimaRoom: ModelRoom = {
  id: 'causal-pima',
  givesFeatures: true,
  cost: (given, dataset) => {
    const config = v.parse(causalPimaConfigSchema, given)
    const used = usedModalities(config, dataset)
    return {
      ...modelCost(dataset, config),
      epochs: epochsOfWork(config, dataset),
      pretraining: epochsOfWork(config, dataset) - config.training.epochs,
      perhaps: used.length === 0 ? 0 : config.mixture.retries * pretrainingEpochs(config, dataset.samples),
      batchSize: config.training.batchSize,
      components: componentCount(config),
      searchSeconds: readingSeconds({
        samples: dataset.samples,
        categories: config.nodes.map(({ categories }) => categories),
        modalities: used.length,
        alone: toLearnAlone(config, dataset).length,
        readings: config.mixture.readings,
      }),
      latent: latentSize(
        config,
        config.nodes.length,
        dataset.modalities.filter(({ name }) => used.includes(name)),
      ),
    }
  },
  problems: (config) => formulaProblems(v.parse(causalPimaConfigSchema, config)),
  divisions: clustersInView,
  lacks: lacksToGoOn,
  load: () => import('./trained.ts'),
}
