/** How folders part the samples: a folder a sample, classes side by side, and copies of files that lie beside them. */
import { posix } from 'node:path'
import { naturalOrder } from './cells.ts'
import type { ScannedFile } from './scan.ts'

/** One file of each sample's folder: `s001/SEM.tif`, `s002/SEM.tif`, ... */
export interface PerSample {
  /** As it stands in a description: `*` followed by the file's name. */
  readonly source: string
  /** Name of the file without its ending. */
  readonly name: string
  /** Their stems are the folders' names. */
  readonly files: readonly ScannedFile[]
}

const fewestFolders = 3
/** A file that so many of the folders hold is one of each sample. */
const commonShare = 0.5

/**
 * Files of folders that stand for a sample each: more folders side by side than there are names of files in them, and
 * the same names in most.
 */
export function perSampleFiles(files: readonly ScannedFile[]): PerSample[] {
  const parents = Map.groupBy(
    files.filter(({ folder }) => folder !== '.'),
    ({ folder }) => posix.dirname(folder),
  )
  return [...parents].flatMap(([parent, inside]): PerSample[] => {
    const folders = new Set(inside.map(({ folder }) => folder))
    const names = Map.groupBy(inside, ({ path }) => posix.basename(path))
    if (folders.size < fewestFolders || names.size >= folders.size) return []
    const common = [...names].filter(([, own]) => own.length > commonShare * folders.size)
    // Two files or more a sample, or a single one that all have: else folders are classes or modalities.
    if (common.length === 0 || common.length < names.size / 2) return []
    return common
      .sort(([a], [b]) => naturalOrder(a, b))
      .map(([name, own]) => ({
        source: parent === '.' ? `*/${name}` : `${parent}/*/${name}`,
        name: posix.basename(name, posix.extname(name)),
        files: own.map(namedByFolder),
      }))
  })
}

/** The file as one of its folder's sample. */
export function namedByFolder(file: ScannedFile): ScannedFile {
  return { ...file, stem: posix.basename(file.folder) }
}

const copyMarks = [
  /^copy(?: \(\d+\))? of (.+)$/i,
  /^kopie(?: \(\d+\))? von (.+)$/i,
  /^(.+?)[ _-]*(?:copy|kopie|backup|bak|old|alt)(?: ?\(?\d+\)?)?$/i,
  /^(.+?) ?\(\d+\)$/,
]

/** The file beside this one of which it is a copy by its name, if there is one. */
export function originalOf(file: ScannedFile, files: readonly ScannedFile[]): ScannedFile | null {
  for (const mark of copyMarks) {
    const stem = mark.exec(file.stem)?.[1]
    if (stem === undefined) continue
    const original = files.find(
      (other) => other.folder === file.folder && other.stem === stem && other.extension === file.extension,
    )
    if (original !== undefined) return original
  }
  return null
}
