import { describe, expect, it } from 'vitest'
import { parseTable } from './parse-table.ts'
import { defaultLimits } from '../../../src-main/importers/limits.ts'
import { columnKind, gridGroups, longColumns } from '../../../src-main/importers/table-structure.ts'

const table = (text: string) => parseTable(Buffer.from(text), 't.csv', defaultLimits)
const many = (n: number, row: (i: number) => string) => Array.from({ length: n }, (_, i) => row(i)).join('\n')

describe('curves in the header', () => {
  const groups = (header: string, row = '1,2.5,3,4,5') =>
    gridGroups(table(`${header}\n${many(40, (i) => `${i},${row}`)}`), 0)

  it('are columns that share a prefix and differ by a number', () => {
    expect(groups('id,psi@0,psi@0.001,psi@1e-2,n,psi@14')[0]).toEqual({ prefix: 'psi@', columns: [1, 2, 3, 5], grid: [0, 0.001, 0.01, 14], unit: '' }) // prettier-ignore
    expect(groups('id,y-1,y-2,y-3,y-4,y-5')[0]).toMatchObject({ prefix: 'y-', grid: [1, 2, 3, 4, 5] })
    expect(groups('id,t=-1,t=0,t=1,t=2,t=3')[0]).toMatchObject({ prefix: 't=', grid: [-1, 0, 1, 2, 3] })
    expect(groups('id,400,500,600,700,800')[0]).toMatchObject({ prefix: '', grid: [400, 500, 600, 700, 800] })
  })

  it.each(['potential / µV@', 'T / °C@', 'share / %@', 'speed / m/s@', 'current / A@'])(
    'are columns whose unit stands before the point: %s',
    (prefix) => {
      const grid = [0, 0.5, 1, 1.5, 2]
      expect(groups(`id,${grid.map((x) => `${prefix}${x}`).join(',')}`)[0]).toMatchObject({ prefix, grid })
    },
  )

  it('may bring the unit of their values, one for all', () => {
    expect(groups('id,y@0 (MPa),y@1 (MPa),y@2 (MPa),n,m')).toMatchObject([
      { prefix: 'y@', grid: [0, 1, 2], unit: 'MPa' },
    ])
    expect(groups('id,y@0 (MPa),y@1 (GPa),y@2 (MPa),n,m')).toEqual([])
  })

  it('may be several', () => {
    expect(groups('id,a0,a1,a2,b0,b1').map(({ prefix }) => prefix)).toEqual(['a'])
    expect(gridGroups(table(`id,a0,a1,a2,b0,b1,b2\n${many(4, (i) => `${i},1.5,2,3,4,5,6`)}`), 0)).toHaveLength(2)
  })

  it('may hold few counts on an axis of bare numbers', () => {
    const axis = Array.from({ length: 12 }, (_, k) => 400 + k)
    const counts = many(40, (i) => [`s${i}`, ...axis.map((_, k) => (k * (i + k)) % 4)].join(','))
    expect(gridGroups(table(`id,${axis.join(',')}\n${counts}`), 0)[0]).toMatchObject({ prefix: '', grid: axis })
  })

  it('are not numbered variables of a few codes', () => {
    expect(groups('id,x1,x2,x3,x4,x5', '0,1,1,0,2')).toEqual([])
  })
})

describe('rows that are points', () => {
  it('have ids several times and two numeric columns', () => {
    expect(longColumns(table(`id,x,y\n${many(12, (i) => `s${i % 3},${i},${i * i}`)}`), 0)).toEqual([1, 2])
    expect(longColumns(table(`id,x,y\n${many(12, (i) => `s${i},${i},${i * i}`)}`), 0)).toBeNull()
  })
})

describe('a column', () => {
  const kind = (cell: (i: number) => string, n = 40) =>
    columnKind(table(`id,v\n${many(n, (i) => `s${i},${cell(i)}`)}`), 1)

  it('of few whole numbers or words is a category, of many a number or text', () => {
    expect(kind((i) => String(i % 10))).toBe('category')
    expect(kind((i) => (i % 2 ? 'octet' : 'gyroid'))).toBe('category')
    expect(kind((i) => String(i))).toBe('number')
    expect(kind((i) => String(i / 7))).toBe('number')
    expect(kind((i) => `remark ${i}`)).toBe('text')
    expect(kind(() => '')).toBe('empty')
  })

  it('of codes with few labels is a category still', () => {
    expect(kind((i) => (i < 15 ? String((i * 7) % 10) : ''))).toBe('category')
  })

  it('of numbers with a stray word stays a number', () => {
    expect(kind((i) => (i === 5 ? 'abc' : String(i / 3)))).toBe('number')
  })
})
