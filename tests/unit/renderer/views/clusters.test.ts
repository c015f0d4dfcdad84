import { describe, expect, it } from 'vitest'
import { pointPalette } from '../../../../src-renderer/charts/scatter/palette.ts'
import { coloured, makeupOf, rowsWithCode } from '../../../../src-renderer/views/clusters/colouring.ts'
import { coordinateRange, meanOf, pathAlong } from '../../../../src-renderer/views/clusters/latent-path.ts'
import { nearestRows } from '../../../../src-renderer/views/clusters/nearest-rows.ts'

const palette = pointPalette('light')

describe('coloured', () => {
  it('counts each category and what has none', () => {
    const { legend } = coloured([0, 1, 1, -1], ['thin', 'thick'], palette)
    expect(legend).toMatchObject({
      kind: 'categories',
      missing: 1,
      entries: [
        { name: 'thin', samples: 1, colour: 'rgb(0 114 178)' },
        { name: 'thick', samples: 2 },
      ],
    })
  })

  it('makes a scale of numbers', () => {
    expect(coloured([1, 2, 3, NaN], null, palette).legend).toMatchObject({ kind: 'scale', low: 1, high: 3, missing: 1 })
  })
})

describe('rowsWithCode and makeupOf', () => {
  it('select by category and tell what a selection is made of', () => {
    expect([...rowsWithCode([2, 0, 2], 2)]).toEqual([0, 2])
    expect(makeupOf([0, 1, 2], [2, 0, 2])).toEqual([
      [2, 2],
      [0, 1],
    ])
  })
})

describe('a walk through the latent space', () => {
  const values = [0, 10, 1, 20, 2, 30, 3, 40]

  it('goes along one coordinate over the range of the samples that count', () => {
    expect(coordinateRange(values, 2, 1, () => true)).toEqual([10, 40])
    expect(coordinateRange(values, 2, 1, (row) => row > 1)).toEqual([30, 40])
    expect(pathAlong([5, 5], 1, [10, 40], 3)).toEqual([
      [5, 10],
      [5, 25],
      [5, 40],
    ])
  })

  it('starts at the mean of the samples that count', () => {
    expect(meanOf(values, 2, (row) => row > 1)).toEqual([2.5, 35])
    expect(meanOf(values, 2, () => false)).toEqual([0, 0])
  })

  it('is held against the samples nearest to it', () => {
    expect(
      nearestRows(values, 2, [
        [0.1, 11],
        [9, 39],
      ]),
    ).toEqual([0, 3])
    expect(nearestRows([NaN, NaN], 2, [[0, 0]])).toEqual([-1])
  })

  it('has some length even where all samples agree', () => {
    expect(coordinateRange([1, 1, 1], 1, 0, () => true)).toEqual([0, 2])
  })
})
