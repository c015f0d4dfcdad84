import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  adjustedRandIndex,
  clusteringAccuracy,
  normalisedMutualInformation,
  purity,
} from '../../../src-main/evaluation/clustering.ts'
import { bestMatching } from '../../../src-main/statistics/matching.ts'
import { matchCategories, matchNodes } from '../../../src-main/evaluation/node-matching.ts'

const labellings = fc
  .integer({ min: 2, max: 40 })
  .chain((n) =>
    fc.tuple(
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: n, maxLength: n }),
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: n, maxLength: n }),
      fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }),
    ),
  )

describe('clustering metrics', () => {
  it('do not depend on what clusters are called', () => {
    fc.assert(
      fc.property(labellings, ([predicted, truth, names]) => {
        const renamed = predicted.map((label) => 10 * names[label]!)
        for (const metric of [adjustedRandIndex, normalisedMutualInformation, purity, clusteringAccuracy]) {
          expect(metric(renamed, truth)).toBeCloseTo(metric(predicted, truth), 12)
        }
      }),
    )
  })

  it('are 1 for the same partition and never above', () => {
    fc.assert(
      fc.property(labellings, ([predicted, truth]) => {
        for (const metric of [adjustedRandIndex, normalisedMutualInformation, purity, clusteringAccuracy]) {
          expect(metric(truth, truth)).toBeCloseTo(1, 12)
          expect(metric(predicted, truth)).toBeLessThanOrEqual(1 + 1e-12)
        }
        expect(clusteringAccuracy(predicted, truth)).toBeLessThanOrEqual(purity(predicted, truth) + 1e-12)
      }),
    )
  })

  it('counts a split class as pure but only half accurate', () => {
    const predicted = [0, 0, 1, 1]
    const truth = [5, 5, 5, 5]
    expect(purity(predicted, truth)).toBe(1)
    expect(clusteringAccuracy(predicted, truth)).toBe(0.5)
    expect(adjustedRandIndex(predicted, truth)).toBe(0)
    expect(normalisedMutualInformation(predicted, truth)).toBe(0)
  })

  it('refuses labellings of different lengths', () => {
    expect(() => purity([0], [0, 1])).toThrow(RangeError)
  })
})

describe('matching', () => {
  it('has the highest total of all one-to-one matchings', () => {
    const gains = fc.integer({ min: 1, max: 5 }).chain((columns) =>
      fc.array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: columns, maxLength: columns }), {
        minLength: 1,
        maxLength: 5,
      }),
    )
    const best = (rows: number[][], used: number[]): number =>
      rows.length === 0
        ? 0
        : Math.max(
            rows.length > rows[0]!.length - used.length ? best(rows.slice(1), used) : -Infinity,
            ...rows[0]!.map((gain, c) => (used.includes(c) ? -Infinity : gain + best(rows.slice(1), [...used, c]))),
          )
    fc.assert(
      fc.property(gains, (matrix) => {
        const columns = bestMatching(matrix)
        const used = columns.filter((column) => column >= 0)
        expect(new Set(used).size).toBe(used.length)
        const total = columns.reduce((sum, column, row) => sum + (matrix[row]![column] ?? 0), 0)
        expect(total).toBeCloseTo(best(matrix, []), 9)
      }),
    )
  })

  it('pairs nodes with factors by what they share, and leaves a node without a factor over', () => {
    const hue = [0, 0, 1, 1, 0, 1, 0, 1]
    const size = [0, 1, 2, 0, 1, 2, 0, 1]
    const noise = [0, 0, 0, 0, 1, 1, 1, 1]
    const flipped = hue.map((category) => 1 - category)
    const matching = matchNodes([size, noise, flipped], [hue, size])
    expect(matching.factorOf).toEqual([1, -1, 0])
    expect(matching.nmi[0]).toBeCloseTo(1, 12)
    expect(matching.nmi[1]).toBeNull()
    expect([...matchCategories(flipped, hue)]).toEqual([
      [0, 1],
      [1, 0],
    ])
  })
})
