/** NetCDF of the classic kinds (CDF-1 and 64-bit offset); NetCDF 4 is HDF5. */
import type { NetCDFReader } from 'netcdfjs'
import type { ImportLimits } from '../../../src-shared/domain/import.ts'
import { CausalscopeError, refused } from '../../../src-shared/errors.ts'
import { fileBytes } from '../file-bytes.ts'
import { checkValues } from '../limits.ts'
import type { NpyArray, NumericArray } from '../npy.ts'
import {
  anyOf,
  type Container,
  type FilePlace,
  type Format,
  lettersAt,
  type StoredArray,
  type UnreadPart,
} from './format.ts'
import type { Numeric } from './matlab.ts'

const types: Readonly<Record<string, readonly [Numeric, (values: readonly number[]) => NumericArray]>> = {
  byte: ['i1', (values) => Int8Array.from(values)],
  short: ['i2', (values) => Int16Array.from(values)],
  int: ['i4', (values) => Int32Array.from(values)],
  float: ['f4', (values) => Float32Array.from(values)],
  double: ['f8', (values) => Float64Array.from(values)],
}

type Variable = NetCDFReader['variables'][number]
interface Attribute {
  readonly name: string
  readonly value: unknown
}

async function open(file: FilePlace, limits: ImportLimits): Promise<Container> {
  const { NetCDFReader: Reader } = await import('netcdfjs')
  const bytes = await fileBytes(file, limits)
  const arrays: StoredArray[] = []
  const unread: UnreadPart[] = []
  try {
    const reader = new Reader(bytes)
    for (const variable of reader.variables) {
      const shape = shapeOf(reader, variable)
      if (shape.length === 0 || shape.includes(0))
        unread.push({ name: variable.name, reason: shape.length === 0 ? 'a single value' : 'empty' }) // prettier-ignore
      else if (variable.type === 'char' && shape.length !== 2)
        unread.push({ name: variable.name, reason: 'text that is no list' })
      else if (variable.type !== 'char' && types[variable.type] === undefined)
        unread.push({ name: variable.name, reason: `values of type ${variable.type}` })
      else arrays.push(arrayOf(reader, variable, shape, file.path, limits))
    }
  } catch (error) {
    throw damaged(file.path, error)
  }
  return { arrays, unread, close: () => undefined }
}

function damaged(path: string, error: unknown): CausalscopeError {
  if (error instanceof CausalscopeError) return error
  const why = error instanceof Error ? error.message.replace(/\.$/, '') : String(error)
  return refused(`${path} is not a whole NetCDF file: ${why}.`, 'Copy or save it again.', { file: path })
}

function shapeOf({ dimensions, recordDimension }: NetCDFReader, { dimensions: own }: Variable): number[] {
  return own.map((id) => (id === recordDimension.id ? recordDimension.length : dimensions[id]!.size))
}

function arrayOf(
  reader: NetCDFReader,
  variable: Variable,
  stored: readonly number[],
  path: string,
  limits: ImportLimits,
): StoredArray {
  const { name, type } = variable
  const unit = (variable.attributes as readonly Attribute[]).find((attribute) => attribute.name === 'units')?.value
  const text = type === 'char'
  const shape = text ? stored.slice(0, 1) : stored
  const size = stored.slice(1).reduce((a, b) => a * b, 1)
  const rows = (from: number, to: number): Promise<NpyArray> => {
    checkValues(size * stored[0]!, 16, `${path}:${name}`, limits)
    const all = (reader.getDataVariable(variable) as unknown[]).flat(Infinity) as (number | string)[]
    if (text) return Promise.resolve({ shape: [to - from], type: 'text', values: textsOf(all, stored).slice(from, to) })
    if (all.length !== size * stored[0]!)
      throw damaged(path, new Error(`${name} has ${all.length} values, its shape (${stored.join(', ')}) needs more`))
    const [numeric, make] = types[type]!
    const values = make(all.slice(from * size, to * size) as number[])
    return Promise.resolve({ shape: [to - from, ...shape.slice(1)], type: numeric, values })
  }
  return { name, shape, type: text ? 'text' : types[type]![0], rows: async (from, to) => guarded(path, () => rows(from, to)), ...(typeof unit === 'string' && unit !== '' ? { unit } : {}) } // prettier-ignore
}

/** Texts of `[n, letters]`, which come as a text a record, or as letters. */
function textsOf(read: readonly (number | string)[], [count = 0, letters = 0]: readonly number[]): string[] {
  const whole = read.join('')
  const texts = read.length === count ? read.map(String) : Array.from({ length: count }, (_, i) => whole.slice(i * letters, (i + 1) * letters)) // prettier-ignore
  return texts.map((text) => text.replace(/[\0 ]+$/, ''))
}

async function guarded<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw damaged(path, error)
  }
}

export const netcdf: Format = {
  id: 'netcdf',
  words: 'a NetCDF file',
  begins: anyOf(lettersAt(0, 'CDF\x01'), lettersAt(0, 'CDF\x02')),
  measurements: true,
  reader: { role: 'archive', open },
}
