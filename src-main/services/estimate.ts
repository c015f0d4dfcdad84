/** What a run will take on this machine: from runs of this project where there are any, else from the arithmetic. */
import type { Estimate } from '../../src-shared/contract/models.ts'
import type { DatasetSummary } from '../../src-shared/domain/dataset.ts'
import type { EngineName, RunSummary } from '../../src-shared/domain/run.ts'
import type { RunCost } from '../models/method.ts'

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
  readonly cost: RunCost
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
  const { dataset, engine, threads } = request
  const { work, parameters, epochs, perhaps, batchSize, components, latent, searchSeconds } = request.cost
  const pace = measuredPace(request)
  // One forward and, as it happens, twice as much backward.
  const computed = 3 / (rates[engine] * (engine === 'wasm' ? threads : 1))
  const secondsPerEpoch = dataset.samples * work * (pace ?? computed)
  const stored = dataset.modalities.reduce((sum, m) => sum + m.shape.reduce((p, n) => p * n, 1), 0)
  return {
    seconds: secondsPerEpoch * epochs + searchSeconds,
    secondsAgain: secondsPerEpoch * perhaps,
    secondsPerEpoch,
    // The program, the samples twice (pack and batches), parameters with Adam's moments and gradients, activations.
    memoryBytes:
      180e6 + dataset.samples * (stored * 8 + components * 8) + parameters * 16 + batchSize * Math.sqrt(work) * 400,
    basis: pace === null ? 'computed' : 'measured',
    engine,
    parameters,
    components,
    latent,
  }
}
