/** Which column of a table names the samples, by evidence: known ids, names, uniqueness. Columns that fit alike are rivals. */
import { isIdName, isMissing, isRunningName } from './cells.ts'
import type { Table } from './table.ts'
import { looseId } from './id-rules.ts'
import { cellsOf, isRowNumber, numericShare } from './table-structure.ts'

const fileEnding = /(?:\.ome)?\.(?:png|jpe?g|tiff?|bmp|npy|csv|tsv|txt|dat|jdx|dx|spc)$/i

/** An id as written; file names stand for the sample they are named after. */
export function sampleId(cell: string): string {
  return fileEnding.test(cell) ? cell.replace(/^.*[/\\]/, '').replace(fileEnding, '') : cell
}

export interface IdColumn {
  readonly column: number | null
  /** Other columns that would name the samples as well; empty when the evidence decides. */
  readonly rivals: readonly number[]
}

interface Candidate {
  readonly column: number
  /** 2 for a name such as sample or id, 0 for a running number, else 1; unique; share of the known ids it holds. */
  readonly evidence: readonly [number, number, number]
}

/**
 * The column asked for; the one whose values are known as ids from elsewhere; one called id, sample, file ...; a first
 * column of text, or without a name, in which no value comes twice. `known` holds ids as `looseId` writes them.
 */
export function idColumn(
  table: Table,
  asked: string | readonly string[] | undefined,
  known: ReadonlySet<string>,
): IdColumn {
  if (table.groups !== undefined) return alone(table.groups.id)
  const named = [asked ?? []].flat().find((name) => table.columns.includes(name))
  if (named !== undefined) return alone(table.columns.indexOf(named))
  const fitting = known.size === 0 ? [] : candidates(table, known)
  if (fitting.length > 0) return decided(table, fitting)
  if (!table.hasHeader) return alone(numericShare(table, 0) < 0.5 ? 0 : null)
  const called = table.columns.flatMap((name, c) => (isIdName(name) ? [c] : []))
  if (called.length > 0) return alone(called.find((c) => isUnique(table, c)) ?? called[0]!)
  const nameless = table.columns[0] === 'column 1'
  return alone(isUnique(table, 0) && (nameless || numericShare(table, 0) < 0.2) ? 0 : null)
}

function alone(column: number | null): IdColumn {
  return { column, rivals: [] }
}

function isUnique(table: Table, column: number): boolean {
  return new Set(cellsOf(table, column)).size === table.rows.length
}

function nameRank(table: Table, column: number): number {
  const name = table.columns[column]!
  if (isIdName(name)) return 2
  return isRunningName(name) || isRowNumber(table, column) ? 0 : 1
}

/** Columns most of whose values are known ids. A column of repeated numbers that no name makes an id is a measurement. */
function candidates(table: Table, known: ReadonlySet<string>): Candidate[] {
  return table.columns.flatMap((_, column): Candidate[] => {
    const ids = cellsOf(table, column).map((cell) => looseId(sampleId(cell)))
    if (!(ids.filter((id) => known.has(id)).length > 0.5 * ids.length)) return []
    if (!table.hasHeader && numericShare(table, column) >= 0.5) return []
    const distinct = new Set(ids)
    const shared = [...distinct].filter((id) => known.has(id)).length
    const overlap = Math.round((10 * shared) / (distinct.size + known.size - shared)) / 10
    const unique = distinct.size === ids.length ? 1 : 0
    const rank = nameRank(table, column)
    return rank < 2 && unique === 0 && overlap < 0.5 ? [] : [{ column, evidence: [rank, unique, overlap] }]
  })
}

/** The candidate that no other surpasses in any respect; those it does not surpass in turn are its rivals. */
function decided(table: Table, fitting: readonly Candidate[]): IdColumn {
  const [best, ...others] = [...fitting].sort(
    ({ evidence: a }, { evidence: b }) => b[0] - a[0] || b[1] - a[1] || b[2] - a[2],
  )
  const { column, evidence } = best!
  const equal = others.filter(({ evidence: other }) => {
    const surpassed = evidence.every((value, k) => value >= other[k]!) && evidence.some((value, k) => value > other[k]!)
    return !surpassed
  })
  return { column, rivals: [...equal.map((other) => other.column), ...namedBeside(table, column, evidence[0])] }
}

/** Whole numbers match by chance: a column that calls itself the sample's id, yet matches nothing, is a rival of theirs. */
function namedBeside(table: Table, column: number, rank: number): number[] {
  const numbers = cellsOf(table, column).every((cell) => isMissing(cell) || /^\d+(?:\.0+)?$/.test(cell))
  if (rank === 2 || !numbers) return []
  return table.columns.flatMap((name, c) => (c !== column && isIdName(name) && isUnique(table, c) ? [c] : []))
}
