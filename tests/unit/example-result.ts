/** Results of causalPIMA for tests. */
import { matrixOf, namedMatrix, type RunResult, type SampleArrays } from '../../src-shared/domain/result.ts'
import { arrayNames, type CausalPimaBody } from '../../src-shared/methods/causal-pima/result.ts'

export interface ArrayValues {
  readonly ids: readonly string[]
  readonly components: number
  readonly latent: number
  readonly modalities: number
  readonly responsibilities: Float32Array
  readonly latentMean: Float32Array
  readonly latentSd: Float32Array
  readonly modalityError: Float32Array
}

export function sampleArrays({ ids, components, latent, modalities, ...values }: ArrayValues): SampleArrays {
  const n = ids.length
  return {
    ids,
    named: {
      [arrayNames.responsibilities]: namedMatrix(values.responsibilities, n, components),
      [arrayNames.mean]: namedMatrix(values.latentMean, n, latent),
      [arrayNames.sd]: namedMatrix(values.latentSd, n, latent),
      [arrayNames.error]: namedMatrix(values.modalityError, n, modalities),
    },
  }
}

export function valuesOf(arrays: SampleArrays, name: keyof typeof arrayNames): Float32Array {
  return matrixOf(arrays, arrayNames[name]).values
}

export function bodyOf({ body }: RunResult): CausalPimaBody {
  return body as CausalPimaBody
}

/** The result with these fields of its body changed. */
export function withBody(result: RunResult, change: Partial<CausalPimaBody>): RunResult {
  return { ...result, body: { ...bodyOf(result), ...change } }
}
