/** One import from source to data set, as the importer process does it. */
import { basename, resolve } from 'node:path'
import type { DataDescription, DatasetNote } from '../../src-shared/domain/dataset.ts'
import type { Contents, ImportLimits, ImportOutcome, ImportPlan, LeftOut } from '../../src-shared/domain/import.ts'
import { writePack } from '../datasets/pack.ts'
import { ArrayStore } from './array-store.ts'
import { contentsOf } from './contents.ts'
import { assemble, type Assembled } from './assemble.ts'
import { FaultLog } from './faults.ts'
import { inferDescription } from './infer.ts'
import { findKey, readKey } from './key-table.ts'
import { Library } from './library.ts'
import { previewOf } from './preview.ts'
import { readBlocks } from './read.ts'
import { listed, type Reading } from './reading.ts'
import { scan, type SourceTree } from './scan.ts'
import { preparationsOf, preparedDetail } from './prepared.ts'
import { openWorkbooks } from './open-workbooks.ts'

export interface SourceRequest {
  readonly source: string
  readonly description: DataDescription
  readonly name: string | null
  readonly limits: ImportLimits
}

/** What is listed one by one; more is counted. */
const mostListed = 1000

function bounded(leftOut: readonly LeftOut[]): readonly LeftOut[] {
  const rest = leftOut.length - mostListed
  if (rest <= 0) return leftOut
  return [...leftOut.slice(0, mostListed), { what: `${rest} more`, reason: 'as those before' }]
}

function boundedNote(note: DatasetNote): DatasetNote {
  return note.ids === undefined || note.ids.length <= mostListed
    ? note
    : { ...note, ids: note.ids.slice(0, mostListed) }
}

interface Read extends Assembled {
  readonly contents: readonly Contents[]
  readonly description: DataDescription
  readonly leftOut: readonly LeftOut[]
}

function readingOf({ limits }: SourceRequest, found: SourceTree, progress: Reading['progress']): Reading {
  return { limits, log: new FaultLog(), notes: [], leftOut: [...found.leftOut], decisions: [], progress }
}

async function readSource(request: SourceRequest, progress: Reading['progress']): Promise<Read> {
  progress('Looking through the files', 0, 0)
  const found = scan(request.source, request.limits)
  const reading = readingOf(request, found, progress)
  const tree = await openWorkbooks(found, request.description, reading)
  const library = new Library(tree, reading, request.description)
  try {
    return await readLibrary(request, library, reading)
  } finally {
    await library.stored.close()
  }
}

/** What the containers of a source hold. */
export async function listSource(request: SourceRequest, progress: Reading['progress']): Promise<Contents[]> {
  progress('Looking through the files', 0, 0)
  const found = scan(request.source, request.limits)
  const reading = readingOf(request, found, progress)
  const stored = new ArrayStore(found, reading, request.description.samples?.axis, () => undefined)
  try {
    return await contentsOf(found, stored, reading)
  } finally {
    await stored.close()
  }
}

async function readLibrary(request: SourceRequest, library: Library, reading: Reading): Promise<Read> {
  const { tree } = library
  const description = await inferDescription(library, request.description, reading)
  const blocks = await readBlocks(library, description, reading)
  library.settleMarks()
  for (const file of library.unused())
    reading.leftOut.push({ what: file.path, reason: 'nothing in the data description is read from it' })
  const name = request.name ?? description.name ?? tree.name
  const keys = { find: () => findKey(library), read: (source: string) => readKey(library, source, reading) }
  const assembled = assemble(name, basename(resolve(request.source)), blocks, description, keys, reading)
  const notes = [...assembled.dataset.notes, ...unreadNote(tree, reading.leftOut)].map(boundedNote)
  const dataset = { ...assembled.dataset, notes }
  const { match } = assembled
  // A rule that was found is written down; ids compared as they are stay open to other rules.
  const id = library.inferredIds()
  const samples = {
    ...description.samples,
    ...(id === undefined ? {} : { id }),
    ...(match === 'exact' ? {} : { match }),
  }
  const text = library.inferredText()
  const settled = {
    ...description,
    ...(Object.keys(samples).length === 0 ? {} : { samples }),
    ...(Object.keys(text).length === 0 ? {} : { text }),
  }
  const contents = await contentsOf(tree, library.stored, reading)
  return { ...assembled, dataset, description: settled, leftOut: bounded(reading.leftOut), contents }
}

/** Measurements in a format that is not read, where no table is: what matters most may be in them, and is said last. */
function unreadNote({ files, unread }: SourceTree, leftOut: readonly LeftOut[]): DatasetNote[] {
  if (unread.length === 0 || files.some(({ role }) => role === 'table')) return []
  const reason = leftOut.find(({ what }) => what === unread[0])?.reason ?? 'in a format that is not read'
  const message = `No table was read: ${listed(unread)} ${unread.length === 1 ? 'is' : 'are'} ${reason}. Export the measurements as CSV.`
  return [{ severity: 'warning', message }]
}

/** What an import would do. Writes nothing. */
export async function planImport(request: SourceRequest, progress: Reading['progress']): Promise<ImportPlan> {
  const { dataset, description, pairing, complete, details, questions, leftOut, contents, blocked } = await readSource(
    request,
    progress,
  )
  const prepared =
    blocked === null ? await preparationsOf(dataset, description, progress) : { made: [], blocked: blocked.toData() }
  const modalities = [...dataset.modalities, ...prepared.made]
  return {
    source: request.source,
    description,
    pairing,
    samples: dataset.ids.length,
    complete,
    modalities: modalities.map(({ modality }) => modality),
    details: [...details, ...prepared.made.map(({ modality }) => preparedDetail(modality))],
    metadata: dataset.metadata.map(({ column }) => column),
    questions,
    notes: dataset.notes,
    leftOut,
    contents,
    preview: previewOf({ ...dataset, modalities }),
    blocked: prepared.blocked,
  }
}

/** Reads the source and writes its pack. Throws `refused` before anything is written. */
export async function performImport(
  request: SourceRequest & { readonly packFile: string },
  progress: Reading['progress'],
): Promise<ImportOutcome> {
  const { dataset, description, pairing, complete, details, leftOut, blocked } = await readSource(request, progress)
  if (blocked !== null) throw blocked
  progress('Writing', 0, 0)
  const { sha256, bytes } = await writePack(request.packFile, dataset)
  return {
    packFile: request.packFile,
    sha256,
    bytes,
    name: dataset.name,
    source: dataset.source,
    samples: dataset.ids.length,
    complete,
    pairing,
    modalities: dataset.modalities.map(({ modality }) => modality),
    details,
    metadata: dataset.metadata.map(({ column }) => column),
    notes: dataset.notes,
    leftOut,
    description,
  }
}
