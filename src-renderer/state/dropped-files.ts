/** Files dropped on the window: by path where the host can see it, else their contents piece by piece. */
import { request } from '../client.ts'
import { refused } from '../../src-shared/errors.ts'
import { titleOfDrop } from './file-choice.ts'

const pieceBytes = 1024 * 1024
/** Requests stay far below the longest that the host reads. */
const requestBytes = 4 * pieceBytes
const requestPieces = 200

interface DroppedFile {
  readonly path: string
  readonly file: File
}

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return all
    all.push(...some)
  }
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

async function filesOf(entry: FileSystemEntry, prefix: string): Promise<DroppedFile[]> {
  const path = prefix + entry.name
  if (isFolder(entry)) {
    const found: DroppedFile[] = []
    for (const inner of await entriesOf(entry)) found.push(...(await filesOf(inner, `${path}/`)))
    return found
  }
  if (!isFile(entry)) return []
  const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
  return [{ path, file }]
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  let text = ''
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(text)
}

export interface Drop {
  readonly entries: readonly FileSystemEntry[]
  readonly files: readonly File[]
}

/** What a drop event carries; must be read before the event ends. */
export function read(transfer: DataTransfer): Drop {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  return { entries, files: [...transfer.files] }
}

const namesOf = ({ entries, files }: Drop): readonly string[] =>
  (entries.length > 0 ? entries : files).map(({ name }) => name)

/** The path to import or open. `report` is told the share of bytes that the host has. */
export async function pathOf(drop: Drop, report: (fraction: number) => void): Promise<string> {
  const [first] = drop.files
  const seen = first === undefined ? null : window.causalscope.pathOf(first)
  if (seen !== null && drop.files.length === 1) return seen
  // Without entries there are no folders: the files themselves are all there is.
  const files: readonly DroppedFile[] =
    drop.entries.length > 0
      ? (await Promise.all(drop.entries.map((entry) => filesOf(entry, '')))).flat()
      : drop.files.map((file) => ({ path: file.name, file }))
  if (files.length === 0) throw refused('Nothing was dropped that can be read.', 'Drop a folder, or files, of data.')
  const total = Math.max(
    1,
    files.reduce((sum, { file }) => sum + file.size, 0),
  )
  const { drop: name } = await request('drop.begin', { title: titleOfDrop(namesOf(drop), seen) })
  let sent = 0
  let pieces: { path: string; offset: number; base64: string }[] = []
  let waiting = 0
  const flush = async (): Promise<void> => {
    if (pieces.length === 0) return
    await request('drop.write', { drop: name, pieces })
    sent += waiting
    pieces = []
    waiting = 0
    report(sent / total)
  }
  for (const { path, file } of files)
    for (let offset = 0; offset === 0 || offset < file.size; offset += pieceBytes) {
      const piece = file.slice(offset, offset + pieceBytes)
      pieces.push({ path, offset, base64: await base64(piece) })
      waiting += piece.size
      if (waiting >= requestBytes || pieces.length >= requestPieces) await flush()
    }
  await flush()
  return (await request('drop.end', { drop: name })).path
}
