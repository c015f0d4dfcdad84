/**
 * The numbers of a text table, decided column by column and over the whole file: which sign parts decimals, which groups
 * thousands, which unit stands behind every cell. What is decided is written back as plain numbers with a point; what the
 * file leaves open is named, never guessed.
 */
import type { TextDescription } from '../../src-shared/domain/dataset.ts'
import { isMissing, labelAndUnit, plainForm } from './cells.ts'
import {
  boundOf,
  boundValue,
  emptyMissingWords,
  isInstrumentWord,
  isMissingWord,
  type Marked,
  type MarkKind,
} from './marked-cells.ts'
import { mayBeSentinel, sentinelsOf } from './sentinels.ts'
import { clock, type DecimalSign, type Form, parsed, rewritten, type Undecided } from './written-numbers.ts'

/** A column is one of numbers where more of its cells than this are. */
const mostly = 0.5

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
  /** Cells that are bounds of numbers, and those that are words of instruments. */
  readonly bounds: number
  readonly words: number
  /** Whether any cell may be a number that stands for a missing value. */
  readonly sentinels: boolean
  /** Words that are taken as missing, with the number of cells that hold each. */
  readonly missing: ReadonlyMap<string, number>
}

function columnOf(rows: readonly (readonly string[])[], index: number): Column {
  const counts = { plain: 0, point: 0, comma: 0, point3: 0, comma3: 0, pointGroups: 0, commaGroups: 0, spaced: 0 }
  let [cells, numbers, largestPlain, example, unusual] = [0, 0, 0, '', false]
  let unit: string | null | undefined
  let [bounds, words, nines] = [0, 0, false]
  const missing = new Map<string, number>()
  for (const row of rows) {
    const cell = row[index]!
    const form = plainForm(cell)
    if (form !== null) {
      cells += 1
      numbers += 1
      counts[form] += 1
      unit = unit === undefined || unit === '' ? '' : null
      if (form === 'plain') largestPlain = Math.max(largestPlain, Math.abs(Number(cell)))
      else if (form === 'point3' && example === '') example = cell
      nines ||= mayBeSentinel(cell)
      continue
    }
    if (isMissing(cell)) {
      if (isMissingWord(cell)) missing.set(cell, (missing.get(cell) ?? 0) + 1)
      continue
    }
    cells += 1
    unusual = true
    const limit = boundOf(cell)
    const read = parsed(limit?.rest ?? cell)
    if (read === null) {
      if (isInstrumentWord(cell)) words += 1
      continue
    }
    if (limit !== null) bounds += 1
    numbers += 1
    counts[read.form] += 1
    if (read.form === 'spaced' && /[.,]/.test(read.digits)) counts[read.digits.includes(',') ? 'comma' : 'point'] += 1
    unit = unit === undefined || unit === read.unit ? read.unit : null
    if (read.form === 'plain') largestPlain = Math.max(largestPlain, Number(read.digits))
    if (example === '' && (read.form === 'point3' || read.form === 'comma3')) example = cell
  }
  return {
    index,
    counts,
    cells,
    numbers,
    unit: unit ?? null,
    largestPlain,
    example,
    unusual,
    bounds,
    words,
    missing,
    sentinels: nines || unusual,
  }
}

/**
 * Whether a column is one of numbers: most of its cells are, or all that are none are what stands for them. Bounds without
 * any number beside them are names of classes: `<30`, `>60`.
 */
function isNumericColumn({ numbers, bounds, words, cells }: Column): boolean {
  const plain = numbers - bounds
  return plain > mostly * cells || (plain > 0 && numbers + words === cells)
}

/** Whether nothing stands in the column but numbers and what stands for them, so that their unit is the column's. */
function isWhole({ numbers, words, cells }: Column): boolean {
  return numbers + words === cells
}

/** How many numbers can only have a decimal point, and how many only a decimal comma. */
function certain({ counts }: Pick<Column, 'counts'>): { points: number; commas: number } {
  return { points: counts.point + counts.commaGroups, commas: counts.comma + counts.pointGroups }
}

function hasSigns({ counts, numbers }: Column): boolean {
  return numbers > counts.plain + counts.spaced
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

export interface ReadColumns {
  readonly columns: readonly string[]
  /** Whether the file's numbers have a decimal comma. */
  readonly decimalComma: boolean
  /** Signs before decimals of columns in which any number has a sign. */
  readonly decimals: ReadonlySet<string>
  /** A column that the file leaves open; its cells stay as they are written. */
  readonly undecided: Undecided | null
  /** Numbers that most likely stand for missing values; emptied where the description says so. */
  readonly sentinels: readonly Undecided[]
  /** What stands in columns of numbers instead of them. */
  readonly marked: readonly Marked[]
  /** Words in columns of numbers that are taken as missing. */
  readonly missing: readonly Marked[]
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
  emptyMissingWords(rows, given)
  const columns = names.map((_, c) => columnOf(rows, c))
  const numeric = columns.filter(isNumericColumn)
  const file = { points: 0, commas: 0 }
  for (const column of numeric) {
    if (exact.has(column.index)) continue
    const { points, commas } = certain(column)
    file.points += points
    file.commas += commas
  }
  let undecided: Undecided | null = null
  const marked: Marked[] = []
  const decimals = new Set<string>()
  const sign = given.decimal ?? (given.thousands === ',' ? '.' : given.thousands === '.' ? ',' : undefined)
  const named = names.map((name, c) => (columns[c]!.numbers === 0 ? timesRead(name, rows, c) : name))
  for (const column of numeric) {
    const beside = exact.has(column.index)
    const decimal = beside ? 'both' : (sign ?? decimalOf(column, file))
    if (!beside && decimal !== null && hasSigns(column)) decimals.add(decimal)
    if (decimal === null) undecided ??= { column: names[column.index]!, cell: column.example }
    else if (column.unusual || decimal === ',') rewriteColumn(rows, column, decimal, beside)
    if (column.bounds + column.words > 0)
      marked.push(...markedCells(rows, column, names[column.index]!, decimal, given))
    if (decimal !== null && column.unit !== null && column.unit !== '' && isWhole(column))
      named[column.index] = withUnit(named[column.index]!, column.unit)
  }
  const sentinels =
    given.sentinels === 'keep'
      ? []
      : numeric
          .filter((column) => column.sentinels)
          .flatMap(({ index }) => sentinelsOf(names, rows, index, given.sentinels === 'missing'))
  return {
    columns: named,
    sentinels: given.sentinels === 'missing' ? [] : sentinels,
    decimalComma: sign === ',' || (sign === undefined && file.commas > file.points),
    decimals,
    undecided,
    marked,
    missing: numeric.flatMap(({ index, missing }) =>
      missing.size === 0 ? [] : [{ column: names[index]!, kind: 'word', cells: missing, open: false }],
    ),
  }
}

/** Reads bounds and empties words as the description says; what it leaves open is emptied as well, and told. */
function markedCells(
  rows: readonly string[][],
  column: Column,
  name: string,
  decimal: DecimalSign | 'both' | null,
  { limits, missing }: TextDescription,
): Marked[] {
  const { index } = column
  const unit = isWhole(column) ? column.unit : ''
  const found: Record<MarkKind, Map<string, number>> = { limit: new Map(), word: new Map() }
  const count = (kind: MarkKind, cell: string): void => void found[kind].set(cell, (found[kind].get(cell) ?? 0) + 1)
  for (const row of rows) {
    const cell = row[index]!
    const limit = plainForm(cell) !== null || isMissing(cell) ? null : boundOf(cell)
    const read = limit === null ? null : parsed(limit.rest)
    if (limit !== null && read !== null && (read.unit === '' || read.unit === unit)) {
      count('limit', cell)
      const text = decimal === null || limits === undefined ? null : rewritten(read, decimal)
      const value = text === null ? null : boundValue(Number(text), limit.below, limits!)
      row[index] = value === null ? '' : String(value)
    } else if (missing === undefined && plainForm(cell) === null && isInstrumentWord(cell)) {
      count('word', cell)
      row[index] = ''
    }
  }
  const open = { limit: limits === undefined, word: true }
  return (['limit', 'word'] as const).flatMap((kind) =>
    found[kind].size === 0 ? [] : [{ column: name, kind, cells: found[kind], open: open[kind] }],
  )
}

/** `beside`: among numbers that need no reading; a text whose sign is open stays as it is, and is a fault. */
function rewriteColumn(
  rows: readonly string[][],
  column: Column,
  decimal: DecimalSign | 'both',
  beside: boolean,
): void {
  const unit = isWhole(column) ? column.unit : ''
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
