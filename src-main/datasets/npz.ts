/**
 * NumPy's formats for arrays that this program writes: .npy (format 1.0 / 2.0, little-endian, C order) and .npz, a zip
 * of them. Source: numpy/lib/format.py. The same input gives the same bytes on every machine: the zip carries a fixed
 * date. The reader here is for our own files; files of others go through the importer's.
 */
import { type Zippable, unzipSync, zipSync } from 'fflate'
import { failed } from '../../src-shared/errors.ts'

export type NpyValues = Float32Array | Float64Array | Int32Array | readonly string[]

export interface NpyArray {
  readonly shape: readonly number[]
  /** Row-major; strings become NumPy's fixed-width unicode. */
  readonly values: NpyValues
}

const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59)
/** Zip stores local time in fields; a date made from fields has the same ones in every time zone. */
const fixedDate = new Date(1980, 0, 1)
/** Zip without its 64-bit extension ends here. */
const zipLimit = 0xffff_ffff

export function isText(values: NpyValues): values is readonly string[] {
  return Array.isArray(values)
}

function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0)
}

/** NumPy's `<U`: UTF-32, every element as wide as the longest. */
function encodeText(values: readonly string[]): { descr: string; bytes: Uint8Array } {
  const rows = values.map(codePoints)
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 1)
  const cells = new Uint32Array(rows.length * width)
  rows.forEach((row, i) => cells.set(row, i * width))
  return { descr: `<U${width}`, bytes: new Uint8Array(cells.buffer) }
}

function encode(values: NpyValues): { descr: string; bytes: Uint8Array } {
  if (isText(values)) return encodeText(values)
  const descr = values instanceof Float32Array ? '<f4' : values instanceof Float64Array ? '<f8' : '<i4'
  return { descr, bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength) }
}

/** One array as the bytes of a .npy file. Throws RangeError when shape and values do not fit. */
export function npyBytes(array: NpyArray): Uint8Array {
  const count = array.shape.reduce((product, n) => product * n, 1)
  if (count !== array.values.length)
    throw new RangeError(`shape [${array.shape.join(', ')}] holds ${count} values, not ${array.values.length}`)
  const { descr, bytes } = encode(array.values)
  const shape = array.shape.length === 1 ? `${array.shape.join('')},` : array.shape.join(', ')
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }`
  // Magic, version and length take 10 bytes; the data must start at a multiple of 64.
  const padded = `${text.padEnd(Math.ceil((10 + text.length + 1) / 64) * 64 - 11)}\n`
  const out = new Uint8Array(10 + padded.length + bytes.length)
  out.set(magic)
  out.set([1, 0, padded.length & 0xff, padded.length >> 8], 6)
  out.set(Buffer.from(padded, 'latin1'), 10)
  out.set(bytes, 10 + padded.length)
  return out
}

function decodeText(bytes: Uint8Array, width: number, count: number): string[] {
  const cells = new Uint32Array(bytes.slice(0, count * width * 4).buffer)
  return Array.from({ length: count }, (_, i) => {
    let text = ''
    for (let j = i * width; j < (i + 1) * width && cells[j] !== 0; j++) text += String.fromCodePoint(cells[j]!)
    return text
  })
}

/** The array in a .npy file of ours (float32, float64, int32 or text). `name` is for the error. */
export function parseNpy(bytes: Uint8Array, name: string): NpyArray {
  const broken = (why: string): Error =>
    failed(`${name} is not an array this program wrote: ${why}.`, '', { file: name })
  if (bytes.length < 10 || magic.some((byte, i) => bytes[i] !== byte)) throw broken('its first bytes are wrong')
  const length = bytes[8]! + bytes[9]! * 256
  const header = Buffer.from(bytes.subarray(10, 10 + length)).toString('latin1')
  const found = /^\{'descr': '([^']+)', 'fortran_order': False, 'shape': \(([\d, ]*)\), \}\s*$/.exec(header)
  if (found === null) throw broken('its header is unknown')
  const [, descr = '', dimensions = ''] = found
  const shape = dimensions
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number)
  const count = shape.reduce((product, n) => product * n, 1)
  const data = bytes.subarray(10 + length)
  const take = (itemBytes: number): ArrayBuffer => {
    if (data.length !== count * itemBytes) throw broken('its size does not fit its shape')
    // A copy: a view needs its own alignment, and the file's bytes can then be freed.
    return new Uint8Array(data).buffer
  }
  if (descr === '<f4') return { shape, values: new Float32Array(take(4)) }
  if (descr === '<f8') return { shape, values: new Float64Array(take(8)) }
  if (descr === '<i4') return { shape, values: new Int32Array(take(4)) }
  const width = Number(/^<U(\d+)$/.exec(descr)?.[1])
  if (!(width > 0)) throw broken(`its type ${descr} is unknown`)
  return { shape, values: decodeText(new Uint8Array(take(width * 4)), width, count) }
}

/** Arrays by name as the bytes of a .npz file; numbers are stored plain (they hardly compress), text deflated. */
export function npzBytes(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const files: Zippable = {}
  let bytes = 0
  for (const [name, array] of Object.entries(arrays)) {
    const data = npyBytes(array)
    files[`${name}.npy`] = [data, { level: isText(array.values) ? 6 : 0 }]
    bytes += data.length
  }
  if (bytes > zipLimit - 2 ** 20)
    throw failed(
      `The arrays take ${(bytes / 2 ** 30).toFixed(1)} GiB, more than an .npz file can hold (4 GiB).`,
      'Use fewer samples or fewer components.',
    )
  return zipSync(files, { mtime: fixedDate })
}

/** The arrays of a .npz file of ours. */
export function parseNpz(bytes: Uint8Array, path: string): ReadonlyMap<string, NpyArray> {
  let files: Record<string, Uint8Array>
  try {
    files = unzipSync(bytes)
  } catch (error) {
    throw failed(`${path} is not a whole .npz file.`, '', { file: path }, error)
  }
  return new Map(
    Object.entries(files).map(([name, data]) => [name.replace(/\.npy$/, ''), parseNpy(data, `${path}/${name}`)]),
  )
}
