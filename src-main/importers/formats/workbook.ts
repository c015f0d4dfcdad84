/**
 * Workbooks of spreadsheet programs: each sheet's cells as text, with the types that the file gives them. A number is
 * written in full, a date as ISO 8601, a formula as the value that was stored with it.
 */
import type { Cell, CellValue, ReadOptions, Sheet, Workbook } from 'hucre'
import type { ImportLimits } from '../../../src-shared/domain/import.ts'
import { type CausalscopeError, refused } from '../../../src-shared/errors.ts'
import { plainCells } from '../cell-texts.ts'
import { fileBytes } from '../file-bytes.ts'
import { bytesAt, type FilePlace, type Format, type RawTable, type Sheets } from './format.ts'
import { checkUnpackedSize, holdsEntry, isZip } from './zip.ts'

/** What sheets may take of the memory limit once unpacked: their cells take several times that. */
const unpackedShare = 0.15
const shownCells = 5
const dayInMilliseconds = 86_400_000
/** Day 0 of spreadsheets: what lies on it or the next days is a time or a duration, not a date. */
const dayZero = { '1900': Date.UTC(1899, 11, 31), '1904': Date.UTC(1904, 0, 1) }
const mostDaysOfTime = 41

type Read = (bytes: Uint8Array, options: ReadOptions) => Promise<Workbook>

async function sheetsOf(file: FilePlace, limits: ImportLimits, zipped: boolean, read: Read): Promise<Sheets> {
  if (zipped) await checkUnpackedSize(file, Math.min(limits.file, unpackedShare * limits.memory), limits.entries)
  const bytes = await fileBytes(file, limits)
  const workbook = await read(bytes, { readStyles: false }).catch((error: unknown) => {
    throw refused(
      `${file.path} cannot be read as a workbook: ${error instanceof Error ? error.message.replace(/\.$/, '') : String(error)}.`,
      'Open it in the program it comes from and save it again, without a password, or export its sheets as CSV.',
      { file: file.path },
    )
  })
  const shown = workbook.sheets.filter((sheet) => sheet.hidden !== true && sheet.veryHidden !== true)
  return {
    tables: shown.map((sheet) => tableOfSheet(sheet, file.path, dayZero[workbook.dateSystem ?? '1900'])),
    unread: workbook.sheets
      .filter((sheet) => !shown.includes(sheet))
      .map(({ name }) => ({ name, reason: 'a hidden sheet' })),
  }
}

function tableOfSheet(sheet: Sheet, path: string, zero: number): RawTable {
  const errors: string[] = []
  const exact = new Set<number>()
  const width = sheet.rows.reduce((most, row) => Math.max(most, row.length), 0)
  const values = withMerges(sheet, width)
  const details = sheet.cells ?? new Map<string, Cell>()
  const records = values.map((row, r) =>
    Array.from({ length: width }, (_, c) => {
      const value = row[c] ?? null
      const cell = details.get(`${r},${c}`)
      if (cell?.formula !== undefined && value === null) throw uncomputed(path, sheet.name, r, c)
      if (cell?.type === 'error' || isError(value, cell)) {
        errors.push(`${cellName(r, c)} (${String(value)})`)
        return ''
      }
      if (typeof value === 'number') exact.add(c)
      return textOfCell(value, zero)
    }),
  )
  const some = errors.slice(0, shownCells).join(', ')
  const more = errors.length > shownCells ? ` and ${errors.length - shownCells} more` : ''
  return {
    name: sheet.name,
    records,
    lines: records.map((_, r) => r + 1),
    delimiter: '',
    exact,
    warnings: [
      ...plainCells(records).map((warning) => `${warning}.`),
      ...(errors.length === 0
        ? []
        : [`cells in which the spreadsheet program shows an error are taken as missing: ${some}${more}.`]),
    ],
  }
}

const errorValue = /^#(?:N\/A|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)$/

/** An error that a formula came to. */
function isError(value: CellValue, cell: Cell | undefined): boolean {
  return cell?.formula !== undefined && typeof value === 'string' && errorValue.test(value)
}

/**
 * The rows with each merged cell's value in all of its places: a group's name stands beside every row of the group. What
 * is merged over the whole width is a title and stays one cell.
 */
function withMerges({ rows, merges = [] }: Sheet, width: number): readonly (readonly CellValue[])[] {
  const narrow = merges.filter(({ startCol, endCol }) => endCol - startCol + 1 < width)
  if (narrow.length === 0) return rows
  const filled = rows.map((row) => [...row])
  for (const { startRow, endRow, startCol, endCol } of narrow) {
    const value = rows[startRow]?.[startCol] ?? null
    for (let r = startRow; r <= Math.min(endRow, rows.length - 1); r++)
      for (let c = startCol; c <= endCol; c++) filled[r]![c] = value
  }
  return filled
}

/** `B7` */
function cellName(row: number, column: number): string {
  let letters = ''
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  return `${letters}${row + 1}`
}

function uncomputed(path: string, sheet: string, row: number, column: number): CausalscopeError {
  const cell = cellName(row, column)
  return refused(
    `${path}, sheet ${sheet}, cell ${cell}: it holds a formula whose value was never stored.`,
    'Open the workbook in a spreadsheet program and save it: the values are stored with it then.',
    { file: path, row: row + 1, field: cell },
  )
}

function textOfCell(value: CellValue, zero: number): string {
  if (value === null) return ''
  if (value instanceof Date) return textOfDate(value, zero)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return String(value)
}

/** `2024-03-01`, `2024-03-01 12:30:00`; a time without a date as `00:01:30`, which is read as seconds. */
function textOfDate(date: Date, zero: number): string {
  const milliseconds = date.getTime()
  if (!Number.isFinite(milliseconds)) return ''
  const since = milliseconds - zero
  if (since >= 0 && since < mostDaysOfTime * dayInMilliseconds) return clockText(since)
  const text = date.toISOString()
  return since % dayInMilliseconds === 0 ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 19)}`
}

function clockText(milliseconds: number): string {
  const seconds = Math.round(milliseconds) / 1000
  const two = (n: number): string => String(n).padStart(2, '0')
  const rest = Number((seconds % 60).toFixed(3))
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${rest < 10 ? '0' : ''}${rest}`
}

function workbook(
  id: string,
  words: string,
  begins: Format['begins'],
  zipped: boolean,
  load: () => Promise<Read>,
): Format {
  return {
    id,
    words,
    begins,
    measurements: true,
    reader: { role: 'workbook', sheets: async (file, limits) => sheetsOf(file, limits, zipped, await load()) },
  }
}

function zipWith(entry: string): Format['begins'] {
  return (head, tail) => isZip(head, tail) && holdsEntry(tail, entry)
}

const openDocument: Format['begins'] = (head, tail) =>
  isZip(head, tail) && holdsEntry(head, 'application/vnd.oasis.opendocument.spreadsheet')
const oldOffice = bytesAt(0, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)

// The reader is loaded by who needs it.
const excel = () => import('hucre/xlsx')

export const workbooks: readonly Format[] = [
  workbook('xlsx', 'an Excel workbook', zipWith('xl/workbook.xml'), true, async () => (await excel()).readXlsx),
  workbook('xlsb', 'a binary Excel workbook', zipWith('xl/workbook.bin'), true, async () => (await excel()).readXlsb),
  workbook('xls', 'an old Office document', oldOffice, false, async () => (await excel()).readXls),
  workbook('ods', 'an OpenDocument spreadsheet', openDocument, true, async () => (await import('hucre/ods')).readOds),
]
