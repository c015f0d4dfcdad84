/**
 * Text tables as laboratories write them: delimiter and encoding are found from the content. The result is text cells
 * with the line each row stands on, so that every later complaint can name file, row and column.
 */
import { CsvError, parse } from 'csv-parse/sync'
import type { TextDescription } from '../../src-shared/domain/dataset.ts'
import { refused } from '../../src-shared/errors.ts'
import { isNumeric } from './cells.ts'
import { looksNumeric } from './written-numbers.ts'
import { plainCells } from './cell-texts.ts'
import { headBytes, type RawTable } from './formats/format.ts'
import { isHeader, singleColumn } from './table.ts'
import { encodingOf, isUtf8, type TextEncoding } from './text-encoding.ts'

const candidates = ['\t', ';', ',', '|', ' '] as const
const sampleLines = 100
/** Characters of a row: far more than a row of numbers has. */
const longestRecord = 4_000_000

/** Text of a file; bytes that are not text are refused. */
export function decodeText(bytes: Uint8Array, file: string): { text: string; encoding: TextEncoding } {
  const guess = encodingOf(bytes.subarray(0, headBytes))
  if (guess === null) throw refused(`${file} is not text.`, 'Export it as CSV.', { file })
  if (endsWithinCharacter(bytes, guess))
    throw refused(
      `${file} ends in the middle of a character: it was cut off when it was written or copied.`,
      'Copy or export it again.',
      { file },
    )
  // A file that begins as ASCII may hold its first accent far below.
  const encoding = guess === 'utf-8' && !decodes(bytes) ? 'windows-1252' : guess
  return { text: new TextDecoder(encoding).decode(bytes).replaceAll(/\r\n?/g, '\n'), encoding }
}

/** Valid up to its last bytes, which begin a character that does not end. */
function endsWithinCharacter(bytes: Uint8Array, encoding: TextEncoding): boolean {
  if (encoding.startsWith('utf-16')) return bytes.length % 2 === 1
  // One accent at the end of a text without others is windows-1252's.
  const whole = bytes.findLastIndex((byte) => byte < 0x80) + 1
  return encoding === 'utf-8' && !decodes(bytes) && isAccented(bytes.subarray(0, whole)) && isUtf8(bytes)
}

function isAccented(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte >= 0x80)
}

function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

interface Layout {
  readonly delimiter: string
  /** Share of the rows that have as many cells as most rows have. */
  readonly regular: number
  /** Whether the first row is as wide as the others. */
  readonly headed: boolean
  /** Share of all rows that are as wide, those above the table included. */
  readonly fitting: number
  readonly width: number
  readonly numericShare: number
}

function parseOptions(delimiter: string) {
  return {
    delimiter,
    relax_column_count: true,
    relax_quotes: delimiter === ' ',
    skip_empty_lines: true,
    trim: true,
    bom: true,
    max_record_size: longestRecord,
  }
}

/** Runs of blanks are one delimiter where blanks delimit. */
function prepared(text: string, delimiter: string): string {
  return delimiter === ' ' ? text.replaceAll(/[^\S\r\n]+/g, ' ').replaceAll(/^ | $/gm, '') : text
}

/** Rows of a sample, which may end within a quoted cell, hold an open quote, or a cell beyond all limits. */
function sampleRows(sample: string, delimiter: string): string[][] {
  try {
    return parse(sample, parseOptions(delimiter))
  } catch {
    const cut = sample
      .split('\n')
      .map((line) => line.slice(0, longestRecord))
      .join('\n')
    return parse(cut, { ...parseOptions(delimiter), quote: null })
  }
}

function layoutFor(sample: string, delimiter: string): Layout {
  const rows = sampleRows(prepared(sample, delimiter), delimiter).filter((row) => row.some((cell) => cell !== ''))
  // Titles and preambles stand in the upper half, and would speak for delimiters of their own.
  const body = rows.length < 3 ? rows : rows.slice(Math.floor(rows.length / 2))
  const counts = new Map<number, number>()
  for (const row of body) counts.set(row.length, (counts.get(row.length) ?? 0) + 1)
  const [width, most] = [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [0, 0])
  const cells = (rows.length < 3 ? rows.slice(1) : body).flat().filter((cell) => cell !== '')
  return {
    delimiter,
    regular: body.length === 0 ? 0 : most / body.length,
    headed: rows[0]?.length === width,
    fitting: rows.filter((row) => row.length === width).length / Math.max(1, rows.length),
    width,
    numericShare: cells.length === 0 ? 0 : cells.filter(looksNumeric).length / cells.length,
  }
}

/**
 * How the text is laid out as a table: the delimiter that cuts most rows into equally many cells, then the one that
 * leaves most cells numeric. Null when no delimiter cuts it into two columns or more.
 */
export function detectLayout(text: string): Layout | null {
  const explicit = /^\uFEFF?sep=(.)\r?\n/i.exec(text)?.[1]
  const sample = firstLines(withoutComments(text, null), sampleLines)
  const tried = explicit === undefined ? candidates : [explicit]
  const layouts = tried.map((delimiter) => layoutFor(sample, delimiter)).filter((layout) => layout.width >= 2)
  return layouts.reduce<Layout | null>((best, layout) => (best === null || better(layout, best) ? layout : best), null)
}

/** The same for a delimiter that is given. */
function layoutOf(text: string, delimiter: string): Layout | null {
  const layout = layoutFor(firstLines(withoutComments(text, null), sampleLines), delimiter)
  return layout.width < 2 ? null : layout
}

/** The text with the lines made empty that a description passes over, so that the others keep their numbers. */
function withoutLines(text: string, { skip = 0, comment }: TextDescription): string {
  const passed = skip === 0 ? '' : firstLines(text, skip)
  const below = passed.replaceAll(/[^\n]/g, '') + text.slice(passed.length)
  if (comment === undefined) return below
  return below
    .split('\n')
    .map((line) => (line.trimStart().startsWith(comment) ? '' : line))
    .join('\n')
}

/** Whether a text without delimiters is a list of numbers: a table of one column. */
export function isNumberList(text: string): boolean {
  const lines = firstLines(text, sampleLines)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return lines.filter((line) => isNumeric(line, true)).length > lines.length / 2
}

function better(a: Layout, b: Layout): boolean {
  const regularA = Math.floor(a.regular * 10) + (a.headed ? 1 : 0)
  const regularB = Math.floor(b.regular * 10) + (b.headed ? 1 : 0)
  // Blanks stand within names as well; tabs, semicolons and bars that cut every row alike hardly do.
  if (a.delimiter === ' ' && regularB >= 9 && b.delimiter !== ',') return false
  if (regularA !== regularB) return regularA > regularB
  if (Math.abs(a.numericShare - b.numericShare) > 0.02) return a.numericShare > b.numericShare
  return a.fitting > b.fitting
}

function firstLines(text: string, count: number): string {
  let end = 0
  for (let i = 0; i < count && end !== -1; i++) {
    const next = text.indexOf('\n', end)
    if (next === -1) return text
    end = next + 1
  }
  return text.slice(0, end)
}

/** The records of a text table. Throws `refused` for an open quote, an empty text, a single column. */
export function readText(bytes: Uint8Array, file: string, given: TextDescription = {}): RawTable {
  const decoded = withoutLines(decodeText(bytes, file).text, given)
  const layout = given.delimiter === undefined ? detectLayout(decoded) : layoutOf(decoded, given.delimiter)
  if (decoded.trim() === '') throw refused(`${file} is empty.`, 'Put a table into it or leave it out.', { file })
  if (layout === null) throw singleColumn(file)
  const text = withoutComments(decoded.replace(/^\uFEFF?sep=.\n/i, '\n'), layout)
  const read = parsed(text, layout.delimiter, file)
  return { name: '', ...read, delimiter: layout.delimiter, warnings: plainCells(read.records) }
}

/** Without quotes every line is a record. */
function unquoted(text: string, delimiter: string): { records: string[][]; lines: number[] } {
  const records: string[][] = []
  const lines: number[] = []
  prepared(text.replace(/^\uFEFF/, ''), delimiter)
    .split('\n')
    .forEach((line, i) => {
      if (line === '') return
      records.push(line.split(delimiter))
      lines.push(i + 1)
    })
  return { records, lines }
}

function parsed(text: string, delimiter: string, file: string): { records: string[][]; lines: number[] } {
  if (!text.includes('"')) return unquoted(text, delimiter)
  const lines: number[] = []
  // Blanks between quote and delimiter would be faults; all others are kept until it is known what they part.
  const trim = (
    delimiter === '|' ? /(?:^|\|) +"|" +(?:\||$)/m : new RegExp(`(?:^|${delimiter}) +"|" +(?:${delimiter}|$)`, 'm')
  ).test(text)
  try {
    const records: string[][] = parse(prepared(text, delimiter), {
      ...parseOptions(delimiter),
      trim,
      on_record: (record: string[], context) => {
        lines.push(context.lines)
        return record
      },
    })
    return { records, lines }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const row = typeof error.lines === 'number' ? error.lines : undefined
    throw refused(
      error.code === 'CSV_MAX_RECORD_SIZE'
        ? `${file}, row ${row ?? '?'} has more than ${longestRecord.toLocaleString('en')} characters.`
        : `${file}${row === undefined ? '' : `, row ${row}`}: ${error.message}.`,
      'Most often a quote is not closed: check the quotes of that row.',
      { file, ...(row === undefined ? {} : { row }) },
    )
  }
}

/**
 * The text with the comment lines at its top (from `#`, `%`, `!`, `'` or `//`) made empty, so that lines keep their numbers. The last of them
 * is the header where it has as many cells as the rows below. Lines that begin so further down are rows: ids may be #1.
 */
function withoutComments(text: string, layout: Layout | null): string {
  const top = /^\uFEFF?(?:[^\S\n]*(?:(?:[#%!']|\/\/)[^\n]*)?\n)+/.exec(text)?.[0]
  if (top === undefined || top.length === text.length || top.trim() === '') return text
  const lines = top.split('\n').slice(0, -1)
  const last = lines.findLastIndex((line) => line.trim() !== '')
  const header = lines[last]!.replace(/^\s*(?:[#%!']+|\/\/)\s*/, '')
  const cells = layout === null ? [] : (sampleRows(prepared(header, layout.delimiter), layout.delimiter)[0] ?? [])
  const below = firstCells(text.slice(top.length), layout)
  const named = layout !== null && cells.length === layout.width && isHeader(cells)
  const kept = named && !isHeader(below) ? header : ''
  return lines.map((_, i) => (i === last ? `${kept}\n` : '\n')).join('') + text.slice(top.length)
}

function firstCells(text: string, layout: Layout | null): string[] {
  return layout === null ? [] : (sampleRows(prepared(firstLines(text, 1), layout.delimiter), layout.delimiter)[0] ?? [])
}
