/** Folders as the in-app dialog shows them, where the host has no dialog of the system. */
import { lstat, mkdir, readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, extname, isAbsolute, join, parse, resolve } from 'node:path'
import type { FileEntry } from '../../src-shared/contract/projects.ts'
import type { ResponseOf } from '../../src-shared/contract.ts'
import { refused } from '../../src-shared/errors.ts'
import { unwritable } from '../datasets/whole-file.ts'
import { projectExtension } from '../project/folders.ts'

const mostEntries = 5000
/** What follows a project's name in what lies beside it: its files, and SQLite's while it is open. */
const besideProject = ['.files', '-wal', '-shm', '-journal']

const extensions: Readonly<Record<string, FileEntry['looks']>> = {
  [projectExtension]: 'project',
  '.png': 'image',
  '.jpg': 'image',
  '.jpeg': 'image',
  '.tif': 'image',
  '.tiff': 'image',
  '.csv': 'table',
  '.tsv': 'table',
  '.txt': 'table',
  '.npy': 'array',
  '.npz': 'array',
}

/** What lies at a path, followed through links; null when nothing does or it may not be seen. */
export async function describeEntry(path: string): Promise<FileEntry | null> {
  try {
    const state = await stat(path)
    const folder = state.isDirectory()
    if (!folder && !state.isFile()) return null
    return {
      name: basename(path),
      path,
      kind: folder ? 'folder' : 'file',
      looks: folder ? 'folder' : (extensions[extname(path).toLowerCase()] ?? 'other'),
      bytes: folder ? 0 : state.size,
      modifiedAt: state.mtime.toISOString(),
    }
  } catch {
    return null
  }
}

/** From the root to the folder itself. */
function trail(folder: string): { name: string; path: string }[] {
  const steps: { name: string; path: string }[] = []
  for (let at = folder; ; at = dirname(at)) {
    steps.unshift({ name: basename(at) === '' ? parse(at).root : basename(at), path: at })
    if (dirname(at) === at) return steps
  }
}

async function places(): Promise<{ name: string; path: string }[]> {
  const home = homedir()
  const wanted = [
    { name: 'Home', path: home },
    ...['Desktop', 'Documents', 'Downloads'].map((name) => ({ name, path: join(home, name) })),
    { name: 'Computer', path: parse(home).root },
  ]
  const known = await Promise.all(wanted.map(async (place) => ((await isFolder(place.path)) ? [place] : [])))
  return known.flat()
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

/** A folder's entries, folders first, by name; hidden ones and a project's own files are left out. */
export async function listFolder(path: string | null): Promise<ResponseOf<'files.list'>> {
  const folder = path === null ? homedir() : resolve(path)
  let names: string[]
  try {
    names = await readdir(folder)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    const why =
      code === 'EACCES' || code === 'EPERM'
        ? 'may not be read'
        : code === 'ENOTDIR'
          ? 'is a file, not a folder'
          : 'is not there'
    throw refused(`The folder ${folder} ${why}.`, 'Choose another folder.', { file: folder })
  }
  const shown = names
    .filter((name) => !name.startsWith('.') && !besideProject.some((end) => name.endsWith(projectExtension + end)))
    .sort(new Intl.Collator('en', { numeric: true }).compare)
  const entries = await Promise.all(shown.slice(0, mostEntries).map((name) => describeEntry(join(folder, name))))
  const order = (entry: FileEntry): number => (entry.kind === 'folder' ? 0 : 1)
  return {
    path: folder,
    parent: dirname(folder) === folder ? null : dirname(folder),
    trail: trail(folder),
    entries: entries.filter((entry) => entry !== null).sort((a, b) => order(a) - order(b)),
    cut: shown.length > mostEntries,
    places: await places(),
  }
}

/** Makes a folder in `parent`; its name is one name, not a path. Returns its path. */
export async function createFolder(parent: string, name: string): Promise<string> {
  if (name === '.' || name === '..' || /[/\\\0]/.test(name) || isAbsolute(name))
    throw refused(`${name} cannot be the name of a folder.`, 'Leave out slashes.', { field: 'name' })
  const path = join(parent, name)
  if (await lstat(path).catch(() => null)) throw refused(`${path} exists already.`, 'Choose another name.')
  try {
    await mkdir(path)
  } catch (error) {
    throw unwritable(path, error)
  }
  return path
}
