/** Files that are no project: what each is, by how it begins, so that it is said and not only that it is refused. */
import { refused } from '../../src-shared/errors.ts'

/** "CSPJ" in the header of every project file, so that another program's SQLite file is told apart. */
export const applicationId = 0x4353504a

export const sqliteMagic = 'SQLite format 3\0'

const beginnings: readonly (readonly [beginning: string, what: string])[] = [
  [sqliteMagic, 'a database of another program'],
  ['PK\x03\x04', 'a ZIP archive, as workbooks are too'],
  ['\x1f\x8b', 'a compressed file'],
  ['\x89HDF', 'an HDF5 file'],
  ['\x93NUMPY', 'a NumPy array'],
  ['\x89PNG', 'an image'],
  ['\xff\xd8\xff', 'an image'],
  ['II*\0', 'an image'],
  ['MM\0*', 'an image'],
  ['%PDF', 'a PDF document'],
]

function isText(bytes: Uint8Array): boolean {
  if (bytes.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13)) return false
  try {
    // The last letter may be cut in two.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

const own = Buffer.alloc(4)
own.writeUInt32BE(applicationId)

/** Does it begin as a project of which a disk lost a byte or a few? It is one then, and can be recovered. */
export function beganAsProject(header: Buffer): boolean {
  const lost = (wanted: Buffer, at: number): number => wanted.filter((byte, i) => header[at + i] !== byte).length
  const [magic, id] = [lost(Buffer.from(sqliteMagic, 'latin1'), 0), lost(own, 68)]
  return (id === 0 && magic <= 4) || (magic === 0 && id <= 1)
}

function whatItIs(header: Buffer): string {
  if (header.length === 0) return 'it is empty'
  if (header.every((byte) => byte === 0)) return 'it holds nothing but zeros where a project says what it is'
  const start = header.toString('latin1')
  const known = beginnings.find(([beginning]) => start.startsWith(beginning))
  if (known !== undefined) return `it is ${known[1]}`
  return isText(header) ? 'it is text' : 'it does not begin as one'
}

/** @param header the file's first bytes, a hundred where it has as many */
export function notAProject(file: string, header: Buffer): Error {
  return refused(
    `${file} is not a Causalscope project: ${whatItIs(header)}.`,
    file.endsWith('.causalscope')
      ? 'It has the name of one: something else was written there, or a copy of it broke off. Restore it from a backup.'
      : 'Choose a file that ends in .causalscope. Measurements are brought into a project by importing them.',
    { file },
  )
}
