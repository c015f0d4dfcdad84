/** What the encoders make of every sample, unmixed into components. */
import type { PartialCausalConfig } from '../../../src-shared/methods/partial-causal/config.ts'
import { inTurns } from '../../statistics/piecewise.ts'
import { type Outputs, outputsOf, type Unmixed, unmixModalities } from './components.ts'
import { readEmbeddings } from './embeddings.ts'
import type { PartialCausalModel } from './model.ts'
import type { TrainingData } from './training-data.ts'

export interface ReadComponents {
  readonly outputs: readonly Outputs[]
  readonly unmixed: Unmixed
  /** PCA went before FastICA. */
  readonly principal: boolean
  /** Rows that were fitted on, and that coupling was measured on. */
  readonly fitted: Int32Array
  readonly measured: Int32Array
}

export async function readUnmixed({
  model,
  data,
  config: { geometry, profile, latent, unmixing },
  seed,
}: {
  readonly model: PartialCausalModel
  readonly data: TrainingData
  readonly config: PartialCausalConfig
  readonly seed: number
}): Promise<ReadComponents> {
  const measured = data.validation.length > 0 ? data.validation : data.training
  const fitted = profile === 'paper' ? data.training : data.complete
  const outputs: Outputs[] = []
  for (const [m, { name }] of data.modalities.entries()) {
    const rows = data.rowsWith(m)
    outputs.push(outputsOf(name, rows, await readEmbeddings(model, data, m, rows)))
  }
  const principal = geometry === 'box'
  const rules = {
    components: unmixing.components === 0 ? latent.size : unmixing.components,
    principal,
    maxIterations: unmixing.maxIterations,
    tolerance: unmixing.tolerance,
    seed,
  }
  const unmixed = await inTurns(unmixModalities(outputs, data.samples, fitted, measured, rules), data.breathe)
  return { outputs, unmixed, principal, fitted, measured }
}
