/**
 * NumPy's `.npy` format, versions 1 to 3 (numpy.org/doc/stable/reference/generated/numpy.lib.format.html): a magic
 * string, a header that is a Python dict literal, then the values. Object arrays are pickles, programs in disguise, and
 * are refused; so is every file whose size is not what its header says.
 */
import { type CausalscopeError, refused } from '../../src-shared/errors.ts'

export type NumericArray =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array

export type NpyType = 'b1' | 'u1' | 'i1' | 'u2' | 'i2' | 'u4' | 'i4' | 'u8' | 'i8' | 'f2' | 'f4' | 'f8' | 'text'

/** Values in C order, whatever the file's order was; 8-byte integers as float64, half floats as float32. */
export type NpyArray =
  | { readonly shape: readonly number[]; readonly type: Exclude<NpyType, 'text'>; readonly values: NumericArray }
  | { readonly shape: readonly number[]; readonly type: 'text'; readonly values: readonly string[] }

export interface NpyHeader {
  readonly shape: readonly number[]
  readonly type: NpyType
  /** Text as code points of 4 bytes (`U`) rather than bytes (`S`). */
  readonly unicode: boolean
  readonly littleEndian: boolean
  readonly fortranOrder: boolean
  /** Bytes of one element. */
  readonly itemSize: number
  /** Where the values begin. */
  readonly offset: number
}

const longestHeader = 65_536

const numericSizes: Readonly<Record<string, Exclude<NpyType, 'text'>>> = {
  b1: 'b1',
  '?': 'b1',
  u1: 'u1',
  i1: 'i1',
  u2: 'u2',
  i2: 'i2',
  u4: 'u4',
  i4: 'i4',
  u8: 'u8',
  i8: 'i8',
  f2: 'f2',
  f4: 'f4',
  f8: 'f8',
}

/** The header of a `.npy` file; `bytes` may be its beginning only. */
export function npyHeader(bytes: Uint8Array, file: string): NpyHeader {
  const broken = (why: string, hint = 'Save it again with numpy.save.'): CausalscopeError =>
    refused(`${file} is not a whole NumPy file: ${why}.`, hint, { file })
  if (bytes.length < 10 || bytes[0] !== 0x93 || Buffer.from(bytes.subarray(1, 6)).toString('latin1') !== 'NUMPY')
    throw broken('its first bytes are wrong or missing')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = view.getUint8(6)
  if (version < 1 || version > 3) throw broken(`version ${version} of the format is not known`)
  const wide = version > 1
  if (wide && bytes.length < 12) throw broken('its header is cut off')
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true)
  const start = wide ? 12 : 10
  if (length > longestHeader) throw broken(`its header claims ${length} bytes`)
  if (start + length > bytes.length) throw broken('its header is cut off')
  const text = Buffer.from(bytes.subarray(start, start + length)).toString(version === 3 ? 'utf8' : 'latin1')

  const descr = /['"]descr['"]\s*:\s*(\[|['"]([^'"]*)['"])/.exec(text)
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)
  const shapeText = /['"]shape['"]\s*:\s*\(([^)]*)\)/.exec(text)
  if (descr === null || order === null || shapeText === null) throw broken('its header cannot be understood')
  if (descr[2] === undefined)
    throw refused(
      `${file} is a structured array (with named fields).`,
      'Save each field as an array of its own, or the whole as CSV.',
      { file },
    )
  const element = elementType(descr[2], file)
  const parts = shapeText[1]!
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const shape = parts.map((part) => (/^\d{1,15}L?$/.test(part) ? Number.parseInt(part, 10) : Number.NaN))
  if (shape.some((n) => Number.isNaN(n)) || !Number.isSafeInteger(shape.reduce((a, b) => a * b, element.itemSize)))
    throw broken(`its shape (${shapeText[1]!.slice(0, 80)}) cannot be understood`)
  return { shape, ...element, fortranOrder: order[1] === 'True', offset: start + length }
}

function elementType(descr: string, file: string): Pick<NpyHeader, 'type' | 'unicode' | 'itemSize' | 'littleEndian'> {
  const littleEndian = !descr.startsWith('>')
  const code = descr.replace(/^[<>|=]/, '')
  if (/^O\d*$/.test(code))
    throw refused(
      `${file} is an object array, which can hold programs and is never read.`,
      'Save plain numbers: numpy.save(file, array.astype(float), allow_pickle=False).',
      { file },
    )
  const numeric = numericSizes[code]
  if (numeric !== undefined) return { type: numeric, unicode: false, itemSize: Number(numeric[1]), littleEndian }
  const characters = /^([US])(\d{1,6})$/.exec(code)
  if (characters !== null) {
    const unicode = characters[1] === 'U'
    return { type: 'text', unicode, itemSize: Number(characters[2]) * (unicode ? 4 : 1), littleEndian }
  }
  throw refused(
    `${file} holds values of type "${descr.slice(0, 40)}", which is not read.`,
    'Types read are bool, (u)int8 to 64, float16 to 64 and text.',
    { file },
  )
}

/** The array in a whole `.npy` file. Throws when its size is not what its header says. */
export function parseNpy(bytes: Uint8Array, file: string): NpyArray {
  const header = npyHeader(bytes, file)
  const count = header.shape.reduce((a, b) => a * b, 1)
  const expected = count * header.itemSize
  const found = bytes.length - header.offset
  if (found !== expected)
    throw refused(
      `${file} ${found < expected ? 'is cut off' : 'is longer than its header says'}: its shape (${header.shape.join(', ')}) needs ${expected} bytes of values, it has ${found}.`,
      'Copy or save the file again.',
      { file },
    )
  const body = bytes.subarray(header.offset)
  const order = header.fortranOrder && header.shape.length > 1 ? cOrder(header.shape) : null
  if (header.type === 'text') {
    const texts = Array.from({ length: count }, (_, i) =>
      textAt(body.subarray(i * header.itemSize, (i + 1) * header.itemSize), header, file),
    )
    return { shape: header.shape, type: 'text', values: order === null ? texts : Array.from(order, (i) => texts[i]!) }
  }
  const values = numbers(body, header.type, header.littleEndian, file)
  return { shape: header.shape, type: header.type, values: order === null ? values : permuted(values, order) }
}

/** One element of text, padded with zeros. */
function textAt(bytes: Uint8Array, header: NpyHeader, file: string): string {
  if (!header.unicode) return Buffer.from(bytes).toString('utf8').replace(/\0+$/, '')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const points: number[] = []
  for (let i = 0; i < bytes.length; i += 4) {
    const point = view.getUint32(i, header.littleEndian)
    if (point > 0x10ffff) throw refused(`${file} holds text that is not Unicode.`, 'Save the file again.', { file })
    points.push(point)
  }
  return String.fromCodePoint(...points).replace(/\0+$/, '')
}

function numbers(body: Uint8Array, type: Exclude<NpyType, 'text'>, littleEndian: boolean, file: string): NumericArray {
  const size = Number(type[1])
  // A copy where the bytes must be swapped or the view would not be aligned; the file's own bytes otherwise.
  const copied = !littleEndian || body.byteOffset % size !== 0
  const bytes = copied
    ? Buffer.from(Uint8Array.from(body).buffer)
    : Buffer.from(body.buffer, body.byteOffset, body.length)
  if (!littleEndian && size === 2) bytes.swap16()
  if (!littleEndian && size === 4) bytes.swap32()
  if (!littleEndian && size === 8) bytes.swap64()
  const at = [bytes.buffer, bytes.byteOffset, bytes.length / size] as const
  switch (type) {
    case 'b1':
    case 'u1':
      return new Uint8Array(...at)
    case 'i1':
      return new Int8Array(...at)
    case 'u2':
      return new Uint16Array(...at)
    case 'i2':
      return new Int16Array(...at)
    case 'u4':
      return new Uint32Array(...at)
    case 'i4':
      return new Int32Array(...at)
    case 'f4':
      return new Float32Array(...at)
    case 'f8':
      return new Float64Array(...at)
    case 'f2':
      return Float32Array.from(new Uint16Array(...at), halfToNumber)
    case 'u8':
    case 'i8':
      return longs(new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4), type === 'i8', file)
  }
}

/** 8-byte integers as float64; `words` are their low and high halves. */
function longs(words: Uint32Array, signed: boolean, file: string): Float64Array {
  const values = new Float64Array(words.length / 2)
  for (let i = 0; i < values.length; i++) {
    const high = words[2 * i + 1]!
    const value = words[2 * i]! + (signed ? high | 0 : high) * 4294967296
    if (!Number.isSafeInteger(value))
      throw refused(
        `${file} holds integers beyond 2^53, which floating point cannot tell apart (element ${i}).`,
        'Save it as float64 or with smaller integers.',
        { file, row: i },
      )
    values[i] = value
  }
  return values
}

/** IEEE 754 binary16. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** For each element in C order, where it lies in Fortran order. */
function cOrder(shape: readonly number[]): Uint32Array | Float64Array {
  const count = shape.reduce((a, b) => a * b, 1)
  const source = count < 2 ** 32 ? new Uint32Array(count) : new Float64Array(count)
  const strides = shape.map((_, d) => shape.slice(0, d).reduce((a, b) => a * b, 1))
  const index = shape.map(() => 0)
  let position = 0
  for (let i = 0; i < count; i++) {
    source[i] = position
    for (let d = shape.length - 1; d >= 0; d--) {
      index[d] = index[d]! + 1
      position += strides[d]!
      if (index[d]! < shape[d]!) break
      position -= strides[d]! * shape[d]!
      index[d] = 0
    }
  }
  return source
}

function permuted(values: NumericArray, order: ArrayLike<number>): NumericArray {
  const result = values.slice()
  for (let i = 0; i < result.length; i++) result[i] = values[order[i]!]!
  return result
}
