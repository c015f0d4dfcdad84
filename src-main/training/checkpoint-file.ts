/**
 * A checkpoint: one file that holds all a run needs to go on as if it had never stopped. Layout, little-endian:
 *
 *     8 bytes   magic "CSCKPT01"
 *     u32       length of the header in bytes
 *     header    JSON, UTF-8: { step, epoch, seconds, rateHalved, told, run, state, arrays: [{ name, shape }] }
 *     sections  16-byte aligned, the float32 values of each array in the header's order
 *     32 bytes  SHA-256 of everything before
 *
 * The trailer is what tells a good file from a damaged one: nothing in it is believed before the hash was checked.
 */
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { epochMetrics } from '../../src-shared/contract/shapes.ts'
import type { EpochMetrics } from '../../src-shared/domain/run.ts'
import { failed } from '../../src-shared/errors.ts'
import { sizeOf } from '../datasets/dataset.ts'
import { readPlain } from '../datasets/plain-file.ts'
import { writeWhole } from '../datasets/whole-file.ts'
import type { Snapshot } from '../models/session.ts'
import { parseLossless, stringifyLossless } from './lossless-json.ts'

const magic = 'CSCKPT01'
const trailerBytes = 32
const align = (n: number): number => Math.ceil(n / 16) * 16

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** What a run is made of. A checkpoint may only be continued by the run that wrote it. */
const runIdentitySchema = v.object({
  method: v.string(),
  seed: v.number(),
  datasetSha256: v.string(),
  configSha256: v.string(),
  /** Numbers are the same only on the same engine with the same number of threads. */
  engine: v.string(),
  threads: count,
})

const headerSchema = v.object({
  step: count,
  epoch: count,
  seconds: v.number(),
  rateHalved: v.boolean(),
  /** Absent from checkpoints of earlier versions. One that does not fit is no reason to lose the rest. */
  told: v.fallback(v.optional(v.nullable(epochMetrics), null), null),
  run: runIdentitySchema,
  state: v.unknown(),
  arrays: v.array(v.object({ name: v.string(), shape: v.array(count) })),
})

export type RunIdentity = Readonly<v.InferOutput<typeof runIdentitySchema>>

export interface Checkpoint {
  readonly step: number
  readonly epoch: number
  /** Training time of the run so far, pauses excluded. */
  readonly seconds: number
  /** Whether the learning rate was halved after a non-finite loss: that is done once in a run. */
  readonly rateHalved: boolean
  /** The epoch that was told last; null before the first. */
  readonly told: EpochMetrics | null
  readonly run: RunIdentity
  readonly snapshot: Snapshot
}

/** The file's bytes in order, the trailer included. */
function partsOf(checkpoint: Checkpoint): Uint8Array[] {
  const { snapshot, ...rest } = checkpoint
  const arrays = Object.entries(snapshot.arrays)
  for (const [name, { shape, values }] of arrays) {
    if (sizeOf(shape) !== values.length)
      throw new TypeError(`array ${name} has ${values.length} values, its shape [${shape.join(', ')}] another number`)
  }
  const header = { ...rest, state: snapshot.state, arrays: arrays.map(([name, { shape }]) => ({ name, shape })) }
  const json = Buffer.from(stringifyLossless(header), 'utf8')
  const prefix = Buffer.alloc(align(12 + json.length))
  prefix.write(magic, 0, 'latin1')
  prefix.writeUInt32LE(json.length, 8)
  json.copy(prefix, 12)
  const parts: Uint8Array[] = [prefix]
  for (const [, { values }] of arrays) {
    parts.push(Buffer.from(values.buffer, values.byteOffset, values.byteLength))
    parts.push(Buffer.alloc(align(values.byteLength) - values.byteLength))
  }
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return [...parts, hash.digest()]
}

/** Writes the checkpoint, whole or not at all; returns the file's SHA-256 (hex, of all its bytes) and size. */
export async function writeCheckpoint(
  path: string,
  checkpoint: Checkpoint,
): Promise<{ sha256: string; bytes: number }> {
  return writeWhole(path, partsOf(checkpoint))
}

/** The checkpoint in the file's bytes. Throws `failed`, saying what is wrong, unless every byte is as written. */
function parseCheckpoint(buffer: Buffer, path: string): Checkpoint {
  const damaged = (why: string): Error =>
    failed(`The checkpoint ${path} is damaged: ${why}.`, 'An older checkpoint can be used in its place.', {
      file: path,
    })
  if (buffer.length < 12 + trailerBytes) throw damaged('it is cut off')
  if (buffer.toString('latin1', 0, 8) !== magic) throw damaged('its first bytes are wrong')
  const body = buffer.subarray(0, buffer.length - trailerBytes)
  if (!createHash('sha256').update(body).digest().equals(buffer.subarray(body.length)))
    throw damaged('its content does not match its checksum')
  const length = body.readUInt32LE(8)
  const header = v.parse(headerSchema, parseLossless(body.toString('utf8', 12, 12 + length)))
  let offset = align(12 + length)
  const arrays: Record<string, { shape: readonly number[]; values: Float32Array }> = {}
  for (const { name, shape } of header.arrays) {
    const bytes = sizeOf(shape) * 4
    // A copy: the view needs an alignment of its own, and the file's buffer can then be freed.
    const copy = new Uint8Array(bytes)
    copy.set(body.subarray(offset, offset + bytes))
    arrays[name] = { shape, values: new Float32Array(copy.buffer) }
    offset += align(bytes)
  }
  const { step, epoch, seconds, rateHalved, told, run, state } = header
  return { step, epoch, seconds, rateHalved, told, run, snapshot: { state, arrays } }
}

export async function readCheckpoint(path: string): Promise<Checkpoint> {
  return parseCheckpoint(await readPlain(path), path)
}
