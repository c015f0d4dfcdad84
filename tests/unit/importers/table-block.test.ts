import { expect, it } from 'vitest'
import { tableBlock } from '../../../src-main/importers/table-block.ts'

function block(text: string) {
  const records = text.split('\n').map((line) => line.split(','))
  const { header, rows, above } = tableBlock(
    records,
    records.map((_, i) => i + 1),
    ',',
    () => false,
  )
  return { header, ids: rows.map(([id]) => id), above }
}

it.each([
  ['numbered samples', 'id,hue,shift\nc1,,\nc2,,\nc3,1,0\nc4,,\nc5,0,1', ['c1', 'c2', 'c3', 'c4', 'c5']],
  ['samples with names', 'id,hue,shift\nanna,,\nbert,,\ncleo,1,0\ndora,0,1', ['anna', 'bert', 'cleo', 'dora']],
  ['missing words', 'id,hue,shift\nc1,NA,NA\nc2,NA,NA\nc3,1,0\nc4,0,1', ['c1', 'c2', 'c3', 'c4']],
])('keeps samples without values above the first one with some: %s', (_, text, ids) => {
  expect(block(text)).toEqual({ header: ['id', 'hue', 'shift'], ids, above: 0 })
})

it('keeps them below a title, and where columns have no names', () => {
  const titled = block('Report of May\nid,hue,shift\nc1,,\nc2,1,0\nc3,0,1\nc4,1,1')
  expect(titled).toEqual({ header: ['id', 'hue', 'shift'], ids: ['c1', 'c2', 'c3', 'c4'], above: 1 })
  const bare = block('c1,,\nc2,,\nc3,1,0\nc4,0,1\nc5,0,1')
  expect(bare).toMatchObject({ header: null, ids: ['c1', 'c2', 'c3', 'c4', 'c5'], above: 0 })
})
