/** Distance correlation: dependence of any kind between two sets of columns. Memory O(n), time O(n^2). */

type Rows = readonly ArrayLike<number>[]

export interface DistanceCorrelation {
  /** Szekely, Rizzo & Bakirov 2007, in [0, 1]; 0 where one side is constant. */
  readonly dCor: number
  /** Bias-corrected square (Szekely & Rizzo 2014), may be negative; null below four samples. */
  readonly dCorUnbiasedSquared: number | null
}

/**
 * @param x [n][p]
 * @param y [n][q]
 */
export function distanceCorrelation(x: Rows, y: Rows): DistanceCorrelation {
  if (x.length !== y.length) throw new RangeError(`${x.length} and ${y.length} samples cannot be compared`)
  const n = x.length
  const sumsX = rowSums(x)
  const sumsY = rowSums(y)
  const totalX = sumsX.reduce((sum, value) => sum + value, 0)
  const totalY = sumsY.reduce((sum, value) => sum + value, 0)
  const centred = { xy: 0, xx: 0, yy: 0 }
  const unbiased = { xy: 0, xx: 0, yy: 0 }
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const a = i === j ? 0 : distance(x[i]!, x[j]!)
      const b = i === j ? 0 : distance(y[i]!, y[j]!)
      const times = i === j ? 1 : 2
      add(
        centred,
        a - (sumsX[i]! + sumsX[j]!) / n + totalX / (n * n),
        b - (sumsY[i]! + sumsY[j]!) / n + totalY / (n * n),
        times,
      )
      if (i === j) continue
      add(
        unbiased,
        a - (sumsX[i]! + sumsX[j]!) / (n - 2) + totalX / ((n - 1) * (n - 2)),
        b - (sumsY[i]! + sumsY[j]!) / (n - 2) + totalY / ((n - 1) * (n - 2)),
        times,
      )
    }
  }
  const scale = Math.sqrt(centred.xx * centred.yy)
  const unbiasedScale = Math.sqrt(unbiased.xx * unbiased.yy)
  return {
    dCor: scale > 0 ? Math.sqrt(Math.max(0, centred.xy) / scale) : 0,
    dCorUnbiasedSquared: n < 4 ? null : unbiasedScale > 0 ? unbiased.xy / unbiasedScale : 0,
  }
}

/**
 * Partial distance correlation R*(x, y; z) (Szekely & Rizzo 2014, Annals of Statistics 42): what x and y share beyond z, by
 * projections of U-centred distances, on the scale of the bias-corrected square and as it may be negative. 0 where z tells
 * all of one side, as they define it; null below four samples.
 * @param x [n][p]
 * @param y [n][q]
 * @param z [n][r]
 */
export function partialDistanceCorrelation(x: Rows, y: Rows, z: Rows): number | null {
  const corrected = (a: Rows, b: Rows): number | null => distanceCorrelation(a, b).dCorUnbiasedSquared
  return partialOf(corrected(x, y), corrected(x, z), corrected(y, z))
}

/** The same from the bias-corrected squares of the three pairs. */
export function partialOf(xy: number | null, xz: number | null, yz: number | null): number | null {
  if (xy === null || xz === null || yz === null) return null
  const scale = (1 - xz ** 2) * (1 - yz ** 2)
  return scale > Number.EPSILON ? (xy - xz * yz) / Math.sqrt(scale) : 0
}

function add(sums: { xy: number; xx: number; yy: number }, a: number, b: number, times: number): void {
  sums.xy += times * a * b
  sums.xx += times * a * a
  sums.yy += times * b * b
}

function rowSums(rows: Rows): Float64Array {
  const sums = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    for (let j = i + 1; j < rows.length; j++) {
      const d = distance(rows[i]!, rows[j]!)
      sums[i]! += d
      sums[j]! += d
    }
  }
  return sums
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += (a[k]! - b[k]!) ** 2
  return Math.sqrt(sum)
}
