/** The source's tables, each file read once, and the ids by which their rows are known; its arrays in an `ArrayStore`. */
import type { DataDescription, TextDescription } from '../../src-shared/domain/dataset.ts'
import { CausalscopeError, refused } from '../../src-shared/errors.ts'
import type { ImportLimits } from '../../src-shared/domain/import.ts'
import { naturalOrder } from './cells.ts'
import type { RawTable } from './formats/format.ts'
import { ArrayStore } from './array-store.ts'
import { fileBytesSync } from './file-bytes.ts'
import type { Reading } from './reading.ts'
import type { ScannedFile, SourceTree } from './scan.ts'
import {
  eachReplicate,
  hasReplicates,
  hasSamplesInColumns,
  isSummaryName,
  withoutIndex,
  isPairs,
  pairsAsPoints,
  pairsRunOn,
  transposed,
  withoutReplicates,
} from './table-layout.ts'
import { mayHaveSamplesInColumns } from './table-orientation.ts'
import { idColumn } from './id-column.ts'
import { looseId } from './id-rules.ts'
import { filesOf, selection } from './sources.ts'
import { dialectOf } from './dialect.ts'
import { type Dialect, type Table, tableOf } from './table.ts'
import { TableQuestions } from './table-questions.ts'
import { type PerSample, perSampleFiles } from './layout.ts'

/** Where a modality comes from: a folder's files, or columns or arrays of one file. */
export type Place =
  | { readonly kind: 'folder'; readonly files: readonly ScannedFile[]; readonly selected: readonly string[] }
  | { readonly kind: 'file'; readonly file: ScannedFile; readonly selected: readonly string[] }

export interface TableIds {
  readonly column: number | null
  readonly name: string | null
}

export class Library {
  readonly tree: SourceTree
  readonly stored: ArrayStore
  private readonly reading: Reading
  private readonly questions: TableQuestions
  private readonly askedId: string | readonly string[] | undefined
  private readonly text: TextDescription
  private readonly replicates: DataDescription['replicates']
  private readonly samplesIn: TextDescription['samples']
  private readonly names = new Map<string, readonly string[]>()
  private readonly tables = new Map<string, Table | CausalscopeError>()
  private readonly opened = new Set<string>()
  private readonly dialects = new Map<string, Dialect>()
  /** Files that are no tables of samples. */
  private readonly samples = new Set<string>()
  /** Ids known from the names of images and of folders that are a sample each, as `looseId` writes them. */
  readonly known: ReadonlySet<string>
  /** Files of folders that are a sample each. */
  readonly perSample: readonly PerSample[]
  /** Their paths. */
  readonly inSampleFolders: ReadonlySet<string>

  constructor(tree: SourceTree, reading: Reading, { samples, text = {}, replicates }: DataDescription) {
    this.tree = tree
    this.reading = reading
    this.questions = new TableQuestions(reading)
    this.stored = new ArrayStore(tree, reading, samples?.axis, (file) => this.use(file))
    this.askedId = samples?.id
    this.text = text
    this.replicates = replicates
    this.samplesIn = text.samples
    this.perSample = perSampleFiles(tree.files)
    this.inSampleFolders = new Set(this.perSample.flatMap(({ files }) => files.map(({ path }) => path)))
    const alone = tree.files.filter((file) => file.role === 'image' && !this.inSampleFolders.has(file.path))
    const named = [...alone, ...this.perSample.flatMap(({ files }) => files)]
    this.known = new Set(named.map((file) => looseId(file.stem)))
  }

  /** The table in a file. Throws `refused` as its format and `tableOf` do. */
  table(file: ScannedFile): Table {
    let table = this.tables.get(file.path)
    if (table === undefined) {
      try {
        table = this.arranged(this.tableOnce(file))
      } catch (error) {
        if (!(error instanceof CausalscopeError)) throw error
        table = error
      }
      this.tables.set(file.path, table)
    }
    if (table instanceof CausalscopeError) throw table
    return table
  }

  /** A table whose samples do not stand in rows of their own, as one in which they do. */
  private arranged(whole: Table): Table {
    const table = this.withoutSummary(whole)
    if (hasSamplesInColumns(table, this.known)) {
      this.reading.notes.push({
        severity: 'info',
        message: `${table.file}: its columns are the samples, by the names in its header.`,
      })
      return transposed(table)
    }
    if (isPairs(table) && this.samplesIn !== 'rows') {
      if (this.samplesIn === undefined && !pairsRunOn(table)) this.questions.orientation(table)
      return pairsAsPoints(table)
    }
    const unnamed = (): boolean => idColumn(table, this.askedId, this.known).column === null
    if (mayHaveSamplesInColumns(table, unnamed, this.known)) {
      if (this.samplesIn === 'columns') return transposed(table)
      if (this.samplesIn === undefined) this.questions.orientation(table)
    }
    const { column } = idColumn(table, this.askedId, this.known)
    if (column === null || this.replicates === 'curve' || !hasReplicates(table, column)) return table
    if (this.replicates === undefined) this.questions.replicates(table, table.columns[column]!)
    return this.replicates === 'each'
      ? eachReplicate(table, column)
      : withoutReplicates(table, column, this.replicates ?? 'mean')
  }

  /** Rows below the samples that hold their mean or spread are no samples. */
  private withoutSummary(table: Table): Table {
    const { column } = idColumn(table, this.askedId, this.known)
    const last = column === null ? -1 : table.rows.findLastIndex((row) => !isSummaryName(row[column]!))
    if (column === null || last === -1 || last === table.rows.length - 1) return table
    for (const row of table.rows.slice(last + 1))
      this.reading.leftOut.push({ what: `${table.file}, row ${row[column]!}`, reason: 'it sums up the rows above' })
    return { ...table, rows: table.rows.slice(0, last + 1), lines: table.lines.slice(0, last + 1) }
  }

  /** A table that is one of many, each a sample's points: a column that only counts its rows is no grid. Not kept. */
  pointTable(file: ScannedFile): Table {
    const { reader } = file.format
    const once = this.tableOnce(file)
    const table = reader?.role === 'table' && reader.spectrum ? once : withoutIndex(once)
    this.names.set(file.path, table.columns)
    return table
  }

  /** Column names of such a table. Throws `refused` as `tableOnce` does. */
  columnsOf(file: ScannedFile): readonly string[] {
    return this.names.get(file.path) ?? this.pointTable(file).columns
  }

  /** As `table`, not kept: for one of many small files. */
  tableOnce(file: ScannedFile): Table {
    this.reading.progress(`Reading ${file.folder === '.' ? file.path : file.folder}`, 0, 0)
    const { limits } = this.reading
    const raw =
      file.raw === undefined
        ? rawTable(file, limits, this.text)
        : { ...file.raw, records: file.raw.records.map((row) => [...row]) }
    for (const warning of file.raw === undefined ? (raw.warnings ?? []) : []) {
      const message = `${file.folder === '.' ? this.tree.name : file.folder}: ${warning}.`
      if (!this.reading.notes.some((note) => note.message === message))
        this.reading.notes.push({ severity: 'warning', message })
    }
    const table = tableOf(raw, file.path, limits, this.text)
    if (table.dialect !== null) this.dialects.set(file.path, table.dialect)
    if (table.undecided !== null) this.questions.decimal(table, table.undecided)
    if (table.sentinels[0] !== undefined) this.questions.sentinels(table, table.sentinels[0])
    this.questions.marks(table)
    return table
  }

  /** What `read` answers, null where it refuses. */
  attempt<T>(read: () => T): T | null {
    try {
      return read()
    } catch (error) {
      if (error instanceof CausalscopeError) return null
      throw error
    }
  }

  idsOf(table: Table): TableIds {
    const { column, rivals } = idColumn(table, this.askedId, this.known)
    if (column === null) return { column, name: null }
    const name = table.columns[column]!
    if (rivals.length > 0) this.questions.id(table, [name, ...rivals.map((c) => table.columns[c]!)])
    return { column, name }
  }

  use(file: ScannedFile): void {
    this.opened.add(file.path)
  }

  leaveOut(file: ScannedFile, reason: string): void {
    this.useAsSample(file)
    this.reading.leftOut.push({ what: file.path, reason })
  }

  /** Throws `refused` when the description names an id column that no table has. */
  checkAskedId(): void {
    const asked = this.askedId
    const tables = this.sampleTables()
    const names = [asked ?? []].flat()
    if (names.length === 0 || tables.length === 0) return
    if (tables.some(({ table }) => names.some((name) => table.columns.includes(name)))) return
    throw refused(
      `The description names the id column "${names.join('", "')}", which no table has.`,
      `${tables[0]!.file.path} has: ${tables[0]!.table.columns.slice(0, 20).join(', ')}.`,
      { file: tables[0]!.file.path, field: names[0]! },
    )
  }

  /** The file is one sample of many or left out, never a table of samples. */
  useAsSample(file: ScannedFile): void {
    this.use(file)
    this.samples.add(file.path)
  }

  /** Tables whose rows may be samples; text that is no table is passed over. */
  sampleTables(): { file: ScannedFile; table: Table }[] {
    return this.tree.files.flatMap((file) => {
      if (file.role !== 'table' || this.samples.has(file.path)) return []
      const table = this.attempt(() => this.table(file))
      return table === null ? [] : [{ file, table }]
    })
  }

  /** Asks what bounds and words in columns of numbers are read as, and tells what was made of them. */
  settleMarks(): void {
    this.questions.settleMarks(this.text)
  }

  /** What was found of the tables that are used, where all of them agree, as a description says it. */
  inferredText(): TextDescription {
    const used = [...this.dialects].filter(([path]) => this.opened.has(path)).map(([, dialect]) => dialect)
    return { ...dialectOf(used), ...this.text }
  }

  /** The id columns of the tables that are used, where their names name no other column elsewhere. */
  inferredIds(): string | readonly string[] | undefined {
    if (this.askedId !== undefined) return this.askedId
    const used = this.sampleTables().filter(({ file }) => this.opened.has(file.path))
    const columns = used.map(({ table }) =>
      table.corner === undefined ? idColumn(table, undefined, this.known) : null,
    )
    const own = columns.map((found, t) => (found?.column == null ? null : used[t]!.table.columns[found.column]!))
    const names = [...new Set(own.filter((name) => name !== null))]
    const first = (columnNames: readonly string[]): string | undefined =>
      names.find((name) => columnNames.includes(name))
    const agree = used.every(({ table }, t) => isMade(table) || (first(table.columns) ?? null) === own[t])
    const real = names.filter((name) => used.some(({ table }, t) => own[t] === name && !isMade(table)))
    return !agree || real.length === 0 ? undefined : real.length === 1 ? real[0] : real
  }

  /** Files that no reader used. */
  unused(): ScannedFile[] {
    return this.tree.files.filter((file) => !this.opened.has(file.path))
  }

  /** Folders with files of which `accept` is true, in natural order, with those files. */
  folders(accept: (file: ScannedFile) => boolean): { folder: string; files: ScannedFile[] }[] {
    const groups = Map.groupBy(this.tree.files.filter(accept), (file) => file.folder)
    return [...groups].map(([folder, files]) => ({ folder, files })).sort((a, b) => naturalOrder(a.folder, b.folder))
  }

  has(source: string): boolean {
    return this.found(source) !== null
  }

  /** Finds `folder`, `file` or `file:columns`. Throws `refused` when the source has no such place. */
  place(source: string): Place {
    const found = this.found(source)
    if (found !== null) return found
    const some = this.tree.files.slice(0, 10).map((file) => file.path)
    throw refused(
      `The description names "${source}", which is not there.`,
      `Found are: ${some.join(', ')}${this.tree.files.length > some.length ? ', ...' : ''}.`,
      { file: source },
    )
  }

  private found(source: string): Place | null {
    const colons = [source.length, ...[...source.matchAll(/:/g)].map((match) => match.index)]
    for (const end of colons) {
      const path = source.slice(0, end)
      const selected = () => (end === source.length ? [] : selection(source.slice(end + 1), source))
      const file = this.tree.files.find((candidate) => candidate.path === path || candidate.alias === path)
      if (file !== undefined) return { kind: 'file', file, selected: selected() }
      const files = filesOf(this.tree.files, path)
      if (files.length > 0) return { kind: 'folder', files, selected: selected() }
    }
    return null
  }
}

/** Whether the ids' column is none of the file's. */
function isMade({ corner, pairs }: Table): boolean {
  return corner !== undefined || pairs === true
}

function rawTable(file: ScannedFile, limits: ImportLimits, given: TextDescription): RawTable {
  const { reader } = file.format
  if (reader?.role !== 'table')
    throw refused(`${file.path} is ${file.format.words}, not a table.`, 'Export it as CSV.', { file: file.path })
  return reader.table(fileBytesSync(file, limits), file.path, given)
}
