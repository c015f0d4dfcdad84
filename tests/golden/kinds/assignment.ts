/** Golden kind `assignment`: the score of a naming of components, and the best naming of all, in float64. */
import * as v from 'valibot'
import { canonicalOrder } from '../../../src-main/models/causal-pima/naming/assignment-symmetry.ts'
import { searchAssignment } from '../../../src-main/models/causal-pima/naming/assignment.ts'
import { namingCost, separableCriterion } from '../../../src-main/models/causal-pima/naming/criterion.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import type { GoldenKind } from '../kind.ts'
import { whole } from '../../../src-main/statistics/piecewise.ts'

const vector = v.array(v.number())
const inputSchema = v.object({
  categories: vector,
  /** One [C, C] matrix per modality. */
  squaredDistances: v.array(v.array(vector)),
  order: vector,
})

export const assignment: GoldenKind = {
  tolerance: 1e-9,
  evaluate: (input, expected) => {
    const { categories, squaredDistances, order } = v.parse(inputSchema, input)
    const criteria = squaredDistances.map((modality) => ({
      ...separableCriterion(Float64Array.from(modality.flat()), categories),
      weight: 1 / squaredDistances.length,
    }))
    const { chosen } = whole(searchAssignment(criteria, categories, { restarts: 40 }, RandomStream.of(0, 'assignment')))
    // Symmetric copies are one reading: names of categories and of interchangeable nodes mean nothing.
    const { bestOrder } = expected
    const isCopy = v.is(vector, bestOrder) && canonicalOrder(bestOrder, categories).join() === chosen.order.join()
    return {
      residual: namingCost(criteria, order),
      bestResidual: chosen.residual,
      bestOrder: isCopy ? bestOrder : chosen.order,
    }
  },
}
