/**
 * Arrays that the page fetches by URL. Computed ones (pages of samples, previews, inference) are kept until newer ones
 * need their room; stored ones are read when asked for and live until `clear`.
 */
import type { ArrayRef } from '../../src-shared/contract/shapes.ts'
import type { Served } from '../host/host.ts'

export type Values = Float32Array | Int32Array | Uint8Array

const prefix = '/data/'

/** Bytes of an array up to which it goes along with the answer: a page of small images, not one of large ones. */
const small = 256 * 1024

function dtypeOf(values: Values): ArrayRef['dtype'] {
  if (values instanceof Float32Array) return 'float32'
  return values instanceof Int32Array ? 'int32' : 'uint8'
}

/** A copy where the values sit in shared memory or in part of a buffer that is not theirs alone. */
function bytesOf(values: Values): Uint8Array<ArrayBuffer> {
  return values.buffer instanceof ArrayBuffer
    ? new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    : new Uint8Array(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
}

export class DataStore {
  readonly #room: number
  readonly #computed = new Map<string, Uint8Array<ArrayBuffer>>()
  readonly #stored = new Map<string, () => Promise<Served>>()
  #used = 0
  #count = 0

  /** @param room bytes that computed arrays may take together */
  constructor(room = 256 * 2 ** 20) {
    this.#room = room
  }

  /** Keeps the values, of `shape`, for the page to fetch. They must not change afterwards. */
  put(values: Values, shape: readonly number[]): ArrayRef {
    const size = shape.reduce((product, n) => product * n, 1)
    if (size !== values.length) throw new Error(`${values.length} values do not fill [${shape.join(', ')}]`)
    const path = `${prefix}computed/${++this.#count}`
    const bytes = bytesOf(values)
    this.#computed.set(path, bytes)
    this.#used += bytes.byteLength
    for (const [oldest, { byteLength }] of this.#computed) {
      if (this.#used <= this.#room || oldest === path) break
      this.#computed.delete(oldest)
      this.#used -= byteLength
    }
    const ref = { url: path, dtype: dtypeOf(values), shape: [...shape] }
    return bytes.byteLength > small
      ? ref
      : { ...ref, base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') }
  }

  /** An array that is read when the page fetches it. One name stands for one content while the project is open. */
  stored(
    name: string,
    dtype: ArrayRef['dtype'],
    shape: readonly number[],
    read: () => Promise<Values> | Values,
  ): ArrayRef {
    const path = `${prefix}stored/${name}`
    this.#stored.set(path, async () => ({
      status: 200,
      contentType: 'application/octet-stream',
      body: bytesOf(await read()),
    }))
    return { url: path, dtype, shape: [...shape] }
  }

  /** JSON that is made when the page fetches it; answers its URL. */
  storedJson(name: string, read: () => unknown): string {
    const path = `${prefix}stored/${name}`
    this.#stored.set(path, async () => ({
      status: 200,
      contentType: 'application/json',
      body: new TextEncoder().encode(JSON.stringify(await read())),
    }))
    return path
  }

  async serve(path: string): Promise<Served | null> {
    if (!path.startsWith(prefix)) return null
    const bytes = this.#computed.get(path)
    if (bytes !== undefined) return { status: 200, contentType: 'application/octet-stream', body: bytes }
    const read = this.#stored.get(path)
    return read === undefined ? null : await read()
  }

  /** Another project: nothing of the one before is left. */
  clear(): void {
    this.#computed.clear()
    this.#stored.clear()
    this.#used = 0
  }
}
