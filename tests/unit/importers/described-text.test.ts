import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../src-main/importers/limits.ts'
import type { TextDescription } from '../../../src-shared/domain/dataset.ts'
import { parseTable } from './parse-table.ts'

function read(text: string, given: TextDescription): (string | readonly string[])[] {
  const { columns, rows } = parseTable(Buffer.from(text), 't.csv', defaultLimits, given)
  return [columns, ...rows]
}

describe('a text table is read as its description says', () => {
  it('below the lines to skip, though these look like a table', () => {
    const text = 'a,b\n1,2\nid,v\np1,5\np2,6\n'
    expect(read(text, { skip: 2 })).toEqual([
      ['id', 'v'],
      ['p1', '5'],
      ['p2', '6'],
    ])
  })

  it('with as many rows of names as it says', () => {
    const text = '1,2\n3,4\n5,6\n'
    expect(read(text, { header: 1 })).toEqual([
      ['1', '2'],
      ['3', '4'],
      ['5', '6'],
    ])
    expect(read('id,v\np1,5\n', { header: 0 })).toEqual([
      ['column 1', 'column 2'],
      ['id', 'v'],
      ['p1', '5'],
    ])
    expect(read('x,y,y\nid,a,b\np1,5,6\n', { header: 2 })).toEqual([
      ['x id', 'y a', 'y b'],
      ['p1', '5', '6'],
    ])
  })

  it('with a row of units, or without one', () => {
    const text = 'id,v\nx,counts\np1,5\np2,6\n'
    expect(read(text, { header: 1, units: true })[0]).toEqual(['id (x)', 'v (counts)'])
    expect(read('id,v\n,MPa\np1,5\np2,6\n', { header: 1, units: false })[1]).toEqual(['', 'MPa'])
  })

  it('by its delimiter, its comments and the sign of its thousands', () => {
    expect(read('id:v\np1:5\np2:6\n', { delimiter: ':' })).toEqual([
      ['id', 'v'],
      ['p1', '5'],
      ['p2', '6'],
    ])
    expect(read('id;v\np1;5\n*recalibrated;1\np2;6\n', { comment: '*' })).toEqual([
      ['id', 'v'],
      ['p1', '5'],
      ['p2', '6'],
    ])
    expect(read('id;v\np1;1,200\np2;1,300\n', { thousands: ',' })).toEqual([
      ['id', 'v'],
      ['p1', '1200'],
      ['p2', '1300'],
    ])
    expect(read('id;v\np1;1.200\np2;1.300\n', { thousands: '.' })).toEqual([
      ['id', 'v'],
      ['p1', '1200'],
      ['p2', '1300'],
    ])
  })
})
