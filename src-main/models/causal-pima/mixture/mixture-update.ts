/** The closed-form update of a model's mixture at an epoch's end (causal-pima.md section 4), empty components included. */
import type { CausalPimaConfig } from '../../../../src-shared/methods/causal-pima/config.ts'
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import { type Mixture, reseedComponent, updateComponents } from './components.ts'
import { type Expectation, expectation, readPosteriors } from '../full-pass.ts'
import { readPriors } from '../dag/graph-step.ts'
import type { CausalPimaModel } from '../model.ts'
import type { State } from '../state.ts'
import type { TrainingData } from '../training-data.ts'

/** A component this empty is passed over by the update; after `reseedAfter` epochs in a row it is re-seeded. */
const { emptyShare, reseedAfter } = thresholds

/** Updates the mixture on the training rows; returns their soft counts N_a, and how well a guide was held before. */
export async function updateMixture(
  model: CausalPimaModel,
  data: TrainingData,
  config: CausalPimaConfig,
  state: State,
): Promise<Pick<Expectation, 'counts' | 'held'>> {
  const before = await model.mixture()
  const rows = data.training
  const posteriors = await readPosteriors(model, data, rows)
  const priors = await readPriors(model, config.dag.temperature)
  const { sums, counts, held } = await expectation(model, data, rows, posteriors, before, priors)
  const { damping, varianceFloor } = config.mixture
  const updated = updateComponents(before, sums, { damping, varianceFloor, minimumShare: emptyShare })
  model.setMixture(data.modalities.length > 0 ? reseedEmpty(updated, sums.counts, rows.length, state) : updated)
  return { counts, held }
}

/** Counts how long each component has been empty and re-seeds those that stay so, with a warning in the state. */
function reseedEmpty(mixture: Mixture, counts: Float64Array, rows: number, state: State): Mixture {
  let out = mixture
  for (let a = 0; a < counts.length; a++) {
    const epochs = counts[a]! < emptyShare * rows ? state.emptyEpochs[a]! + 1 : 0
    state.emptyEpochs[a] = epochs
    if (epochs < reseedAfter) continue
    const { mixture: next, from } = reseedComponent(out, a, counts)
    out = next
    state.emptyEpochs[a] = 0
    state.warnings.push(
      `Epoch ${state.epoch + 1}: component ${a} stayed empty for ${reseedAfter} epochs and was re-seeded from component ${from}.`,
    )
  }
  return out
}
