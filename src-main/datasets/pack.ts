/**
 * The pack: a data set as one file, the form in which it passes between processes (importer -> host -> trainer) and in
 * which large sets lie beside the project file. Layout, little-endian:
 *
 *     8 bytes  magic "CSPACK01"
 *     u32      length of the header in bytes
 *     header   JSON, UTF-8: { name, source, ids, notes, modalities, metadata }
 *     sections 16-byte aligned, for each modality its data (float32) then its mask (uint8), for each metadata column
 *              its values (float64)
 *
 * A reader never meets half a pack (whole-file.ts).
 */
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { failed } from '../../src-shared/errors.ts'
import { type Dataset, sizeOf } from './dataset.ts'
import { align, magic, packHeader, packPrefix } from './pack-header.ts'
import { readPlain } from './plain-file.ts'
import { writeWhole } from './whole-file.ts'

function bytesOf(array: ArrayBufferView): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength)
}

function sectionsOf(dataset: Dataset): Buffer[] {
  return [
    ...dataset.modalities.flatMap((m) => [bytesOf(m.data), bytesOf(m.present)]),
    ...dataset.metadata.map((m) => bytesOf(m.values)),
  ]
}

/** Writes the pack and returns its SHA-256 (hex) and size. The file appears whole or not at all. */
export async function writePack(path: string, dataset: Dataset): Promise<{ sha256: string; bytes: number }> {
  const header = {
    name: dataset.name,
    source: dataset.source,
    ids: dataset.ids,
    notes: dataset.notes,
    modalities: dataset.modalities.map((m) => m.modality),
    metadata: dataset.metadata.map((m) => m.column),
  }
  const sections = sectionsOf(dataset).flatMap((s) => [s, Buffer.alloc(align(s.length) - s.length)])
  return writeWhole(path, [packPrefix(JSON.stringify(header)), ...sections])
}

/** The data set in a pack held in memory. Throws when the bytes are not a whole pack. */
export function parsePack(buffer: Buffer, path: string): Dataset {
  const broken = (why: string): Error =>
    failed(`${path} is not a whole data pack: ${why}.`, 'Import the data set again.', { file: path })
  if (buffer.length < 12 || buffer.toString('latin1', 0, 8) !== magic) throw broken('its first bytes are wrong')
  const length = buffer.readUInt32LE(8)
  if (12 + length > buffer.length) throw broken('it is cut off')
  const parsed = v.safeParse(packHeader, buffer.toString('utf8', 12, 12 + length))
  if (!parsed.success) throw broken('its header is damaged')
  const header = parsed.output
  const n = header.ids.length
  let offset = align(12 + length)
  const take = (bytes: number): ArrayBuffer => {
    if (offset + bytes > buffer.length) throw broken('it is cut off')
    // A copy: views need their own alignment, and the file's buffer can then be freed.
    const copy = new Uint8Array(bytes)
    copy.set(buffer.subarray(offset, offset + bytes))
    offset += align(bytes)
    return copy.buffer
  }
  return {
    name: header.name,
    source: header.source,
    ids: header.ids,
    notes: header.notes,
    modalities: header.modalities.map((modality) => ({
      modality,
      data: new Float32Array(take(n * sizeOf(modality.shape) * 4)),
      present: new Uint8Array(take(n)),
    })),
    metadata: header.metadata.map((column) => ({ column, values: new Float64Array(take(n * 8)) })),
  }
}

/** Reads a pack; with `sha256` given, refuses a file whose content differs. */
export async function readPack(path: string, sha256?: string): Promise<Dataset> {
  const buffer = await readPlain(path)
  if (sha256 !== undefined && createHash('sha256').update(buffer).digest('hex') !== sha256)
    throw failed(`${path} was changed after it was written.`, 'Import the data set again.', { file: path })
  return parsePack(buffer, path)
}
