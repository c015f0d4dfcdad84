/**
 * Golden kind `logistic-regression`: scikit-learn's optimum. L-BFGS ends where rounding of the loss does, as scikit-learn's
 * does: weights are then right to about its square root.
 */
import * as v from 'valibot'
import { matrixOfRows, rowsOf } from '../../../src-main/statistics/linear-algebra/real-matrix.ts'
import { logisticRegression, logits } from '../../../src-main/statistics/regression/logistic-regression.ts'
import type { GoldenKind } from '../kind.ts'

const inputSchema = v.object({
  rows: v.array(v.array(v.number())),
  labels: v.array(v.number()),
  classes: v.number(),
  c: v.number(),
})

export const logisticRegressionKind: GoldenKind = {
  tolerance: 5e-6,
  evaluate: (input) => {
    const { rows, labels, classes, c } = v.parse(inputSchema, input)
    const data = matrixOfRows(rows)
    const fitted = logisticRegression(data, labels, { classes, c, maxIterations: 10_000, tolerance: 1e-12 })
    const probabilities = rowsOf(logits(fitted, data)).map((row) => {
      const weights = Array.from(row, (value) => Math.exp(value - Math.max(...row)))
      const sum = weights.reduce((a, b) => a + b, 0)
      return weights.map((weight) => weight / sum)
    })
    return {
      weights: rowsOf(fitted.weights).map((row) => Array.from(row)),
      intercepts: Array.from(fitted.intercepts),
      probabilities,
    }
  },
}
