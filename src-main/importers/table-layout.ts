/**
 * Tables whose samples do not stand in rows: samples in columns, curves as pairs of columns, several rows a sample. Each
 * is rewritten as a table of the usual kind, whose rows still know their lines.
 */
import { isMissing, isNumeric, isRunningName, numberOf } from './cells.ts'
import type { Table } from './table.ts'
import { sampleId } from './id-column.ts'
import { looseId, sharedEnding } from './id-rules.ts'
import { isMonotone } from './turning.ts'
import { cellsOf, countsAllRows, isRowNumber, numericShare } from './table-structure.ts'

/** More of a header's names than this must be known ids before columns are taken for samples. */
const knownNames = 0.5
const fewestCurves = 2

/** Whether the header holds the samples' ids, and no column does. */
export function hasSamplesInColumns(table: Table, known: ReadonlySet<string>): boolean {
  if (!table.hasHeader || known.size === 0 || table.columns.length < 3) return false
  const names = table.columns.slice(1).map(looseId)
  const inHeader = names.filter((name) => known.has(name)).length / names.length
  return inHeader > knownNames && !table.columns.some((_, c) => sharesIds(table, c, known))
}

export function sharesIds(table: Table, column: number, known: ReadonlySet<string>): boolean {
  const cells = cellsOf(table, column)
  return cells.filter((cell) => known.has(looseId(cell))).length > 0.5 * cells.length
}

/** Names of points rather than of samples: `y@400`, `t=0.5`. */
export const pointName = /[@=]\s*[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?(?:\s*[[(].*)?$/

/** Rows for columns: the first column gives the names, the header the ids. */
export function transposed(table: Table): Table {
  const [corner, ...ids] = table.columns
  return {
    ...table,
    columns: ['id', ...cellsOf(table, 0)],
    rows: ids.map((id, c) => [id, ...cellsOf(table, c + 1)]),
    lines: ids.map(() => table.lines[0]! - 1),
    corner: corner!,
    ...(numericShare(table, 0) >= 0.5 || cellsOf(table, 0).every((name) => pointName.test(name))
      ? {}
      : { unordered: true }),
  }
}

/** Whether columns are x1, y1, x2, y2, ...: two names in turn, each pair with its number. */
export function isPairs(table: Table): boolean {
  return pairsOf(table) !== null
}

/** Whether the first of each pair runs on from row to row, as a grid does and landmarks of samples do not. */
export function pairsRunOn(table: Table): boolean {
  const grids = table.columns.flatMap((_, c) => (c % 2 === 0 ? [c] : []))
  const running = grids.filter((c) => {
    const cells = cellsOf(table, c).filter((cell) => !isMissing(cell))
    return isMonotone(cells.map((cell) => numberOf(cell, false)))
  })
  return 2 * running.length > grids.length
}

const numbered = /^(.*?)[ _.-]?\(?(\d+)\)?$/

interface Pairs {
  /** A pair each. */
  readonly ids: readonly string[]
  /** Of the first and the second of each pair. */
  readonly names: readonly [string, string]
}

function pairsOf(table: Table): Pairs | null {
  const { columns } = table
  if (!table.hasHeader || columns.length < 2 * fewestCurves || columns.length % 2 === 1) return null
  const pairs = pairNumbers(columns) ?? pairNames(columns)
  return pairs !== null && columns.every((_, c) => numericShare(table, c) >= 0.5) ? pairs : null
}

/** x1, y1, x2, y2, ... */
function pairNumbers(columns: readonly string[]): Pairs | null {
  const parts = columns.map((name) => numbered.exec(name))
  const [x, y] = [parts[0]?.[1], parts[1]?.[1]]
  if (x === undefined || y === undefined || x === y) return null
  const ids: string[] = []
  for (let c = 0; c < columns.length; c += 2) {
    const [first, second] = [parts[c], parts[c + 1]]
    if (first?.[1] !== x || second?.[1] !== y || first[2] !== second[2] || ids.includes(first[2]!)) return null
    ids.push(first[2]!)
  }
  return { ids, names: [x, y] }
}

/** A1 strain, A1 stress, B7 strain, B7 stress, ... */
function pairNames(columns: readonly string[]): Pairs | null {
  const [first, second] = [0, 1].map((odd) => {
    const own = columns.filter((_, c) => c % 2 === odd)
    const ending = sharedEnding(own)
    return { ending, ids: own.map((name) => name.slice(0, name.length - ending.length)) }
  })
  const { ids, ending } = first!
  const alike = ids.every((id, k) => id !== '' && id === second!.ids[k]) && new Set(ids).size === ids.length
  if (!alike || ending === '' || second!.ending === '' || ending === second!.ending) return null
  return { ids, names: [ending, second!.ending].map((name) => name.replace(/^[_.\s-]+/, '')) as [string, string] }
}

/** Pairs of columns as a row a point: id, x, y. */
export function pairsAsPoints(table: Table): Table {
  const { ids, names } = pairsOf(table)!
  const rows: string[][] = []
  const lines: number[] = []
  ids.forEach((id, k) => {
    table.rows.forEach((row, i) => {
      const [x, y] = [row[2 * k]!, row[2 * k + 1]!]
      if (isMissing(x) && isMissing(y)) return
      rows.push([id, x, y])
      lines.push(table.lines[i]!)
    })
  })
  return { ...table, pairs: true, columns: ['id', ...names], rows, lines }
}

/** Most rows that repeated measurements of a sample have where a column counts them, and where nothing calls them so. */
const mostCounted = 10
const mostUnnamed = 5

/**
 * Whether several rows of a sample are repeated measurements rather than points of a curve: a column counts them, or they
 * are few and no column of numbers runs on within the samples.
 */
export function hasReplicates(table: Table, id: number | null): boolean {
  if (id === null) return false
  const groups = [...Map.groupBy(table.rows.keys(), (i) => table.rows[i]![id]!).values()]
  const repeated = groups.filter((rows) => rows.length > 1)
  if (2 * repeated.length < groups.length) return false
  const numeric = table.columns.flatMap((_, c) =>
    c !== id && numericShare(table, c) >= 0.5 && !countsAllRows(table, c) ? [c] : [],
  )
  if (numeric.length === 0) return false
  if (isRunningName(table.columns[numeric[0]!]!) && countsRows(table, numeric[0]!, repeated)) return numeric.length > 1
  const few = repeated.every((rows) => rows.length <= mostUnnamed)
  return few && !numeric.some((c) => runsOn(table, c, repeated))
}

/** Whether the column is 1, 2, 3 ... within each sample. */
function countsRows(table: Table, column: number, groups: readonly (readonly number[])[]): boolean {
  return groups.every((rows) => rows.length <= mostCounted && rows.every((i) => /^\d+$/.test(table.rows[i]![column]!)))
}

/** Whether the column ascends or descends within most samples, as a grid does. */
export function runsOn(table: Table, column: number, groups: readonly (readonly number[])[]): boolean {
  const running = groups.filter((rows) => {
    const values = rows.map((i) => numberOf(table.rows[i]![column]!, false))
    const direction = Math.sign(values[1]! - values[0]!)
    return direction !== 0 && values.every((value, k) => k === 0 || Math.sign(value - values[k - 1]!) === direction)
  })
  // Three rows in order by chance are one case in three: most samples must be so.
  return 10 * running.length > 9 * groups.length
}

/** One row a sample: the first, or the mean of its numbers. Columns that count the repetitions are left out. */
export function withoutReplicates(table: Table, id: number, rule: 'mean' | 'first'): Table {
  const kept = table.columns.flatMap((name, c) => (c !== id && isRunningName(name) ? [] : [c]))
  const groups = [...Map.groupBy(table.rows.keys(), (i) => table.rows[i]![id]!).values()]
  const cell = (rows: readonly number[], c: number): string => {
    const cells = rows.map((i) => table.rows[i]![c]!)
    const present = cells.filter((text) => !isMissing(text))
    // A cell that is no number stays to be seen: it is a fault, and no mean goes around it.
    const faulty = numericShare(table, c) >= 0.5 ? present.find((text) => !isNumeric(text, false)) : undefined
    if (c === id || rule === 'first' || present.length === 0 || numericShare(table, c) < 0.5) return cells[0]!
    if (faulty !== undefined) return faulty
    return String(present.reduce((sum, text) => sum + numberOf(text, false), 0) / present.length)
  }
  return {
    ...table,
    columns: kept.map((c) => table.columns[c]!),
    rows: groups.map((rows) => kept.map((c) => cell(rows, c))),
    lines: groups.map(([first]) => table.lines[first!]!),
  }
}

/** Name of the column that says which rows are of one sample. */
const groupName = 'group'

/** Each row a sample of its own, `s1_1`, `s1_2`, with a column that says of which it is a repetition. */
export function eachReplicate(table: Table, id: number): Table {
  const groups = cellsOf(table, id).map(sampleId)
  const rowsOf = [...Map.groupBy(groups.keys(), (i) => groups[i]!).values()]
  // The numbers that the table gives its repetitions, where they tell them apart.
  const counter = table.columns.findIndex(
    (name, c) =>
      c !== id &&
      isRunningName(name) &&
      rowsOf.every((rows) => new Set(rows.map((i) => table.rows[i]![c]!)).size === rows.length),
  )
  const number = new Map(
    rowsOf.flatMap((rows) =>
      rows.map((i, k) => [i, counter === -1 ? String(k + 1) : table.rows[i]![counter]!] as const),
    ),
  )
  const name = table.columns.includes(groupName) ? `${table.columns[id]!} ${groupName}` : groupName
  const cell = (row: readonly string[], i: number): string[] =>
    row.map((text, c) => (c === id ? `${groups[i]!}_${number.get(i)!}` : text))
  return {
    ...table,
    columns: [...table.columns, name],
    rows: table.rows.map((row, i) => [...cell(row, i), groups[i]!]),
    groups: { of: groups, id },
  }
}

const summaryName =
  /^(?:mean|average|avg|median|min|max|minimum|maximum|sum|total|sd|std|st\.? ?dev\.?|stdev|cv|sem|variance|count|mittelwert|mw|stabw|standardabweichung|summe)\.?(?: ?\(.*\))?$/i

/** Whether a row of this name sums up the others: their mean, their spread. */
export function isSummaryName(id: string): boolean {
  return summaryName.test(id)
}

/** Without a first column that only counts the rows, where two columns of numbers are left. */
export function withoutIndex(table: Table): Table {
  if (table.columns.length < 3 || !isRowNumber(table, 0)) return table
  return { ...table, columns: table.columns.slice(1), rows: table.rows.map((row) => row.slice(1)) }
}
