/** Places in a source as a description names them: folders and files, and columns or arrays of a file behind a colon. */
import { posix } from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import { refused } from '../../src-shared/errors.ts'
import { namedByFolder } from './layout.ts'
import type { ScannedFile } from './scan.ts'

/** The files of `folder`, `folder/*` or, one of each sample's folder, `folder/*` with a file's name. */
export function filesOf(files: readonly ScannedFile[], source: string): ScannedFile[] {
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
export function selection(text: string, source: string): string[] {
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

/** The name that `quoted` wrote. */
export function unquoted(name: string): string {
  return /^".*"$/s.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name
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
