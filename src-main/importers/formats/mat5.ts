/**
 * MATLAB's MAT-files of level 5 ("MAT-File Format", MathWorks, chapter 1): tagged elements, each variable a matrix element
 * that may be compressed. Sizes are checked before anything is read by them.
 */
import { inflateSync } from 'node:zlib'
import { type CausalscopeError, refused } from '../../../src-shared/errors.ts'
import { fileBytes, stumbled } from '../file-bytes.ts'
import { mebibyte } from '../limits.ts'
import type { NumericArray } from '../npy.ts'
import { type Format, lettersAt } from './format.ts'
import { add, type Found, type MatlabValue, type Numeric, stacked } from './matlab.ts'

const headerBytes = 128
const deepest = 8
/** What the variables may take of the memory limit once unpacked. */
const unpackedShare = 0.4
const matrix = 14
const compressed = 15

/** Types of stored values by their number: bytes of one, and how it is read. */
const stored: Readonly<Record<number, readonly [number, (view: DataView, at: number, little: boolean) => number]>> = {
  1: [1, (v, at) => v.getInt8(at)],
  2: [1, (v, at) => v.getUint8(at)],
  3: [2, (v, at, le) => v.getInt16(at, le)],
  4: [2, (v, at, le) => v.getUint16(at, le)],
  5: [4, (v, at, le) => v.getInt32(at, le)],
  6: [4, (v, at, le) => v.getUint32(at, le)],
  7: [4, (v, at, le) => v.getFloat32(at, le)],
  9: [8, (v, at, le) => v.getFloat64(at, le)],
  12: [8, (v, at, le) => Number(v.getBigInt64(at, le))],
  13: [8, (v, at, le) => Number(v.getBigUint64(at, le))],
  16: [1, (v, at) => v.getUint8(at)],
  17: [2, (v, at, le) => v.getUint16(at, le)],
  18: [4, (v, at, le) => v.getUint32(at, le)],
}

/** Classes of numbers: what an array of them is, and how it is made. */
const classes: Readonly<Record<number, readonly [Numeric, (length: number) => NumericArray]>> = {
  6: ['f8', (n) => new Float64Array(n)],
  7: ['f4', (n) => new Float32Array(n)],
  8: ['i1', (n) => new Int8Array(n)],
  9: ['u1', (n) => new Uint8Array(n)],
  10: ['i2', (n) => new Int16Array(n)],
  11: ['u2', (n) => new Uint16Array(n)],
  12: ['i4', (n) => new Int32Array(n)],
  13: ['u4', (n) => new Uint32Array(n)],
  14: ['i8', (n) => new Float64Array(n)],
  15: ['u8', (n) => new Float64Array(n)],
}
const [cellClass, structClass, charClass] = [1, 2, 4]
const words: Readonly<Record<number, string>> = {
  3: 'an object',
  5: 'a sparse matrix',
  16: 'a function',
  17: 'an object',
}

interface Element {
  readonly type: number
  readonly data: DataView
}

interface Matrix {
  readonly name: string
  readonly kind: number
  readonly logical: boolean
  readonly complex: boolean
  readonly shape: readonly number[]
  readonly parts: Elements
}

class Damaged extends Error {}

/** Elements one after the other, each padded to 8 bytes. */
class Elements {
  private at = 0
  private readonly view: DataView
  readonly little: boolean

  constructor(view: DataView, little: boolean) {
    this.view = view
    this.little = little
  }

  get done(): boolean {
    return this.at + 8 > this.view.byteLength
  }

  next(): Element {
    if (this.done) throw new Damaged('an element is missing')
    const first = this.view.getUint32(this.at, this.little)
    // Four bytes or fewer stand in the tag itself.
    const small = first >>> 16
    const type = small === 0 ? first : first & 0xffff
    const length = small === 0 ? this.view.getUint32(this.at + 4, this.little) : small
    const start = this.at + (small === 0 ? 8 : 4)
    if ((small !== 0 && small > 4) || start + length > this.view.byteLength)
      throw new Damaged('an element is longer than the file')
    this.at = small === 0 ? start + (type === compressed ? length : Math.ceil(length / 8) * 8) : this.at + 8
    return { type, data: new DataView(this.view.buffer, this.view.byteOffset + start, length) }
  }
}

function numbersOf({ type, data }: Element, little: boolean): Float64Array {
  const [size, read] = stored[type] ?? (() => { throw new Damaged(`values of type ${type} are not known`) })() // prettier-ignore
  const values = new Float64Array(data.byteLength / size)
  for (let i = 0; i < values.length; i++) values[i] = read(data, i * size, little)
  return values
}

function textOf(element: Element, little: boolean): string {
  const bytes = Buffer.from(element.data.buffer, element.data.byteOffset, element.data.byteLength)
  return element.type === 16 || element.type === 1 || element.type === 2
    ? bytes.toString('utf8')
    : String.fromCodePoint(...numbersOf(element, little))
}

function matrixOf({ data }: Element, little: boolean): Matrix {
  const parts = new Elements(data, little)
  const flags = parts.next().data
  if (flags.byteLength < 4) throw new Damaged('a variable has no flags')
  const bits = flags.getUint32(0, little)
  const shape = [...numbersOf(parts.next(), little)]
  if (shape.length < 2 || shape.some((n) => n < 0) || !Number.isSafeInteger(shape.reduce((a, b) => a * b, 1)))
    throw new Damaged('a shape cannot be understood')
  const name = textOf(parts.next(), little)
  return { name, kind: bits & 0xff, logical: (bits & 0x200) !== 0, complex: (bits & 0x800) !== 0, shape, parts }
}

/** The values of a matrix, or in words why it has none. */
function valueOf(own: Matrix, depth: number): MatlabValue | string {
  const { kind, shape, parts, logical, complex } = own
  const count = shape.reduce((a, b) => a * b, 1)
  if (count === 0) return 'empty'
  if (kind === charClass) return { type: 'text', values: rowsOfText(textOf(parts.next(), parts.little), shape) }
  if (kind === cellClass) return cellOf(parts, count, depth)
  const numeric = classes[kind]
  if (numeric === undefined) return `${words[kind] ?? `a variable of class ${kind}`}, which is not read`
  if (complex) return 'complex numbers, which are not read'
  const [type, make] = numeric
  const element = parts.next()
  const [size, read] = stored[element.type] ?? []
  if (size === undefined || read === undefined || element.data.byteLength !== count * size)
    throw new Damaged(
      `${own.name === '' ? 'a variable' : own.name} has not as many values as its shape (${shape.join(', ')}) needs`,
    )
  const values = make(count)
  for (let i = 0; i < count; i++) values[i] = read(element.data, i * size, parts.little)
  if (kind >= 14 && values.some((value) => !Number.isSafeInteger(value)))
    return 'whole numbers beyond 2^53, which floating point cannot tell apart'
  return { shape, type: logical ? 'b1' : type, values }
}

/** Rows of a matrix of characters, which stand column by column. */
function rowsOfText(text: string, [rows = 1, ...rest]: readonly number[]): string[] {
  const points = Array.from(text)
  const width = rest.reduce((a, b) => a * b, 1)
  return Array.from({ length: rows }, (_, r) =>
    Array.from({ length: width }, (__, c) => points[r + rows * c] ?? '')
      .join('')
      .trimEnd(),
  )
}

function cellOf(parts: Elements, count: number, depth: number): MatlabValue | string {
  if (depth > deepest) return `it lies more than ${deepest} levels deep`
  const values: MatlabValue[] = []
  for (let i = 0; i < count; i++) {
    const value = valueOf(matrixOf(parts.next(), parts.little), depth + 1)
    if (typeof value === 'string') return `a cell array that holds ${value}`
    values.push(value)
  }
  return stacked(values) ?? 'a cell array whose cells are not alike'
}

function addStruct({ parts, shape }: Matrix, path: string, depth: number, found: Found): void {
  const count = shape.reduce((a, b) => a * b, 1)
  const width = numbersOf(parts.next(), parts.little)[0] ?? 0
  if (!(width > 0)) throw new Damaged('a struct has no names of fields')
  const text = textOf(parts.next(), parts.little)
  const names = Array.from({ length: Math.floor(text.length / width) }, (_, i) => text.slice(i * width, (i + 1) * width).replace(/\0.*$/s, '')) // prettier-ignore
  if (depth > deepest) found.unread.push({ name: path, reason: `it lies more than ${deepest} levels deep` })
  else if (count === 1)
    for (const name of names) addMatrix(parts.next(), parts.little, `${path}.${name}`, depth + 1, found)
  else {
    // Struct by struct, each with all of its fields.
    const columns = names.map((): (MatlabValue | string)[] => [])
    for (let i = 0; i < count; i++)
      for (const column of columns) column.push(valueOf(matrixOf(parts.next(), parts.little), depth + 1))
    columns.forEach((column, k) => {
      const values = column.filter((value) => typeof value !== 'string')
      const value = values.length === column.length ? stacked(values) : null
      if (value === null)
        found.unread.push({ name: `${path}.${names[k]!}`, reason: 'a field that is not alike in all structs' })
      else add(found, `${path}.${names[k]!}`, value)
    })
  }
}

function addMatrix(element: Element, little: boolean, path: string | null, depth: number, found: Found): void {
  if (element.type !== matrix || element.data.byteLength === 0) return
  const own = matrixOf(element, little)
  const name = path ?? own.name
  if (own.kind === structClass) {
    addStruct(own, name, depth, found)
    return
  }
  const value = valueOf(own, depth)
  if (typeof value === 'string') found.unread.push({ name, reason: value })
  else add(found, name, value)
}

/** The variables of a whole file. Throws `Damaged`, and `refused` for more than `most` bytes of them. */
function variables(bytes: Buffer, path: string, most: number): Found {
  const order = bytes.toString('latin1', 126, 128)
  if (bytes.length < headerBytes || (order !== 'IM' && order !== 'MI')) throw new Damaged('its header is cut off')
  const little = order === 'IM'
  const found: Found = { arrays: [], unread: [] }
  const elements = new Elements(viewOf(bytes.subarray(headerBytes)), little)
  let total = 0
  while (!elements.done) {
    const element = elements.next()
    if (element.type !== compressed) {
      addMatrix(element, little, null, 0, found)
      continue
    }
    const unpacked = inflated(element.data, most - total)
    if (unpacked === null) throw tooLarge(path, most)
    total += unpacked.length
    addMatrix(new Elements(viewOf(unpacked), little).next(), little, null, 0, found)
  }
  return found
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
}

/** Null where it would be longer than `most`. */
function inflated({ buffer, byteOffset, byteLength }: DataView, most: number): Buffer | null {
  try {
    return inflateSync(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength), {
      maxOutputLength: Math.max(1, most),
    })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return null
    throw new Damaged('a compressed variable is damaged')
  }
}

function tooLarge(path: string, most: number): CausalscopeError {
  return refused(
    `${path} would unpack to more than ${Math.floor(most / mebibyte)} MiB.`,
    "Save it with save(..., '-v7.3'): such files are read part by part.",
    { file: path },
  )
}

export const mat5: Format = {
  id: 'mat5',
  words: 'a MATLAB file',
  begins: lettersAt(0, 'MATLAB 5.0 MAT-file'),
  measurements: true,
  reader: {
    role: 'archive',
    open: async (file, limits) => {
      const bytes = await fileBytes(file, limits)
      try {
        return { ...variables(bytes, file.path, unpackedShare * limits.memory * mebibyte), close: () => undefined }
      } catch (error) {
        if (!(error instanceof Damaged || error instanceof RangeError)) throw error
        throw refused(`${file.path} is not a whole MATLAB file: ${stumbled(error)}.`, 'Copy or save it again.', { file: file.path }) // prettier-ignore
      }
    },
  },
}
