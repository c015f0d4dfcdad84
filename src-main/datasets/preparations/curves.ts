/** Steps for curves and, of values alone, for vectors. */
import { analyticMagnitude } from './fourier.ts'
import { windowWeights } from './least-squares.ts'
import { extremes, isFlat, SampleProblem, type SampleStep } from './sample-step.ts'

/** Linear interpolation from one ascending grid onto another within it. */
export function resampling(from: readonly number[], onto: readonly number[]): SampleStep {
  let left = 0
  const places = onto.map((x) => {
    while (left < from.length - 2 && from[left + 1]! <= x) left++
    return [left, Math.min(1, Math.max(0, (x - from[left]!) / (from[left + 1]! - from[left]!)))] as const
  })
  return (y) => Float64Array.from(places, ([i, share]) => y[i]! + share * (y[i + 1]! - y[i]!))
}

/**
 * Savitzky-Golay on a grid of equal distances; the ends take the polynomial of the first and last whole window.
 * @param order of the derivative; 0: smoothing
 * @param distance between points, in the grid's units
 */
export function savitzkyGolay(window: number, degree: number, order: number, distance: number): SampleStep {
  const weights = windowWeights(window, degree, order)
  const half = (window - 1) / 2
  const per = distance ** order
  return (y) => {
    const n = y.length
    return Float64Array.from(y, (_, i) => {
      const start = Math.min(Math.max(0, i - half), n - window)
      const row = weights[i - start]!
      let sum = 0
      for (let k = 0; k < window; k++) sum += row[k]! * y[start + k]!
      return sum / per
    })
  }
}

/** Divides by the area below the curve (trapezoids). */
export function areaToOne(grid: readonly number[]): SampleStep {
  return (y) => {
    let [area, size] = [0, 0]
    for (let i = 1; i < y.length; i++) {
      const width = grid[i]! - grid[i - 1]!
      area += (width * (y[i]! + y[i - 1]!)) / 2
      size += (width * (Math.abs(y[i]!) + Math.abs(y[i - 1]!))) / 2
    }
    if (!(area > 1e-9 * size))
      throw new SampleProblem(
        `the area below it is ${area.toPrecision(3)}, which nothing can be divided by in earnest`,
        'Take a baseline away before it, or use "maximum" or "snv".',
      )
    return y.map((value) => value / area)
  }
}

/** Divides by the largest value. */
export const maximumToOne: SampleStep = (y) => {
  const [, high] = extremes(y)
  if (!(high > 0)) throw new SampleProblem(`its largest value is ${high.toPrecision(3)}, not above zero`, 'Use "snv".')
  return y.map((value) => value / high)
}

/** Mean 0 and standard deviation 1 (n - 1) within the sample. Source: Barnes et al., Appl. Spectrosc. 43 (1989) 772. */
export const standardNormalVariate: SampleStep = (y) => {
  if (isFlat(extremes(y))) throw new SampleProblem('all its values are alike, so there is no spread to divide by')
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length
  const deviation = Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (y.length - 1))
  return y.map((value) => (value - mean) / deviation)
}

/** Without the digits that single precision makes up. */
const short = (value: number): string => String(Number(value.toPrecision(6)))

export function logarithm(base: '10' | 'e', offset: number): SampleStep {
  const log = base === '10' ? Math.log10 : Math.log
  return (values) =>
    values.map((value, i) => {
      if (!(value + offset > 0))
        throw new SampleProblem(
          `its value ${i + 1} is ${short(value)}${offset === 0 ? '' : `, with ${offset} added ${short(value + offset)}`}, and only positive numbers have a logarithm`,
          'Set "offset" to more than the most negative value, or leave the step out.',
        )
      return log(value + offset)
    })
}

/** Squares a thousandth of a curve's variance below do not count: they are rounding and noise. */
const envelopeFloor = 1e-3

/** How strong a curve of equal distances swings around its mean at each point, whatever the phase. */
export function envelope(points: number, log: boolean): SampleStep {
  const magnitude = analyticMagnitude(points)
  return (y) => {
    if (isFlat(extremes(y))) throw new SampleProblem('all its points are alike, so it has no envelope')
    const mean = y.reduce((sum, value) => sum + value, 0) / points
    const around = y.map((value) => value - mean)
    const found = magnitude(around)
    if (!log) return found
    const variance = around.reduce((sum, value) => sum + value * value, 0) / points
    return found.map((value) => Math.log10(value * value + envelopeFloor * variance))
  }
}
