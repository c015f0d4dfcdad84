/**
 * Texture features: moments of the pixel values, and of the matrix of grey levels that lie beside one another.
 * Source: Haralick, Shanmugam and Dinstein, IEEE Trans. SMC 3 (1973) 610; as scikit-image's graycoprops.
 */
import { greyOf } from './grey.ts'
import { extremes, isFlat, SampleProblem, type SampleStep } from './sample-step.ts'
import type { ImageSize } from './spectra.ts'

function moments(values: Float64Array): readonly number[] {
  const n = values.length
  const mean = values.reduce((sum, x) => sum + x, 0) / n
  const central = (power: number): number => values.reduce((sum, x) => sum + (x - mean) ** power, 0) / n
  const variance = central(2)
  return [mean, Math.sqrt(variance), central(3) / variance ** 1.5, central(4) / variance ** 2 - 3]
}

/** Shares of pairs of grey levels at an offset, both ways, [levels, levels]. */
function cooccurrence(
  grey: Uint8Array,
  [height, width]: ImageSize,
  levels: number,
  [down, right]: readonly [number, number],
): Float64Array {
  const counts = new Float64Array(levels * levels)
  let pairs = 0
  for (let y = 0; y + down < height; y++)
    for (let x = Math.max(0, -right); x < width && x + right < width; x++) {
      const [a, b] = [grey[y * width + x]!, grey[(y + down) * width + x + right]!]
      counts[a * levels + b]!++
      counts[b * levels + a]!++
      pairs += 2
    }
  return counts.map((count) => count / pairs)
}

/** Contrast, dissimilarity, homogeneity, energy, correlation, entropy (nats). */
function haralick(shares: Float64Array, levels: number): readonly number[] {
  let [contrast, dissimilarity, homogeneity, squares, entropy] = [0, 0, 0, 0, 0]
  let [mean, variance, covariance] = [0, 0, 0]
  for (let k = 0; k < shares.length; k++) mean += Math.floor(k / levels) * shares[k]!
  for (let k = 0; k < shares.length; k++) {
    const [i, j, p] = [Math.floor(k / levels), k % levels, shares[k]!]
    const apart = Math.abs(i - j)
    contrast += p * apart ** 2
    dissimilarity += p * apart
    homogeneity += p / (1 + apart ** 2)
    squares += p * p
    if (p > 0) entropy -= p * Math.log(p)
    variance += p * (i - mean) ** 2
    covariance += p * (i - mean) * (j - mean)
  }
  const correlation = variance > 1e-15 ? covariance / variance : 1
  return [contrast, dissimilarity, homogeneity, Math.sqrt(squares), correlation, entropy]
}

/** [10] in the order of `textureFeatures`: of the mean over the channels; the matrix's over four directions. */
export function textureOf(size: ImageSize, levels: number, distance: number): SampleStep {
  const diagonal = Math.round(distance * Math.SQRT1_2)
  const offsets = [
    [0, distance],
    [diagonal, diagonal],
    [distance, 0],
    [diagonal, -diagonal],
  ] as const
  return (values) => {
    const pixels = greyOf(values, size)
    const [low, high] = extremes(pixels)
    if (isFlat([low, high])) throw new SampleProblem('all its pixels are alike, so it has no texture')
    const grey = Uint8Array.from(pixels, (x) => Math.min(levels - 1, Math.floor(((x - low) / (high - low)) * levels)))
    const found = offsets.map((offset) => haralick(cooccurrence(grey, size, levels, offset), levels))
    const means = found[0]!.map((_, k) => found.reduce((sum, features) => sum + features[k]!, 0) / found.length)
    return Float64Array.from([...moments(pixels), ...means])
  }
}
