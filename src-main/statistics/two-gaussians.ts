/**
 * Two Gaussians along a line by expectation maximisation, begun at the two means (k-means) of the values: as a mixture of any
 * number and width is fitted, without what that takes.
 */

export interface TwoGaussians {
  /** Log odds of the second Gaussian at x are constant + linear x + square x^2. */
  readonly constant: number
  readonly linear: number
  readonly square: number
}

const varianceFloor = 1e-6
const tolerance = 1e-3
const mostIterations = 100
const mostMeans = 20

/** Where the values fall into two by their nearest mean, those begun one standard deviation to each side. */
function boundaryOf(values: Float64Array): number {
  const n = values.length
  let boundary = values.reduce((sum, x) => sum + x, 0) / n
  for (let pass = 0; pass < mostMeans; pass++) {
    let [below, sumBelow, sumAbove] = [0, 0, 0]
    for (const x of values)
      if (x < boundary) {
        below++
        sumBelow += x
      } else sumAbove += x
    if (below === 0 || below === n) break
    const next = (sumBelow / below + sumAbove / (n - below)) / 2
    if (next === boundary) break
    boundary = next
  }
  return boundary
}

/** @param values finite, two at least */
export function fitTwoGaussians(values: Float64Array): TwoGaussians {
  const n = values.length
  const boundary = boundaryOf(values)
  const second = Float64Array.from(values, (x) => Number(x >= boundary))
  let odds: TwoGaussians = { constant: 0, linear: 0, square: 0 }
  let before = -Infinity
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    let [share, mean0, mean1] = [0, 0, 0]
    for (let i = 0; i < n; i++) {
      share += second[i]!
      mean1 += second[i]! * values[i]!
      mean0 += (1 - second[i]!) * values[i]!
    }
    const [n1, n0] = [Math.max(share, 1e-9), Math.max(n - share, 1e-9)]
    mean1 /= n1
    mean0 /= n0
    let [variance0, variance1] = [0, 0]
    for (let i = 0; i < n; i++) {
      variance1 += second[i]! * (values[i]! - mean1) ** 2
      variance0 += (1 - second[i]!) * (values[i]! - mean0) ** 2
    }
    const [p0, p1] = [1 / (variance0 / n0 + varianceFloor), 1 / (variance1 / n1 + varianceFloor)]
    const constant0 = Math.log(n0 / n) + 0.5 * Math.log(p0 / (2 * Math.PI))
    const constant1 = Math.log(n1 / n) + 0.5 * Math.log(p1 / (2 * Math.PI))
    odds = {
      constant: constant1 - constant0 - 0.5 * (p1 * mean1 ** 2 - p0 * mean0 ** 2),
      linear: p1 * mean1 - p0 * mean0,
      square: -0.5 * (p1 - p0),
    }
    let likelihood = 0
    for (let i = 0; i < n; i++) {
      const x = values[i]!
      const ratio = oddsAt(odds, x)
      const small = Math.exp(-Math.abs(ratio))
      second[i] = ratio > 0 ? 1 / (1 + small) : small / (1 + small)
      // log(e^a + e^b) with b = a + ratio.
      likelihood +=
        constant0 - 0.5 * p0 * (x - mean0) ** 2 + Math.max(ratio, 0) + (small > 1e-12 ? Math.log1p(small) : 0)
    }
    if (likelihood / n - before < tolerance) break
    before = likelihood / n
  }
  return odds
}

/** Log odds of the second Gaussian for the first at x. */
function oddsAt({ constant, linear, square }: TwoGaussians, x: number): number {
  return constant + x * (linear + x * square)
}

/** Probability of the second Gaussian for each value, [n] */
export function probabilityOfSecond(fit: TwoGaussians, values: Float64Array): Float64Array {
  return values.map((x) => 1 / (1 + Math.exp(-oddsAt(fit, x))))
}
