import { describe, expect, it } from 'vitest'
import { firstOf } from '../../../../../src-main/models/causal-pima/mixture/first-ways.ts'
import type { Partition } from '../../../../../src-main/models/causal-pima/mixture/partition.ts'
import type { Way } from '../../../../../src-main/models/causal-pima/mixture/ways.ts'

function part(clusters: number, gap: number, sharpness: number): Partition {
  const none = { memberships: new Float64Array(), labels: new Int32Array(), least: 1 / clusters }
  return { ...none, clusters, gap, sharpness, settled: sharpness >= 0.9995 }
}

/** A way in which so many combinations of the clusters hold samples. */
function way(chosen: readonly Partition[], cells: number): Way {
  const none = { codes: new Float64Array(), cellOf: new Int32Array() }
  const clarity = Math.min(...chosen.map(({ gap }) => gap)) * (cells / 8) ** 2
  return { ...none, chosen, cells: Array.from({ length: cells }, (_, at) => at), clarity }
}

describe('the ways to go by', () => {
  const product = way([part(2, 6, 0.9993), part(4, 6, 0.9992)], 8)
  const settled = way([part(4, 4, 0.9999), part(4, 4, 0.9999)], 8)
  const clear = way([part(2, 13, 1), part(4, 8, 0.9985)], 8)

  it('are those whose combinations are the outcomes, told nearly without doubt', () => {
    expect(firstOf([settled, product], 8)).toEqual([product])
  })

  it('are those told without doubt where none is such a combination', () => {
    expect(firstOf([clear, settled], 8)).toEqual([settled])
    expect(firstOf([clear], 8)).toEqual([clear])
    expect(firstOf([], 8)).toEqual([])
  })

  it('are those of directions that were made because they divide, where they tell as many nodes as there are', () => {
    const [a, b, c] = [part(2, 2, 0.99), part(2, 3, 0.99), part(2, 3, 0.985)].map((one) => ({ ...one, divides: true }))
    const crossing = { ...part(4, 2, 0.985), divides: true, factors: [a!, b!] }
    // One combination has no samples.
    const divided = way([crossing, c!], 7)
    const more = way([part(2, 2, 0.99), crossing, c!], 8)
    expect(firstOf([more, divided], 8)).toEqual([divided])
    expect(firstOf([clear, divided], 8)).toEqual([clear, divided])
    const others = way([part(4, 2, 0.985), c!], 7)
    expect(firstOf([more, others], 8)).toEqual([more, others])
  })

  it('are all where others are much clearer, though less sharp', () => {
    // Clusters that hardly stand apart: a gap of 1.1, where the clear ones have one of 8, of which their doubt leaves a quarter.
    const torn = way([part(2, 1.1, 0.9997), part(2, 13, 1), part(2, 1.7, 0.9991)], 8)
    expect(firstOf([torn, clear], 8)).toEqual([torn, clear])
    const narrow = way([part(4, 0.5, 0.9999), part(4, 0.5, 0.9999)], 8)
    expect(firstOf([narrow, clear], 8)).toEqual([narrow, clear])
  })
})
