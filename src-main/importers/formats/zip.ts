/** ZIP archives before they are unpacked: what they hold, by the directory at their end, and how much of it. */
import * as yauzl from 'yauzl'
import { CausalscopeError, refused } from '../../../src-shared/errors.ts'
import { mebibyte } from '../limits.ts'
import { bytesAt, type FilePlace, type Format } from './format.ts'

const filled = bytesAt(0, 0x50, 0x4b, 0x03, 0x04)
const empty = bytesAt(0, 0x50, 0x4b, 0x05, 0x06)

export const isZip: Format['begins'] = (head, tail) => filled(head, tail) || empty(head, tail)

/** Whether the directory, which stands at the end of the file, names the entry. */
export function holdsEntry(tail: Uint8Array, name: string): boolean {
  return Buffer.from(tail.buffer, tail.byteOffset, tail.length).includes(name, 0, 'latin1')
}

/** Throws `refused` for an archive that is damaged, or would unpack to more than so many MiB. */
export async function checkUnpackedSize({ absolute, path }: FilePlace, most: number, entries: number): Promise<void> {
  let zip: yauzl.ZipFile | null = null
  try {
    zip = await yauzl.openPromise(absolute, { autoClose: false })
    if (zip.entryCount > entries) throw refused(`${path} has ${zip.entryCount} entries; an import reads up to ${entries}.`, 'Split it.', { file: path }) // prettier-ignore
    let total = 0
    for await (const entry of zip.eachEntry()) total += entry.uncompressedSize
    if (total > most * mebibyte)
      throw refused(
        `${path} would unpack to ${Math.ceil(total / mebibyte).toLocaleString('en')} MiB; an import has room for ${Math.floor(most).toLocaleString('en')} of such a file.`,
        'Split it, or export it as CSV.',
        { file: path },
      )
  } catch (error) {
    if (error instanceof CausalscopeError) throw error
    throw refused(
      `${path} is damaged or cut off: ${error instanceof Error ? error.message.replace(/\.$/, '') : String(error)}.`,
      'Copy or save the file again.',
      { file: path },
    )
  } finally {
    zip?.close()
  }
}
