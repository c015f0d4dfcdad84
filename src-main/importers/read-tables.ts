/** Blocks from text tables: curves whose grid is the header, curves of one row a point, vectors, metadata columns. */
import type { ModalityDescription } from '../../src-shared/domain/dataset.ts'
import { CausalscopeError, refused } from '../../src-shared/errors.ts'
import type { ColumnBlock, CurveBlock, VectorBlock } from './blocks.ts'
import { isMissing, isNonFinite, isNumeric, labelAndUnit, numberOf } from './cells.ts'
import { checkedCurve, type Curve } from './curves.ts'
import type { Table } from './delimited.ts'
import { type Library, selectedColumns, type TableIds } from './library.ts'
import { counted, listed, type Reading } from './reading.ts'
import type { ScannedFile } from './scan.ts'
import { gridGroups, longColumns, numericShare, sampleId } from './table-structure.ts'

type CurveLabels = Pick<CurveBlock, 'gridLabel' | 'gridUnit' | 'valueLabel' | 'valueUnit'>
type RowIds = Pick<CurveBlock, 'ids' | 'pairing' | 'count' | 'origin'>

/** Ids of a table in which each row is a sample. Throws `refused` for an empty or repeated id. */
export function rowIds(table: Table, { column, name }: TableIds): RowIds {
  const origin = (i: number) => ({ file: table.file, row: table.lines[i]! })
  const count = table.rows.length
  if (column === null) return { ids: null, pairing: `${table.file} by row`, count, origin }
  const seen = new Map<string, number>()
  const ids = table.rows.map((row, i) => {
    const id = sampleId(row[column]!)
    const line = table.lines[i]!
    if (id === '') throw emptyId(table, line, name!)
    const before = seen.get(id)
    if (before !== undefined)
      throw refused(
        `${table.file}, row ${line}: the id "${id}" stands in row ${before} already.`,
        'Each sample has one row: take one of them out, or give it an id of its own.',
        { file: table.file, row: line, field: name!, id },
      )
    seen.set(id, line)
    return id
  })
  return { ids, pairing: `${table.file} by column ${name!}`, count, origin }
}

function emptyId(table: Table, row: number, field: string): CausalscopeError {
  return refused(`${table.file}, row ${row}: the id in column ${field} is empty.`, 'Give each sample an id.', {
    file: table.file,
    row,
    field,
  })
}

/** A cell that ought to be a number, or to be missing (null); anything else is a fault and undefined. */
function cellNumber(
  table: Table,
  i: number,
  column: number,
  id: string | undefined,
  { log }: Reading,
): number | null | undefined {
  const cell = table.rows[i]![column]!
  if (isMissing(cell)) return null
  if (isNumeric(cell, table.decimalComma)) return numberOf(cell, table.decimalComma)
  const shown = cell.length > 40 ? `${cell.slice(0, 40)}...` : cell
  const decimal = /^[+-]?\d+,\d+$/.test(cell) ? ' Its other numbers have a decimal point.' : ''
  log.add({
    file: table.file,
    row: table.lines[i]!,
    field: table.columns[column]!,
    ...(id === undefined ? {} : { id }),
    message: `"${shown}" is not a number.${decimal}`,
    hint: 'Correct the cell, or empty it if the value is missing.',
  })
  return undefined
}

/** The curves of a table: of the header's grid, or of its rows if ids come several times. */
export function readCurves(
  table: Table,
  ids: TableIds,
  description: ModalityDescription,
  selected: readonly string[],
  reading: Reading,
): CurveBlock {
  const groups = gridGroups(table, ids.column)
  const columns = selectedColumns(table.columns, selected, table.file)
  const long = longColumns(table, ids.column)
  if (groups.length === 0 && long !== null) {
    const [x, y] = columns.length === 2 ? columns : long
    return readLong(table, ids, [x!, y!], description, reading)
  }
  const group = columns.length > 0 ? groups.find((candidate) => candidate.columns.includes(columns[0]!)) : groups[0]
  if (group === undefined)
    throw refused(
      `${table.file} holds no curves: it has neither columns on a grid (y@0, y@0.1, ...) nor rows of id, x and y.`,
      'Name its columns after the grid, or import it as a vector.',
      { file: table.file },
    )
  return readWide(table, ids, group, description, reading)
}

function readWide(
  table: Table,
  ids: TableIds,
  group: { readonly prefix: string; readonly columns: readonly number[]; readonly grid: readonly number[] },
  description: ModalityDescription,
  reading: Reading,
): CurveBlock {
  const { columns, grid } = group
  checkHeaderGrid(table, group)
  const rows = rowIds(table, ids)
  const gaps: string[] = []
  const curves = table.rows.map((_, i): Curve | null => {
    const id = rows.ids?.[i]
    const x: number[] = []
    const y: number[] = []
    const fields: string[] = []
    let faulty = false
    for (const [k, column] of columns.entries()) {
      const value = cellNumber(table, i, column, id, reading)
      if (value === undefined) faulty = true
      if (value === undefined || value === null) continue
      x.push(grid[k]!)
      y.push(value)
      fields.push(table.columns[column]!)
    }
    if (faulty || x.length === 0) return null
    if (x.length < columns.length) gaps.push(id ?? `row ${table.lines[i]!}`)
    return checkedCurve(
      x,
      y,
      { file: table.file, row: table.lines[i]!, ...(id === undefined ? {} : { id }), yField: (k) => fields[k]! },
      reading.log,
    )
  })
  if (gaps.length > 0)
    reading.notes.push({
      severity: 'warning',
      message: `${description.name}: ${counted(gaps.length, 'curve')} with empty cells taken as curves of fewer points (${listed(gaps)}); gaps between points are interpolated.`,
      ids: gaps,
    })
  const { label, unit } = labelAndUnit(group.prefix.replace(/[@=_:\s-]+$/, ''))
  return {
    kind: 'curve',
    name: description.name,
    source: description.source,
    ...rows,
    curves,
    ...labels(description, '', undefined, label, unit),
  }
}

function labels(
  description: ModalityDescription,
  gridLabel: string,
  gridUnit: string | undefined,
  valueLabel: string,
  valueUnit: string | undefined,
): CurveLabels {
  const given = {
    gridLabel: description.gridLabel ?? gridLabel,
    gridUnit: description.gridUnit ?? gridUnit ?? '',
    valueLabel,
    valueUnit: description.unit ?? valueUnit ?? '',
  }
  return Object.fromEntries(Object.entries(given).filter(([, text]) => text !== ''))
}

function checkHeaderGrid(
  table: Table,
  { columns, grid }: { columns: readonly number[]; grid: readonly number[] },
): void {
  const descending = grid[0]! > grid[grid.length - 1]!
  const bad = grid.findIndex((x, k) => k > 0 && (descending ? grid[k - 1]! <= x : grid[k - 1]! >= x))
  if (bad === -1) return
  const field = table.columns[columns[bad]!]!
  throw refused(
    `${table.file}: the grid in the header is not sorted: column ${field} comes after ${table.columns[columns[bad - 1]!]!}.`,
    'Sort the columns by their grid value and give each value once.',
    { file: table.file, row: 1, field },
  )
}

function readLong(
  table: Table,
  ids: TableIds,
  [xColumn, yColumn]: readonly [number, number],
  description: ModalityDescription,
  reading: Reading,
): CurveBlock {
  const idColumn = ids.column!
  const groups = new Map<string, number[]>()
  table.rows.forEach((row, i) => {
    const id = sampleId(row[idColumn]!)
    if (id === '') throw emptyId(table, table.lines[i]!, ids.name!)
    const group = groups.get(id)
    if (group === undefined) groups.set(id, [i])
    else group.push(i)
  })
  const names = [...groups.keys()]
  const curves = [...groups].map(([id, rows]) => pointsToCurve(table, rows, xColumn, yColumn, id, reading))
  return {
    kind: 'curve',
    name: description.name,
    source: description.source,
    ids: names,
    pairing: `${table.file} by column ${ids.name!}`,
    count: names.length,
    origin: (i) => ({ file: table.file, row: table.lines[groups.get(names[i]!)![0]!]! }),
    curves,
    ...pointLabels(table, xColumn, yColumn, description),
  }
}

function pointLabels(table: Table, xColumn: number, yColumn: number, description: ModalityDescription): CurveLabels {
  if (!table.hasHeader) return labels(description, '', undefined, '', undefined)
  const x = labelAndUnit(table.columns[xColumn]!)
  const y = labelAndUnit(table.columns[yColumn]!)
  return labels(description, x.label, x.unit, y.label, y.unit)
}

/** The curve whose points are the given rows. Points without a value are passed over. */
function pointsToCurve(
  table: Table,
  rows: readonly number[],
  xColumn: number,
  yColumn: number,
  id: string,
  reading: Reading,
): Curve | null {
  const x: number[] = []
  const y: number[] = []
  const kept: number[] = []
  let faulty = false
  for (const i of rows) {
    const [at, value] = [cellNumber(table, i, xColumn, id, reading), cellNumber(table, i, yColumn, id, reading)]
    if (at === undefined || value === undefined) faulty = true
    if (at === undefined || at === null || value === undefined || value === null) continue
    x.push(at)
    y.push(value)
    kept.push(i)
  }
  if (faulty) return null
  const place = {
    file: table.file,
    id,
    rowOf: (k: number) => table.lines[kept[k] ?? rows[0]!]!,
    xField: table.columns[xColumn]!,
    yField: () => table.columns[yColumn]!,
  }
  return checkedCurve(x, y, place, reading.log)
}

/** One file a sample: each a table of points. A file that is no such table is a fault of its sample. */
export function readCurveFiles(
  files: readonly ScannedFile[],
  library: Library,
  description: ModalityDescription,
  selected: readonly string[],
  reading: Reading,
): CurveBlock {
  let labelled: CurveLabels | undefined
  const curves = files.map((file, i): Curve | null => {
    reading.progress(`Reading ${description.source}`, i, files.length)
    library.useAsSample(file)
    try {
      const table = library.tableOnce(file)
      const [x, y] = selected.length === 2 ? selectedColumns(table.columns, selected, file.path) : [0, 1]
      labelled ??= pointLabels(table, x!, y!, description)
      const rows = table.rows.map((_, k) => k)
      return pointsToCurve(table, rows, x!, y!, file.stem, reading)
    } catch (error) {
      if (!(error instanceof CausalscopeError)) throw error
      const { row, field } = error.details
      const where = {
        file: file.path,
        ...(row === undefined ? {} : { row }),
        ...(field === undefined ? {} : { field }),
      }
      reading.log.add({ ...where, id: file.stem, message: error.message, hint: error.hint })
      return null
    }
  })
  return {
    kind: 'curve',
    name: description.name,
    source: description.source,
    ids: files.map((file) => file.stem),
    pairing: 'by file name',
    count: files.length,
    origin: (i) => ({ file: files[i]!.path }),
    curves,
    ...labelled,
  }
}

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
  table.rows.forEach((_, i) => {
    const id = rows.ids?.[i]
    let missing = 0
    columns.forEach((column, k) => {
      const value = cellNumber(table, i, column, id, reading)
      if (value === null) missing += 1
      else if (value !== undefined && !Number.isFinite(value)) addNonFinite(table, i, column, id, reading)
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
    features: columns.map((column) => table.columns[column]!),
    values,
    present,
  }
}

function addNonFinite(table: Table, i: number, column: number, id: string | undefined, { log }: Reading): void {
  log.add({
    file: table.file,
    row: table.lines[i]!,
    field: table.columns[column]!,
    ...(id === undefined ? {} : { id }),
    message: `the value is ${table.rows[i]![column]!}, not a finite number.`,
    hint: 'Correct or empty the cell.',
  })
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
