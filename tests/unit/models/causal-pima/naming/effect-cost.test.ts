import fc from 'fast-check'
import { Matrix } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { effectCriterion, projectionsOf } from '../../../../../src-main/models/causal-pima/naming/criterion.ts'
import { EffectCost } from '../../../../../src-main/models/causal-pima/naming/effect-cost.ts'
import { outcomeTable } from '../../../../../src-main/models/causal-pima/outcomes.ts'

/** Projection onto the interaction of the nodes of a set, [C, C], as a Kronecker product. */
function projection(categories: readonly number[], set: number): Matrix {
  return categories.reduce((product, k, l) => {
    const mean = Matrix.ones(k, k).div(k)
    return product.kroneckerProduct((set >> l) & 1 ? Matrix.sub(Matrix.eye(k), mean) : mean)
  }, Matrix.eye(1))
}

function squaredDistances(means: Matrix): Float64Array {
  const components = means.rows
  return Float64Array.from({ length: components ** 2 }, (_, at) => {
    const [a, b] = [Math.floor(at / components), at % components]
    return Matrix.sub(means.getRowVector(a), means.getRowVector(b)).norm() ** 2
  })
}

const cases = fc.constantFrom([2, 2], [3, 2], [2, 2, 2], [2, 4], [3, 3]).chain((categories) => {
  const components = categories.reduce((product, k) => product * k, 1)
  return fc.record({
    categories: fc.constant(categories),
    means: fc
      .array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3 * components, maxLength: 3 * components })
      .map((values) => new Matrix(Array.from({ length: components }, (_, a) => values.slice(3 * a, 3 * a + 3)))),
  })
})

describe('effects of nodes on component means', () => {
  it('have the sums of squares of the analysis of variance', () => {
    fc.assert(
      fc.property(cases, ({ categories, means }) => {
        const effects = new EffectCost(categories)
        const distances = squaredDistances(means)
        const order = Array.from({ length: means.rows }, (_, a) => a)
        const squares = effects.sumsOfSquares(projectionsOf(effectCriterion(distances, categories), order))
        for (let set = 1; set < 2 ** categories.length; set++) {
          expect(squares[set]).toBeCloseTo(projection(categories, set).mmul(means).norm() ** 2, 7)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('cost least where each node acts by itself', () => {
    const table = outcomeTable([2, 2, 2])
    // Three nodes, each on a value of its own; then b in the place of a xor b.
    const means = table.map(([a, b, c]) => [3 * a!, 2 * b!, c!])
    const criterion = effectCriterion(squaredDistances(new Matrix(means)), [2, 2, 2])
    const xor = table.map(([a, b, c]) => 4 * a! + 2 * (a! ^ b!) + c!)
    const truth = criterion.cost(projectionsOf(criterion, [0, 1, 2, 3, 4, 5, 6, 7]))
    expect(truth).toBeCloseTo(6 / Math.sqrt(14), 12)
    expect(criterion.cost(projectionsOf(criterion, xor))).toBeCloseTo((3 + 2 * 2 + 1) / Math.sqrt(14), 12)
  })
})
