/** The files of a source: a folder with all below it, or a single file; each recognised by its first bytes. */
import { type Dirent, fstatSync, readdirSync, readSync, type Stats, statSync } from 'node:fs'
import { basename, dirname, extname, join, posix, resolve } from 'node:path'
import { refused } from '../../src-shared/errors.ts'
import type { ImportLimits, LeftOut } from '../../src-shared/domain/import.ts'
import { naturalOrder } from './cells.ts'
import { unreadable, withFile } from './file-bytes.ts'
import { type Format, headBytes, type RawTable, tailBytes } from './formats/format.ts'
import { recognise } from './formats/formats.ts'
import { isZarr, zarr } from './formats/zarr.ts'

export interface ScannedFile {
  /** Relative to the source, parted by `/`. */
  readonly path: string
  readonly absolute: string
  /** Folder of `path`, `.` for the source itself. */
  readonly folder: string
  /** Name without its last extension: the sample's id where a file is a sample. */
  readonly stem: string
  /** Lower case, with the dot. */
  readonly extension: string
  readonly format: Format
  /** As what it is read. A file named as an image is held to it: if it is none, that is a fault of its sample. */
  readonly role: 'image' | 'table' | 'array' | 'archive' | 'workbook'
  /** A table that was read before: one of a workbook. */
  readonly raw?: RawTable
  /** What a workbook's only table may be called as well: `book.xlsx/Sheet1`. */
  readonly alias?: string
}

export interface SourceTree {
  readonly root: string
  /** Name of the folder, or of the file without its extension. */
  readonly name: string
  /** In natural order of their paths. */
  readonly files: readonly ScannedFile[]
  readonly leftOut: readonly LeftOut[]
  /** Those among them in which measurements may be. */
  readonly unread: readonly string[]
}

/** For refusals of what holds no data. */
export const whatIsRead =
  'An import reads images (PNG, JPEG, TIFF, BMP), tables (CSV, TSV, Excel, Parquet, Arrow), spectra (JCAMP-DX, SPC) and arrays (NumPy, HDF5, MATLAB, NetCDF, Zarr).'
const deepest = 8
const imageExtensions = new Set(['.png', '.jpg', '.jpeg', '.tif', '.tiff', '.bmp'])
const proseExtensions = new Set(
  '.md .rst .html .htm .xml .yml .yaml .toml .ini .py .r .m .ipynb .tex .bib .log .sh .js .ts .cff .doc .docx .odt .ppt .pptx'.split(' '), // prettier-ignore
)

/** Documents and settings that lie beside data; null for what may be data. */
function besideData(name: string): string | null {
  const lower = name.toLowerCase()
  if (lower === 'truth.json') return 'the truth of a generated data set, never read'
  if (lower === 'thumbs.db' || lower === 'desktop.ini') return 'a file of the operating system'
  if (/^(readme|licen[cs]e|citation|changelog|authors|notice)(\.|$)/.test(lower)) return 'a document'
  if (lower.endsWith('.json')) return 'JSON is not read as data'
  return proseExtensions.has(extname(lower)) ? 'a document' : null
}

/** The first bytes of a file. Throws `refused` when it cannot be read. */
export function headOf(absolute: string, path: string): Uint8Array {
  return endsOf(absolute, path).head
}

/** The first bytes of a file and its last. Throws `refused` when it cannot be read. */
function endsOf(absolute: string, path: string): { head: Uint8Array; tail: Uint8Array } {
  return withFile({ absolute, path }, (descriptor) => {
    const part = (length: number, from: number): Uint8Array => {
      const buffer = Buffer.alloc(length)
      return buffer.subarray(0, readSync(descriptor, buffer, 0, length, from))
    }
    const head = part(headBytes, 0)
    // Only archives are told by their ends.
    if (head.length < headBytes || head[0] !== 0x50) return { head, tail: head }
    return { head, tail: part(tailBytes, Math.max(0, fstatSync(descriptor).size - tailBytes)) }
  })
}

function formatOf(absolute: string, path: string): Format {
  if (statSync(absolute, { throwIfNoEntry: false })?.isDirectory() === true) return zarr
  const { head, tail } = endsOf(absolute, path)
  return recognise(head, tail)
}

/** Null for a file that is not read. Throws `refused` for one that is no array though its name says so. */
function roleOf(path: string, extension: string, format: Format): ScannedFile['role'] | null {
  if (imageExtensions.has(extension)) return 'image'
  if ((extension === '.npy' || extension === '.npz') && format.id !== 'npy' && format.id !== 'zip')
    throw refused(`${path} is not what its name says: it is ${format.words}.`, 'Save the array again.', {
      file: path,
    })
  return format.reader?.role ?? null
}

/** Throws `refused` when the source does not exist, holds no file, or more entries than the limit. */
export function scan(source: string, limits: ImportLimits): SourceTree {
  const root = resolve(source)
  const stats = statsOf(root, source)
  if (stats === undefined)
    throw refused(`${source} does not exist.`, 'Check the path of the folder or file.', { file: source })
  const leftOut: LeftOut[] = []
  const unread: string[] = []
  const found: { path: string; absolute: string }[] = []
  // A Zarr store is a folder, and stands for one file.
  const isFolder = stats.isDirectory() && !isZarr(root)
  if (isFolder) walk(root, '', 0, found, leftOut, limits)
  else found.push({ path: basename(root), absolute: root })

  const files = found
    .sort((a, b) => naturalOrder(a.path, b.path))
    .flatMap(({ path, absolute }): ScannedFile[] => {
      const beside = isFolder ? besideData(basename(path)) : null
      if (beside !== null) {
        leftOut.push({ what: path, reason: beside })
        return []
      }
      const extension = extname(path).toLowerCase()
      const format = formatOf(absolute, path)
      const role = roleOf(path, extension, format)
      if (role === null) {
        leftOut.push({ what: path, reason: `${format.words}, which is not read` })
        if (format.measurements === true) unread.push(path)
        return []
      }
      const folder = posix.dirname(path)
      return [{ path, absolute, folder, stem: stemOf(path), extension, format, role }]
    })
  if (files.length === 0) {
    const why = leftOut[0] === undefined ? '' : ` ${leftOut[0].what} is ${leftOut[0].reason}.`
    throw refused(
      isFolder ? `${source} holds no data file.${why}` : `${source} is not a data file.${why}`,
      whatIsRead,
      { file: source },
    )
  }
  const name = (isFolder ? basename(root) : basename(root, extname(root))) || 'data'
  return { root: isFolder ? root : dirname(root), name, files, leftOut, unread }
}

/** The name without its ending; OME-TIFF has two. */
function stemOf(path: string): string {
  const stem = basename(path, extname(path))
  return /\.tiff?$/i.test(path) ? stem.replace(/\.ome$/i, '') : stem
}

function statsOf(root: string, source: string): Stats | undefined {
  try {
    return statSync(root, { throwIfNoEntry: false })
  } catch (error) {
    throw unreadable(source, error)
  }
}

/** Of a folder within the source that cannot be listed, it is said; the source itself has to be. */
function entriesOf(root: string, folder: string, leftOut: LeftOut[]): Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true })
  } catch (error) {
    if (folder === '') throw unreadable(root, error)
    leftOut.push({ what: folder, reason: unreadable(folder, error).message })
    return []
  }
}

/** Why an entry that is neither folder nor file is not read; null for a link to a file. */
function noFile(absolute: string, isLink: boolean): string | null {
  if (!isLink) return 'a pipe, socket or device, not a file'
  try {
    const target = statSync(absolute)
    if (target.isFile()) return null
    return target.isDirectory()
      ? 'a link to a folder, which is not followed: import the folder itself, or copy it here'
      : 'a link to a pipe, socket or device'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    return code === 'ELOOP' ? 'a link that leads back to itself' : 'a link to something that is not there'
  }
}

function walk(
  root: string,
  folder: string,
  depth: number,
  found: { path: string; absolute: string }[],
  leftOut: LeftOut[],
  limits: ImportLimits,
): void {
  for (const entry of entriesOf(root, folder, leftOut)) {
    if (entry.name.startsWith('.') || entry.name.startsWith('~$') || entry.name === '__MACOSX') continue
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    const absolute = join(root, path)
    if (entry.isDirectory()) {
      if (isZarr(absolute)) found.push({ path, absolute })
      else if (depth < deepest) walk(root, path, depth + 1, found, leftOut, limits)
      else leftOut.push({ what: path, reason: `it lies more than ${deepest} folders deep` })
    } else {
      const odd = entry.isFile() ? null : noFile(absolute, entry.isSymbolicLink())
      if (odd === null) found.push({ path, absolute })
      else leftOut.push({ what: path, reason: odd })
    }
    if (found.length > limits.entries)
      throw refused(
        `The folder holds more than ${limits.entries} files.`,
        'Import a smaller folder, or save the images as one .npy stack.',
        { file: root },
      )
  }
}

/** Files that are one sample each have names that differ in more than their extension. Throws `refused` otherwise. */
export function checkStems(files: readonly ScannedFile[]): void {
  const seen = new Map<string, ScannedFile>()
  for (const file of files) {
    const before = seen.get(file.stem)
    if (before !== undefined)
      throw refused(
        `Two files stand for the sample ${file.stem}: ${before.path} and ${file.path}.`,
        'Keep one of them, or give the other a name of its own.',
        { file: file.path, id: file.stem },
      )
    seen.set(file.stem, file)
  }
}
