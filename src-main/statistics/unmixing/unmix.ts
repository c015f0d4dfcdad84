/**
 * Unmixing as the partial causal model asks for it: FastICA alone where the representation lies on a sphere, PCA before
 * FastICA where it lies in a convex body or comes from a frozen encoder. Fitted on the rows given, applied to any.
 */
import type { UnmixingNote } from '../../../src-shared/domain/unmixing.ts'
import type { RealMatrix } from '../linear-algebra/real-matrix.ts'
import { fastIca, fastIcaTransform, type FastIca, type FastIcaOptions } from './fast-ica.ts'
import { pca, pcaTransform, type Pca } from './pca.ts'

export interface UnmixOptions extends FastIcaOptions {
  /** Principal directions kept before FastICA; none: FastICA alone. */
  readonly principal?: number
}

export interface Unmixing {
  readonly pca: Pca | null
  readonly ica: FastIca
  readonly notes: readonly UnmixingNote[]
}

/** @param data the rows to fit on, [n, d]; the answer's `sources` are theirs, [n, k] */
export function unmix(
  data: RealMatrix,
  { principal, ...options }: UnmixOptions,
): Unmixing & { readonly sources: RealMatrix } {
  if (principal === undefined) {
    const { sources, ...ica } = fastIca(data, options)
    return { pca: null, ica, sources, notes: ica.notes }
  }
  const { rankTolerance } = options
  const axes = pca(data, { components: principal, ...(rankTolerance === undefined ? {} : { rankTolerance }) })
  const { sources, ...ica } = fastIca(pcaTransform(axes, data), options)
  return { pca: axes, ica, sources, notes: [...axes.notes, ...ica.notes] }
}

/** Components of any rows [n, d], [n, k]. */
export function unmixRows({ pca: axes, ica }: Pick<Unmixing, 'pca' | 'ica'>, data: RealMatrix): RealMatrix {
  return fastIcaTransform(ica, axes === null ? data : pcaTransform(axes, data))
}
