import { describe, expect, it } from 'vitest'
import { parseTable } from './parse-table.ts'
import { idColumn, sampleId } from '../../../src-main/importers/id-column.ts'
import { looseId } from '../../../src-main/importers/id-rules.ts'
import { defaultLimits } from '../../../src-main/importers/limits.ts'

const table = (text: string) => parseTable(Buffer.from(text), 't.csv', defaultLimits)
const numbers = Array.from({ length: 12 }, (_, i) => i + 1)
const rows = (header: string, row: (i: number) => string) => `${header}\n${numbers.map(row).join('\n')}\n`

describe('the id column', () => {
  const id = (text: string, known: readonly string[] = [], asked?: string) =>
    idColumn(table(text), asked, new Set(known.map(looseId))).column

  it('is the one asked for, known from file names, named so, or a first column of unique text', () => {
    expect(id('a,b,c\nx,1,2\ny,3,4\n', [], 'c')).toBe(2)
    expect(id('plate,probe\n1,s1.png\n1,s2.png\n', ['s1', 's2'])).toBe(1)
    expect(id('x,Sample ID\n1,a\n2,b\n')).toBe(1)
    expect(id('what,n\nx,1\ny,2\n')).toBe(0)
    expect(id(',n\n0,1.5\n1,2.5\n')).toBe(0)
  })

  it('is none where the first column is measured or comes twice', () => {
    expect(id('strain,stress\n0,1\n0.1,2\n')).toBeNull()
    expect(id('plate,n\nA,1\nA,2\nB,3\n')).toBeNull()
  })

  it('names samples by the stem of a file name', () => {
    expect(['images/s1.PNG', 's1.tif', 's1', 's1.5'].map(sampleId)).toEqual(['s1', 's1', 's1', 's1.5'])
  })
})

describe('evidence for the id column', () => {
  const found = (text: string) => {
    const read = table(text)
    const { column, rivals } = idColumn(read, undefined, new Set(numbers.map(String)))
    return [column === null ? null : read.columns[column], ...rivals.map((c) => read.columns[c])]
  }

  it('is a name that says sample before a running number that matches as well', () => {
    expect(found(rows('run,sample,hardness', (i) => `${i},${13 - i},${i / 7}`))).toEqual(['sample'])
    expect(found(rows(',id,h', (i) => `${i - 1},${i}.0,${i / 7}`))).toEqual(['id'])
    expect(found(rows('plate,specimen no.,h', (i) => `${1 + (i % 3)},${i},${i / 7}`))).toEqual(['specimen no.'])
  })

  it('does not decide between two columns that fit alike', () => {
    expect(found(rows('batch,disc,h', (i) => `${i},${13 - i},${i / 7}`))).toEqual(['batch', 'disc'])
    expect(found(rows('sample,probe,h', (i) => `${i},${13 - i},${i / 7}`))).toEqual(['sample', 'probe'])
  })

  it('does not take matching whole numbers where another column calls itself the id', () => {
    expect(found(rows('sample,run,h', (i) => `A${i},${i},${i / 7}`))).toEqual(['run', 'sample'])
  })
})
