/** In how many directions components differ: pieces of a line can be named as if several nodes had placed them. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'
import { lookDistances } from './component-distances.ts'
import type { ComponentLooks } from './component-looks.ts'

/**
 * Principal directions of the means, every value and every modality weighed alike, along which they spread by at least
 * a share `leastDirection` of the variance along the first.
 */
export function directionsOf(looks: readonly ComponentLooks[]): number {
  const components = looks[0]?.components ?? 0
  if (components < 2) return 0
  const centre = Matrix.sub(Matrix.eye(components), Matrix.ones(components, components).div(components))
  const gram = Matrix.zeros(components, components)
  for (const look of looks) {
    const { alike } = lookDistances(look)
    const squares = Matrix.from1DArray(components, components, Array.from(alike))
    // Double centring turns squared distances into inner products (Gower 1966).
    const products = centre.mmul(squares).mmul(centre).mul(-0.5)
    if (products.trace() > 0) gram.add(products.div(products.trace()))
  }
  const variances = new EigenvalueDecomposition(gram, { assumeSymmetric: true }).realEigenvalues
  const largest = Math.max(...variances)
  return largest > 0 ? variances.filter((variance) => variance >= thresholds.leastDirection * largest).length : 0
}
