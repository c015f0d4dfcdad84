/** Curves from text tables: on the header's grid, of one row a point, or of one file a sample. */
import type { ModalityDescription } from '../../src-shared/domain/dataset.ts'
import { CausalscopeError, refused } from '../../src-shared/errors.ts'
import type { CurveBlock } from './blocks.ts'
import { labelAndUnit } from './cells.ts'
import { type CurveColumns, curveColumns, usualColumns } from './curve-columns.ts'
import { checkedCurve, type Curve } from './curves.ts'
import type { Table } from './table.ts'
import type { Library, TableIds } from './library.ts'
import { selectedColumns } from './sources.ts'
import { counted, listed, type Reading } from './reading.ts'
import { checkStems, type ScannedFile } from './scan.ts'
import { cellNumber, emptyId, rowIds } from './table-rows.ts'
import { sampleId } from './id-column.ts'
import { type GridGroup, gridGroups, longColumns } from './table-structure.ts'
import { branchOf, isMonotone, type Points, type TurningRule, withoutTies } from './turning.ts'

type CurveLabels = Pick<CurveBlock, 'gridLabel' | 'gridUnit' | 'valueLabel' | 'valueUnit'>

/** The curves of a table: of the header's grid, or of its rows if ids come several times. */
export function readCurves(
  table: Table,
  ids: TableIds,
  description: ModalityDescription,
  selected: readonly string[],
  turning: TurningRule | undefined,
  reading: Reading,
): CurveBlock {
  const groups = gridGroups(table, ids.column)
  const columns = selectedColumns(table.columns, selected, table.file)
  const long = longColumns(table, ids.column)
  if (groups.length === 0 && long !== null) {
    const [x, y] = columns.length === 2 ? columns : long
    return readLong(table, ids, [x!, y!], description, turning, reading)
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
  group: GridGroup,
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
  noteGaps(description, gaps, reading)
  const { label, unit = group.unit } = labelAndUnit(group.prefix.replace(/[@=_:\s-]+$/, ''))
  const corner = labelAndUnit(table.corner ?? '')
  return {
    kind: 'curve',
    name: description.name,
    source: description.source,
    ...rows,
    curves,
    ...labels(description, corner.label, corner.unit, label, unit),
  }
}

/** Points without a value are never made up unsaid. */
function noteGaps({ name }: ModalityDescription, gaps: readonly string[], { notes }: Reading): void {
  if (gaps.length > 0)
    notes.push({
      severity: 'warning',
      message: `${name}: ${counted(gaps.length, 'curve')} with empty cells taken as curves of fewer points (${listed(gaps)}); gaps between points are interpolated.`,
      ids: [...gaps],
    })
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
  turning: TurningRule | undefined,
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
  const gaps: string[] = []
  const curves = [...groups].map(([id, rows]) => {
    const found = { x: xColumn, y: yColumn, xFactor: 1, yFactor: 1 }
    return pointsToCurve(table, rows, found, { id, gaps, turning }, reading)
  })
  noteGaps(description, gaps, reading)
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
  return namesAsLabels(table.columns[xColumn]!, table.columns[yColumn]!, description)
}

function namesAsLabels(xName: string, yName: string, description: ModalityDescription): CurveLabels {
  const [x, y] = [labelAndUnit(xName), labelAndUnit(yName)]
  return labels(description, x.label, x.unit, y.label, y.unit)
}

interface PointsOf {
  readonly id: string
  /** The ids of curves with points that have no value. */
  readonly gaps: string[]
  readonly turning: TurningRule | undefined
}

/** The curve whose points are the given rows. Points without a value are passed over. */
function pointsToCurve(
  table: Table,
  rows: readonly number[],
  { x: xColumn, y: yColumn, xFactor, yFactor }: CurveColumns,
  { id, gaps, turning }: PointsOf,
  reading: Reading,
): Curve | null {
  const x: number[] = []
  const y: number[] = []
  const kept: number[] = []
  let faulty = false
  for (const i of rows) {
    const [at, value] = [cellNumber(table, i, xColumn, id, reading), cellNumber(table, i, yColumn, id, reading)]
    if (at === undefined || value === undefined) faulty = true
    // Where the row has neither, programs pad shorter curves: nothing is missing there.
    if (at !== null && value === null && gaps.at(-1) !== id) gaps.push(id)
    if (at === undefined || at === null || value === undefined || value === null) continue
    x.push(at * xFactor)
    y.push(value * yFactor)
    kept.push(i)
  }
  if (faulty) return null
  const points = arrangedPoints(x, y, turning)
  const place = {
    file: table.file,
    id,
    // Rows are known only while points are.
    rowOf: (k: number) => table.lines[(points.x.length === kept.length ? kept[k] : undefined) ?? rows[0]!]!,
    xField: table.columns[xColumn]!,
    yField: () => table.columns[yColumn]!,
  }
  return checkedCurve(points.x, points.y, place, reading.log)
}

/** Of a loop what the description asks for; of a grid that repeats values, their means. */
function arrangedPoints(x: number[], y: number[], turning: TurningRule | undefined): Points {
  if (!x.every(Number.isFinite) || x.length < 2) return { x, y }
  const points = turning === undefined || isMonotone(x) ? { x, y } : branchOf({ x, y }, turning)
  return isMonotone(points.x) ? withoutTies(points) : points
}

/** Column names of those files that can be read. */
function knownColumns(files: readonly ScannedFile[], library: Library): (readonly string[])[] {
  return files.flatMap((file) => {
    const own = library.attempt(() => library.columnsOf(file))
    return own === null ? [] : [own]
  })
}

/** One file a sample: each a table of points. A file that is no such table is a fault of its sample. */
export function readCurveFiles(
  files: readonly ScannedFile[],
  library: Library,
  description: ModalityDescription,
  selected: readonly string[],
  turning: TurningRule | undefined,
  reading: Reading,
): CurveBlock {
  checkStems(files)
  const [xName, yName] = selected.length === 2 ? selected : usualColumns(knownColumns(files, library))
  let labelled: CurveLabels | undefined
  const converted: string[] = []
  const gaps: string[] = []
  const curves = files.map((file, i): Curve | null => {
    reading.progress(`Reading ${description.source}`, i, files.length)
    library.useAsSample(file)
    try {
      const table = library.pointTable(file)
      const found = curveColumns(table, xName ?? '', yName ?? '')
      if ('fault' in found) {
        reading.log.add({ file: file.path, id: file.stem, message: found.fault, hint: found.hint })
        return null
      }
      if (table.hasHeader) labelled ??= namesAsLabels(xName!, yName!, description)
      if (found.xFactor !== 1 || found.yFactor !== 1) converted.push(file.stem)
      const rows = table.rows.map((_, k) => k)
      return pointsToCurve(table, rows, found, { id: file.stem, gaps, turning }, reading)
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
  noteGaps(description, gaps, reading)
  if (converted.length > 0)
    reading.notes.push({
      severity: 'info',
      message: `${description.name}: ${counted(converted.length, 'file')} in other units converted to those of most files: ${listed(converted)}.`,
      ids: converted,
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
