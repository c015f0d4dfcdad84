/** NumPy's `.npz`: a ZIP archive of `.npy` files. Sizes are checked before and while inflating, contents by CRC-32. */
import { crc32 } from 'node:zlib'
import * as yauzl from 'yauzl'
import { CausalscopeError, refused } from '../../src-shared/errors.ts'
import type { ImportLimits } from '../../src-shared/domain/import.ts'
import { type NpyArray, parseNpy } from './npy.ts'
import { stumbled } from './file-bytes.ts'

export interface NpzEntry {
  /** Array name, `.npy` taken off. */
  readonly name: string
  readonly array: NpyArray
}

const mebibyte = 1024 * 1024

/**
 * The arrays of an archive. Throws `refused` when it is damaged, over the limits, or holds no array. `file` is the name
 * to show.
 */
export async function readNpz(absolute: string, file: string, limits: ImportLimits): Promise<NpzEntry[]> {
  const arrays: NpzEntry[] = []
  let zip: yauzl.ZipFile | null = null
  try {
    zip = await yauzl.openPromise(absolute, { autoClose: false, validateEntrySizes: true })
    if (zip.entryCount > limits.entries)
      throw refused(
        `${file} has ${zip.entryCount} entries; an import reads up to ${limits.entries}.`,
        'Split the archive.',
        { file },
      )
    let total = 0
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('.npy')) continue
      total += entry.uncompressedSize
      if (total > limits.file * mebibyte)
        throw refused(
          `${file} would unpack to more than ${limits.file} MiB.`,
          'Split the archive, or save fewer samples.',
          { file, field: entry.fileName },
        )
      const bytes = await inflated(zip, entry)
      const field = entry.fileName.slice(0, -4)
      if (crc32(bytes) !== entry.crc32)
        throw refused(`${file}: the array "${field}" is damaged (its checksum is wrong).`, 'Copy or save it again.', {
          file,
          field,
        })
      arrays.push({ name: field, array: parseNpy(bytes, `${file}:${field}`) })
    }
  } catch (error) {
    if (error instanceof CausalscopeError) throw error
    throw refused(`${file} is not a whole ZIP archive: ${stumbled(error)}.`, 'Copy or save the file again.', { file })
  } finally {
    zip?.close()
  }
  return arrays
}

async function inflated(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> {
  const stream = await zip.openReadStreamPromise(entry)
  const bytes = Buffer.alloc(entry.uncompressedSize)
  let at = 0
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue
    at += chunk.copy(bytes, at)
  }
  if (at !== bytes.length) throw new Error(`${entry.fileName} ends early`)
  return bytes
}
