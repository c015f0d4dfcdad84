/** Tables and curves of known numbers, and the odd ways in which programs and people write them as text. */
import iconv from 'iconv-lite'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import type { Files } from './source-files.ts'

export const samples = 14
const points = 8
const missingAt = 4

/** How a table is written; nothing given is a plain CSV file. */
export interface Writing {
  readonly delimiter?: string
  readonly decimal?: string
  readonly thousands?: string
  readonly minus?: string
  readonly plus?: boolean
  readonly exponent?: string
  readonly unitBehind?: boolean
  readonly encoding?: string
  readonly end?: string
  readonly above?: readonly string[]
  readonly headerPrefix?: string
  readonly units?: 'row' | 'header'
  readonly double?: boolean
  readonly trailing?: boolean
  readonly emptyRows?: 'between' | 'below'
  readonly quoted?: boolean
  readonly padding?: string
  readonly capitals?: boolean
  readonly index?: 'unnamed' | 'short header'
  readonly id?: (i: number) => string
  /** What stands in the place of one number. */
  readonly missing?: string
  readonly transposed?: boolean
  readonly disorder?: boolean
}

export const oddities: Readonly<Record<string, Writing>> = {
  plain: {},
  semicolons: { delimiter: ';' },
  tabs: { delimiter: '\t' },
  bars: { delimiter: '|' },
  blanks: { delimiter: '  ' },
  'decimal comma': { delimiter: ';', decimal: ',' },
  'decimal comma, quoted': { decimal: ',' },
  'decimal comma, tabs': { delimiter: '\t', decimal: ',' },
  'English thousands': { delimiter: ';', thousands: ',' },
  'German thousands': { delimiter: ';', decimal: ',', thousands: '.' },
  'Swiss thousands': { delimiter: ';', thousands: "'" },
  'thousands by no-break blanks': { delimiter: ';', decimal: ',', thousands: '\u00a0' },
  'byte order mark': { encoding: 'utf8-bom' },
  'UTF-16': { encoding: 'utf16le-bom', delimiter: '\t' },
  'UTF-16, big end first': { encoding: 'utf16be-bom' },
  'Latin-1': { encoding: 'latin1', delimiter: ';' },
  'CR alone': { end: '\r' },
  CRLF: { end: '\r\n' },
  title: { above: ['Series 4', ''] },
  preamble: { above: ['Instrument: rig 2', 'Operator: lab', ''], delimiter: ';' },
  'preamble of pairs': { above: ['Instrument;rig 2', 'Gain;1.5', 'Date;2024-03-01', ''], delimiter: ';' },
  '% comments': { above: ['% rig 2', '% T = 300 K'], delimiter: '\t' },
  '# comments': { above: ['# rig 2', '# a, b, c, d'] },
  'header behind #': { headerPrefix: '#' },
  'row of units': { units: 'row' },
  'units in the header': { units: 'header' },
  'double header': { double: true },
  'header in capitals': { capitals: true },
  'trailing delimiters': { trailing: true, delimiter: ';' },
  'empty rows below': { emptyRows: 'below' },
  'empty rows between': { emptyRows: 'between' },
  'all quoted': { quoted: true },
  'padded by blanks': { padding: '  ' },
  'padded by no-break blanks': { padding: '\u00a0' },
  'ids padded by zeros': { id: (i) => String(i + 1).padStart(4, '0') },
  'ids that are numbers': { id: (i) => String(i + 1) },
  'ids with an ending': { id: (i) => `s${i + 1}_run` },
  'ids as files': { id: (i) => `s${i + 1}.tif` },
  'empty cell': { missing: '' },
  'n.d.': { missing: 'n.d.' },
  NaN: { missing: 'NaN' },
  'below detection': { missing: '< 0.5' },
  '-9999 for missing': { missing: '-9999' },
  'samples in columns': { transposed: true },
  'exponents with E': { exponent: 'E' },
  'exponents with D': { exponent: 'D' },
  'minus sign of print': { minus: '\u2212' },
  'plus signs': { plus: true },
  'units behind numbers': { unitBehind: true },
  'index without a name': { index: 'unnamed' },
  "R's short header": { index: 'short header' },
  'rows in disorder': { disorder: true },
}

/** Numbers of a table, or of curves, and words; what is null is missing. */
export interface Truth {
  /** By the name of the column, a value a sample. */
  readonly columns?: Readonly<Record<string, readonly (number | string | null)[]>>
  readonly curves?: { readonly grid: readonly number[]; readonly values: readonly (readonly (number | null)[])[] }
  /** Values of the only modality by sample, flat. */
  readonly stack?: readonly (readonly number[])[]
}

type Cell = number | string | null
interface Sheet {
  readonly names: readonly string[]
  readonly units: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

function number(value: number | null, writing: Writing, unit: string): string {
  const { decimal = '.', thousands = '', minus = '-', plus = false, exponent, missing = '' } = writing
  if (value === null) return missing
  const sign = value < 0 ? minus : plus ? '+' : ''
  const size = Math.abs(value)
  const behind = writing.unitBehind === true && unit !== '' ? ` ${unit}` : ''
  if (exponent !== undefined) return sign + size.toExponential(6).replace('e', exponent) + behind
  const [whole, fraction] = (Number.isInteger(value) ? String(size) : size.toFixed(2)).split('.')
  const grouped = whole!.replaceAll(/\B(?=(?:\d{3})+$)/g, thousands)
  return sign + grouped + (fraction === undefined ? '' : decimal + fraction) + behind
}

function transposedCells(rows: readonly (readonly string[])[]): string[][] {
  return rows[0]!.map((_, k) => rows.map((row) => row[k]!))
}

function bytesOf(sheet: Sheet, writing: Writing): Buffer {
  const { delimiter = ',', end = '\n', padding = '', units, index } = writing
  const named = sheet.names.map((name, k) => (units === 'header' && sheet.units[k] !== '' ? `${name} (${sheet.units[k]!})` : name)) // prettier-ignore
  const header = writing.capitals === true ? named.map((name) => name.toUpperCase()) : named
  let body = sheet.rows.map((row) => row.map((cell, k) => (typeof cell === 'string' ? cell : number(cell, writing, sheet.units[k]!)))) // prettier-ignore
  if (writing.disorder === true) body = body.map((_, i) => body[(i * 5 + 3) % body.length]!)
  let rows = [header, ...(units === 'row' ? [[...sheet.units]] : []), ...body]
  if (writing.double === true) rows.unshift(header.map((_, k) => (k === 1 ? 'measured' : '')))
  if (writing.transposed === true) rows = transposedCells(rows)
  if (index !== undefined)
    rows = rows.map((row, i) => (i > 0 ? [String(i - 1), ...row] : index === 'unnamed' ? ['', ...row] : row))
  const written = rows.map((row) =>
    row
      .map((cell) => padding + cell + padding)
      .map((cell) => (writing.quoted === true || cell.includes(delimiter) ? `"${cell}"` : cell))
      .join(delimiter),
  )
  const lines = written.map((line, i) => (i === 0 ? (writing.headerPrefix ?? '') : '') + line + (writing.trailing === true ? delimiter : '')) // prettier-ignore
  const empty = rows[0]!.map(() => '').join(delimiter)
  if (writing.emptyRows === 'below') lines.push(empty, empty)
  if (writing.emptyRows === 'between') lines.splice(5, 0, empty, '')
  const encoding = writing.encoding ?? 'utf8'
  const text = [...(writing.above ?? []), ...lines].join(end) + end
  return iconv.encode(text, encoding.replace('-bom', ''), { addBOM: encoding.endsWith('-bom') })
}

const random = RandomStream.of(20, 'odd files')
const draw = (most: number): number => Math.round((random.uniform() * 2 - 1) * most * 100) / 100
const each = <T>(make: (i: number) => T): T[] => Array.from({ length: samples }, (_, i) => make(i))

const grid = Array.from({ length: points }, (_, k) => 400 + 25 * k)
const heights = each(() => grid.map(() => draw(3000)))
const columns = {
  Route: each((i) => ['gegossen', 'geglüht', 'gewalzt'][(i * 2) % 3]!),
  Strength: each(() => draw(3000)),
  Härte: each(() => draw(20)),
  Grains: each((i) => 950 + 37 * i),
}
const tableUnits = ['', '', 'MPa', 'µm', '']

/** Files of a source and what is in them; null where the oddity does not apply. */
type Kind = (writing: Writing) => { readonly files: Files; readonly truth: Truth } | null

const idOf = ({ id = (i: number) => `s${i + 1}` }: Writing): ((i: number) => string) => id

function curveTruth(writing: Writing): NonNullable<Truth['curves']> {
  const gap = writing.missing !== undefined
  return { grid, values: heights.map((row, i) => row.map((y, k) => (gap && i === missingAt && k === 3 ? null : y))) }
}

function tableTruth(writing: Writing): NonNullable<Truth['columns']> {
  const gap = writing.missing !== undefined
  return { ...columns, Strength: columns.Strength.map((value, i) => (gap && i === missingAt ? null : value)) }
}

function table(writing: Writing): { file: Buffer; truth: Truth } {
  const truth = tableTruth(writing)
  const rows = each((i) => [idOf(writing)(i), ...Object.values(truth).map((values) => values[i]!)])
  const names = ['id', ...Object.keys(truth)]
  return { file: bytesOf({ names, units: tableUnits, rows }, writing), truth: { columns: truth } }
}

export function textKinds(images: Files): Readonly<Record<string, Kind>> {
  return {
    'curves, a row a sample': (writing) => {
      const curves = curveTruth(writing)
      const rows = curves.values.map((row, i) => [idOf(writing)(i), ...row])
      const sheet = { names: ['id', ...grid.map((x) => `y@${x}`)], units: ['', ...grid.map(() => 'MPa')], rows }
      return { files: { 'curves.csv': bytesOf(sheet, writing) }, truth: { curves } }
    },
    'curves, a row a point': (writing) => {
      if (writing.transposed === true || writing.disorder === true) return null
      const curves = curveTruth(writing)
      const rows = curves.values.flatMap((row, i) => row.map((y, k) => [idOf(writing)(i), grid[k]!, y]))
      const sheet = { names: ['id', 'strain', 'stress'], units: ['', '%', 'MPa'], rows }
      return { files: { 'curves.csv': bytesOf(sheet, writing) }, truth: { curves } }
    },
    'spectra, a file a sample': (writing) => {
      if (writing.transposed === true) return null
      const curves = curveTruth(writing)
      const sheet = (row: readonly (number | null)[]): Sheet => ({
        ...{ names: ['wavelength', 'counts'], units: ['nm', 'mV'], rows: row.map((y, k) => [grid[k]!, y]) },
      })
      const file = (row: readonly (number | null)[], i: number): [string, Buffer] => [`spectra/${idOf(writing)(i).replace('.tif', '')}.txt`, bytesOf(sheet(row), writing)] // prettier-ignore
      return { files: Object.fromEntries(curves.values.map(file)), truth: { curves } }
    },
    'table of numbers and categories': (writing) => {
      const { file, truth } = table(writing)
      return { files: { 'properties.csv': file }, truth }
    },
    'images and a table': (writing) => {
      const { file, truth } = table(writing)
      return { files: { ...images, 'properties.csv': file }, truth }
    },
  }
}
