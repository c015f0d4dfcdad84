/**
 * The numbers of a text table, decided column by column and over the whole file: which sign parts decimals, which groups
 * thousands, which unit stands behind every cell. What is decided is written back as plain numbers with a point; what the
 * file leaves open is named, never guessed.
 */
import type { TextDescription } from '../../src-shared/domain/dataset.ts'
import { isMissing, labelAndUnit } from './cells.ts'

export type DecimalSign = '.' | ','

export interface Undecided {
  readonly column: string
  readonly cell: string
}

interface Parsed {
  readonly sign: string
  readonly digits: string
  readonly exponent: string
  readonly unit: string
  readonly form: Form
}

/**
 * How a number is written. `point` and `comma` can only be decimals; `point3` and `comma3` (1.234, 1,234) may be decimals
 * or thousands; `pointGroups` and `commaGroups` can only be thousands; `plain` has neither; `spaced` groups by blanks.
 */
type Form = 'plain' | 'point' | 'comma' | 'point3' | 'comma3' | 'pointGroups' | 'commaGroups' | 'spaced'

// A unit needs a blank before it, or begins with a sign of its own: 12A is a name, 12 A and 5% are measured.
const number = /^([+-]?)(\d[\d.,' ]*|[.,]\d+)(?:[eEdD]([+-]?\d+))?(?:(?: +|(?=[%‰°µμ]))([^\d\s.,;:<>=+-][^\s]{0,11}))?$/
const clock = /^(\d{1,3}):([0-5]\d):([0-5]\d(?:[.,]\d+)?)$/
/** A column is one of numbers where more of its cells than this are. */
const mostly = 0.5

/** Numbers as most files write them, told apart without taking them to pieces. */
const common = /^-?\d+(?:\.\d+)?$/

const [minus, zero] = [45, 48]

function commonForm(cell: string): Form {
  const point = cell.indexOf('.')
  if (point === -1) return 'plain'
  const first = cell.charCodeAt(0) === minus ? 1 : 0
  const open = cell.length - point === 4 && point - first <= 3 && cell.charCodeAt(first) !== zero
  return open ? 'point3' : 'point'
}

function parsed(cell: string): Parsed | null {
  const match = number.exec(plainSigns(cell))
  if (match === null) return null
  const [, sign, digits, exponent, unit] = match
  const body = digits!.trim()
  const form = formOf(body, exponent !== undefined)
  return form === null ? null : { sign: sign!, digits: body, exponent: exponent ?? '', unit: unit ?? '', form }
}

/** Typographic minus signs and blanks as plain ones. */
function plainSigns(cell: string): string {
  return cell.replace(/^[\u2212\u2013]/, '-').replaceAll(/[\u00a0\u202f\u2009]/g, ' ')
}

function formOf(digits: string, exponent: boolean): Form | null {
  if (/^\d+$/.test(digits)) return 'plain'
  if (/[ ']/.test(digits)) return /^\d{1,3}(?:[ ']\d{3})+(?:[.,]\d*)?$/.test(digits) ? 'spaced' : null
  if (/^[1-9]\d{0,2}(?:,\d{3})+\.\d*$/.test(digits)) return 'commaGroups'
  if (/^[1-9]\d{0,2}(?:\.\d{3})+,\d*$/.test(digits)) return 'pointGroups'
  if (/^[1-9]\d{0,2}(?:,\d{3}){2,}$/.test(digits)) return 'commaGroups'
  if (/^[1-9]\d{0,2}(?:\.\d{3}){2,}$/.test(digits)) return 'pointGroups'
  const open = !exponent && /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)
  if (/^\d*\.\d*$/.test(digits)) return open ? 'point3' : 'point'
  if (/^\d*,\d*$/.test(digits)) return open ? 'comma3' : 'comma'
  return null
}

/** Whether a cell is written as a number in any dialect, with a unit or without. */
export function looksNumeric(cell: string): boolean {
  return common.test(cell) || /^[+-]?(?:nan|inf|infinity)$/i.test(cell) || clock.test(cell) || parsed(cell) !== null
}

interface Column {
  readonly index: number
  readonly counts: Readonly<Record<Form, number>>
  /** Cells that are not missing, and those of them that are numbers. */
  readonly cells: number
  readonly numbers: number
  /** The unit of every number; null where they differ. */
  readonly unit: string | null
  /** Largest number written without any sign. */
  readonly largestPlain: number
  readonly example: string
  /** Whether any number is written otherwise than programs do. */
  readonly unusual: boolean
}

function columnOf(rows: readonly (readonly string[])[], index: number): Column {
  const counts = { plain: 0, point: 0, comma: 0, point3: 0, comma3: 0, pointGroups: 0, commaGroups: 0, spaced: 0 }
  let [cells, numbers, largestPlain, example, unusual] = [0, 0, 0, '', false]
  let unit: string | null | undefined
  for (const row of rows) {
    const cell = row[index]!
    if (common.test(cell)) {
      cells += 1
      const form = commonForm(cell)
      numbers += 1
      counts[form] += 1
      unit = unit === undefined || unit === '' ? '' : null
      if (form === 'plain') largestPlain = Math.max(largestPlain, Math.abs(Number(cell)))
      else if (form === 'point3' && example === '') example = cell
      continue
    }
    if (isMissing(cell)) continue
    cells += 1
    unusual = true
    const read = parsed(cell)
    if (read === null) continue
    numbers += 1
    counts[read.form] += 1
    if (read.form === 'spaced' && /[.,]/.test(read.digits)) counts[read.digits.includes(',') ? 'comma' : 'point'] += 1
    unit = unit === undefined || unit === read.unit ? read.unit : null
    if (read.form === 'plain') largestPlain = Math.max(largestPlain, Number(read.digits))
    if (example === '' && (read.form === 'point3' || read.form === 'comma3')) example = cell
  }
  return { index, counts, cells, numbers, unit: unit ?? null, largestPlain, example, unusual }
}

/** How many numbers can only have a decimal point, and how many only a decimal comma. */
function certain({ counts }: Pick<Column, 'counts'>): { points: number; commas: number } {
  return { points: counts.point + counts.commaGroups, commas: counts.comma + counts.pointGroups }
}

/** The column's decimal sign; null where the file leaves open whether 1.234 is a decimal or a thousand. */
function decimalOf(column: Column, file: { points: number; commas: number }): DecimalSign | 'both' | null {
  const { counts } = column
  const own = certain(column)
  const open = counts.point3 + counts.comma3
  if (own.points > 0 && own.commas > 0) return open === 0 ? 'both' : null
  if (own.points > 0) return '.'
  if (own.commas > 0) return ','
  if (open === 0) return '.'
  if (counts.point3 > 0 && counts.comma3 > 0) return null
  if (file.points > 0 !== file.commas > 0) return file.points > 0 ? '.' : ','
  // Small numbers without a sign beside 1,234: whoever writes three decimals would write them for all numbers.
  const small = counts.plain > 0 && column.largestPlain < 1000
  if (counts.comma3 > 0) return small ? '.' : counts.plain > 0 ? ',' : null
  return small ? null : '.'
}

/** The number as JavaScript writes it; null where `decimal` does not fit it. */
function rewritten({ sign, digits, exponent, form }: Parsed, decimal: DecimalSign | 'both'): string | null {
  const power = exponent === '' ? '' : `e${exponent}`
  const whole = (text: string): string => `${sign === '+' ? '' : sign}${text}${power}`
  if (form === 'plain') return whole(digits)
  if (form === 'spaced') return whole(digits.replaceAll(/[ ']/g, '').replace(',', '.'))
  const commas = form === 'comma' || form === 'pointGroups'
  const points = form === 'point' || form === 'commaGroups'
  const comma = decimal === ',' || (decimal === 'both' && commas)
  if ((comma && points) || (!comma && commas)) return null
  return whole(comma ? digits.replaceAll('.', '').replace(',', '.') : digits.replaceAll(',', ''))
}

export interface ReadColumns {
  readonly columns: readonly string[]
  /** Whether the file's numbers have a decimal comma. */
  readonly decimalComma: boolean
  /** A column that the file leaves open; its cells stay as they are written. */
  readonly undecided: Undecided | null
  /** Numbers that most likely stand for missing values; emptied where the description says so. */
  readonly sentinels: readonly Undecided[]
}

/**
 * Rewrites the cells of columns of numbers in place. Units that stand in every cell move into the column's name; times
 * such as 00:01:30 become seconds. `given` is what a description says of text tables; `exact` are columns whose numbers
 * the file holds as numbers.
 */
export function readNumbers(
  names: readonly string[],
  rows: readonly string[][],
  given: TextDescription,
  exact: ReadonlySet<number> = new Set(),
): ReadColumns {
  const columns = names.map((_, c) => columnOf(rows, c))
  const numeric = columns.filter(({ numbers, cells }) => numbers > mostly * cells)
  const file = { points: 0, commas: 0 }
  for (const column of numeric) {
    if (exact.has(column.index)) continue
    const { points, commas } = certain(column)
    file.points += points
    file.commas += commas
  }
  let undecided: Undecided | null = null
  const named = names.map((name, c) => (columns[c]!.numbers === 0 ? timesRead(name, rows, c) : name))
  for (const column of numeric) {
    const beside = exact.has(column.index)
    const decimal = beside ? 'both' : (given.decimal ?? decimalOf(column, file))
    if (decimal === null) undecided ??= { column: names[column.index]!, cell: column.example }
    else if (column.unusual || decimal === ',') rewriteColumn(rows, column, decimal, beside)
    if (decimal !== null && column.unit !== null && column.unit !== '' && column.numbers === column.cells)
      named[column.index] = withUnit(named[column.index]!, column.unit)
  }
  const sentinels =
    given.sentinels === 'keep'
      ? []
      : numeric.flatMap(({ index }) => sentinelsOf(names, rows, index, given.sentinels === 'missing'))
  return {
    columns: named,
    sentinels: given.sentinels === 'missing' ? [] : sentinels,
    decimalComma: given.decimal === ',' || (given.decimal === undefined && file.commas > file.points),
    undecided,
  }
}

/** `beside`: among numbers that need no reading; a text whose sign is open stays as it is, and is a fault. */
function rewriteColumn(
  rows: readonly string[][],
  column: Column,
  decimal: DecimalSign | 'both',
  beside: boolean,
): void {
  const unit = column.numbers === column.cells ? column.unit : ''
  for (const row of rows) {
    const cell = row[column.index]!
    const read = isMissing(cell) ? null : parsed(cell)
    if (read === null || (read.unit !== '' && read.unit !== unit) || (beside && read.form === 'comma3')) continue
    row[column.index] = rewritten(read, decimal) ?? cell
  }
}

/** A column of times as seconds, its name saying so. */
function timesRead(name: string, rows: readonly string[][], column: number): string {
  const present = rows.filter((row) => !isMissing(row[column]!))
  if (present.length === 0 || !present.every((row) => clock.test(row[column]!))) return name
  for (const row of present) {
    const [, hours, minutes, seconds] = clock.exec(row[column]!)!
    row[column] = String(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds!.replace(',', '.')))
  }
  return withUnit(labelAndUnit(name).label, 's')
}

export function withUnit(name: string, unit: string): string {
  return unit === '' || labelAndUnit(name).unit !== undefined ? name : `${name} (${unit})`
}

/** What programs write for a value that is missing, as numbers. */
const sentinels = new Set([-99, -999, -9999, -99999, 999, 9999, 99999, 9.9e37, 9.91e37, 1e30, -1e30, 1e34, -1e34, 1e38])
/** All digits of theirs but zeros and the exponent. */
const sentinelText = /^-?(?:9{2,5}(?:\.0*)?|[19]\.?[09]*1?0*[eE]\+?3\d)$/
/** Other values that a column must have before one is called far from them, and how many of their ranges that is. */
const fewestOthers = 3
const farAway = 2
/** The same where all others are written with decimals and the sentinel is not. */
const farWrittenUnlike = 0.5

/** Such numbers far from all others of their column; they are emptied when told to. */
function sentinelsOf(names: readonly string[], rows: readonly string[][], column: number, empty: boolean): Undecided[] {
  const present = rows.filter((row) => sentinelText.test(row[column]!) && sentinels.has(Number(row[column]!)))
  if (present.length === 0) return []
  let [low, high, others, decimals] = [Infinity, -Infinity, 0, 0]
  for (const row of rows) {
    const value = isMissing(row[column]!) ? Number.NaN : Number(row[column]!)
    if (!Number.isFinite(value) || sentinels.has(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
    others += 1
    if (row[column]!.includes('.')) decimals += 1
  }
  const unlike = decimals === others && present.every((row) => !row[column]!.includes('.'))
  const margin = (unlike ? farWrittenUnlike : farAway) * (high - low)
  const far = present.filter((row) => Number(row[column]!) < low - margin || Number(row[column]!) > high + margin)
  if (others < fewestOthers || !(high > low) || far.length === 0) return []
  const cell = far[0]![column]!
  if (empty) for (const row of far) row[column] = ''
  return [{ column: names[column]!, cell }]
}
