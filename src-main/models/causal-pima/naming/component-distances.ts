/** How far apart mixture components look in one modality, three ways, each less what noise adds on average. */
import type { ComponentLooks } from './component-looks.ts'

export interface LookDistances {
  /** Squared, with every value weighed alike however much it varies: [C, C]. May fall below 0 by noise. */
  readonly alike: Float64Array
  /** Euclidean, [C, C]. */
  readonly plain: Float64Array
  /** Sum of absolute differences, [C, C]. */
  readonly absolute: Float64Array
}

/** Values whose means vary by less than this share of those that vary most are not blown up to count alike. */
const leastVariation = 0.03
/** sign(z^2 - c) sqrt |z^2 - c| has mean 0 over a standard normal z. */
const foldedNormal = 0.72574

/**
 * Where a component was not seen through the modality its distances are unknown: it is taken to be as far from another as
 * others are on average.
 */
export function lookDistances({ components, width, means, seen, within, spread }: ComponentLooks): LookDistances {
  const weight = valueWeights({ components, width, means, seen, within, spread })
  const [alike, plain, absolute] = [0, 1, 2].map(() => new Float64Array(components * components)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (let a = 0; a < components; a++) {
    for (let b = a + 1; b < components; b++) {
      if (seen[a] === 0 || seen[b] === 0) continue
      const noise = spread[a]! + spread[b]!
      let [weighted, squared, folded] = [0, 0, 0]
      for (let x = 0; x < width; x++) {
        const square = (means[a * width + x]! - means[b * width + x]!) ** 2
        const expected = within[x]! * noise
        weighted += weight[x]! * (square - expected)
        squared += square - expected
        const rest = square - foldedNormal * expected
        folded += rest > 0 ? Math.sqrt(rest) : -Math.sqrt(-rest)
      }
      const [to, back] = [a * components + b, b * components + a]
      alike[to] = alike[back] = weighted
      plain[to] = plain[back] = Math.sqrt(Math.max(0, squared))
      absolute[to] = absolute[back] = Math.max(0, folded)
    }
  }
  if (seen.includes(0)) for (const distances of [alike, plain, absolute]) fillUnseen(distances, seen)
  return { alike, plain, absolute }
}

/** One over the variance of each value's means, [width]; values that noise alone could spread so far count little or nothing. */
function valueWeights({
  components,
  width,
  means,
  seen,
  within,
  spread,
}: Omit<ComponentLooks, 'noiseShare' | 'pValue'>): Float64Array {
  const groups = seen.reduce((sum, here) => sum + here, 0)
  const noise = spread.reduce((sum, x, a) => sum + (seen[a] === 1 ? x : 0), 0) / Math.max(groups, 1)
  const variance = new Float64Array(width)
  for (let x = 0; x < width; x++) {
    let [sum, squares] = [0, 0]
    for (let a = 0; a < components; a++) {
      if (seen[a] === 0) continue
      sum += means[a * width + x]!
      squares += means[a * width + x]! ** 2
    }
    variance[x] = groups < 2 ? 0 : Math.max(0, squares - sum ** 2 / groups) / (groups - 1)
  }
  const largest = variance.reduce((a, b) => Math.max(a, b), 0)
  return variance.map((observed, x) => {
    if (observed <= 0) return 0
    // About the 95 % point of a variance of few means over its expectation is twice that.
    const beyondNoise = Math.max(0, 1 - (2 * within[x]! * noise) / observed)
    return beyondNoise / (observed + leastVariation ** 2 * largest)
  })
}

/** Distances of components that were not seen: the mean distance of the other component, or of all, to those that were. */
function fillUnseen(distances: Float64Array, seen: Uint8Array): void {
  const components = seen.length
  const others = seen.reduce((sum, here) => sum + here, 0) - 1
  // Unseen components hold zeros so far.
  const typical = Float64Array.from(seen, (_, a) =>
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
