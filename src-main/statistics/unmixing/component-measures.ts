/** What the theory of unmixing assumes, measured: that components are independent and not normal. */
import { transposeProduct } from '../linear-algebra/products.ts'
import { columnMeans, type RealMatrix } from '../linear-algebra/real-matrix.ts'

export interface ComponentMeasures {
  /** Mean |correlation| over pairs of components that vary; null where no two do. */
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
  const unit = standardised(components)
  const correlations = transposeProduct(unit, unit).values
  let [sum, pairs] = [0, 0]
  for (let i = 0; i < k; i++)
    for (let j = 0; j < i; j++) {
      const one = Math.abs(correlations[i * k + j]!)
      if (Number.isNaN(one)) continue
      sum += one
      pairs++
    }
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
    meanAbsoluteCorrelation: pairs === 0 ? null : sum / pairs,
    nullAbsoluteCorrelation: Math.sqrt(2 / (Math.PI * n)),
    excessKurtosis: moments,
  }
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
