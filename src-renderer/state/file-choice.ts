/** What a person may choose in the in-app file dialog, by purpose, and the path that comes of it. */
import type { DialogPurpose, FileEntry } from '../../src-shared/contract/projects.ts'

export type Wanted = 'folder' | 'file' | 'name'

export function wantedBy(purpose: DialogPurpose): Wanted {
  switch (purpose) {
    case 'open-data-folder':
    case 'export-folder':
      return 'folder'
    case 'open-project':
    case 'open-data-file':
      return 'file'
    case 'save-project':
    case 'save-file':
      return 'name'
  }
}

/** Whether an entry can be the answer; folders can always be entered. */
export function choosable(entry: FileEntry, purpose: DialogPurpose): boolean {
  if (entry.kind === 'folder') return wantedBy(purpose) === 'folder'
  if (purpose === 'open-project') return entry.looks === 'project'
  return purpose === 'open-data-file'
}

/** Where a path divides into folder and name, on either kind of system. */
export function splitPath(path: string): { folder: string; name: string } {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  if (at < 0) return { folder: '', name: path }
  const folder = path.slice(0, at)
  // The root keeps its separator: "/" and "C:\".
  return {
    folder: folder === '' || /^[A-Za-z]:$/.test(folder) ? path.slice(0, at + 1) : folder,
    name: path.slice(at + 1),
  }
}

export function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.startsWith('/') ? '\\' : '/'
  return folder.endsWith(separator) ? folder + name : folder + separator + name
}

/** A folder's path as it is listed: "/a/b" for "/a/b/"; the root keeps its separator. */
export function withoutEndSlash(path: string): string {
  const { folder, name } = splitPath(path)
  return name === '' && folder.length < path.length ? folder : path
}

/** Whether it names a place from the root on. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path) || path.startsWith('\\\\')
}

/** Why a name cannot be a file's, or an empty string. */
export function nameProblem(name: string): string {
  if (name.trim() === '') return 'Give the file a name.'
  if (/[/\\]/.test(name)) return 'A name has no slashes: choose the folder above.'
  if (name === '.' || name === '..') return 'This is no name for a file.'
  return ''
}

/** The name with the ending a project file has. */
export function withEnding(name: string, purpose: DialogPurpose): string {
  return purpose === 'save-project' && !name.toLowerCase().endsWith('.causalscope') ? `${name}.causalscope` : name
}

/** Names told of things that were dropped together. */
const mostNamed = 2

/**
 * What things dropped together are called: their folder where the host sees it, else their own names, "curves, images and 2 more".
 * @param seen path of the first; null where the host cannot see it
 */
export function titleOfDrop(names: readonly string[], seen: string | null): string {
  const folder = seen === null ? '' : splitPath(splitPath(seen).folder).name
  if (folder !== '') return folder
  const told = [...new Set(names.map((name) => name.replace(/\.[^.]+$/, '')))]
  const more = told.length - mostNamed
  return `${told.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`.slice(0, 300)
}
