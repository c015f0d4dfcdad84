/**
 * Cells in columns of numbers that hold no measured number: bounds such as `< 0.5`, and what instruments and spreadsheets
 * write instead of one, such as OVER. What they are to be read as is said in a description, else asked: they are never
 * taken for categories, and no column is left out for them.
 */
import type { TextDescription } from '../../src-shared/domain/dataset.ts'
import { isMissing } from './cells.ts'

export type MarkKind = 'limit' | 'word'

/** What stands in a column instead of numbers. */
export interface Marked {
  readonly column: string
  readonly kind: MarkKind
  /** Each text with the number of cells that hold it. */
  readonly cells: ReadonlyMap<string, number>
  /** Whether the description leaves open what they are read as; their cells are empty then. */
  readonly open: boolean
}

const bound = /^([<>≤≥~≈]|<=|>=|=<|=>|ca?\.)\s*(\S.*)$/i

/** The sign of a bound or of an approximate number, and what stands behind it. */
export function boundOf(cell: string): { readonly below: boolean; readonly rest: string } | null {
  const match = bound.exec(cell)
  return match === null || !/\d/.test(match[2]!) ? null : { below: /[<≤]/.test(match[1]!), rest: match[2]! }
}

const instrumentWord =
  /^[<>+-]?\s*(?:(?:over|under)(?:[ -]?(?:flow|load|range))?|o\.?v\.?(?:l|ld|r|er|f)?|o\.?\/?l\.?|[ab]dl|[ab]?lo[dq]|[ab]l[oq]q?|off[ -]?scale|out of range|saturated|sat\.?|(?:above|below)(?: the)?(?: limit of)? ?(?:detection|quantification|lod|loq)(?: limit)?|traces?|err(?:or)?|#(?:value|div\/0|num|ref|name\?)!?|invalid|1\.#ind|n\.?b\.?)$/i

/** Whether a text is what instruments write where they have no number. */
export function isInstrumentWord(cell: string): boolean {
  return instrumentWord.test(cell)
}

/** Whether a cell stands where a number ought to be without being one. */
export function isMark(cell: string): boolean {
  return boundOf(cell) !== null || isInstrumentWord(cell)
}

/** Empties the cells that hold a word which the description calls missing. */
export function emptyMissingWords(rows: readonly string[][], { missing }: TextDescription): void {
  if (missing === undefined || missing.length === 0) return
  const words = new Set(missing.map((word) => word.trim().toLowerCase()))
  for (const row of rows) for (let c = 0; c < row.length; c++) if (words.has(row[c]!.toLowerCase())) row[c] = ''
}

/** Words for a missing value that everybody reads as such. */
const plainlyMissing = new Set(['', 'na', 'n/a', '#n/a', 'n.a.', 'null', 'none', 'missing'])

/** Whether a cell is taken as missing that somebody might read otherwise: `n.d.` may be no data, or nothing detected. */
export function isMissingWord(cell: string): boolean {
  return isMissing(cell) && !plainlyMissing.has(cell.toLowerCase())
}

/** What a bound is read as; null where it is missing. */
export function boundValue(limit: number, below: boolean, rule: NonNullable<TextDescription['limits']>): number | null {
  if (rule === 'missing') return null
  return rule === 'half' && below ? limit / 2 : limit
}
