/** Along how many directions latent codes vary beyond what the model itself is unsure of: what a continuum has instead of clusters. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix'

/**
 * Share of the variance along each direction in which it exceeds the posteriors' own, largest first; variances are measured
 * in units of the posterior's standard deviation along each coordinate.
 * @param points posterior means, [n, width]
 * @param uncertainty mean posterior variance along each coordinate, [width]
 */
export function varyingDirections(points: ArrayLike<number>, uncertainty: ArrayLike<number>): number[] {
  const width = uncertainty.length
  const n = points.length / width
  const mean = new Float64Array(width)
  for (let at = 0; at < points.length; at++) mean[at % width]! += points[at]! / n
  const covariance = Matrix.zeros(width, width)
  for (let d = 0; d < n; d++)
    for (let j = 0; j < width; j++)
      for (let k = 0; k <= j; k++) {
        const product = (points[d * width + j]! - mean[j]!) * (points[d * width + k]! - mean[k]!)
        const scaled = product / Math.sqrt(uncertainty[j]! * uncertainty[k]!) / n
        covariance.set(j, k, covariance.get(j, k) + scaled)
      }
  for (let j = 0; j < width; j++) for (let k = 0; k < j; k++) covariance.set(k, j, covariance.get(j, k))
  const variances = new EigenvalueDecomposition(covariance, { assumeSymmetric: true }).realEigenvalues
    .filter((variance) => variance > 1)
    .sort((a, b) => b - a)
  const total = variances.reduce((sum, variance) => sum + variance, 0)
  return variances.map((variance) => variance / total)
}
