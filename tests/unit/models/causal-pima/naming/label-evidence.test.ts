import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { separableCriterion } from '../../../../../src-main/models/causal-pima/naming/criterion.ts'
import { labelDisagreement, namesByLabels } from '../../../../../src-main/models/causal-pima/naming/label-evidence.ts'
import { whole } from '../../../../../src-main/statistics/piecewise.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((first) => permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]))
}

/** Distances in which a change of one binary node costs the same wherever it happens, components in `order`. */
function separable(weights: readonly number[], order: readonly number[]): Float64Array {
  const components = order.length
  const distances = new Float64Array(components * components)
  for (let a = 0; a < components; a++)
    for (let b = 0; b < components; b++)
      weights.forEach((weight, node) => {
        if (((a ^ b) >> (weights.length - 1 - node)) & 1) distances[order[a]! * components + order[b]!]! += weight
      })
  return distances
}

describe('names by labels', () => {
  it('contradict as few labels as any naming can', () => {
    fc.assert(
      fc.property(
        fc.constantFrom([2, 2], [5], [3, 2]).chain((categories) => {
          const size = categories.reduce((product, k) => product * k, 1) ** 2
          const costs = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: size, maxLength: size })
          return fc.record({ categories: fc.constant(categories), costs })
        }),
        ({ categories, costs }) => {
          const table = Float64Array.from(costs)
          const components = Math.sqrt(costs.length)
          const all = permutations(Array.from({ length: components }, (_, c) => c))
          const least = Math.min(...all.map((order) => labelDisagreement(table, order)))
          const order = whole(namesByLabels(table, [], categories, 10))
          expect(labelDisagreement(table, order)).toBeCloseTo(least, 12)
        },
      ),
    )
  })

  it.each([64, 128])('are those that no label contradicts among %i components', (components) => {
    const random = RandomStream.of(0, 'labels')
    const planted = Array.from(random.permutation(components))
    const costs = Float64Array.from({ length: components ** 2 }, () => 0.01 + random.uniform())
    planted.forEach((component, outcome) => (costs[outcome * components + component] = 0))
    const categories = new Array<number>(Math.log2(components)).fill(2)
    const distances = Float64Array.from({ length: components ** 2 }, () => random.uniform())
    expect(whole(namesByLabels(costs, [separableCriterion(distances, categories)], categories, 1000))).toEqual(planted)
  })

  it('leave outcomes without labels to geometry', () => {
    const planted = [3, 6, 0, 5, 1, 7, 2, 4]
    const costs = new Float64Array(64)
    // Labels are known of the first five outcomes; the other components were seen in none of these.
    for (let outcome = 0; outcome < 8; outcome++)
      for (const labelled of [0, 1, 2, 3, 4]) if (labelled !== outcome) costs[outcome * 8 + planted[labelled]!] = 0.2
    const criteria = [separableCriterion(separable([1, 2.5, 0.4], planted), [2, 2, 2])]
    expect(whole(namesByLabels(costs, criteria, [2, 2, 2], 10))).toEqual(planted)
  })

  it('let a label outweigh the geometry', () => {
    const costs = Float64Array.from([0, 1, 1, 0])
    expect(whole(namesByLabels(costs, [separableCriterion(separable([1], [1, 0]), [2])], [2], 10))).toEqual([0, 1])
  })
})
