/**
 * Where the files beside a project lie: everything too large for it, or written by another process. A project may come
 * from somebody else, so a path is only ever made of names that this program gives, and only where no link on the way
 * leads out of the project's folder.
 */
import { lstatSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { refused } from '../../src-shared/errors.ts'
import { count, fileName, rowId, sha256 } from './columns.ts'

export const projectExtension = '.causalscope'

/** `NAME.causalscope.files`: goes where the project file goes. For messages; what is opened comes from below. */
export function filesFolder(projectFile: string): string {
  return `${projectFile}.files`
}

function kindOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false })
}

function misplaced(path: string, what: string): Error {
  return refused(
    `${path} is ${what}: what belongs to a project lies in the project's own folder.`,
    'Remove it, or put what it should be in its place, and try again.',
    { file: path },
  )
}

/** Throws `refused` when a folder on the way, or the end of it, is a link or of another kind; nothing need be there. */
function within(projectFile: string, names: readonly string[], end: 'file' | 'folder'): string {
  let path = filesFolder(projectFile)
  for (const [depth, name] of ['', ...names].entries()) {
    if (depth > 0) path = join(path, name)
    const kind = kindOf(path)
    if (kind === undefined) break
    if (kind.isSymbolicLink()) throw misplaced(path, 'a link')
    const wanted = depth === names.length ? end : 'folder'
    if (wanted === 'folder' && !kind.isDirectory()) throw misplaced(path, 'not a folder')
    if (wanted === 'file' && !kind.isFile()) throw misplaced(path, 'not a file')
  }
  return join(filesFolder(projectFile), ...names)
}

/** The folder beside the project. */
export function ownFolder(projectFile: string): string {
  return within(projectFile, [], 'folder')
}

/** A file directly in the folder beside the project. */
export function ownFile(projectFile: string, name: string): string {
  return within(projectFile, [v.parse(fileName, name)], 'file')
}

/** Large data sets, as packs named by their SHA-256. */
export function datasetsFolder(projectFile: string): string {
  return within(projectFile, ['datasets'], 'folder')
}

/** Packs written again from the project file for the trainer: a cache that may be deleted. */
export function packsFolder(projectFile: string): string {
  return within(projectFile, ['packs'], 'folder')
}

/** The pack in one of the two. */
export function packPath(projectFile: string, folder: 'datasets' | 'packs', hash: string): string {
  return within(projectFile, [folder, `${v.parse(sha256, hash)}.pack`], 'file')
}

/** Checkpoints and results of one run. */
export function runFolder(projectFile: string, runId: number): string {
  return within(projectFile, ['runs', String(v.parse(rowId, runId))], 'folder')
}

/** A file in a run's folder. Throws `refused` when it is named like a way out of it. */
export function runFile(projectFile: string, runId: number, name: string): string {
  const folder = runFolder(projectFile, runId)
  if (!v.is(fileName, name)) throw misplaced(join(folder, name), 'not the name of a file of a run')
  return within(projectFile, ['runs', String(runId), name], 'file')
}

/** Checkpoints of one replicate while it trains, and its labels. */
export function replicateFolder(projectFile: string, runId: number, position: number): string {
  const names = ['runs', String(v.parse(rowId, runId)), 'replicates', String(v.parse(count, position))]
  return within(projectFile, names, 'folder')
}
