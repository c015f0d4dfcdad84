/** k-means (Lloyd 1982) from greedy k-means++ seeds (Arthur & Vassilvitskii 2007): where mixtures start. */
import type { RandomStream } from '../../src-shared/random/stream.ts'
import type { Piecewise } from './piecewise.ts'

const maximumIterations = 100

/**
 * Cluster of each point, [n].
 * @param points [n, width]
 * @param clusters at most n
 */
export function* kMeans(
  points: Float64Array,
  width: number,
  clusters: number,
  random: RandomStream,
): Piecewise<Int32Array> {
  const n = points.length / width
  const centres = yield* seeds(points, width, clusters, random)
  const labels = new Int32Array(n).fill(-1)
  const nearest = new Float64Array(n)
  for (let iteration = 0; iteration < maximumIterations; iteration++) {
    let changed = false
    for (let d = 0; d < n; d++) {
      let best = Infinity
      let label = 0
      for (let k = 0; k < clusters; k++) {
        const distance = squaredDistance(points, d * width, centres, k * width, width)
        if (distance < best) {
          best = distance
          label = k
        }
      }
      nearest[d] = best
      if (labels[d] !== label) {
        labels[d] = label
        changed = true
      }
    }
    if (!changed) break
    moveCentres(points, width, labels, centres, nearest)
    yield 'grouping the points'
  }
  return labels
}

/** Each seed is the best of a few candidates drawn with probability proportional to the squared distance to the seeds so far. */
function* seeds(points: Float64Array, width: number, clusters: number, random: RandomStream): Piecewise<Float64Array> {
  const n = points.length / width
  const centres = new Float64Array(clusters * width)
  const candidates = 2 + Math.floor(Math.log(clusters))
  const first = random.integer(n)
  centres.set(points.subarray(first * width, (first + 1) * width))
  let nearest = Float64Array.from({ length: n }, (_, d) => squaredDistance(points, d * width, centres, 0, width))
  for (let k = 1; k < clusters; k++) {
    let best: { row: number; left: number; nearest: Float64Array<ArrayBuffer> } | null = null
    for (let candidate = 0; candidate < candidates; candidate++) {
      const row = random.categorical(nearest)
      const after = new Float64Array(n)
      let left = 0
      for (let d = 0; d < n; d++) {
        after[d] = Math.min(nearest[d]!, squaredDistance(points, d * width, points, row * width, width))
        left += after[d]!
      }
      if (best === null || left < best.left) best = { row, left, nearest: after }
    }
    if (best === null) break
    centres.set(points.subarray(best.row * width, (best.row + 1) * width), k * width)
    nearest = best.nearest
    yield 'choosing where the clusters start'
  }
  return centres
}

function moveCentres(
  points: Float64Array,
  width: number,
  labels: Int32Array,
  centres: Float64Array,
  nearest: Float64Array,
): void {
  const clusters = centres.length / width
  const sizes = new Int32Array(clusters)
  for (const label of labels) sizes[label]! += 1
  for (let k = 0; k < clusters; k++) {
    if (sizes[k]! > 0) continue
    // An empty cluster takes the point that its own centre describes worst.
    let worst = 0
    for (let d = 1; d < nearest.length; d++) if (nearest[d]! > nearest[worst]! && sizes[labels[d]!]! > 1) worst = d
    sizes[labels[worst]!]! -= 1
    sizes[k] = 1
    labels[worst] = k
    nearest[worst] = 0
  }
  centres.fill(0)
  labels.forEach((label, d) => {
    for (let x = 0; x < width; x++) centres[label * width + x]! += points[d * width + x]! / sizes[label]!
  })
}

function squaredDistance(a: Float64Array, fromA: number, b: Float64Array, fromB: number, width: number): number {
  let sum = 0
  for (let x = 0; x < width; x++) {
    const difference = a[fromA + x]! - b[fromB + x]!
    sum += difference * difference
  }
  return sum
}
