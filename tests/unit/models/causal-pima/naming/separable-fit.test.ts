import fc from 'fast-check'
import { Matrix, solve } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { outcomeTable } from '../../../../../src-main/models/causal-pima/outcomes.ts'
import { projectionsOf, separableCriterion } from '../../../../../src-main/models/causal-pima/naming/criterion.ts'
import { SeparableFit } from '../../../../../src-main/models/causal-pima/naming/separable-fit.ts'

/** The design written out: [pairs, P], 1 where a pair of outcomes shows a change. */
function design(fit: SeparableFit): number[][] {
  const table = outcomeTable(fit.categories)
  const rows: number[][] = []
  for (let a = 0; a < table.length; a++) {
    for (let b = a + 1; b < table.length; b++) {
      const row = new Array<number>(fit.weights).fill(0)
      fit.categories.forEach((_, node) => {
        const p = table[a]![node]!
        const q = table[b]![node]!
        if (p !== q) row[fit.weightOf(node, p, q)] = 1
      })
      rows.push(row)
    }
  }
  return rows
}

/** Non-negative least squares by trying every set of positive weights. */
function smallestResidual(h: number[][], y: number[]): number {
  const width = h[0]!.length
  let best = y.reduce((sum, value) => sum + value * value, 0)
  for (let set = 1; set < 2 ** width; set++) {
    const columns = Array.from({ length: width }, (_, c) => c).filter((c) => (set >> c) & 1)
    const a = new Matrix(h.map((row) => columns.map((c) => row[c]!)))
    const target = Matrix.columnVector(y)
    const weights = solve(a.transpose().mmul(a), a.transpose().mmul(target))
    if (weights.min() < 0) continue
    best = Math.min(best, Matrix.sub(a.mmul(weights), target).norm() ** 2)
  }
  return best
}

const cases = fc.constantFrom([2, 2], [3, 2], [2, 2, 2], [4], [3, 3]).chain((categories) => {
  const components = categories.reduce((product, k) => product * k, 1)
  const pairs = (components * (components - 1)) / 2
  return fc.record({
    categories: fc.constant(categories),
    // Squares spread the distances over orders of magnitude, which makes weights run into zero.
    distances: fc.array(
      fc.double({ min: 0, max: 10, noNaN: true }).map((x) => x * x),
      { minLength: pairs, maxLength: pairs },
    ),
  })
})

describe('separable non-negative fit', () => {
  it('reaches the least squares of every set of positive weights', () => {
    fc.assert(
      fc.property(cases, ({ categories, distances }) => {
        const fit = new SeparableFit(categories)
        const components = categories.reduce((product, k) => product * k, 1)
        const matrix = new Float64Array(components * components)
        let pair = 0
        for (let a = 0; a < components; a++) {
          for (let b = a + 1; b < components; b++) {
            matrix[a * components + b] = matrix[b * components + a] = distances[pair++]!
          }
        }
        const order = Array.from({ length: components }, (_, a) => a)
        const squares = distances.reduce((sum, value) => sum + value * value, 0)
        const tolerance = 1e-9 * Math.max(1, squares)
        const explained = fit.explained(projectionsOf(separableCriterion(matrix, categories), order))
        expect(Math.abs(squares - explained - smallestResidual(design(fit), distances))).toBeLessThan(tolerance)
      }),
      { numRuns: 100 },
    )
  })
})
