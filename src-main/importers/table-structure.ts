/** What the columns of a table are: curves whose grid stands in the header, points of long curves, values. */
import { isMissing, isNumeric, labelAndUnit } from './cells.ts'
import type { Table } from './table.ts'

/** A column's cells, [rows]. */
export function cellsOf(table: Table, column: number): string[] {
  return table.rows.map((row) => row[column]!)
}

/** What a column is shows in so many of its cells. */
const mostSampled = 4000

/** Cells of rows spread evenly over the table. */
function sampledCells(table: Table, column: number): string[] {
  const step = Math.max(1, Math.floor(table.rows.length / mostSampled))
  if (step === 1) return cellsOf(table, column)
  return Array.from({ length: Math.ceil(table.rows.length / step) }, (_, i) => table.rows[i * step]![column]!)
}

/** Share of a column's present cells that are numbers; 0 when all are missing. */
export function numericShare(table: Table, column: number): number {
  let known = shares.get(table)
  if (known === undefined) shares.set(table, (known = new Map<number, number>()))
  const share = known.get(column) ?? shareOf(table, column)
  known.set(column, share)
  return share
}

/** Of tables as they are once read: every reader asks it of every column. */
const shares = new WeakMap<Table, Map<number, number>>()

function shareOf(table: Table, column: number): number {
  const cells = sampledCells(table, column).filter((cell) => !isMissing(cell))
  if (cells.length === 0) return 0
  return cells.filter((cell) => isNumeric(cell, table.decimalComma)).length / cells.length
}

export interface GridGroup {
  /** What the header's names share before the number: `psi@`. */
  readonly prefix: string
  /** Column indices, in the table's order. */
  readonly columns: readonly number[]
  /** The header's numbers, in the same order. */
  readonly grid: readonly number[]
  /** Of the values; empty where none is given, or where it may be the grid's: `400 (nm)`. */
  readonly unit: string
}

// A dash after a letter or digit parts name and number, elsewhere it is a sign.
const gridHeader = /^(.*?)((?:(?<![A-Za-z0-9])[+-])?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)$/
const fewestPoints = 3
const mostCodes = 5
const fewestCodedRows = 30
const fewestAxisPoints = 10

/**
 * Curves whose grid stands in the header: numeric columns whose names share a prefix and differ by a number. A unit
 * behind the number, the same for all of them, is that of their values.
 */
export function gridGroups(table: Table, id: number | null): GridGroup[] {
  if (!table.hasHeader || table.unordered === true) return []
  const groups = new Map<string, { columns: number[]; grid: number[]; units: Set<string> }>()
  table.columns.forEach((name, c) => {
    if (c === id) return
    const { label, unit = '' } = labelAndUnit(name)
    const text = table.decimalComma ? label.replace(/(\d),(\d+)$/, '$1.$2') : label
    const match = gridHeader.exec(text)
    if (match === null) return
    const prefix = match[1]!
    const group = groups.get(prefix) ?? { columns: [], grid: [], units: new Set() }
    group.units.add(unit)
    group.columns.push(c)
    group.grid.push(Number(match[2]))
    groups.set(prefix, group)
  })
  return [...groups]
    .filter(([, { units }]) => units.size === 1)
    .map(([prefix, { columns, grid, units }]) => ({ prefix, columns, grid, unit: prefix === '' ? '' : [...units][0]! }))
    .filter(
      ({ prefix, columns, grid }) =>
        columns.length >= fewestPoints &&
        !/^column $/.test(prefix) &&
        columns.every((c) => mostlyNumeric(table, c)) &&
        (isAxis(prefix, grid) || !areCodes(table, columns)),
    )
}

/** Bare numbers that do not count from 0 or 1 are an axis: wavelengths, not numbered variables. */
function isAxis(prefix: string, grid: readonly number[]): boolean {
  return prefix === '' && grid.length >= fewestAxisPoints && grid[0] !== 0 && grid[0] !== 1
}

/** Numbered columns of a few whole numbers over many rows are variables (x1, x2, x3), each a category of its own. */
function areCodes(table: Table, columns: readonly number[]): boolean {
  if (table.rows.length < fewestCodedRows) return false
  const values = new Set<string>()
  for (const row of table.rows) {
    for (const c of columns) {
      const cell = row[c]!
      if (isMissing(cell)) continue
      if (!/^\d+$/.test(cell)) return false
      if (values.add(cell).size > mostCodes) return false
    }
  }
  return true
}

function mostlyNumeric(table: Table, column: number): boolean {
  return numericShare(table, column) >= 0.5 || sampledCells(table, column).every(isMissing)
}

/**
 * Whether rows are points of curves (id, x, y ...): ids come several times each and at least two other columns are
 * numeric. Returns those columns, the grid first.
 */
export function longColumns(table: Table, id: number | null): readonly number[] | null {
  if (id === null) return null
  const ids = cellsOf(table, id)
  if (2 * new Set(ids).size > ids.length) return null
  const numeric = table.columns.flatMap((_, c) => (c !== id && numericShare(table, c) >= 0.5 ? [c] : []))
  const measured = numeric.filter((c) => !countsAllRows(table, c))
  if (measured.length < 2) return numeric.length >= 2 ? numeric : null
  // A number of the point beside a grid of its own is no grid.
  const [first, second] = measured
  const counted = measured.length > 2 && pointNumber.test(table.columns[first!]!) && ascends(table, id, second!)
  return counted ? measured.slice(1) : measured
}

const pointNumber =
  /^(?:#|no\.?|nr\.?|n|i|index|idx|row|line|step|(?:data[ _-]?)?(?:points?|pts?\.?|punkte?))(?:[ _.-]?(?:no\.?|nr\.?|number|nummer|index))?$/i

/** Whether the column goes up, or down, from row to row within each sample; of its first rows. */
function ascends(table: Table, id: number, column: number): boolean {
  const last = new Map<string, number>()
  let [up, down] = [0, 0]
  for (const row of table.rows.slice(0, mostSampled)) {
    const value = isMissing(row[column]!) ? Number.NaN : Number(row[column]!)
    const before = last.get(row[id]!)
    if (!Number.isFinite(value)) continue
    if (before !== undefined && value > before) up += 1
    if (before !== undefined && value < before) down += 1
    last.set(row[id]!, value)
  }
  return Math.max(up, down) > 0 && 20 * Math.min(up, down) < Math.max(up, down)
}

/** Whether a column counts the rows of the whole table, from 0 or 1: no sample's grid does. */
export function countsAllRows(table: Table, column: number): boolean {
  const first = Number(table.rows[0]![column])
  return (first === 0 || first === 1) && table.rows.every((row, i) => Number(row[column]) === first + i)
}

/** Whether a table without ids is one sample's curve: two or more columns, all numeric. */
export function isPointTable(table: Table): boolean {
  return table.columns.every((_, c) => numericShare(table, c) >= 0.5)
}

/** A column without a name that counts the rows, as programs write beside their tables. */
export function isRowNumber(table: Table, column: number): boolean {
  return table.hasHeader && table.columns[column] === `column ${column + 1}` && countsAllRows(table, column)
}

export type ColumnKind = 'category' | 'number' | 'text' | 'empty'

const mostCategories = 64
const mostIntegerCategories = 20

/** What a single column is: integers or text with few distinct values are categories. */
export function columnKind(table: Table, column: number): ColumnKind {
  return kindOfCells(sampledCells(table, column), table.decimalComma)
}

/** As `columnKind`, for the cells alone. */
export function kindOfCells(all: readonly string[], decimalComma: boolean): ColumnKind {
  const cells = all.filter((cell) => !isMissing(cell))
  if (cells.length === 0) return 'empty'
  const distinct = new Set(cells).size
  const share = cells.filter((cell) => isNumeric(cell, decimalComma)).length / cells.length
  const repeated = distinct <= Math.max(2, cells.length / 2)
  if (share === 1) {
    const integers = cells.every((cell) => /^[+-]?\d+(?:\.0*)?$/.test(cell))
    // Small whole numbers are codes even where few samples are labelled and most codes come once.
    const codes = integers && distinct < cells.length && cells.every((cell) => /^\d{1,2}$/.test(cell))
    return integers && distinct <= mostIntegerCategories && (repeated || codes) ? 'category' : 'number'
  }
  // A few words among many different numbers are faults in a column of numbers, not names of categories.
  if (share >= 0.5 && distinct > mostIntegerCategories) return 'number'
  return distinct <= mostCategories && repeated ? 'category' : share >= 0.8 ? 'number' : 'text'
}
