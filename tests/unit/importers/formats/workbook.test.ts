import { zipSync } from 'fflate'
import { writeOds } from 'hucre/ods'
import { describe, expect, it } from 'vitest'
import { recognise } from '../../../../src-main/importers/formats/formats.ts'
import type { FilePlace, RawTable, Sheets } from '../../../../src-main/importers/formats/format.ts'
import { defaultLimits } from '../../../../src-main/importers/limits.ts'
import { type Table, tableOf } from '../../../../src-main/importers/table.ts'
import { readFileSync } from 'node:fs'
import { carbon, fileOf, fixture, fixtureBytes, hardness, ids, refusalOf } from './fixtures.ts'

async function sheets(file: FilePlace, limits = defaultLimits): Promise<Sheets> {
  const bytes = readFileSync(file.absolute)
  const { reader } = recognise(bytes.subarray(0, 4096), bytes.subarray(-65_536))
  if (reader?.role !== 'workbook') throw new Error(`${file.path} is not taken for a workbook`)
  return reader.sheets(file, limits)
}

function table(raw: RawTable): Table {
  return tableOf(raw, 'chemistry.xlsx', defaultLimits)
}

const column = (read: Table, name: string): string[] => read.rows.map((row) => row[read.columns.indexOf(name)]!)

describe('an Excel workbook', () => {
  it('keeps numbers at full precision, dates, times as seconds, and its units', async () => {
    const { tables } = await sheets(fixture('chemistry.xlsx'))
    const read = table(tables[0]!)
    expect(read.columns).toEqual(['Sample', 'Cast on', 'C (wt%)', 'Hardness (HV)', 'Route', 'Held for (s)'])
    expect(column(read, 'Sample')).toEqual(ids)
    column(read, 'C (wt%)').forEach((cell, i) => expect(Number(cell)).toBeCloseTo(carbon[i]!, 14))
    expect(column(read, 'C (wt%)')[4]).toBe('0.3333333333333333')
    expect(column(read, 'Held for (s)').map(Number)).toEqual(ids.map((_, i) => (1 + i) * 60 + 30))
    expect(column(read, 'Cast on').slice(0, 2)).toEqual(['2024-03-01', '2024-03-02'])
    expect(read.undecided).toBeNull()
  })

  it('gives a merged cell to all of its rows, but not its title', async () => {
    const read = table((await sheets(fixture('chemistry.xlsx'))).tables[0]!)
    expect(column(read, 'Route')).toEqual(ids.map((_, i) => (i < 6 ? 'A' : 'B')))
    expect(read.above).toBe(1)
  })

  it('has an error as a missing value that is named', async () => {
    const [raw] = (await sheets(fixture('chemistry.xlsx'))).tables
    expect(column(table(raw!), 'Hardness (HV)')).toEqual(hardness.map((value, i) => (i === 2 ? '' : String(value))))
    expect(raw!.warnings).toEqual([
      'cells in which the spreadsheet program shows an error are taken as missing: D7 (#N/A).',
    ])
  })

  it('has its sheets apart, hidden ones said', async () => {
    const { tables, unread } = await sheets(fixture('chemistry.xlsx'))
    expect(tables.map(({ name }) => name)).toEqual(['Chemistry', 'Notes'])
    expect(unread).toEqual([{ name: 'Scratch', reason: 'a hidden sheet' }])
  })

  it('whose formulas were never computed is refused with the cell', async () => {
    expect(await refusalOf(() => sheets(fixture('uncomputed.xlsx')))).toBe(
      'uncomputed.xlsx, sheet Sheet, cell C2: it holds a formula whose value was never stored.',
    )
  })

  it('of the old kind is read alike', async () => {
    const read = table((await sheets(fixture('chemistry.xls'))).tables[0]!)
    expect(column(read, 'Sample')).toEqual(ids)
    expect(column(read, 'Hardness (HV)').map(Number)).toEqual(hardness)
    column(read, 'C (wt%)').forEach((cell, i) => expect(Number(cell)).toBeCloseTo(carbon[i]!, 14))
    expect(column(read, 'Cast on')[11]).toBe('2024-03-12')
  })

  it('that is damaged is refused by name', async () => {
    const bytes = fixtureBytes('chemistry.xlsx')
    const scrambled = Buffer.from(bytes)
    scrambled.fill(0x55, 200, 2500)
    expect(await refusalOf(() => sheets(fileOf('scrambled.xlsx', scrambled)))).toMatch(
      /^scrambled\.xlsx (?:is damaged|cannot be read as a workbook)/,
    )
    const old = fixtureBytes('chemistry.xls').subarray(0, 3000)
    expect(await refusalOf(() => sheets(fileOf('cut.xls', old)))).toMatch(/^cut\.xls cannot be read as a workbook/)
  })

  it('that unpacks to more than there is room for is refused before it is unpacked', async () => {
    const huge = zipSync({ 'xl/workbook.xml': new Uint8Array(20 * 1024 * 1024) }, { level: 1 })
    const limits = { ...defaultLimits, memory: 100 }
    expect(await refusalOf(() => sheets(fileOf('huge.xlsx', huge), limits))).toBe(
      'huge.xlsx would unpack to 20 MiB; an import has room for 15 of such a file.',
    )
  })
})

describe('an OpenDocument spreadsheet', () => {
  it('keeps numbers at full precision, titles, units and sheets apart', async () => {
    const rows = [
      ['Melts of the second series'],
      ['Sample', 'C', 'Hardness'],
      [null, 'wt%', 'HV'],
      ...ids.map((id, i) => [id, carbon[i]!, i === 2 ? null : hardness[i]!]),
    ]
    const bytes = await writeOds({
      sheets: [
        { name: 'Chemistry', rows },
        { name: 'Notes', rows: [['cast in March']] },
      ],
    })
    const { tables } = await sheets(fileOf('chemistry.ods', bytes))
    expect(tables.map(({ name }) => name)).toEqual(['Chemistry', 'Notes'])
    const read = table(tables[0]!)
    expect(read.columns).toEqual(['Sample', 'C (wt%)', 'Hardness (HV)'])
    expect(column(read, 'Sample')).toEqual(ids)
    column(read, 'C (wt%)').forEach((cell, i) => expect(Number(cell)).toBeCloseTo(carbon[i]!, 14))
    expect(column(read, 'Hardness (HV)')).toEqual(hardness.map((value, i) => (i === 2 ? '' : String(value))))
  })
})
