/** A table as every reader hands it on: header, units and numbers are found in the cells, whatever file they came from. */
import type { TextDescription } from '../../src-shared/domain/dataset.ts'
import type { ImportLimits } from '../../src-shared/domain/import.ts'
import { refused } from '../../src-shared/errors.ts'
import { isIdName, isNumeric, numberOf } from './cells.ts'
import type { Marked } from './marked-cells.ts'
import { readNumbers } from './column-numbers.ts'
import type { Undecided } from './written-numbers.ts'
import type { RawTable } from './formats/format.ts'
import { type Block, tableBlock, type TableLayout } from './table-block.ts'

export interface Dialect extends TableLayout {
  /** Empty where cells are told apart otherwise. */
  readonly delimiter: string
  /** Signs that part decimals in it, where any number tells. */
  readonly decimals: ReadonlySet<string>
}

export interface Table {
  readonly file: string
  /** Names from the header; `column 1`, ... when the file has none. */
  readonly columns: readonly string[]
  readonly hasHeader: boolean
  /** Numbers in columns of numbers are written with a point, whatever the file's dialect. */
  readonly rows: readonly (readonly string[])[]
  /** Line of the file on which each row ends, from 1. */
  readonly lines: readonly number[]
  readonly decimalComma: boolean
  /** Lines above the table that are no part of it. */
  readonly above: number
  /** How its text is written; null where the file tells its parts apart itself. */
  readonly dialect: Dialect | null
  /** A column of which the file leaves open whether 1.234 is a decimal or a thousand. */
  readonly undecided: Undecided | null
  /** Numbers that most likely stand for missing values, where nothing says so. */
  readonly sentinels: readonly Undecided[]
  /** Bounds and words of instruments in columns of numbers, and words in them that are taken as missing. */
  readonly marked: readonly Marked[]
  readonly missing: readonly Marked[]
  /** Name of what the header's names are, where samples stood in columns. */
  readonly corner?: string
  /** Where each repeated measurement is a sample of its own: the sample that row i is one of, [rows], and the ids' column. */
  readonly groups?: { readonly of: readonly string[]; readonly id: number }
  /** Pairs of columns were made rows of it. */
  readonly pairs?: true
  /** The columns' names are names only, no points of a grid, though they may end in numbers: `G1`, `G2`. */
  readonly unordered?: true
}

/**
 * The table in a file's records. Throws `refused` for ragged rows, repeated or missing column names, a single column, no
 * rows.
 */
export function tableOf(raw: RawTable, file: string, limits: ImportLimits, given: TextDescription = {}): Table {
  const block = blockOf(raw, given)
  const { header } = block
  if (header === null && block.rows.length === 0)
    throw refused(`${file} holds no rows.`, 'Put a table into it or leave it out.', { file })
  const hasHeader = header !== null
  const names = hasHeader
    ? headerNames(header, file, block.headerLine)
    : (block.rows[0] ?? []).map((_, i) => `column ${i + 1}`)
  const { rows, lines: rowLines } = block
  if (rows.length > limits.entries)
    throw refused(
      `${file} has ${rows.length} rows; an import reads up to ${limits.entries}.`,
      'Split the table into several files.',
      { file },
    )
  const ragged = rows.findIndex((row) => row.length !== names.length)
  if (ragged !== -1)
    throw refused(
      `${file}, row ${rowLines[ragged]}: it has ${rows[ragged]!.length} cells, the table has ${names.length} columns.`,
      'Fill the row up or take the surplus cell out; cells that hold the delimiter need quotes.',
      { file, row: rowLines[ragged]! },
    )
  if (names.length < 2) throw singleColumn(file)
  if (rows.length === 0) throw refused(`${file} has a header but no rows.`, 'Put the samples into it.', { file })
  const exact = new Set([...(raw.exact ?? [])].map((column) => block.kept?.indexOf(column) ?? column))
  const read = readNumbers(names, rows, given, exact)
  const dialect =
    raw.header === undefined ? { ...block.layout, delimiter: raw.delimiter, decimals: read.decimals } : null
  return { file, ...read, hasHeader, rows, lines: rowLines, above: block.above, dialect }
}

function blockOf({ header, records, lines, delimiter }: RawTable, given: TextDescription): Block {
  const layout = { skip: 0, header: 1, units: false } as const
  if (header !== undefined) return { header, headerLine: 1, rows: records, lines, above: 0, layout }
  const skipped = given.skip === undefined ? 0 : lines.filter((line) => line <= given.skip!).length
  return tableBlock(records.slice(skipped), lines.slice(skipped), delimiter, isHeader, given)
}

export function singleColumn(file: string) {
  return refused(
    `${file} has a single column.`,
    'A table needs a column with the sample id and at least one with values, parted by commas, semicolons or tabs.',
    { file },
  )
}

/**
 * Whether a first row names the columns. Numbers in it speak against that, unless they are the grid of curves: ascending
 * or descending beside the name of the id column.
 */
export function isHeader(cells: readonly string[]): boolean {
  const numbers = cells.filter((cell) => isNumeric(cell, true)).map((cell) => numberOf(cell, true))
  if (numbers.length === 0) return cells.some((cell) => cell !== '')
  const texts = cells.filter((cell) => !isNumeric(cell, true))
  if (!(cells[0] === '' || texts.some(isIdName)) || numbers.length < 2) return false
  const direction = Math.sign(numbers[1]! - numbers[0]!)
  return numbers.every((value, i) => i === 0 || Math.sign(value - numbers[i - 1]!) === direction) && direction !== 0
}

function headerNames(cells: readonly string[], file: string, row: number): string[] {
  const names = inPairs(cells) ?? cells.map((cell, i) => (cell === '' ? `column ${i + 1}` : cell))
  const seen = new Map<string, number>()
  names.forEach((name, i) => {
    const before = seen.get(name)
    if (before !== undefined)
      throw refused(
        `${file}: two columns are called "${name}" (columns ${before + 1} and ${i + 1}).`,
        'Give each column a name of its own.',
        { file, row, field: name },
      )
    seen.set(name, i)
  })
  return names
}

/** Two names in turn, `x, y, x, y`, are pairs that only their place tells apart: numbered. Null for other names. */
function inPairs(cells: readonly string[]): string[] | null {
  const [x, y] = cells
  if (cells.length < 4 || cells.length % 2 === 1 || x === '' || y === '' || x === y) return null
  if (!cells.every((cell, c) => cell === cells[c % 2])) return null
  return cells.map((cell, c) => `${cell} ${Math.floor(c / 2) + 1}`)
}
