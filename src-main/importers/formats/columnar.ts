/** Tables whose files hold typed columns (Parquet, Arrow), as cells. A column of lists of numbers is a curve on its header's grid. */
import { refused } from '../../../src-shared/errors.ts'
import { plainCells } from '../cell-texts.ts'
import type { RawTable } from './format.ts'

export interface Column {
  readonly name: string
  /** A value a row; null where it is missing. */
  readonly values: readonly unknown[]
}

/** What the expanded table may have; each cell is a text of its own. */
const mostCells = 20_000_000
/** What pandas calls a column that has no name. */
const pandasIndex = /^__index_level_\d+__$/

interface Cells {
  readonly names: readonly string[]
  /** [columns][rows] */
  readonly cells: readonly string[][]
  readonly exact: boolean
}

export function tableOfColumns(columns: readonly Column[], path: string): RawTable {
  const warnings: string[] = []
  // The ids of a pandas table stand in its index, which is written last.
  const index = columns.filter(({ name }) => pandasIndex.test(name))
  const ordered = [...index, ...columns.filter((column) => !index.includes(column))]
  const parts: Cells[] = []
  let width = 0
  for (const column of ordered) {
    const part = cellsOf(column)
    if (part === null) {
      warnings.push(`column ${column.name} is left out: it holds lists or records that are no curves`)
      continue
    }
    width += part.names.length
    if (width * column.values.length > mostCells)
      throw refused(
        `${path} has more than ${mostCells.toLocaleString('en')} cells, lists taken apart.`,
        'Save curves as arrays (.npy, HDF5), or fewer columns.',
        { file: path },
      )
    parts.push(part)
  }
  const rows = columns[0]?.values.length ?? 0
  const all = parts.flatMap(({ cells }) => cells)
  const header = parts.flatMap(({ names }) => names)
  const records = Array.from({ length: rows }, (_, r) => all.map((cells) => cells[r]!))
  warnings.push(...plainCells(records, header))
  return {
    ...{ name: '', header, records },
    lines: Array.from({ length: rows }, (_, r) => r + 1),
    delimiter: '',
    exact: new Set(
      parts.flatMap(({ cells, exact }) => cells.map(() => exact)).flatMap((exact, c) => (exact ? [c] : [])),
    ),
    warnings,
  }
}

/** Null for values that are neither cells nor lists of numbers. */
function cellsOf({ name, values }: Column): Cells | null {
  const lists = values.map(numbersOf)
  if (lists.some((list) => list !== null)) return listed(name, values, lists)
  if (values.some((value) => typeof value === 'object' && value !== null && !(value instanceof Date))) return null
  return {
    names: [pandasIndex.test(name) ? '' : name],
    cells: [values.map(textOf)],
    exact: values.some((value) => typeof value === 'number' || typeof value === 'bigint'),
  }
}

function listed(name: string, values: readonly unknown[], lists: readonly (readonly number[] | null)[]): Cells | null {
  if (lists.some((list, r) => list === null && values[r] !== null && values[r] !== undefined)) return null
  const length = lists.reduce((most, list) => Math.max(most, list?.length ?? 0), 0)
  const points = Array.from({ length }, (_, k) => k)
  return {
    names: points.map((k) => `${name}@${k}`),
    cells: points.map((k) => lists.map((list) => textOf(list?.[k] ?? null))),
    exact: true,
  }
}

function numbersOf(value: unknown): readonly number[] | null {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Float64Array, Number)
  return Array.isArray(value) && value.every((item) => typeof item === 'number') ? value : null
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return Number.isFinite(value.getTime()) ? dateText(value) : ''
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : ''
}

function dateText(date: Date): string {
  const text = date.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 19)}`
}
