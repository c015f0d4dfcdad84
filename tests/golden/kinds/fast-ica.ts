/** Golden kind `fast-ica`: FastICA as scikit-learn does it, in float64; components come in any order and with any sign. */
import * as v from 'valibot'
import { bestMatching } from '../../../src-main/statistics/matching.ts'
import { matrixOfRows, rowsOf } from '../../../src-main/statistics/linear-algebra/real-matrix.ts'
import { fastIca } from '../../../src-main/statistics/unmixing/fast-ica.ts'
import type { GoldenKind } from '../kind.ts'

const matrix = v.array(v.array(v.number()))
const inputSchema = v.object({
  data: matrix,
  components: v.number(),
  wInit: matrix,
  maxIter: v.number(),
  tolerance: v.number(),
})
const expectedSchema = v.object({ unmixing: matrix })

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, at) => sum + value * b[at]!, 0)

export const fastIcaKind: GoldenKind = {
  tolerance: 1e-9,
  evaluate: (input, expected) => {
    const { data, components, wInit, maxIter, tolerance } = v.parse(inputSchema, input)
    const wanted = v.parse(expectedSchema, expected).unmixing
    const fitted = fastIca(matrixOfRows(data), {
      components,
      maxIterations: maxIter,
      tolerance,
      wInit: Float64Array.from(wInit.flat()),
      seed: 0,
    })
    const unmixing = rowsOf(fitted.unmixing)
    const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
    const order = bestMatching(wanted.map((row) => unmixing.map((own) => Math.abs(cosine(row, own)))))
    const sign = order.map((own, at) => Math.sign(cosine(wanted[at]!, unmixing[own]!)))
    const arranged = (rows: readonly Float64Array[]): number[][] =>
      order.map((own, at) => Array.from(rows[own]!, (value) => value * sign[at]!))
    const acrossColumns = (rows: readonly Float64Array[]): number[][] =>
      rows.map((row) => order.map((own, at) => row[own]! * sign[at]!))
    return {
      sources: acrossColumns(rowsOf(fitted.sources)),
      unmixing: arranged(unmixing),
      mixing: acrossColumns(rowsOf(fitted.mixing)),
      iterations: fitted.iterations,
    }
  },
}
