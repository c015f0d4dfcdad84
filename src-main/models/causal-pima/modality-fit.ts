/** How each modality stands in a finished model: whether it is rebuilt as well as alone, and which nodes it tells. */
import type { ModalityFit } from '../../../src-shared/methods/causal-pima/result.ts'
import { thresholds } from '../../../src-shared/methods/causal-pima/thresholds.ts'
import { adjustedMutualInformation } from '../../evidence/adjusted-mutual-information.ts'
import { likeliest } from '../../statistics/likeliest.ts'
import type { Priors } from './dag/graph-step.ts'
import { expectation, readPosteriors } from './full-pass.ts'
import type { Mixture } from './mixture/components.ts'
import type { CausalPimaModel } from './model.ts'
import { categoryOf } from './outcomes.ts'
import type { TrainingData } from './training-data.ts'

export interface Finished {
  readonly model: CausalPimaModel
  readonly data: TrainingData
  readonly mixture: Mixture
  readonly priors: Priors
  /** gamma of all samples, [n, C] */
  readonly gamma: Float32Array
  /** Squared error of each sample and modality, NaN where absent: [n, M] */
  readonly errors: Float32Array
  /** Modalities that were learnt alone, and how well each was rebuilt. */
  readonly alone: readonly { readonly modality: string; readonly error: number }[]
}

/** One entry a modality, none where there is only one. */
export async function modalityFits(finished: Finished): Promise<ModalityFit[]> {
  const { data, errors, alone, model } = finished
  const { modalities } = data
  if (modalities.length < 2) return []
  const fits: ModalityFit[] = []
  for (const [m, { name }] of modalities.entries()) {
    const present = errors.filter((error, at) => at % modalities.length === m && !Number.isNaN(error))
    fits.push({
      modality: name,
      likelihoodWeight: model.shape.likelihoodWeights[m] ?? 1,
      error: present.reduce((sum, error) => sum + error, 0) / present.length,
      errorAlone: alone.find(({ modality }) => modality === name)?.error ?? null,
      agreement: await agreementOf(m, finished),
    })
  }
  return fits
}

/**
 * Adjusted mutual information of each node's categories as modality `m` alone tells them with those that all tell, [L], on
 * the samples without labels that have it and another one; null where there are too few to say.
 */
async function agreementOf(m: number, { model, data, mixture, priors, gamma }: Finished): Promise<(number | null)[]> {
  const others = data.modalities.flatMap((_, other) => (other === m ? [] : [other]))
  const rows = Int32Array.from({ length: data.samples }, (_, row) => row).filter(
    (row) => data.isPresent(m, row) && others.some((other) => data.isPresent(other, row)) && !data.isLabelled(row),
  )
  if (rows.length < thresholds.fewestCompared) return data.categories.map(() => null)
  const { components } = mixture
  const posteriors = await readPosteriors(model, data, rows, m)
  const told = await expectation(model, data, rows, posteriors, mixture, priors, true)
  const byOne = likeliest(told.responsibilities!, components)
  const byAll = likeliest(gamma, components)
  return data.categories.map((_, node) =>
    adjustedMutualInformation(
      Array.from(byOne, (outcome) => categoryOf(data.categories, outcome, node)),
      Array.from(rows, (row) => categoryOf(data.categories, byAll[row]!, node)),
    ),
  )
}
