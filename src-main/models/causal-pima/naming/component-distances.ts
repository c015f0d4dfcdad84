/** How far apart mixture components are in observation space, one modality at a time. */
import { thresholds } from '../../../../src-shared/methods/causal-pima/thresholds.ts'

/**
 * Squared distances between the responsibility-weighted means of one modality per component, [C, C]. Where a component was
 * not seen through the modality its distances are unknown: it is taken to be as far from another as others are on average.
 * @param responsibilities [n, C]
 * @param data [n, width]
 * @param present [n], 0 where the sample lacks the modality
 */
export function componentDistances(
  responsibilities: ArrayLike<number>,
  components: number,
  data: ArrayLike<number>,
  present: ArrayLike<number>,
): Float64Array {
  const n = present.length
  const width = data.length / n
  const means = new Float64Array(components * width)
  const weights = new Float64Array(components)
  for (let d = 0; d < n; d++) {
    if (present[d] === 0) continue
    for (let a = 0; a < components; a++) {
      const gamma = responsibilities[d * components + a]!
      // Far below float32 rounding of the means, and most responsibilities are this small.
      if (gamma < 1e-9) continue
      weights[a]! += gamma
      const to = a * width
      const from = d * width
      for (let x = 0; x < width; x++) means[to + x]! += gamma * data[from + x]!
    }
  }
  const seen = weights.map((weight) => (weight >= thresholds.seenFrom ? 1 : 0))
  for (let a = 0; a < components; a++) {
    if (seen[a] === 1) for (let x = 0; x < width; x++) means[a * width + x]! /= weights[a]!
  }
  const distances = new Float64Array(components * components)
  for (let a = 0; a < components; a++) {
    for (let b = a + 1; b < components; b++) {
      if (seen[a] === 0 || seen[b] === 0) continue
      let sum = 0
      for (let x = 0; x < width; x++) sum += (means[a * width + x]! - means[b * width + x]!) ** 2
      distances[a * components + b] = distances[b * components + a] = sum
    }
  }
  if (seen.includes(0)) fillUnseen(distances, seen)
  return distances
}

/** Distances of components that were not seen: the mean distance of the other component, or of all, to those that were. */
function fillUnseen(distances: Float64Array, seen: Float64Array): void {
  const components = seen.length
  const others = seen.reduce((sum, here) => sum + here, 0) - 1
  // Unseen components hold zeros so far.
  const typical = seen.map((_, a) =>
    others < 1 ? 0 : distances.subarray(a * components, (a + 1) * components).reduce((sum, x) => sum + x, 0) / others,
  )
  const overall = others < 1 ? 0 : typical.reduce((sum, x) => sum + x, 0) / (others + 1)
  for (let a = 0; a < components; a++) {
    for (let b = a + 1; b < components; b++) {
      if (seen[a] === 1 && seen[b] === 1) continue
      const distance = seen[a] === 1 ? typical[a]! : seen[b] === 1 ? typical[b]! : overall
      distances[a * components + b] = distances[b * components + a] = distance
    }
  }
}

/** Sum of squares of the distances about their mean over pairs: what a residual is relative to. */
export function centredSumOfSquares(distances: Float64Array, components: number): number {
  const pairs: number[] = []
  for (let a = 0; a < components; a++) {
    for (let b = a + 1; b < components; b++) pairs.push(distances[a * components + b]!)
  }
  const mean = pairs.reduce((sum, value) => sum + value, 0) / pairs.length
  return pairs.reduce((sum, value) => sum + (value - mean) ** 2, 0)
}

/** Modalities whose component means differ by more than rounding: the others cannot tell assignments apart. */
export function informativeDistances(distances: readonly Float64Array[], components: number): Float64Array[] {
  return distances.filter((modality) => {
    const largest = modality.reduce((a, b) => Math.max(a, b), 0)
    return centredSumOfSquares(modality, components) > 1e-18 * largest * largest
  })
}
