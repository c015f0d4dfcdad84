/** The step "gap-directions": fitted on some thousand samples at most, applied as weights. */
import type { Described, Fitted } from '../../../src-shared/preparations/recipe.ts'
import { StepProblem } from '../../../src-shared/preparations/step.ts'
import { mostGapDirections } from '../../../src-shared/preparations/vector-steps.ts'
import { type Between, gapDirections } from '../../statistics/gap-directions.ts'
import {
  centred,
  columnMeans,
  columnSpreads,
  columnUnits,
  inUnits,
  matrixOfRows,
  type RealMatrix,
} from '../../statistics/linear-algebra/real-matrix.ts'
import { inTurns } from '../../statistics/piecewise.ts'
import { EvenlyKept } from './evenly-kept.ts'
import type { Fit } from './fitted-steps.ts'
import type { SampleStep } from './sample-step.ts'

/** Samples that are kept to fit on. */
const mostFitted = 2400

export function fitGapDirections({ kind }: Described, between: Between): Fit {
  const some = new EvenlyKept(mostFitted)
  return {
    add: (values) => some.add(values),
    done: async () => {
      const rows = matrixOfRows(some.kept)
      // Features of a vector have units of their own; points and pixels share one.
      const units = kind === 'vector' ? columnUnits(rows) : new Float64Array(rows.columns).fill(1)
      const found =
        some.kept.length < 2 ? null : await inTurns(gapDirections(inUnits(rows, units), mostGapDirections, between))
      if (found === null)
        throw new StepProblem('the samples fall apart along no direction', 'Leave it out, or look along others.')
      const { columns } = rows
      const weights = found.weights.values.map((weight, at) => weight / units[at % columns]!)
      return { mean: [...columnMeans(rows)], weights: [...weights], nearest: nearestOf(rows, weights) }
    },
  }
}

export function alongDirections(fitted: Fitted): SampleStep {
  const { mean = [], weights = [] } = fitted ?? {}
  return (values) => {
    const along = new Float64Array(weights.length / mean.length)
    for (let k = 0, at = 0; k < along.length; k++)
      for (let j = 0; j < mean.length; j++, at++) along[k]! += weights[at]! * (values[j]! - mean[j]!)
    return along
  }
}

/** The column that correlates most with each direction, [k] */
function nearestOf(rows: RealMatrix, weights: Float64Array): number[] {
  const { values, columns } = centred(rows, columnMeans(rows))
  const spread = columnSpreads(rows)
  return Array.from({ length: weights.length / columns }, (_, k) => {
    const shared = new Float64Array(columns)
    for (let i = 0; i < rows.rows; i++) {
      let along = 0
      for (let j = 0; j < columns; j++) along += weights[k * columns + j]! * values[i * columns + j]!
      for (let j = 0; j < columns; j++) shared[j]! += along * values[i * columns + j]!
    }
    const correlation = shared.map((sum, j) => (spread[j]! > 0 ? Math.abs(sum) / spread[j]! : 0))
    return correlation.indexOf(Math.max(...correlation))
  })
}
