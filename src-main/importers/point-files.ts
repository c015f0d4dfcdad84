/** Folders in which each file is one sample's curve: tables of points, alike in their columns, without ids. */
import { columnSignature } from './curve-columns.ts'
import { looseId } from './id-rules.ts'
import type { Library } from './library.ts'
import type { ScannedFile } from './scan.ts'
import { isPairs } from './table-layout.ts'
import { isPointTable } from './table-structure.ts'

/** Those of a folder's tables that are one sample each; none when they are tables of samples. */
export function pointFiles(folder: string, tables: readonly ScannedFile[], library: Library): ScannedFile[] {
  const spectra = tables.filter((file) => isSpectrum(file, library))
  if (spectra.length > 0) return spectra
  if (tables.length < 2) return []
  const signatures = new Map<string, ScannedFile[]>()
  const unreadable: ScannedFile[] = []
  const known = library.known
  for (const file of tables) {
    const signature = library.attempt(() => {
      const table = library.pointTable(file)
      const named = known.has(looseId(file.stem))
      const loose = library.idsOf(table).column === null || (named && table.columns.length === 2)
      return loose && isPointTable(table) && !isPairs(table) ? columnSignature(table.columns) : ''
    })
    if (signature === null) unreadable.push(file)
    else if (signature !== '') signatures.set(signature, [...(signatures.get(signature) ?? []), file])
  }
  const largest = [...signatures.values()].reduce<ScannedFile[]>((a, b) => (b.length > a.length ? b : a), [])
  if (largest.length < 2) return []
  // In a folder of such files, those that cannot be read or look different are faults of their samples, not other tables.
  if (folder !== '.' && largest.length * 2 > tables.length) return [...tables]
  const lookAlike = unreadable.filter((file) => known.has(looseId(file.stem)))
  const members = new Set([...largest, ...lookAlike])
  return tables.filter((file) => members.has(file))
}

/** A file of a kind that is always one sample's curve; such a file may hold several, and is a table of them then. */
function isSpectrum(file: ScannedFile, library: Library): boolean {
  const { reader } = file.format
  if (reader?.role !== 'table' || !reader.spectrum) return false
  return (library.attempt(() => library.columnsOf(file))?.length ?? 2) === 2
}
