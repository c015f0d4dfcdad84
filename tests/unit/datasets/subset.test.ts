import { describe, expect, it } from 'vitest'
import { subsetOf, withoutMetadata } from '../../../src-main/datasets/subset.ts'
import { drawSubsample } from '../../../src-main/evidence/subsample.ts'
import { smallDataset } from '../project/project-folder.ts'

describe('a part of a data set', () => {
  it('holds the chosen rows with their values', () => {
    const whole = smallDataset(12)
    const part = subsetOf(whole, [3, 1])
    expect(part.ids).toEqual([whole.ids[3], whole.ids[1]])
    whole.modalities.forEach(({ data, present }, m) => {
      const size = data.length / 12
      expect(part.modalities[m]!.data).toEqual(
        Float32Array.from([...data.subarray(3 * size, 4 * size), ...data.subarray(size, 2 * size)]),
      )
      expect(Array.from(part.modalities[m]!.present)).toEqual([present[3], present[1]])
    })
    whole.metadata.forEach(({ values }, c) => {
      expect(Array.from(part.metadata[c]!.values)).toEqual([values[3], values[1]])
    })
  })

  it('can forget what is known of some samples, and of no other', () => {
    const whole = smallDataset(12)
    const blind = withoutMetadata(whole, [0, 5])
    blind.metadata.forEach(({ column, values }, c) => {
      const missing = column.kind === 'category' ? -1 : Number.NaN
      expect([values[0], values[5]]).toEqual([missing, missing])
      expect(values[1]).toEqual(whole.metadata[c]!.values[1])
    })
  })

  it('draws two thirds, the same for the same seed, and every sample is inside or outside', () => {
    const { inside, outside } = drawSubsample(100, { share: 2 / 3, seed: 4 })
    expect(inside).toHaveLength(67)
    expect([...inside, ...outside].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, row) => row))
    expect(drawSubsample(100, { share: 2 / 3, seed: 4 }).inside).toEqual(inside)
    expect(drawSubsample(100, { share: 2 / 3, seed: 5 }).inside).not.toEqual(inside)
  })
})
