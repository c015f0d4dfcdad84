/** The source's tables, each file read once, and the ids by which their rows are known; its arrays in an `ArrayStore`. */
import { posix } from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import type { DataDescription, TextDescription } from '../../src-shared/domain/dataset.ts'
import { CausalscopeError, refused } from '../../src-shared/errors.ts'
import type { ImportLimits } from '../../src-shared/domain/import.ts'
import { naturalOrder } from './cells.ts'
import type { RawTable } from './formats/format.ts'
import { ArrayStore } from './array-store.ts'
import { decision } from './decisions.ts'
import type { Undecided } from './column-numbers.ts'
import { fileBytesSync } from './file-bytes.ts'
import { firstIds, type Reading } from './reading.ts'
import type { ScannedFile, SourceTree } from './scan.ts'
import {
  hasReplicates,
  hasSamplesInColumns,
  isSummaryName,
  mayHaveSamplesInColumns,
  namesPointsInRows,
  withoutIndex,
  isPairs,
  pairsAsPoints,
  pairsRunOn,
  transposed,
  withoutReplicates,
} from './table-layout.ts'
import { idColumn } from './id-column.ts'
import { looseId } from './id-rules.ts'
import { type Table, tableOf } from './table.ts'
import { namedByFolder, type PerSample, perSampleFiles } from './layout.ts'

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
  private readonly askedId: string | undefined
  private readonly text: TextDescription
  private readonly replicates: DataDescription['replicates']
  private readonly samplesIn: TextDescription['samples']
  private readonly names = new Map<string, readonly string[]>()
  private readonly tables = new Map<string, Table | CausalscopeError>()
  private readonly opened = new Set<string>()
  /** What is asked for already: tables without a certain id column, the decimal sign, sentinels. */
  private readonly asked = new Set<string>()
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
      if (this.samplesIn === undefined && !pairsRunOn(table)) this.askForOrientation(table)
      return pairsAsPoints(table)
    }
    const unnamed = (): boolean => idColumn(table, this.askedId, this.known).column === null
    if (namesPointsInRows(table) || (mayHaveSamplesInColumns(table) && unnamed())) {
      if (this.samplesIn === 'columns') return transposed(table)
      if (this.samplesIn === undefined) this.askForOrientation(table)
    }
    const { column } = idColumn(table, this.askedId, this.known)
    if (column === null || this.replicates === 'curve' || !hasReplicates(table, column)) return table
    if (this.replicates === undefined) this.askForReplicates(table, table.columns[column]!)
    return withoutReplicates(table, column, this.replicates ?? 'mean')
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

  private askForOrientation(table: Table): void {
    this.reading.decisions.push(
      decision({
        title: `Where are the samples of ${table.file}?`,
        message: isPairs(table)
          ? `${table.file}: its columns are pairs (${firstIds(table.columns)}): these may be curves of samples, or values of one sample a row.`
          : `${table.file}: ${table.columns[0]!} runs on from row to row, and the other columns are ${firstIds(table.columns.slice(1))}: these may be samples, or points of curves.`,
        field: 'text.samples',
        options: [
          { value: 'columns', title: isPairs(table) ? 'each pair is a sample' : 'each column is a sample' },
          { value: 'rows', title: 'each row is a sample' },
        ],
        file: table.file,
      }),
    )
  }

  private askForReplicates(table: Table, id: string): void {
    this.reading.decisions.push(
      decision({
        title: `Several rows a sample in ${table.file}`,
        message: `${table.file}: ids of column ${id} come several times, and the rows look like repeated measurements of a sample.`,
        field: 'replicates',
        options: [
          { value: 'mean', title: 'take their mean' },
          { value: 'first', title: 'take the first' },
          { value: 'curve', title: 'they are points of curves' },
        ],
        file: table.file,
      }),
    )
  }

  private askForSentinels(table: Table, { column, cell }: Undecided): void {
    if (this.asked.has('sentinels')) return
    this.asked.add('sentinels')
    this.reading.decisions.push(
      decision({
        title: `Is ${cell} a measurement?`,
        message: `${table.file}, column ${column}: ${cell} lies far from all other values and is what programs write where a value is missing.`,
        field: 'text.sentinels',
        options: [
          { value: 'missing', title: 'such numbers are missing values' },
          { value: 'keep', title: 'they are measurements' },
        ],
        file: table.file,
      }),
    )
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
        ? rawTable(file, limits)
        : { ...file.raw, records: file.raw.records.map((row) => [...row]) }
    const table = tableOf(raw, file.path, limits, this.text)
    if (table.undecided !== null) this.askForDecimal(table, table.undecided)
    if (table.sentinels[0] !== undefined) this.askForSentinels(table, table.sentinels[0])
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
    if (rivals.length > 0) this.askForId(table, [name, ...rivals.map((c) => table.columns[c]!)])
    return { column, name }
  }

  /** Nothing in the file tells whether 1.234 is a decimal or a thousand. */
  private askForDecimal(table: Table, { column, cell }: Undecided): void {
    if (this.asked.has('decimal')) return
    this.asked.add('decimal')
    const [decimal, grouped] = [cell.replace(',', '.'), cell.replace(/[.,]/, '')]
    const [own, other] = cell.includes(',') ? ([',', '.'] as const) : (['.', ','] as const)
    this.reading.decisions.push(
      decision({
        title: `What is ${cell} in ${column}?`,
        message: `${table.file}, column ${column}: ${cell} may be ${decimal} or ${grouped}; nothing in the file tells whether its sign parts decimals or thousands.`,
        field: 'text.decimal',
        options: [
          { value: own, title: `${cell} is ${decimal}` },
          { value: other, title: `${cell} is ${grouped}` },
        ],
        file: table.file,
      }),
    )
  }

  /** Two columns or more fit as ids: a person must say which. */
  private askForId(table: Table, names: readonly string[]): void {
    if (this.asked.has(table.file)) return
    this.asked.add(table.file)
    const some = names.map((name) => {
      const c = table.columns.indexOf(name)
      return `${name} (${firstIds(table.rows.map((row) => row[c]!))})`
    })
    this.reading.decisions.push(
      decision({
        title: `Which column of ${table.file} names the samples?`,
        message: `${table.file}: more than one column could name the samples: ${some.join(' and ')}.`,
        field: 'samples.id',
        options: names.map((name) => ({ value: name, title: `${name} is the sample` })),
        file: table.file,
      }),
    )
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
    if (asked === undefined || tables.length === 0 || tables.some(({ table }) => table.columns.includes(asked))) return
    throw refused(
      `The description names the id column "${asked}", which no table has.`,
      `${tables[0]!.file.path} has: ${tables[0]!.table.columns.slice(0, 20).join(', ')}.`,
      { file: tables[0]!.file.path, field: asked },
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

function rawTable(file: ScannedFile, limits: ImportLimits): RawTable {
  const { reader } = file.format
  if (reader?.role !== 'table')
    throw refused(`${file.path} is ${file.format.words}, not a table.`, 'Export it as CSV.', { file: file.path })
  return reader.table(fileBytesSync(file, limits), file.path)
}

/** The files of `folder`, `folder/*` or, one of each sample's folder, `folder/*` with a file's name. */
function filesOf(files: readonly ScannedFile[], source: string): ScannedFile[] {
  const inside = files.filter((file) => isIn(file, source))
  const [, parent, name] = /^(?:(.*)\/)?\*\/([^/]+)$/.exec(source) ?? []
  if (inside.length > 0 || name === undefined) return inside
  return files
    .filter(
      (file) =>
        file.folder !== '.' && posix.dirname(file.folder) === (parent ?? '.') && posix.basename(file.path) === name,
    )
    .map(namedByFolder)
}

/** Whether the file lies in `folder`, or, for `folder/*`, in one of its folders. */
function isIn(file: ScannedFile, source: string): boolean {
  const path = source.replace(/^\.\//, '').replace(/\/$/, '')
  if (path === '*') return file.folder !== '.' && !file.folder.includes('/')
  if (path.endsWith('/*')) return posix.dirname(file.folder) === path.slice(0, -2)
  return file.folder === (path === '' ? '.' : path)
}

/** Names parted by commas; a name with a comma stands in double quotes. */
function selection(text: string, source: string): string[] {
  try {
    return parse(text, { trim: true })[0] ?? []
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw refused(`The description's source "${source}" cannot be understood.`, 'Write file.csv:column,column.', {
      field: 'source',
    })
  }
}

/** A name as it stands in a source. */
export function quoted(name: string): string {
  return /[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** Indices of the named columns, `*` standing for any text. Throws `refused` for a name that none has. */
export function selectedColumns(names: readonly string[], selected: readonly string[], file: string): number[] {
  return selected.flatMap((wanted) => {
    const exact = names.indexOf(wanted)
    if (exact !== -1) return [exact]
    const pattern = new RegExp(`^${wanted.split('*').map(literal).join('.*')}$`)
    const found = names.flatMap((name, i) => (pattern.test(name) ? [i] : []))
    if (found.length === 0)
      throw refused(`${file} has no column "${wanted}".`, `It has: ${names.slice(0, 20).join(', ')}.`, {
        file,
        field: wanted,
      })
    return found
  })
}
