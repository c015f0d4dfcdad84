import { describe, expect, it } from 'vitest'
import { fragilityOf } from '../../../../src-main/models/causal-complete/fragility.ts'
import { pairedGain, shareOf } from '../../../../src-main/models/causal-complete/intervals.ts'
import { stratifiedSplit } from '../../../../src-main/models/causal-complete/split.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

describe('intervals', () => {
  it('are those of Wilson, as published tables have them', () => {
    // Newcombe 1998, table I: 81 of 263.
    const { low, high } = shareOf(81, 263)
    expect([low, high]).toEqual([expect.closeTo(0.2553, 4), expect.closeTo(0.3662, 4)])
    expect(shareOf(10, 10)).toEqual({
      value: 1,
      low: expect.closeTo(0.7225, 4) as number,
      high: expect.closeTo(1) as number,
    })
  })

  it('of a difference have a width where no sample differs, and hold the difference', () => {
    expect(pairedGain(0, 0, 50).high).toBeGreaterThan(0.01)
    const { value, low, high } = pairedGain(12, 4, 100)
    expect(value).toBeCloseTo(0.08)
    expect(low < value && value < high).toBe(true)
    expect(pairedGain(4, 12, 100).low).toBeCloseTo(-high)
  })
})

describe('the split', () => {
  it('takes its share of every class, leaves one of each to learn from, and follows the seed', () => {
    const labels = Int32Array.from({ length: 63 }, (_, row) => (row < 2 ? 2 : row < 3 ? -1 : row % 2))
    const shares = { test: 0.2, validation: 0.1 }
    const { training, validation, test } = stratifiedSplit(labels, ['a', 'b', 'c'], shares, 1)
    const of = (rows: Int32Array, c: number): number => rows.filter((row) => labels[row] === c).length
    expect([0, 1, 2].map((c) => [of(training, c), of(validation, c), of(test, c)])).toEqual([
      [21, 3, 6],
      [21, 3, 6],
      [1, 0, 1],
    ])
    expect(new Set([...training, ...validation, ...test]).size).toBe(62)
    expect(stratifiedSplit(labels, ['a', 'b', 'c'], shares, 1)).toEqual({ training, validation, test })
    expect(stratifiedSplit(labels, ['a', 'b', 'c'], shares, 2).test).not.toEqual(test)
  })
})

describe('fragility', () => {
  it('is the distance to the nearest boundary: moved by it, and hardly more, the sample changes its label', () => {
    const random = RandomStream.of(6, 'fragility')
    const [rows, width, classes] = [30, 4, 3]
    const z = Float32Array.from({ length: rows * width }, () => random.normal())
    const weight = Float32Array.from({ length: width * classes }, () => random.normal())
    const logitsAt = (at: Float32Array): Float32Array =>
      Float32Array.from({ length: (at.length / width) * classes }, (_, i) => {
        const [row, c] = [Math.floor(i / classes), i % classes]
        let sum = 0
        for (let k = 0; k < width; k++) sum += at[row * width + k]! * weight[k * classes + c]!
        return sum
      })
    const { distance, told, instead } = fragilityOf(logitsAt(z), z, weight, classes)
    const mean = Array.from({ length: width }, (_, k) => z.reduce((sum, x, i) => sum + (i % width === k ? x : 0), 0) / rows) // prettier-ignore
    const unit = Math.sqrt(z.reduce((sum, x, i) => sum + (x - mean[i % width]!) ** 2, 0) / rows)
    const moved = (by: number): Int32Array => {
      const at = z.map((x, i) => {
        const [row, k] = [Math.floor(i / width), i % width]
        const towards = (j: number): number => weight[j * classes + instead[row]!]! - weight[j * classes + told[row]!]!
        const length = Math.hypot(...Array.from({ length: width }, (_, j) => towards(j)))
        return x + (by * distance[row]! * unit * towards(k)) / length
      })
      return fragilityOf(logitsAt(at), at, weight, classes).told
    }
    expect(moved(0.999)).toEqual(told)
    expect(moved(1.001)).toEqual(instead)
  })
})
