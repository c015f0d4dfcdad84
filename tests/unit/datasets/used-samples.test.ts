import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { usedRows, usedSamples } from '../../../src-main/datasets/used-samples.ts'
import { smallDataset } from '../project/project-folder.ts'

describe('the samples that a run uses', () => {
  it('are those with at least one of its modalities', () => {
    const masks = fc
      .nat(40)
      .chain((n) => fc.array(fc.uint8Array({ minLength: n, maxLength: n, max: 1 }), { minLength: 1, maxLength: 3 }))
    fc.assert(
      fc.property(masks, (presence) => {
        const n = presence[0]!.length
        const rows = usedRows(presence) ?? Int32Array.from({ length: n }, (_, row) => row)
        const bare = Array.from({ length: n }, (_, row) => row).filter((row) => !rows.includes(row))
        expect(rows.toSorted()).toEqual(rows)
        for (const row of rows) expect(presence.some((present) => present[row] === 1)).toBe(true)
        for (const row of bare) expect(presence.some((present) => present[row] === 1)).toBe(false)
      }),
    )
  })

  it('keep their values, their masks and what is known of them', () => {
    const { dataset, leftOut, modalities } = usedSamples(smallDataset(6), { modalities: ['curve'] })
    expect({ leftOut, modalities, ids: dataset.ids }).toEqual({
      leftOut: 3,
      modalities: ['curve'],
      ids: ['s0', 's2', 's4'],
    })
    expect(dataset.modalities[1]!.data).toEqual(Float32Array.of(0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19))
    expect(dataset.metadata[1]!.values).toEqual(Float64Array.of(0, 2 / 3, 4 / 3))
  })

  it('are all where every sample has a modality, and in a table alone', () => {
    const whole = smallDataset(6)
    expect(usedSamples(whole, {}).dataset).toBe(whole)
    const table = { ...whole, modalities: [] }
    expect(usedSamples(table, null)).toEqual({ dataset: table, leftOut: 0, modalities: [] })
  })

  it.each([0, 'image', { modalities: 5 }, { modalities: [1] }])('are refused in words for %j', (config) => {
    expect(() => usedSamples(smallDataset(6), config)).toThrow(/does not say which modalities it uses: .+\.$/)
  })
})
