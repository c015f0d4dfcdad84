/** What the containers of a source hold, readable or not: for looking at, and picking from. */
import type { Contents, StoredPart } from '../../src-shared/domain/import.ts'
import { CausalscopeError } from '../../src-shared/errors.ts'
import type { ArrayStore } from './array-store.ts'
import { quoted } from './sources.ts'
import type { Reading } from './reading.ts'
import type { ScannedFile, SourceTree } from './scan.ts'

/** Arrays and sheets that are listed; of more only the first ones are. */
const mostParts = 2000
const typeWords: Readonly<Record<string, string>> = {
  b1: 'bool',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
  text: 'text',
}

/** Containers in the order of their paths; one that cannot be read says why. */
export async function contentsOf(tree: SourceTree, stored: ArrayStore, reading: Reading): Promise<Contents[]> {
  const contents: Contents[] = []
  let left = mostParts
  for (const file of tree.files) {
    if (left <= 0) break
    const own = await contentsOfFile(file, stored, reading)
    if (own === null) continue
    contents.push({ ...own, parts: own.parts.slice(0, left) })
    left -= own.parts.length
  }
  return contents
}

async function contentsOfFile(file: ScannedFile, stored: ArrayStore, { limits }: Reading): Promise<Contents | null> {
  const { reader, words } = file.format
  const base = { file: file.path, format: words }
  try {
    if (reader?.role === 'workbook' && file.raw === undefined) {
      const { tables, unread } = await reader.sheets(file, limits)
      const parts = tables.map((raw): StoredPart => {
        const width = raw.records.reduce((most, row) => Math.max(most, row.length), 0)
        const shape = [raw.records.length, width]
        return { source: raw.name === '' ? file.path : `${file.path}/${raw.name}`, shape, type: 'table' }
      })
      return { ...base, parts, unread: unread.map(({ name, reason }) => ({ what: name, reason })) }
    }
    if (file.role !== 'archive') return null
    const parts = (await stored.arrays(file)).map(({ name, shape, type, unit }): StoredPart => {
      const source = `${file.path}:${quoted(name)}`
      return { source, shape: [...shape], type: typeName(type), ...(unit === undefined ? {} : { unit }) }
    })
    const unread = (await stored.unread(file)).map(({ name, reason }) => ({ what: name, reason }))
    return { ...base, parts, unread }
  } catch (error) {
    if (!(error instanceof CausalscopeError)) throw error
    return { ...base, parts: [], unread: [{ what: file.path, reason: error.message }] }
  }
}

/** As NumPy names it. */
function typeName(type: string): string {
  return typeWords[type] ?? `${type.startsWith('u') ? 'uint' : 'int'}${8 * Number(type.slice(1))}`
}
