/** What text tables are: curves a file or a row a point, vectors, metadata; copies and tables that hold nothing. */
import { posix } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { ModalityKind } from '../../src-shared/domain/dataset.ts'
import { isMissing, labelAndUnit } from './cells.ts'
import { looksNumeric } from './written-numbers.ts'
import { decision } from './decisions.ts'
import { usualColumns } from './curve-columns.ts'
import { decodeText, detectLayout, isNumberList } from './delimited.ts'
import type { Table } from './table.ts'
import { fileBytesSync } from './file-bytes.ts'
import { folderName, type Inferred } from './inferred.ts'
import { originalOf } from './layout.ts'
import { findKey } from './key-table.ts'
import type { Library } from './library.ts'
import { quoted } from './sources.ts'
import { pointFiles } from './point-files.ts'
import { counted, listed, type Reading } from './reading.ts'
import type { ScannedFile } from './scan.ts'
import {
  cellsOf,
  columnKind,
  type ColumnKind,
  gridGroups,
  isRowNumber,
  longColumns,
  numericShare,
} from './table-structure.ts'

/** So many columns of real numbers are a vector, fewer are metadata beside another modality. */
const fewestFeatures = 6

/** `complete`: nothing but what is inferred is read, so that a table of which nothing is used is lost. */
export function inferTables(library: Library, found: Inferred, reading: Reading, complete: boolean): void {
  for (const { source, name, files } of library.perSample)
    if (files.every((file) => file.role === 'table')) inferPointFiles(source, name, files, library, found)
  const folders = library
    .folders((file) => file.role === 'table' && !library.inSampleFolders.has(file.path))
    .map(({ folder, files }) => {
      const tables = files.filter((file) => isTable(file, library, reading) && !isCopy(file, files, library, reading))
      return { folder, tables, points: pointFiles(folder, tables, library) }
    })
  for (const { source, name, files } of pointSources(folders, found, reading))
    inferPointFiles(source, name, files, library, found)
  for (const { tables, points } of folders) {
    const others = new Set(points)
    for (const file of tables) {
      if (others.has(file)) continue
      const before = found.modalities.length + found.metadata.length
      if (complete) inferTable(file, library, found, reading)
      // What a description does not name does not stop it.
      else library.attempt(() => inferTable(file, library, found, reading))
      if (complete && found.modalities.length + found.metadata.length === before)
        if (findKey(library)?.file === file.path) library.use(file)
        else lostWhole(library.table(file), reading)
    }
  }
}

/** A table of which no column is used is most likely one that was not understood. */
function lostWhole({ file, columns }: Table, { decisions, leftOut }: Reading): void {
  const reasons = leftOut.filter(({ what }) => what.startsWith(`${file}, `)).map(({ what, reason }) => `${what.slice(file.length + 2)}: ${reason}`) // prettier-ignore
  decisions.push(
    decision({
      title: `Nothing is read from ${file}`,
      message: `${file}: none of its ${columns.length} columns can be used${reasons.length === 0 ? '' : ` (${listed(reasons)})`}.`,
      field: 'samples.id',
      options: [],
      otherwise: 'Correct its cells, take the file out, or name what is to be read in "modalities" and "metadata" of a data description.', // prettier-ignore
      file,
    }),
  )
}

interface PointFolder {
  readonly folder: string
  readonly points: readonly ScannedFile[]
}

/** Folders of curves side by side that share no sample are classes of one modality, as with images. */
function pointSources(
  folders: readonly PointFolder[],
  found: Inferred,
  reading: Reading,
): { source: string; name: string; files: readonly ScannedFile[] }[] {
  const holding = folders.filter(({ points }) => points.length > 0)
  const beside = Map.groupBy(holding, ({ folder }) => (folder === '.' ? '' : posix.dirname(folder)))
  return [...beside].flatMap(([parent, siblings]) => {
    const stems = siblings.flatMap(({ points }) => points.map((file) => file.stem))
    if (siblings.length === 1 || new Set(stems).size < stems.length)
      return siblings.map(({ folder, points }) => ({
        source: folder,
        name: folderName(folder, 'curve'),
        files: points,
      }))
    const source = parent === '.' ? '*' : `${parent}/*`
    const name = folderName(parent, 'curve')
    found.metadata.push({ column: source, kind: 'category' })
    const classes = siblings.map(({ folder }) => posix.basename(folder))
    reading.notes.push({
      severity: 'info',
      message: `${name}: the folders ${listed(classes)} hold different samples and are taken as one modality, with the folder as a category.`,
    })
    return [{ source, name, files: siblings.flatMap(({ points }) => points) }]
  })
}

/** A copy that differs in nothing is left out; one that differs is a decision: either may be the right one. */
function isCopy(file: ScannedFile, beside: readonly ScannedFile[], library: Library, reading: Reading): boolean {
  const original = originalOf(file, beside)
  if (original === null) return false
  library.leaveOut(file, `a copy of ${original.path}`)
  if (!isDeepStrictEqual(contentOf(file, reading), contentOf(original, reading)))
    reading.decisions.push(
      decision({
        title: `Two versions of ${original.path}`,
        message: `${file.path} is by its name a copy of ${original.path}, and differs from it: which of them is right cannot be told.`,
        field: 'samples.id',
        options: [],
        otherwise: 'Take one of the two files out of the folder.',
        file: file.path,
      }),
    )
  return true
}

function contentOf(file: ScannedFile, { limits }: Reading): unknown {
  return file.raw?.records ?? fileBytesSync(file, limits)
}

/** Text that is no table is left out, unless its name says that it is one. */
function isTable(file: ScannedFile, library: Library, { limits }: Reading): boolean {
  if (file.format.id !== 'text') return true
  if (library.tree.files.length === 1 || ['.csv', '.tsv', '.tab'].includes(file.extension)) return true
  const { text } = decodeText(fileBytesSync(file, limits), file.path)
  if (isSideFile(file, text, library)) {
    library.leaveOut(file, 'settings of the image beside it')
    return false
  }
  const layout = detectLayout(text)
  const table =
    layout === null
      ? isNumberList(text)
      : layout.regular >= 0.8 && layout.numericShare >= 0.3 && !/^\s*[<{[]/.test(text)
  if (!table) library.leaveOut(file, 'text without a table')
  return table
}

function inferPointFiles(
  source: string,
  name: string,
  files: readonly ScannedFile[],
  library: Library,
  found: Inferred,
): void {
  const columns = usualColumns(
    files.flatMap((file) => {
      const own = library.attempt(() => library.columnsOf(file))
      return own === null ? [] : [own]
    }),
  )
  if (columns.length <= 2) found.modalities.push({ name, kind: 'curve', source })
  else
    for (const column of columns.slice(1))
      found.modalities.push({
        name: `${name} ${labelAndUnit(column).label}`,
        kind: 'curve',
        source: `${source}:${quoted(columns[0]!)},${quoted(column)}`,
      })
}

/** Tables whose name says that their columns are one vector, though the columns are numbered. */
function vectorKind(stem: string): ModalityKind | null {
  if (/embed/i.test(stem)) return 'embedding'
  return /^(?:feature|vector|observation|descriptor)/i.test(stem) ? 'vector' : null
}

/** JEOL's and Hitachi's files of settings, and what looks like them, beside an image of the same name. */
function isSideFile(file: ScannedFile, text: string, library: Library): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const settings = lines.filter((line) => /^\s*(?:\$\w+|\[[^\]]*\]|[A-Za-z][\w .()-]*=)/.test(line)).length
  const beside = library.tree.files.some(
    (other) => other.role === 'image' && other.folder === file.folder && other.stem === file.stem,
  )
  return beside && lines.length > 0 && settings > 0.8 * lines.length
}

const date = /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?Z?$/

/** `1.20 ± 0.05`, `1.20 +/- 0.05`, `1.20(5)` */
const uncertain = /^[+-]?[\d.,]+(?: ?(?:±|\+\/?-) ?[\d.,]+|\(\d+\))(?: ?\S{1,12})?$/

/** What the cells of a column are that is neither numbers nor categories. */
function textWords(table: Table, column: number): string {
  const cells = cellsOf(table, column).filter((cell) => !isMissing(cell))
  if (cells.every((cell) => date.test(cell))) return 'dates, which are not read'
  if (cells.filter((cell) => uncertain.test(cell)).length > cells.length / 2)
    return `numbers with their uncertainties, such as "${cells[0]!}": part them into two columns`
  const numbers = numericShare(table, column)
  if (numbers === 0) return 'text that differs from sample to sample'
  const other = cells.find((cell) => !looksNumeric(cell))
  return other === undefined
    ? `numbers written in more than one way, such as "${cells[0]!}"`
    : `numbers with text among them, such as "${other}"`
}

function inferTable(file: ScannedFile, library: Library, found: Inferred, reading: Reading): void {
  const table = library.table(file)
  if (table.above > 0)
    reading.notes.push({
      severity: 'info',
      message: `${file.path}: ${counted(table.above, 'line')} above the table ${table.above === 1 ? 'is' : 'are'} passed over.`,
    })
  const ids = library.idsOf(table)
  const kind = vectorKind(file.stem)
  if (kind !== null) {
    found.modalities.push({ name: file.stem, kind, source: `${file.path}:*` })
    inferColumns(table, new Set([ids.column]), ['category'], found, reading, (c) => numericShare(table, c) < 1)
    return
  }
  const groups = gridGroups(table, ids.column)
  const long = groups.length === 0 ? longColumns(table, ids.column) : null
  if (long !== null) {
    inferLong(file, table, long, found)
    table.columns.forEach((name, c) => {
      if (c !== ids.column && !long.includes(c) && numericShare(table, c) >= 0.5)
        reading.leftOut.push({ what: `${table.file}, ${name}`, reason: 'row numbers' })
    })
    return
  }
  for (const { prefix } of groups) {
    const only = groups.length === 1
    const label = prefix.replace(/[@=_:\s-]+$/, '')
    const name = only ? file.stem : `${file.stem} ${label}`.trim()
    found.modalities.push({ name, kind: 'curve', source: only ? file.path : `${file.path}:${quoted(`${prefix}*`)}` })
  }
  const gridded = new Set([ids.column, ...groups.flatMap((group) => group.columns)])
  const numbers = table.columns.filter((_, c) => !gridded.has(c) && columnKind(table, c) === 'number').length
  const alone = library.tree.files.length === 1 && groups.length === 0 && numbers >= 2
  const described = /^(?:meta|label|factor|info|annot|target)/i.test(file.stem)
  const vector = alone || (numbers >= fewestFeatures && !described)
  if (vector) {
    const name = groups.length === 0 ? file.stem : `${file.stem} features`
    found.modalities.push({ name, kind: 'vector', source: file.path })
  }
  inferColumns(table, gridded, vector ? ['category'] : ['category', 'number'], found, reading)
}

function inferLong(file: ScannedFile, table: Table, [x, ...ys]: readonly number[], found: Inferred): void {
  for (const y of ys) {
    const columns = [x!, y].map((c) => quoted(table.columns[c]!)).join(',')
    if (ys.length === 1) found.modalities.push({ name: file.stem, kind: 'curve', source: file.path })
    else
      found.modalities.push({
        name: labelAndUnit(table.columns[y]!).label,
        kind: 'curve',
        source: `${file.path}:${columns}`,
      })
  }
}

/** Metadata columns of the wanted kinds among those not passed over. */
function inferColumns(
  table: Table,
  passed: ReadonlySet<number | null>,
  wanted: readonly ColumnKind[],
  found: Inferred,
  reading: Reading,
  accept: (column: number) => boolean = () => true,
): void {
  table.columns.forEach((name, c) => {
    const grouping = table.groups !== undefined && c === table.columns.length - 1
    const kind = grouping ? 'category' : columnKind(table, c)
    if (passed.has(c)) return
    if (isRowNumber(table, c)) {
      reading.leftOut.push({ what: `${table.file}, ${name}`, reason: 'row numbers' })
      return
    }
    if (kind === 'text' || kind === 'empty')
      reading.leftOut.push({
        what: `${table.file}, column ${name}`,
        reason: kind === 'text' ? textWords(table, c) : 'no values',
      })
    if (!wanted.includes(kind) || !accept(c)) return
    if (kind === 'category') noteWordsAmongNumbers(table, c, reading)
    if (kind === 'category' || kind === 'number') found.metadata.push({ column: `${table.file}:${quoted(name)}`, kind })
  })
}

/** Categories that are mostly numbers may be numbers with a word for those that are missing: told, never guessed. */
function noteWordsAmongNumbers(table: Table, column: number, { notes }: Reading): void {
  const share = numericShare(table, column)
  if (share < 0.5 || share === 1) return
  const cells = cellsOf(table, column).filter((cell) => !isMissing(cell))
  const words = [...new Set(cells.filter((cell) => !looksNumeric(cell)))].slice(0, 3)
  if (words.length === 0) return
  notes.push({
    severity: 'warning',
    message: `${table.file}, column ${table.columns[column]!}: numbers with ${listed(words.map((word) => JSON.stringify(word)))} among them are taken as categories. Where such words stand for missing numbers, say "text": {"missing": ${JSON.stringify(words)}} in a data description.`,
  })
}
