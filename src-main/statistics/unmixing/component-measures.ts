/** What the theory of unmixing assumes, measured: that components are independent and not normal, and rows even on the sphere. */
import { chiSquaredTail } from '../special-functions.ts'
import { transposeProduct } from '../linear-algebra/products.ts'
import { columnMeans, type RealMatrix } from '../linear-algebra/real-matrix.ts'

export interface ComponentMeasures {
  /** Mean |correlation| over pairs of components; null for a single one. */
  readonly meanAbsoluteCorrelation: number | null
  /**
   * What that mean is where none correlate, but for the number of rows: sqrt(2 / (pi n)). On the rows that FastICA was fitted
   * on the correlations are 0 by construction, so other rows tell.
   */
  readonly nullAbsoluteCorrelation: number
  /** Fourth moment over the squared variance, less 3, [k]: 0 for a normal component, null for a constant one. */
  readonly excessKurtosis: readonly (number | null)[]
}

/** @param components [n, k] */
export function componentMeasures(components: RealMatrix): ComponentMeasures {
  const { rows: n, columns: k } = components
  const correlations = correlationMatrix(components, components)
  let sum = 0
  for (let i = 0; i < k; i++) for (let j = 0; j < i; j++) sum += Math.abs(correlations[i * k + j]!)
  const mean = columnMeans(components)
  const moments = Array.from({ length: k }, (_, j) => {
    let [second, fourth] = [0, 0]
    for (let i = 0; i < n; i++) {
      const square = (components.values[i * k + j]! - mean[j]!) ** 2
      second += square / n
      fourth += square ** 2 / n
    }
    return second > (1e-12 * mean[j]!) ** 2 ? fourth / second ** 2 - 3 : null
  })
  return {
    meanAbsoluteCorrelation: k < 2 ? null : sum / ((k * (k - 1)) / 2),
    nullAbsoluteCorrelation: Math.sqrt(2 / (Math.PI * n)),
    excessKurtosis: moments,
  }
}

export interface Coupling {
  /** Pearson correlation of component i on the one side with component i on the other, [k]; null for a constant one. */
  readonly correlations: readonly (number | null)[]
  /** Mean |correlation| over components that vary. */
  readonly mean: number | null
}

/**
 * How strongly two modalities hold the same value of each component, over samples seen in both.
 * @param first [n, k] @param second [n, k], unmixed by the same map
 */
export function coupling(first: RealMatrix, second: RealMatrix): Coupling {
  const k = first.columns
  const all = correlationMatrix(first, second)
  const correlations = Array.from({ length: k }, (_, i) => {
    const value = all[i * k + i]!
    return Number.isNaN(value) ? null : value
  })
  const known = correlations.filter((value) => value !== null)
  const mean = known.length === 0 ? null : known.reduce((sum, value) => sum + Math.abs(value), 0) / known.length
  return { correlations, mean }
}

/** Pearson correlation of every column of one with every column of the other, [k, l]; NaN for a constant column. */
function correlationMatrix(first: RealMatrix, second: RealMatrix): Float64Array {
  const [a, b] = [standardised(first), standardised(second)]
  return transposeProduct(a, b).values
}

/** Columns of mean 0 and length 1; NaN where constant. */
function standardised({ rows, columns, values }: RealMatrix): RealMatrix {
  const mean = columnMeans({ rows, columns, values })
  const length = new Float64Array(columns)
  const out = new Float64Array(values.length)
  for (let i = 0, at = 0; i < rows; i++)
    for (let j = 0; j < columns; j++, at++) length[j]! += (out[at] = values[at]! - mean[j]!) ** 2
  for (let at = 0; at < out.length; at++) {
    const size = Math.sqrt(length[at % columns]!)
    out[at] = size > 1e-12 * Math.abs(mean[at % columns]!) * Math.sqrt(rows) && size > 0 ? out[at]! / size : NaN
  }
  return { rows, columns, values: out }
}

export interface SphereUniformity {
  /** Length of the mean of the unit vectors: 0 where they are even, 1 where all are the same. */
  readonly meanLength: number
  /** Its mean over even draws of as many rows, about: 1 / sqrt(n). */
  readonly nullMeanLength: number
  /** Rayleigh's test (one-sided clustering): n d |mean|^2 is chi-squared with d degrees of freedom where rows are even. */
  readonly rayleigh: { readonly statistic: number; readonly freedom: number; readonly p: number }
  /**
   * Bingham's test (clustering about axes and planes): n d (d + 2) / 2 (tr T^2 - 1 / d) with T = mean(u u'), chi-squared with
   * (d - 1)(d + 2) / 2 degrees of freedom.
   */
  readonly bingham: { readonly statistic: number; readonly freedom: number; readonly p: number }
}

/**
 * Whether directions are even over the sphere (Mardia & Jupp 2000, section 10.4).
 * @param rows [n, d], of any length but 0; d at least 2
 */
export function sphereUniformity(rows: RealMatrix): SphereUniformity {
  const { rows: n, columns: d } = rows
  const unit = new Float64Array(rows.values.length)
  for (let i = 0; i < n; i++) {
    let square = 0
    for (let j = 0; j < d; j++) square += rows.values[i * d + j]! ** 2
    for (let j = 0; j < d; j++) unit[i * d + j] = rows.values[i * d + j]! / Math.sqrt(square)
  }
  const directions: RealMatrix = { rows: n, columns: d, values: unit }
  const mean = columnMeans(directions)
  const square = mean.reduce((sum, value) => sum + value ** 2, 0)
  const spread = transposeProduct(directions, directions).values.reduce((sum, value) => sum + (value / n) ** 2, 0)
  const first = { statistic: n * d * square, freedom: d }
  const second = { statistic: ((n * d * (d + 2)) / 2) * Math.max(0, spread - 1 / d), freedom: ((d - 1) * (d + 2)) / 2 }
  return {
    meanLength: Math.sqrt(square),
    nullMeanLength: 1 / Math.sqrt(n),
    rayleigh: { ...first, p: chiSquaredTail(first.statistic, first.freedom) },
    bingham: { ...second, p: chiSquaredTail(second.statistic, second.freedom) },
  }
}
