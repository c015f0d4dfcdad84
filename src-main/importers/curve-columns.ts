/** The two columns of a curve in each of many files, by name: headers may differ in order and in units of one quantity. */
import { labelAndUnit } from './cells.ts'
import type { Table } from './table.ts'
import { conversion } from './units.ts'

export interface CurveColumns {
  readonly x: number
  readonly y: number
  /** What the file's values are multiplied by to be in the units of most files. */
  readonly xFactor: number
  readonly yFactor: number
}

/** The columns that most files have, in the order in which most have them. */
export function usualColumns(all: readonly (readonly string[])[]): readonly string[] {
  const counts = new Map<string, { columns: readonly string[]; count: number }>()
  for (const columns of all) {
    const key = columns.join('\u0000')
    const before = counts.get(key)
    counts.set(key, { columns, count: (before?.count ?? 0) + 1 })
  }
  return [...counts.values()].reduce((best, entry) => (entry.count > best.count ? entry : best), {
    columns: [] as readonly string[],
    count: 0,
  }).columns
}

/** What columns are called without their units and whatever their order, for telling files of one kind. */
export function columnSignature(columns: readonly string[]): string {
  return columns.map(labelOf).sort().join('\u0000')
}

function labelOf(name: string): string {
  return labelAndUnit(name).label.toLowerCase()
}

/** Where the file has the columns named `x` and `y`, or in words why it has them not. */
export function curveColumns(
  table: Table,
  x: string,
  y: string,
): CurveColumns | { readonly fault: string; readonly hint: string } {
  const found = [x, y].map((wanted) => {
    const exact = table.columns.indexOf(wanted)
    return exact === -1 ? table.columns.findIndex((name) => labelOf(name) === labelOf(wanted)) : exact
  })
  const missing = [x, y].find((_, k) => found[k] === -1)
  if (missing !== undefined)
    return {
      fault: `it has no column "${missing}": its columns are ${table.columns.slice(0, 6).join(', ')}.`,
      hint: 'Name the columns alike in all files.',
    }
  const factors = [x, y].map((wanted, k) => unitFactor(table.columns[found[k]!]!, wanted))
  const wrong = factors.findIndex((factor) => factor === null)
  if (wrong !== -1) {
    const [own, usual] = [table.columns[found[wrong]!]!, [x, y][wrong]!].map((name) => labelAndUnit(name).unit)
    return {
      fault: `${labelAndUnit([x, y][wrong]!).label} is ${own === undefined ? 'without a unit' : `in ${own}`}, in most files ${usual === undefined ? 'without one' : `in ${usual}`}: these cannot be converted.`,
      hint: 'Export all files in one unit, and name it in each header.',
    }
  }
  return { x: found[0]!, y: found[1]!, xFactor: factors[0]!, yFactor: factors[1]! }
}

function unitFactor(own: string, usual: string): number | null {
  const [from, to] = [labelAndUnit(own).unit, labelAndUnit(usual).unit]
  if (from === to) return 1
  return from === undefined || to === undefined ? null : conversion(from, to)
}
