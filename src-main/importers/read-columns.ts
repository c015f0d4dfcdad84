/** Columns of text tables: vectors of several, metadata of one. */
import type { ModalityDescription } from '../../src-shared/domain/dataset.ts'
import type { ColumnBlock, VectorBlock } from './blocks.ts'
import { isMissing, isNonFinite } from './cells.ts'
import type { Table } from './table.ts'
import type { TableIds } from './library.ts'
import { counted, listed, type Reading } from './reading.ts'
import { addNonFinite, cellNumber, rowIds } from './table-rows.ts'
import { quoted } from './sources.ts'
import { gridGroups, numericShare } from './table-structure.ts'

/** Columns of numbers as one vector a row. A row with an empty cell has no vector. */
export function readVector(
  table: Table,
  ids: TableIds,
  description: ModalityDescription,
  kind: VectorBlock['kind'],
  columns: readonly number[],
  reading: Reading,
): VectorBlock {
  const rows = rowIds(table, ids)
  const values = new Float64Array(rows.count * columns.length)
  const present = new Uint8Array(rows.count).fill(1)
  const incomplete: string[] = []
  /** The first empty cell of a row. */
  const empty = new Map<number, string>()
  table.rows.forEach((_, i) => {
    const id = rows.ids?.[i]
    let missing = 0
    columns.forEach((column, k) => {
      const value = cellNumber(table, i, column, id, reading)
      if (value === null) {
        if (missing === 0) empty.set(i, table.columns[column]!)
        missing += 1
      } else if (value !== undefined && !Number.isFinite(value)) addNonFinite(table, i, column, id, reading)
      if (value === null || value === undefined || !Number.isFinite(value)) present[i] = 0
      else values[i * columns.length + k] = value
    })
    if (missing > 0 && missing < columns.length) incomplete.push(id ?? `row ${table.lines[i]!}`)
    if (present[i] === 0) values.fill(0, i * columns.length, (i + 1) * columns.length)
  })
  if (incomplete.length > 0)
    reading.notes.push({
      severity: 'warning',
      message: `${description.name}: ${counted(incomplete.length, 'row')} with empty cells taken as missing: ${listed(incomplete)}.`,
      ids: incomplete,
    })
  return {
    kind,
    name: description.name,
    source: description.source,
    ...rows,
    lacks: (i) => lacking(table, description, columns, empty.get(i)),
    features: columns.map((column) => table.columns[column]!),
    values,
    present,
  }
}

/** A vector needs all of its columns; the way out names the others. */
function lacking(
  table: Table,
  { name }: ModalityDescription,
  columns: readonly number[],
  field: string | undefined,
): { message: string; hint: string } | undefined {
  if (field === undefined) return undefined
  const others = columns.map((c) => table.columns[c]!).filter((other) => other !== field)
  const source = `${table.file}:${others.map(quoted).join(',')}`
  return {
    message: `its cell in column ${field} holds no value, and ${name} needs all of its columns.`,
    hint: `Fill it in${others.length === 0 ? '' : `, or leave the column out: in a data description the source of ${name} is then ${source}`}.`,
  }
}

/** Columns a vector takes when none are named: numeric, not the id, not on a header's grid, not `taken`. */
export function vectorColumns(table: Table, ids: TableIds, taken: ReadonlySet<string>): number[] {
  const gridded = new Set(gridGroups(table, ids.column).flatMap((group) => group.columns))
  return table.columns.flatMap((name, c) =>
    c !== ids.column && !gridded.has(c) && !taken.has(name) && numericShare(table, c) >= 0.5 ? [c] : [],
  )
}

/** A metadata column: text as it stands, or numbers; empty cells and NaN are missing. */
export function readColumn(
  table: Table,
  ids: TableIds,
  column: number,
  name: string,
  kind: ColumnBlock['kind'],
  reading: Reading,
): ColumnBlock {
  const rows = rowIds(table, ids)
  const cells = table.rows.map((row, i): string | number | null => {
    const cell = row[column]!
    if (kind === 'category') return isMissing(cell) ? null : cell
    if (/^[+-]?nan$/i.test(cell)) return null
    if (isNonFinite(cell)) {
      addNonFinite(table, i, column, rows.ids?.[i], reading)
      return null
    }
    return cellNumber(table, i, column, rows.ids?.[i], reading) ?? null
  })
  return { kind, name, source: `${table.file}:${table.columns[column]!}`, ...rows, cells }
}
