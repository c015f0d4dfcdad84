/** What MATLAB's variables are as arrays, whichever of its two formats they come from. */
import type { NpyArray, NumericArray } from '../npy.ts'
import { firstAxis, lastAxis, withoutOnes } from './fortran.ts'
import type { StoredArray, UnreadPart } from './format.ts'

export type Numeric = Exclude<NpyArray['type'], 'text'>

/** Numbers in MATLAB's order, or text. */
export type MatlabValue =
  | { readonly shape: readonly number[]; readonly type: Numeric; readonly values: NumericArray }
  | { readonly type: 'text'; readonly values: readonly string[] }

export interface Found {
  readonly arrays: StoredArray[]
  readonly unread: UnreadPart[]
}

/** Adds a variable. */
export function add(found: Found, name: string, value: MatlabValue): void {
  if (value.type === 'text') {
    const { values } = value
    const rows = (from: number, to: number): Promise<NpyArray> =>
      Promise.resolve({ shape: [to - from], type: 'text', values: values.slice(from, to) })
    if (values.length > 1) found.arrays.push({ name, shape: [values.length], type: 'text', rows })
    else found.unread.push({ name, reason: 'a text, which says nothing of samples' })
    return
  }
  const { values, type } = value
  const shape = withoutOnes(value.shape)
  if (values.length <= 1) {
    found.unread.push({ name, reason: values.length === 0 ? 'empty' : 'a single number' })
    return
  }
  found.arrays.push(
    oriented(name, shape, type, {
      first: (from, to) => Promise.resolve(firstAxis(values, shape, from, to)),
      last: (from, to) => Promise.resolve(lastAxis(values, shape, from, to)),
    }),
  )
}

interface Slabs {
  /** Of the first axis, in C order. */
  readonly first: (from: number, to: number) => Promise<NumericArray>
  /** Of the last axis, put first, in C order. */
  readonly last: (from: number, to: number) => Promise<NumericArray>
}

/** An array of which the file does not say along which of its axes the samples run. */
export function oriented(name: string, shape: readonly number[], type: Numeric, { first, last }: Slabs): StoredArray {
  const array = (own: readonly number[], read: Slabs['first']): StoredArray => ({
    name,
    shape: own,
    type,
    rows: async (from, to) => ({ shape: [to - from, ...own.slice(1)], type, values: await read(from, to) }),
  })
  if (shape.length < 2) return array(shape, first)
  return { ...array(shape, first), lastFirst: array([shape[shape.length - 1]!, ...shape.slice(0, -1)], last) }
}

/** Elements of a cell or of a field in many structs as one array: texts, or numbers of one shape. Null for others. */
export function stacked(elements: readonly MatlabValue[]): MatlabValue | null {
  const [first] = elements
  if (first === undefined) return null
  if (first.type === 'text') {
    const texts = elements.flatMap((element) => (element.type === 'text' ? [element.values.join(' ')] : []))
    return texts.length === elements.length ? { type: 'text', values: texts } : null
  }
  const size = first.values.length
  const values = new Float64Array(elements.length * size)
  for (const [i, element] of elements.entries()) {
    if (element.type === 'text' || element.shape.join() !== first.shape.join()) return null
    // One element after the other is the last axis of MATLAB's order, which runs slowest.
    values.set(element.values, i * size)
  }
  const own = size === 1 ? [] : withoutOnes(first.shape)
  const shape = [...own, elements.length]
  const axes = [elements.length, ...own]
  return { shape: axes, type: 'f8', values: toFirst(values, shape) }
}

/** The last axis first, in MATLAB's order still. */
function toFirst(values: Float64Array, shape: readonly number[]): Float64Array {
  const n = shape[shape.length - 1]!
  const size = values.length / n
  const result = new Float64Array(values.length)
  for (let s = 0; s < n; s++) for (let j = 0; j < size; j++) result[s + n * j] = values[s * size + j]!
  return result
}
