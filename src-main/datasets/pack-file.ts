/**
 * A pack read in place: any stretch of any section, without the rest of the file in memory. Large sets are shown, and
 * all sets are taken into a project, this way.
 */
import { closeSync, fstatSync, readSync } from 'node:fs'
import * as v from 'valibot'
import { failed } from '../../src-shared/errors.ts'
import { sizeOf } from './dataset.ts'
import { align, magic, type PackHeader, packHeader } from './pack-header.ts'
import { openPlain } from './plain-file.ts'

/** A stretch of the file. */
interface Section {
  readonly offset: number
  readonly bytes: number
}

export interface PackLayout {
  /** For each modality: data (float32 [n, ...shape]) and mask (uint8 [n]). */
  readonly modalities: readonly { readonly data: Section; readonly present: Section }[]
  /** For each metadata column: values (float64 [n]). */
  readonly metadata: readonly Section[]
  /** Length of the whole file. */
  readonly bytes: number
}

/** Where everything lies in a pack whose header takes `headerBytes` bytes. */
export function packLayout(header: PackHeader, headerBytes: number): PackLayout {
  let offset = align(12 + headerBytes)
  const next = (bytes: number): Section => {
    const section = { offset, bytes }
    offset += align(bytes)
    return section
  }
  const n = header.ids.length
  const modalities = header.modalities.map((m) => ({ data: next(n * sizeOf(m.shape) * 4), present: next(n) }))
  const metadata = header.metadata.map(() => next(n * 8))
  return { modalities, metadata, bytes: offset }
}

export class PackFile {
  readonly path: string
  readonly header: PackHeader
  /** The header exactly as it stands in the file. */
  readonly headerJson: string
  readonly layout: PackLayout
  readonly #descriptor: number

  /** Opens the pack; throws `failed` when it is cut off or no pack. The caller closes it. */
  constructor(path: string) {
    this.path = path
    this.#descriptor = openPlain(path)
    try {
      const prefix = this.#at(0, 12)
      if (prefix.toString('latin1', 0, 8) !== magic) throw this.#broken('its first bytes are wrong')
      const headerBytes = prefix.readUInt32LE(8)
      this.headerJson = this.#at(12, headerBytes).toString('utf8')
      this.header = v.parse(packHeader, this.headerJson)
      this.layout = packLayout(this.header, headerBytes)
      if (fstatSync(this.#descriptor).size < this.layout.bytes) throw this.#broken('it is cut off')
    } catch (error) {
      this.close()
      throw error instanceof v.ValiError ? this.#broken('its header is damaged') : error
    }
  }

  /** `bytes` bytes of a section, from `from` within it. */
  read(section: Section, from = 0, bytes = section.bytes - from): Buffer {
    return this.#at(section.offset + from, bytes)
  }

  close(): void {
    closeSync(this.#descriptor)
  }

  #at(position: number, bytes: number): Buffer {
    const buffer = Buffer.alloc(bytes)
    for (let done = 0; done < bytes;) {
      const read = readSync(this.#descriptor, buffer, done, bytes - done, position + done)
      if (read === 0) throw this.#broken('it is cut off')
      done += read
    }
    return buffer
  }

  #broken(why: string): Error {
    return failed(`${this.path} is not a whole data pack: ${why}.`, 'Import the data set again.', { file: this.path })
  }
}
