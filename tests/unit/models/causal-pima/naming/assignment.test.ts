import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AssignmentSearch } from '../../../../../src-main/models/causal-pima/naming/assignment-search.ts'
import { canonicalOrder } from '../../../../../src-main/models/causal-pima/naming/assignment-symmetry.ts'
import { searchAssignment } from '../../../../../src-main/models/causal-pima/naming/assignment.ts'
import { namingCost, separableCriterion } from '../../../../../src-main/models/causal-pima/naming/criterion.ts'
import { outcomeTable } from '../../../../../src-main/models/causal-pima/outcomes.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'
import { whole } from '../../../../../src-main/statistics/piecewise.ts'

/** Distances that follow the model up to noise, with the components in a random order. */
function planted(categories: readonly number[], noise: number, modalities: number, seed: number) {
  const random = RandomStream.of(seed, 'planted')
  const table = outcomeTable(categories)
  const components = table.length
  const order = [...random.permutation(components)]
  const criteria = Array.from({ length: modalities }, () => {
    const cost = categories.map((k) => Array.from({ length: k * k }, () => 0.1 + 2 * random.uniform()))
    const matrix = new Float64Array(components * components)
    for (let a = 0; a < components; a++) {
      for (let b = a + 1; b < components; b++) {
        const distance = categories.reduce((sum, k, node) => {
          const p = Math.min(table[a]![node]!, table[b]![node]!)
          const q = Math.max(table[a]![node]!, table[b]![node]!)
          return p === q ? sum : sum + cost[node]![p * k + q]!
        }, noise * random.normal())
        matrix[order[a]! * components + order[b]!] = Math.max(0, distance)
        matrix[order[b]! * components + order[a]!] = Math.max(0, distance)
      }
    }
    return { ...separableCriterion(matrix, categories), weight: 1 / modalities }
  })
  return { order, criteria }
}

const options = { restarts: 40 }

describe('assignment of components to outcomes', () => {
  it.each([
    { categories: [2, 2, 2], noise: 0.2 },
    { categories: [4, 2], noise: 0.1 },
    { categories: [3, 3, 2], noise: 0.2 },
    { categories: [3, 3, 3], noise: 0.2 },
  ])('finds the planted assignment of $categories', ({ categories, noise }) => {
    for (let seed = 0; seed < 2; seed++) {
      const { order, criteria } = planted(categories, noise, 2, seed)
      const found = whole(searchAssignment(criteria, categories, options, RandomStream.of(seed, 'search')))
      expect(found.chosen.order).toEqual(canonicalOrder(order, categories))
      expect(found.chosen.residual).toBeCloseTo(namingCost(criteria, order), 12)
    }
  })

  it('tries each of the 840 distinct assignments of three binary nodes', () => {
    const { criteria } = planted([2, 2, 2], 0.5, 1, 4)
    const all = new AssignmentSearch(criteria, [2, 2, 2]).all()
    expect(new Set(all.map((order) => canonicalOrder(order, [2, 2, 2]).join())).size).toBe(840)
  })

  it('keeps rivals that are really different, in order of their residual', () => {
    for (const categories of [
      [2, 2, 2],
      [3, 3],
    ]) {
      const { criteria } = planted(categories, 0.5, 1, 5)
      const { chosen, rivals } = whole(searchAssignment(criteria, categories, options, RandomStream.of(1, 'search')))
      const readings = [chosen, ...rivals]
      expect(rivals).toHaveLength(5)
      expect(new Set(readings.map(({ order }) => canonicalOrder(order, categories).join())).size).toBe(6)
      const residuals = readings.map(({ residual }) => residual)
      expect(residuals).toEqual(residuals.toSorted((a, b) => a - b))
    }
  })

  it('leaves the categories of held nodes as they are', () => {
    const categories = [2, 3, 2]
    const { order, criteria } = planted(categories, 0.1, 1, 6)
    // Node 0 is known; the other two are scrambled within its categories.
    const scrambled = order.map((_, a) => order[Math.floor(a / 6) * 6 + ((a * 5 + 1) % 6)]!)
    const held = { nodes: [0], order: scrambled }
    const found = whole(searchAssignment(criteria, categories, { ...options, held }, RandomStream.of(0, 'search')))
    expect(found.chosen.order).toEqual(canonicalOrder(order, categories, [0]))
    expect(new Set(found.chosen.order.slice(0, 6))).toEqual(new Set(order.slice(0, 6)))
  })

  it('says nothing where no modality tells components apart', () => {
    const found = whole(searchAssignment([], [2, 2], options, RandomStream.of(0, 'search')))
    expect(found.chosen.residual).toBe(0)
    const large = whole(searchAssignment([], [3, 3], options, RandomStream.of(0, 'search')))
    expect(large.chosen.order).toHaveLength(9)
  })

  it('has one canonical form for all symmetric copies', () => {
    const categories = [2, 3, 2]
    const table = outcomeTable(categories)
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          Array.from({ length: 12 }, (_, i) => i),
          { minLength: 12 },
        ),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        fc.boolean(),
        (order, names, traded) => {
          const copy = new Array<number>(12).fill(0)
          table.forEach(([a, b, c], outcome) => {
            const [first, last] = traded ? [c!, 1 - a!] : [a!, 1 - c!]
            copy[first * 6 + names[b!]! * 2 + last] = order[outcome]!
          })
          expect(canonicalOrder(copy, categories)).toEqual(canonicalOrder(order, categories))
        },
      ),
    )
  })
})
