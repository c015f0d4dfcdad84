import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { FilePlace, RawTable } from '../../../../src-main/importers/formats/format.ts'
import { recognise } from '../../../../src-main/importers/formats/formats.ts'
import { defaultLimits } from '../../../../src-main/importers/limits.ts'
import { tableOf } from '../../../../src-main/importers/table.ts'
import { spectra } from './containers.ts'
import { carbon, count, fileOf, fixture, fixtureBytes, hardness, ids, refusalOf } from './fixtures.ts'

async function read(file: FilePlace, limits = defaultLimits): Promise<RawTable> {
  const bytes = readFileSync(file.absolute)
  const { reader, words } = recognise(bytes.subarray(0, 4096), bytes.subarray(-65_536))
  if (reader?.role !== 'workbook') throw new Error(`${file.path} is taken for ${words}`)
  return (await reader.sheets(file, limits)).tables[0]!
}

describe.each(['table.parquet', 'table-zstd.parquet', 'table.feather', 'table-zstd.feather'])('%s', (name) => {
  it('keeps its types: full precision, missing values, dictionaries, times, lists as curves', async () => {
    const raw = await read(fixture(name))
    expect(raw.header?.slice(0, 6)).toEqual(['sample', 'carbon (wt%)', 'hardness', 'route', 'measured', 'spectrum@0'])
    expect(raw.header).toHaveLength(5 + 64)
    const column = (c: number): string[] => raw.records.map((row) => row[c]!)
    expect(column(0)).toEqual(ids)
    column(1).forEach((cell, i) => expect(Number(cell)).toBe(carbon[i]))
    expect(column(2)).toEqual(hardness.map((value, i) => (i === 2 ? '' : String(value))))
    expect(column(3)).toEqual(ids.map((_, i) => (i < count / 2 ? 'A' : 'B')))
    expect(column(4)[0]).toBe('2024-03-01 12:30:00')
    raw.records.forEach((row, i) => expect(row.slice(5).map(Number)).toEqual(spectra.slice(64 * i, 64 * (i + 1))))
    expect(raw.warnings).toEqual(['column who is left out: it holds lists or records that are no curves'])
  })

  it('has numbers of which no sign is open', async () => {
    const table = tableOf(await read(fixture(name)), name, defaultLimits)
    expect(table.undecided).toBeNull()
    expect(table.rows[1]![1]).toBe('1.234')
  })

  it('that is cut off, or scrambled, is refused by name', async () => {
    const bytes = fixtureBytes(name)
    expect(await refusalOf(() => read(fileOf('cut', bytes.subarray(0, bytes.length >> 1))))).toMatch(
      /^cut is not a whole/,
    )
    const scrambled = Buffer.from(bytes)
    for (let at = 8; at < bytes.length - 12; at += 3) scrambled[at] = scrambled[at]! ^ 0x5a
    expect(await refusalOf(() => read(fileOf('bad', scrambled)))).toMatch(/^bad is not a whole/)
  })

  it('of more rows than the limit is refused', async () => {
    expect(await refusalOf(() => read(fixture(name), { ...defaultLimits, entries: 5 }))).toMatch(
      /has 12 rows; an import/,
    )
  })
})
