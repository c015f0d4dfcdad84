/** What a run will take on this machine: from runs of this project where there are any, else from the arithmetic. */
import type { Estimate } from '../../src-shared/contract/models.ts'
import type { CausalPimaConfig } from '../../src-shared/config/causal-pima.ts'
import { componentCount, usedModalities } from '../../src-shared/config/fit.ts'
import type { DatasetSummary, Modality } from '../../src-shared/domain/dataset.ts'
import type { EngineName, RunSummary } from '../../src-shared/domain/run.ts'

/** Multiply-adds of one sample through encoder and decoder once, and their parameters. */
interface Cost {
  readonly work: number
  readonly parameters: number
}

/** Multiply-adds a second that training reaches on one thread, measured on the model's own step; forward and backward. */
const rates: Readonly<Record<EngineName, number>> = {
  'tensorflow-gpu': 2e12,
  webgpu: 5e11,
  tensorflow: 2e10,
  wasm: 1e10,
  cpu: 1e8,
}

const half = (n: number): number => Math.ceil(n / 2)
const dense = (sizes: readonly number[]): Cost => {
  let work = 0
  for (let i = 0; i + 1 < sizes.length; i++) work += sizes[i]! * sizes[i + 1]!
  return { work, parameters: work + sizes.slice(1).reduce((sum, n) => sum + n, 0) }
}
const together = (...costs: readonly Cost[]): Cost => ({
  work: costs.reduce((sum, c) => sum + c.work, 0),
  parameters: costs.reduce((sum, c) => sum + c.parameters, 0),
})

/** Sizes of causal-pima's networks (models/nn/networks.ts), both directions. */
function networkCost(modality: Modality, latent: number): Cost {
  const size = modality.shape.reduce((product, n) => product * n, 1)
  if (modality.kind === 'image') {
    const [height = 1, width = 1, depth = 1] = modality.shape
    let [h, w, channels] = [height, width, depth]
    const stages: Cost[] = []
    while (stages.length < 2 || Math.max(h, w) > 10) {
      ;[h, w] = [half(h), half(w)]
      const outputs = stages.length === 0 ? 32 : 64
      const weights = 9 * channels * outputs
      stages.push({ work: h * w * weights, parameters: weights + outputs })
      channels = outputs
    }
    const flat = h * w * channels
    return together(...stages, ...stages, dense([flat, 128, 2 * latent]), dense([latent, 128, flat]))
  }
  if (modality.kind === 'curve') {
    const quarter = half(half(size))
    const convolutions = { work: half(size) * 80 + quarter * 2560, parameters: 96 + 2592 }
    return together(convolutions, dense([quarter * 32, 64, 2 * latent]), dense([latent, 64, 128, size]))
  }
  return together(dense([size, 64, 64, 2 * latent]), dense([latent, 64, 64, size]))
}

/** l: 0 stands for max(L, 2) + 1, at most 16. */
function latentSize(config: CausalPimaConfig): number {
  const { size } = config.latent
  return size > 0 ? size : Math.min(16, Math.max(config.nodes.length, 2) + 1)
}

export interface EstimateRequest {
  readonly dataset: DatasetSummary
  readonly config: CausalPimaConfig
  readonly engine: EngineName
  readonly threads: number
  /** Finished runs of the project and the data sets they were trained on. */
  readonly known: readonly { readonly run: RunSummary; readonly samples: number; readonly work: number }[]
}

/** Multiply-adds of one sample through the whole model once. */
export function workPerSample(dataset: DatasetSummary, config: CausalPimaConfig): Cost {
  const names = usedModalities(config, dataset)
  const latent = latentSize(config)
  const used = dataset.modalities.filter(({ name }) => names.includes(name))
  return together(
    { work: componentCount(config) * latent * 4, parameters: componentCount(config) * 2 * latent },
    ...used.map((modality) => networkCost(modality, latent)),
  )
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
  const { work, parameters } = workPerSample(dataset, config)
  const pace = measuredPace(request)
  // One forward and, as it happens, twice as much backward.
  const computed = 3 / (rates[engine] * (engine === 'wasm' ? threads : 1))
  const secondsPerEpoch = dataset.samples * work * (pace ?? computed)
  const epochs = config.training.pretrainEpochs + config.training.epochs
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
    latent: latentSize(config),
  }
}
