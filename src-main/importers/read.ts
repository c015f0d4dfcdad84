/** Reads what a description names. Each modality and metadata column becomes a block, in the description's order. */
import { posix } from 'node:path'
import type { DataDescription, ModalityDescription } from '../../src-shared/domain/dataset.ts'
import { refused } from '../../src-shared/errors.ts'
import type { ColumnBlock, CurveBlock, ModalityBlock } from './blocks.ts'
import { lastPart } from './array-store.ts'
import { decision } from './decisions.ts'
import { place } from './faults.ts'
import type { MetadataDescription } from './inferred.ts'
import type { Library } from './library.ts'
import { selectedColumns } from './sources.ts'
import { pointFiles } from './point-files.ts'
import { readArrayColumn, readArrayFiles, readStack } from './read-arrays.ts'
import { readImages } from './read-images.ts'
import { readColumn, readVector, vectorColumns } from './read-columns.ts'
import { readCurveFiles, readCurves } from './read-curves.ts'
import { counted, type Reading } from './reading.ts'
import { type ScannedFile, whatIsRead } from './scan.ts'
import { numericShare } from './table-structure.ts'

export interface Blocks {
  readonly modalities: ModalityBlock[]
  readonly columns: ColumnBlock[]
}

export async function readBlocks(library: Library, description: DataDescription, reading: Reading): Promise<Blocks> {
  const names = new Set<string>()
  const modalities: ModalityBlock[] = []
  for (const modality of description.modalities ?? []) {
    if (names.has(modality.name))
      throw refused(`Two modalities are called "${modality.name}".`, 'Give each a name of its own.', {
        field: modality.name,
      })
    names.add(modality.name)
    const faults = reading.log.faults.length
    let block = await readModality(library, modality, description, reading)
    // Shown as the way there until it is decided; an answer that did not help is not asked for again.
    if (block.kind === 'curve' && description.turningCurves === undefined && askAboutTurning(block, faults, reading))
      block = await readModality(library, modality, { ...description, turningCurves: 'first' }, reading)
    modalities.push(block)
  }
  const columns: ColumnBlock[] = []
  for (const wanted of description.metadata ?? []) {
    const column = await readMetadata(library, wanted, reading)
    const taken = columns.some(({ name }) => name === column.name)
    columns.push(taken ? { ...column, name: column.source } : column)
  }
  library.checkAskedId()
  const first = reading.leftOut[0]
  const why = first === undefined ? '' : ` ${first.what}: ${first.reason}.`
  if (modalities.length === 0 && columns.length === 0)
    throw refused(
      `${library.tree.name} holds nothing to import: no images, curves, vectors or metadata columns were found.${why}`,
      whatIsRead,
      { file: library.tree.files[0]?.path ?? library.tree.name },
    )
  return { modalities, columns }
}

/** Where most curves of a modality turn back, they are loops, not faulty: what is to be taken of them is asked. */
function askAboutTurning(block: CurveBlock, faults: number, reading: Reading): boolean {
  const turning = reading.log.faults.slice(faults).filter((fault) => fault.turning === true)
  if (2 * turning.length <= block.count) return false
  reading.log.takeTurning(faults)
  reading.decisions.push(
    decision({
      title: `The curves of ${block.name} turn back`,
      message: `${block.name}: the grid turns back in ${turning.length} of ${counted(block.count, 'curve')}, as in loading and unloading (${place(turning[0]!)}: ${turning[0]!.message.replace(/\.$/, '')}).`,
      field: 'turningCurves',
      options: [
        { value: 'first', title: 'take the way there' },
        { value: 'second', title: 'take the way back' },
        { value: 'sort', title: 'take all points, sorted by the grid' },
        { value: 'index', title: 'take all points, over their number' },
      ],
      file: turning[0]!.file,
    }),
  )
  return true
}

async function readModality(
  library: Library,
  modality: ModalityDescription,
  description: DataDescription,
  reading: Reading,
): Promise<ModalityBlock> {
  const where = library.place(modality.source)
  const files = where.kind === 'file' ? [where.file] : where.files
  const of = (accept: (file: ScannedFile) => boolean): readonly ScannedFile[] => files.filter(accept)
  if (modality.kind === 'image') {
    const images = of((file) => file.role === 'image')
    if (images.length > 0) {
      images.forEach((file) => library.use(file))
      return readImages(images, modality, reading)
    }
  }
  const arrays = of((file) => file.role === 'array' || file.role === 'archive')
  const texts = of((file) => file.role === 'table')
  if (where.kind === 'folder') {
    if (modality.kind === 'curve' && texts.length > 0) {
      const points = pointFiles(texts[0]!.folder, texts, library)
      return readCurveFiles(
        points.length > 0 ? points : texts,
        library,
        modality,
        where.selected,
        description.turningCurves,
        reading,
      )
    }
    const samples = arrays.filter((file) => file.role === 'array')
    if (samples.length > 0) return readArrayFiles(samples, library, modality, reading)
  } else if (arrays.length > 0) {
    return readStack(where.file, library, modality, where.selected, reading)
  } else if (texts.length > 0 && modality.kind !== 'image') {
    return readTable(library, where.file, where.selected, modality, description, reading)
  }
  throw refused(
    `${modality.source} cannot be read as ${modality.kind === 'image' ? 'images' : `${modality.kind}s`}: it is ${files[0]!.format.words}.`,
    'Correct the kind or the source of this modality in the description.',
    { file: modality.source, field: modality.name },
  )
}

function readTable(
  library: Library,
  file: ScannedFile,
  selected: readonly string[],
  modality: ModalityDescription,
  description: DataDescription,
  reading: Reading,
): ModalityBlock {
  library.use(file)
  const table = library.table(file)
  const ids = library.idsOf(table)
  if (modality.kind === 'curve') return readCurves(table, ids, modality, selected, description.turningCurves, reading)
  const taken = new Set(
    (description.metadata ?? []).flatMap(({ column }) => [column, column.replace(`${file.path}:`, '')]),
  )
  const columns =
    selected.length === 0
      ? vectorColumns(table, ids, taken)
      : selectedColumns(table.columns, selected, table.file).filter((c) => {
          const name = table.columns[c]!
          return selected.includes(name) || (c !== ids.column && !taken.has(name) && numericShare(table, c) >= 0.5)
        })
  if (columns.length === 0)
    throw refused(`${file.path} has no columns of numbers for the vector "${modality.name}".`, 'Name its columns.', {
      file: file.path,
    })
  const kind = modality.kind === 'embedding' ? 'embedding' : 'vector'
  return readVector(table, ids, modality, kind, columns, reading)
}

/** A column by its name in any table, by `file.csv:column`, or an array by `file.npy`, `file.npz:name`. */
async function readMetadata(library: Library, wanted: MetadataDescription, reading: Reading): Promise<ColumnBlock> {
  const tables = library.sampleTables().filter(({ table }) => table.columns.includes(wanted.column))
  if (tables.length > 1)
    throw refused(
      `Several tables have a column "${wanted.column}": ${tables.map(({ file }) => file.path).join(', ')}.`,
      `Write the one meant as ${tables[0]!.file.path}:${wanted.column} in the description.`,
      { field: wanted.column, file: tables[0]!.file.path },
    )
  const only = tables[0]
  if (only !== undefined) {
    library.use(only.file)
    const column = only.table.columns.indexOf(wanted.column)
    return readColumn(only.table, library.idsOf(only.table), column, wanted.column, wanted.kind, reading)
  }
  if (!library.has(wanted.column)) {
    const names = library.sampleTables().flatMap(({ table }) => table.columns)
    throw refused(
      `The description names the metadata column "${wanted.column}", which no table has.`,
      names.length === 0 ? 'There is no table.' : `Found are: ${[...new Set(names)].slice(0, 20).join(', ')}.`,
      { field: wanted.column },
    )
  }
  const place = library.place(wanted.column)
  if (place.kind === 'folder') return readClasses(place.files, wanted)
  const { file, selected } = place
  if (file.role === 'table') {
    library.use(file)
    const table = library.table(file)
    const column = selectedColumns(table.columns, selected.slice(0, 1), table.file)[0]
    if (column === undefined)
      throw refused(`"${wanted.column}" names a table, not a column.`, `Write ${file.path}:column.`, {
        field: wanted.column,
      })
    return readColumn(
      table,
      library.idsOf(table),
      column,
      `${file.stem}.${table.columns[column]!}`,
      wanted.kind,
      reading,
    )
  }
  const name = selected[0] ?? ''
  return readArrayColumn(file, name, library, name === '' ? file.stem : lastPart(name), wanted.kind, reading)
}

/** The folder of each image, or else each table, of `folder/*` as its category. */
function readClasses(all: readonly ScannedFile[], { column, kind }: MetadataDescription): ColumnBlock {
  const images = all.filter((file) => file.role === 'image')
  const files = images.length > 0 ? images : all.filter((file) => file.role === 'table')
  if (!/(?:^|\/)\*$/.test(column) || kind !== 'category')
    throw refused(`"${column}" is a folder, not a metadata column.`, 'Name a column of a table.', { field: column })
  return {
    kind,
    name: 'folder',
    source: column,
    ids: files.map((file) => file.stem),
    pairing: 'by file name',
    count: files.length,
    origin: (i) => ({ file: files[i]!.path }),
    cells: files.map((file) => posix.basename(file.folder)),
  }
}
