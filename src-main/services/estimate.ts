/** What a run will take on this machine: from runs of this project where there are any, else from the arithmetic. */
import type { Estimate } from '../../src-shared/contract/models.ts'
import type { CausalPimaConfig } from '../../src-shared/config/causal-pima.ts'
import { componentCount } from '../../src-shared/config/fit.ts'
import type { DatasetSummary } from '../../src-shared/domain/dataset.ts'
import type { EngineName, RunSummary } from '../../src-shared/domain/run.ts'
import { latentSize, modelCost, pretrainingEpochs } from '../models/causal-pima/cost.ts'

/** Multiply-adds a second that training reaches on one thread, measured on the model's own step; forward and backward. */
const rates: Readonly<Record<EngineName, number>> = {
  'tensorflow-gpu': 2e12,
  webgpu: 5e11,
  tensorflow: 2e10,
  wasm: 1e10,
  cpu: 1e8,
}

export interface EstimateRequest {
  readonly dataset: DatasetSummary
  readonly config: CausalPimaConfig
  readonly engine: EngineName
  readonly threads: number
  /** Finished runs of the project and the data sets they were trained on. */
  readonly known: readonly { readonly run: RunSummary; readonly samples: number; readonly work: number }[]
}

/** Median seconds per multiply-add over runs on this engine, null without any. */
function measuredPace({ engine, known }: EstimateRequest): number | null {
  const paces = known
    .filter(({ run, work }) => run.engine === engine && run.epoch > 0 && run.seconds > 0 && work > 0)
    .map(({ run, samples, work }) => run.seconds / (run.epoch * samples * work))
    .sort((a, b) => a - b)
  return paces[Math.floor(paces.length / 2)] ?? null
}

export function estimateRun(request: EstimateRequest): Estimate {
  const { dataset, config, engine, threads } = request
  const { work, parameters } = modelCost(dataset, config)
  const pace = measuredPace(request)
  // One forward and, as it happens, twice as much backward.
  const computed = 3 / (rates[engine] * (engine === 'wasm' ? threads : 1))
  const secondsPerEpoch = dataset.samples * work * (pace ?? computed)
  const epochs = pretrainingEpochs(config, dataset.samples) + config.training.epochs
  const stored = dataset.modalities.reduce((sum, m) => sum + m.shape.reduce((p, n) => p * n, 1), 0)
  const components = componentCount(config)
  return {
    seconds: secondsPerEpoch * epochs,
    secondsPerEpoch,
    // The program, the samples twice (pack and batches), parameters with Adam's moments and gradients, activations.
    memoryBytes:
      180e6 +
      dataset.samples * (stored * 8 + components * 8) +
      parameters * 16 +
      config.training.batchSize * Math.sqrt(work) * 400,
    basis: pace === null ? 'computed' : 'measured',
    engine,
    parameters,
    components,
    latent: latentSize(config, config.nodes.length),
  }
}
