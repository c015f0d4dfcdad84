import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textCell } from '../../../src-main/export/csv-cells.ts'
import { plainCells } from '../../../src-main/importers/cell-texts.ts'

describe('cells of tables', () => {
  it('lose the blanks around them, and it is said where that makes one value of several', () => {
    const records = [
      ['id', 'class', ' size '],
      ['s1', ' a', '1 '],
      ['s2', 'a', '1'],
      ['s3', 'a ', '2'],
      ['s4', 'b ', '2'],
    ]
    expect(plainCells(records)).toEqual([
      'column class: blanks around texts do not count: " a" and "a" and "a " are one value, "a"',
    ])
    expect(records.map((row) => row.join())).toEqual(['id,class,size', 's1,a,1', 's2,a,1', 's3,a,2', 's4,b,2'])
  })

  it('say nothing of texts that are padded alike', () => {
    expect(plainCells([['id', 'x'], ['s1  ', 'left '], ['s22 ', 'left ']])).toEqual([]) // prettier-ignore
  })

  it('come back as they were before a table disarmed them', () => {
    const text = fc.stringMatching(/^['=+@\-a-z0-9](.*\S)?$/)
    fc.assert(
      fc.property(text, (original) => {
        const records = [[textCell(original)]]
        plainCells(records)
        expect(records[0]).toEqual([original])
      }),
      { seed: 5, examples: [['=1+1'], ["'=1+1"], ["''-x"], ["'quoted'"], ['-12'], ["'-12"], ["it's"]] },
    )
  })
})
