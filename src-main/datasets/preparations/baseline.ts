/** Baselines of curves. */
import { normalised, Projection } from './least-squares.ts'
import type { SampleStep } from './sample-step.ts'

/**
 * z that minimises sum w (y - z)^2 + lambda sum (second differences of z)^2: the pentadiagonal system
 * (W + lambda D'D) z = W y by L D L', in place of `z`.
 */
function whittaker(y: Float64Array, weights: Float64Array, lambda: number): Float64Array {
  const n = y.length
  const [diagonal, first, second] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)]
  const z = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    // D'D: 1 -2 1, 5 -4, 6 within, mirrored at the end.
    const edge = Math.min(i, n - 1 - i)
    const centre = edge === 0 ? 1 : edge === 1 ? 5 : 6
    const next = i === 0 || i === n - 2 ? -2 : -4
    let pivot = weights[i]! + lambda * centre
    let [one, two] = [i < n - 1 ? lambda * next : 0, i < n - 2 ? lambda : 0]
    z[i] = weights[i]! * y[i]!
    if (i > 0) {
      pivot -= first[i - 1]! ** 2 * diagonal[i - 1]!
      one -= first[i - 1]! * second[i - 1]! * diagonal[i - 1]!
      z[i]! -= first[i - 1]! * z[i - 1]!
    }
    if (i > 1) {
      pivot -= second[i - 2]! ** 2 * diagonal[i - 2]!
      z[i]! -= second[i - 2]! * z[i - 2]!
    }
    diagonal[i] = pivot
    one /= pivot
    two /= pivot
    first[i] = one
    second[i] = two
  }
  for (let i = n - 1; i >= 0; i--) {
    z[i]! /= diagonal[i]!
    if (i < n - 1) z[i]! -= first[i]! * z[i + 1]!
    if (i < n - 2) z[i]! -= second[i]! * z[i + 2]!
  }
  return z
}

/**
 * Asymmetric least squares: a stiff curve on which points above weigh `p` and points below 1 - p.
 * Source: Eilers and Boelens, Baseline correction with asymmetric least squares smoothing (2005).
 */
export function alsBaseline(lambda: number, p: number, iterations: number): SampleStep {
  return (y) => {
    const weights = new Float64Array(y.length).fill(1)
    let z = y
    for (let i = 0; i < iterations; i++) {
      z = whittaker(y, weights, lambda)
      for (let k = 0; k < y.length; k++) weights[k] = y[k]! > z[k]! ? p : 1 - p
    }
    return y.map((value, k) => value - z[k]!)
  }
}

const mostFits = 250
const settled = 1e-3

/**
 * A polynomial below the curve: fitted, the curve cut down to the fit where it is higher, and fitted again until the fit
 * changes by less than a thousandth. Source: Lieber and Mahadevan-Jansen, Appl. Spectrosc. 57 (2003) 1363.
 */
export function polynomialBaseline(grid: readonly number[], degree: number): SampleStep {
  const x = normalised(grid)
  const powers = Array.from({ length: degree + 1 }, (_, k) => x.map((at) => at ** k))
  const projection = new Projection(powers)
  return (y) => {
    let fit = projection.fit(y)
    let cut = y
    for (let i = 1; i < mostFits; i++) {
      const below = fit
      cut = cut.map((value, k) => Math.min(value, below[k]!))
      fit = projection.fit(cut)
      let [change, size] = [0, 0]
      for (let k = 0; k < fit.length; k++) {
        change += (fit[k]! - below[k]!) ** 2
        size += below[k]! ** 2
      }
      if (Math.sqrt(change) <= settled * Math.sqrt(size)) break
    }
    return y.map((value, k) => value - fit[k]!)
  }
}
