/** Zarr, versions 2 and 3: a folder of chunks, of which those are read that a slab touches. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Array as ZarrArray, DataType, Readable } from 'zarrita'
import { CausalscopeError, refused } from '../../../src-shared/errors.ts'
import type { NpyArray, NumericArray } from '../npy.ts'
import type { Container, FilePlace, Format, StoredArray, UnreadPart } from './format.ts'
import type { Numeric } from './matlab.ts'

type Zarr = typeof import('zarrita')

const deepest = 8
const marks = ['zarr.json', '.zgroup', '.zarray']
const types: Readonly<Record<string, Numeric>> = {
  bool: 'b1',
  int8: 'i1',
  uint8: 'u1',
  int16: 'i2',
  uint16: 'u2',
  int32: 'i4',
  uint32: 'u4',
  int64: 'i8',
  uint64: 'u8',
  float16: 'f2',
  float32: 'f4',
  float64: 'f8',
}

export function isZarr(folder: string): boolean {
  return marks.some((mark) => existsSync(join(folder, mark)))
}

/** Files below a folder, as the library asks for them. */
function storeOf(folder: string): Readable {
  return {
    get: async (key) => {
      try {
        return await readFile(join(folder, key))
      } catch (error) {
        if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR'))
          return undefined
        throw error
      }
    },
  }
}

/** Paths of the arrays below a group. */
async function arrayPaths(folder: string, path: string, depth: number): Promise<string[]> {
  if (existsSync(join(folder, path, '.zarray'))) return [path]
  if (existsSync(join(folder, path, 'zarr.json')) && (await nodeType(join(folder, path, 'zarr.json'))) === 'array') return [path] // prettier-ignore
  if (depth > deepest) return []
  const entries = await readdir(join(folder, path), { withFileTypes: true })
  const below = entries.filter((entry) => entry.isDirectory() && isZarr(join(folder, path, entry.name)))
  const found: string[] = []
  for (const { name } of below.sort((a, b) => (a.name < b.name ? -1 : 1)))
    found.push(...(await arrayPaths(folder, path === '' ? name : `${path}/${name}`, depth + 1)))
  return found
}

async function nodeType(file: string): Promise<unknown> {
  try {
    return (JSON.parse(await readFile(file, 'utf8')) as { node_type?: unknown }).node_type
  } catch {
    return 'array'
  }
}

let loaded: Promise<Zarr> | null = null

/** The library, whose unpacking of Blosc is checked: by itself it hands on what damaged chunks leave in memory. */
function load(): Promise<Zarr> {
  loaded ??= import('zarrita').then((library) => {
    for (const name of ['blosc', 'numcodecs.blosc']) {
      const plain = library.registry.get(name)
      if (plain !== undefined) library.registry.set(name, async () => checkedCodec(await plain()))
    }
    return library
  })
  return loaded
}

interface Unpacking {
  readonly kind: 'bytes_to_bytes'
  encode(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>
  decode(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>
}

interface Codecs {
  readonly fromConfig: (config: never, description: never) => unknown
}

function checkedCodec<T extends Codecs>(codecs: T): T {
  const fromConfig = (config: never, description: never): Unpacking => {
    const codec = codecs.fromConfig(config, description) as Unpacking
    return {
      kind: codec.kind,
      encode: (bytes) => codec.encode(bytes),
      decode: (bytes) => checkedBlosc(codec, bytes),
    }
  }
  return { ...codecs, fromConfig }
}

/** A chunk's header says its length, packed and unpacked (Blosc 1, README_HEADER). */
async function checkedBlosc(codec: Unpacking, bytes: Uint8Array): Promise<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (bytes.length < 16 || view.getUint32(12, true) !== bytes.length) throw new Error('a chunk is damaged or cut off')
  const unpacked = await codec.decode(bytes)
  if (unpacked.length !== view.getUint32(4, true)) throw new Error('a chunk is damaged')
  return unpacked
}

async function open({ absolute, path }: FilePlace): Promise<Container> {
  const zarr = await load()
  const arrays: StoredArray[] = []
  const unread: UnreadPart[] = []
  const root = zarr.root(storeOf(absolute))
  for (const name of await arrayPaths(absolute, '', 0)) {
    const array = await guarded(`${path}:${name}`, () => zarr.open(root.resolve(name), { kind: 'array' }))
    const type = types[array.dtype]
    if (type === undefined) unread.push({ name, reason: `values of type ${array.dtype}` })
    else if (array.shape.length === 0 || array.shape.includes(0))
      unread.push({ name, reason: array.shape.length === 0 ? 'a single value' : 'empty' }) // prettier-ignore
    else arrays.push(storedArray(zarr, array, name, type, `${path}:${name}`))
  }
  return { arrays, unread, close: () => undefined }
}

function storedArray(zarr: Zarr, array: ZarrArray<DataType>, name: string, type: Numeric, place: string): StoredArray {
  const rest = array.shape.slice(1)
  const { units } = array.attrs
  const rows = async (from: number, to: number): Promise<NpyArray> => {
    const { data } = await guarded(place, () => zarr.get(array, [zarr.slice(from, to), ...rest.map(() => null)]))
    return { shape: [to - from, ...rest], type, values: numbersOf(data, place) }
  }
  return { name, shape: array.shape, type, rows, ...(typeof units === 'string' && units !== '' ? { unit: units } : {}) }
}

function numbersOf(data: unknown, place: string): NumericArray {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    const values = Float64Array.from(data, Number)
    if (values.every(Number.isSafeInteger)) return values
    throw refused(`${place} holds whole numbers beyond 2^53, which floating point cannot tell apart.`, 'Save it as float64.', { file: place }) // prettier-ignore
  }
  if (ArrayBuffer.isView(data) && data.constructor.name !== 'Float16Array') return data as NumericArray
  return Float32Array.from(data as Iterable<number>, Number)
}

async function guarded<T>(place: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof CausalscopeError) throw error
    const why = error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
    throw refused(`${place} cannot be read: ${why}.`, 'Copy or save it again.', { file: place })
  }
}

/** A folder, not a file: told by what lies in it. */
export const zarr: Format = {
  id: 'zarr',
  words: 'a Zarr store',
  begins: () => false,
  measurements: true,
  reader: { role: 'archive', open },
}
