/**
 * Where the table stands in a text: below titles and preambles, under one or two header rows and a row of units, without
 * the empty columns and rows that programs leave around it.
 */
import type { TextDescription } from '../../src-shared/domain/dataset.ts'
import { isIdName, isMissing } from './cells.ts'
import { isMark } from './marked-cells.ts'
import { withUnit } from './column-numbers.ts'
import { looksNumeric } from './written-numbers.ts'
import { isUnit } from './units.ts'

/** Where the names and units of a table stand: the line above which nothing belongs to it, and how many rows these take. */
export interface TableLayout {
  readonly skip: number
  readonly header: 0 | 1 | 2
  readonly units: boolean
}

export interface Block {
  /** Names of the columns; null when the table has none. */
  readonly header: readonly string[] | null
  /** Line of the header, if there is one. */
  readonly headerLine: number
  readonly rows: string[][]
  readonly lines: number[]
  /** Lines above the table that are no part of it. */
  readonly above: number
  /** As a description says it. */
  readonly layout: TableLayout
  /** Columns of the file that were kept, where some were dropped. */
  readonly kept?: readonly number[]
}

/** Share of a column's present cells that are numbers where the column is one of numbers. */
const numericColumn = 0.8
/** Rows that tell what columns hold. */
const mostSampled = 400
/** Header rows may hold a name more for which no row has a cell. */
const surplusNames = 2

/** The rows are cut to the table in place. `isGridHeader` says whether a row with numbers in it names columns nonetheless. */
export function tableBlock(
  records: readonly string[][],
  recordLines: readonly number[],
  delimiter: string,
  isGridHeader: (cells: readonly string[]) => boolean,
  given: Pick<TextDescription, 'header' | 'units'> = {},
): Block {
  const filled = [...records.keys()].filter((i) => records[i]!.some((cell) => cell !== ''))
  const all = filled.map((i) => records[i]!)
  const lines = filled.map((i) => recordLines[i]!)
  const width = trimmedWidth(all)
  const start =
    given.header === undefined ? findStart(all, width, delimiter, isGridHeader) : givenStart(all, width, given)
  const rows = all.slice(start.data)
  const double =
    start.header !== null && (given.header === undefined ? isDouble(all, start.header) : given.header === 2)
  const header = start.header === null ? null : headerCells(all, start, rows, width, double)
  const block = { rows, lines: lines.slice(start.data), headerLine: lines[start.header ?? 0] ?? 1 }
  const above = start.header === null ? start.data : start.header - (double ? 1 : 0)
  const layout = {
    skip: above === 0 ? 0 : lines[above - 1]!,
    header: start.header === null ? (0 as const) : double ? (2 as const) : (1 as const),
    units: start.units !== null,
  }
  return withoutEmptyColumns({ ...block, header, above, layout })
}

/** The width of most rows, once the empty cells at their ends are cut off in all. */
function trimmedWidth(rows: readonly string[][]): number {
  const width = usualWidth(rows)
  const used = rows.reduce((most, row) => {
    return row.length === width ? Math.max(most, row.findLastIndex((cell) => cell !== '') + 1) : most
  }, 0)
  for (const row of rows) while (row.length > used && row.at(-1) === '') row.pop()
  return used
}

/** The most frequent width in the lower half, where no preamble stands. */
function usualWidth(rows: readonly string[][]): number {
  const counts = new Map<number, number>()
  for (const row of rows.slice(Math.floor(rows.length / 2))) counts.set(row.length, (counts.get(row.length) ?? 0) + 1)
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])[0]
}

interface Start {
  /** Index of the header row, null when there is none. */
  readonly header: number | null
  /** Index of a row of units, null when there is none. */
  readonly units: number | null
  /** Index of the first row of data. */
  readonly data: number
}

function findStart(
  rows: readonly string[][],
  width: number,
  delimiter: string,
  isGridHeader: (cells: readonly string[]) => boolean,
): Start {
  const numeric = numericColumns(rows, width)
  const isData = (row: readonly string[]): boolean =>
    row.length === width &&
    numeric.every((c) => isMissing(row[c]!) || looksNumeric(row[c]!) || isMark(row[c]!)) &&
    numeric.some((c) => looksNumeric(row[c]!))
  const full = numeric.length === 0 ? -1 : rows.findIndex(isData)
  const first = full === -1 ? -1 : withSparseAbove(rows, full, width, numeric)
  if (first === -1) {
    const header = Math.max(
      0,
      rows.findIndex((row) => row.length === width || row.length === width - 1),
    )
    return { header: isGridHeader(rows[header] ?? []) ? header : null, units: null, data: isGridHeader(rows[header] ?? []) ? header + 1 : header } // prettier-ignore
  }
  const most = delimiter === ' ' ? width : width + surplusNames
  const names = (row: readonly string[]): boolean =>
    row.length >= Math.max(1, width - 1) &&
    row.length <= most &&
    row.filter((cell) => cell !== '').length >= (row.length === width ? 1 : 2) &&
    numeric.every((c) => !looksNumeric(row[c] ?? ''))
  const header = headerAbove(rows, first, width, numeric, names)
  if (header !== null) {
    const below = header + 1
    const units = below < first && isUnits(rows[below]!, numeric, width)
    return { header, units: units ? below : null, data: units ? below + 1 : below }
  }
  // Rows of the table's width that hold numbers are data with faults in them, whatever stands first.
  const faulty = rows.findIndex((row) => row.length === width && numeric.some((c) => looksNumeric(row[c]!)))
  const data = Math.min(first, faulty === -1 ? first : faulty)
  const row = rows[data]!
  // A word above a column of numbers names it, and numbers that go one way beside it name the others.
  const named = numeric.includes(0) && row[0] !== '' && !looksNumeric(row[0]!) && !isMark(row[0]!)
  const headed = isGridHeader(named ? ['', ...row.slice(1)] : row)
  return headed ? { header: data, units: null, data: data + 1 } : { header: null, units: null, data }
}

/** The first row of data, those without a value included that stand above the first one with values and are named like it. */
function withSparseAbove(rows: readonly string[][], full: number, width: number, numeric: readonly number[]): number {
  const others = Array.from({ length: width }, (_, c) => c).filter((c) => !numeric.includes(c))
  const named = (row: readonly string[]): boolean =>
    others.some((c) => /\d/.test(row[c]!) && shape(row[c]!) === shape(rows[full]![c]!))
  const sparse = (row: readonly string[]): boolean =>
    row.length === width && numeric.every((c) => isMissing(row[c]!)) && named(row)
  let first = full
  while (first > 0 && sparse(rows[first - 1]!)) first--
  return first
}

/** Columns that hold numbers in the lower half of the rows. */
function numericColumns(rows: readonly string[][], width: number): number[] {
  const step = Math.max(1, Math.floor(rows.length / mostSampled))
  const body = rows.filter((row, i) => 2 * i >= rows.length - 1 && i % step === 0 && row.length === width)
  return Array.from({ length: width }, (_, c) => c).filter((c) => {
    const cells = body.map((row) => row[c]!).filter((cell) => !isMissing(cell))
    return cells.length > 0 && cells.filter(looksNumeric).length >= numericColumn * cells.length
  })
}

/** The row of names nearest above the data, unless it stands for a sample whose cells are faulty, or for the units. */
function headerAbove(
  rows: readonly string[][],
  first: number,
  width: number,
  numeric: readonly number[],
  names: (row: readonly string[]) => boolean,
): number | null {
  const above = rows.slice(0, first)
  // A row that says nothing of the columns of numbers is a sample without values where another row names them.
  const naming = above.findLastIndex((row) => names(row) && numeric.some((c) => !isMissing(row[c] ?? '')))
  const nearest = naming === -1 ? above.findLastIndex(names) : naming
  if (nearest <= 0) return nearest === -1 ? null : nearest
  const upper = nearest - 1
  if (!names(rows[upper]!)) return nearest
  if (isUnits(rows[nearest]!, numeric, width)) return upper
  const others = Array.from({ length: width }, (_, c) => c).filter((c) => !numeric.includes(c))
  const idAbove = others.some((c) => isIdName(rows[upper]![c] ?? '') && !isIdName(rows[nearest]![c] ?? ''))
  // s004 above s005 is a sample; a name above it is not.
  const alike = others.some(
    (c) => /\d/.test(rows[first]![c]!) && shape(rows[nearest]![c] ?? '') === shape(rows[first]![c]!),
  )
  return idAbove || alike ? upper : nearest
}

/** `s004` and `s017` alike. */
function shape(text: string): string {
  return text.replaceAll(/\d+/g, '9')
}

const unitWord = /^(?:units?|einheit(?:en)?|-|)$/i

/** A row of units has one for columns of numbers, and nothing, or the word, for the others. */
function isUnits(row: readonly string[], numeric: readonly number[], width: number): boolean {
  const measured = new Set(numeric)
  let units = 0
  for (let c = 0; c < width; c++) {
    const cell = row[c] ?? ''
    if (unitWord.test(cell)) continue
    if (!measured.has(c) || !isUnit(cell)) return false
    units += 1
  }
  return units > 0
}

/** A name that stands above several columns is written once, above the first of them. */
function filledUp(above: readonly string[], names: readonly string[]): string[] {
  const filled = [...above]
  names.forEach((name, c) => {
    const repeated = names.indexOf(name) !== names.lastIndexOf(name)
    if (c > 0 && filled[c] === '' && repeated) filled[c] = filled[c - 1]!
  })
  return filled
}

/** Whether the names repeat and stand below others that tell them apart. */
function isDouble(all: readonly string[][], header: number): boolean {
  const [names, above] = [all[header]!, all[header - 1]]
  return above !== undefined && new Set(names).size < names.length && above.length === names.length
}

/** Where a description says that the table's names are. */
function givenStart(all: readonly string[][], width: number, given: Pick<TextDescription, 'header' | 'units'>): Start {
  const header = given.header === 0 ? null : Math.min(given.header! - 1, all.length - 1)
  const below = header === null ? 0 : header + 1
  const numeric = numericColumns(all.slice(below), width)
  const units = given.units ?? (header !== null && all[below] !== undefined && isUnits(all[below], numeric, width))
  return { header, units: units ? below : null, data: units ? below + 1 : below }
}

/** The names, with their units, and as many as the rows have cells. */
function headerCells(
  all: readonly string[][],
  start: Start,
  rows: readonly string[][],
  width: number,
  twice: boolean,
): string[] {
  const header = [...all[start.header!]!]
  // R leaves the name of its row names out.
  if (header.length === width - 1 && rows.length > 0 && rows.every((row) => row.length === width)) header.unshift('')
  const longest = rows.reduce((most, row) => Math.max(most, row.length), 0)
  if (rows.length > 0 && longest < header.length) header.length = longest
  const units = start.units === null ? [] : all[start.units]!
  const above = start.header! > 0 ? filledUp(all[start.header! - 1]!, header) : []
  return header.map((name, c) => {
    const full = twice && above[c] !== '' && above[c] !== undefined ? `${above[c]} ${name}`.trim() : name
    const own = (units[c] ?? '').replace(/^[[(](.*)[\])]$/, '$1')
    return own === '' || unitWord.test(own) ? full.replace(/^#\s*/, '') : withUnit(full.replace(/^#\s*/, ''), own)
  })
}

/** Columns without a name and without a value, as double delimiters make them. */
function withoutEmptyColumns(block: Block): Block {
  const { header, rows } = block
  if (header === null) return block
  const empty = new Set(
    header.flatMap((name, c) => (name === '' && rows.every((row) => (row[c] ?? '') === '') ? [c] : [])),
  )
  if (empty.size === 0 || rows.length === 0) return block
  const kept = header.flatMap((_, c) => (empty.has(c) ? [] : [c]))
  const those = (row: readonly string[]): string[] => row.filter((_, c) => !empty.has(c))
  return { ...block, header: those(header), rows: rows.map(those), kept }
}
