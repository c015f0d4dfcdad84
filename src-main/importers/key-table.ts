/** Tables with two columns of ids, which say what a sample of one place is called in another. */
import type { Table } from './table.ts'
import { idColumn, sampleId } from './id-column.ts'
import { looseId } from './id-rules.ts'
import type { Library } from './library.ts'
import type { ScannedFile } from './scan.ts'
import { quoted, selectedColumns } from './sources.ts'
import { refused } from '../../src-shared/errors.ts'
import type { Reading } from './reading.ts'
import { cellsOf } from './table-structure.ts'

export interface IdKey {
  readonly file: string
  /** As it stands in a description: `key.csv:image,specimen`. */
  readonly source: string
  /** The id that is kept, by the one that is read as it, as `looseId` writes them. */
  readonly ids: ReadonlyMap<string, string>
  /** The columns: ids that are kept, and those that are read as them. */
  readonly columns: readonly [string, string]
}

/** Tables beside more files than this in their folder are a sample each, and their names are the ids. */
const mostTables = 20
/** A column holds the ids of a place where it has more than this share of the smaller of both. */
const shared = 0.5
const fewestIds = 3

interface IdsOfPlace {
  readonly files: ReadonlySet<string>
  readonly ids: ReadonlySet<string>
}

/** The table that joins two places which have no ids in common; null where there is none, or nothing needs joining. */
export function findKey(library: Library): IdKey | null {
  const { files } = library.tree
  const groups = [...Map.groupBy(files, ({ folder, role }) => `${folder}\u0000${role}`).values()]
  const alone = groups.filter(([first, ...rest]) => first!.role === 'table' && rest.length < mostTables).flat()
  const tables = alone.flatMap((file) => {
    const table = library.attempt(() => library.table(file))
    return table === null ? [] : [{ file, table }]
  })
  const places = [
    ...groups
      .filter((own) => own.length >= fewestIds)
      .map((own) =>
        placeOf(
          own,
          own.map(({ stem }) => stem),
        ),
      ),
    ...tables.flatMap(({ file, table }) => {
      const { column } = idColumn(table, undefined, library.known)
      return column === null ? [] : [placeOf([file], cellsOf(table, column).map(sampleId))]
    }),
  ]
  for (const { file, table } of tables) {
    const key = keyIn(
      file,
      table,
      places.filter((place) => !place.files.has(file.path)),
      library,
    )
    if (key !== null) return key
  }
  return null
}

function placeOf(files: readonly ScannedFile[], ids: readonly string[]): IdsOfPlace {
  return { files: new Set(files.map(({ path }) => path)), ids: new Set(ids.map(looseId)) }
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0
  for (const id of a) if (b.has(id)) common += 1
  return common / Math.max(1, Math.min(a.size, b.size))
}

function keyIn(file: ScannedFile, table: Table, places: readonly IdsOfPlace[], library: Library): IdKey | null {
  const held = table.columns.flatMap((_, c) => {
    const ids = new Set(cellsOf(table, c).map((cell) => looseId(sampleId(cell))))
    if (ids.size < fewestIds || ids.size < table.rows.length) return []
    return places.filter((place) => overlap(ids, place.ids) > shared).map((place) => ({ c, place }))
  })
  for (const one of held)
    for (const other of held)
      if (one.c < other.c && one.place !== other.place && overlap(one.place.ids, other.place.ids) <= shared) {
        // The ids by which the table itself is paired are kept.
        const own = idColumn(table, undefined, library.known).column
        const [kept, read] = own === other.c ? [other.c, one.c] : [one.c, other.c]
        return keyOf(table, `${file.path}:${quoted(table.columns[kept]!)},${quoted(table.columns[read]!)}`, kept, read)
      }
  return null
}

function keyOf(table: Table, source: string, kept: number, read: number): IdKey {
  const ids = new Map(table.rows.map((row) => [looseId(sampleId(row[read]!)), sampleId(row[kept]!)]))
  return { file: table.file, source, ids, columns: [table.columns[kept]!, table.columns[read]!] }
}

/** The key that a description names. Throws `refused` for anything but two columns of a table. */
export function readKey(library: Library, source: string, { leftOut }: Reading): IdKey {
  const place = library.place(source)
  const table = place.kind === 'file' && place.file.role === 'table' ? library.table(place.file) : null
  const columns = table === null ? [] : selectedColumns(table.columns, place.selected, table.file)
  if (table === null || place.kind !== 'file' || columns.length !== 2)
    throw refused(
      `The key "${source}" does not name two columns of a table.`,
      'Write file.csv:column,column: first the ids that are kept, then those that are read as them.',
      { field: 'samples.key' },
    )
  library.use(place.file)
  const used = columns.map((c) => `${table.file}, column ${table.columns[c]!}`)
  leftOut.splice(0, Infinity, ...leftOut.filter(({ what }) => !used.includes(what)))
  return keyOf(table, source, columns[0]!, columns[1]!)
}

/** The ids of a place as the key has them; null where they are not the ones it translates. */
export function translated(names: readonly string[], { ids }: IdKey): readonly string[] | null {
  const kept = new Set([...ids.values()].map(looseId))
  const loose = names.map(looseId)
  const known = loose.filter((id) => ids.has(id)).length
  if (known === 0 || known <= loose.filter((id) => kept.has(id)).length) return null
  return names.map((name, i) => ids.get(loose[i]!) ?? name)
}
