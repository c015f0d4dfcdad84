/**
 * HDF5, and the formats that are HDF5: MATLAB 7.3 and NetCDF 4. Datasets are read in slabs from the file where it lies, never
 * as a whole; links to other files are not followed.
 */
import type { Dataset, File as HdfFile, Group } from 'h5wasm'
import { type CausalscopeError, refused } from '../../../src-shared/errors.ts'
import type { NpyArray, NumericArray } from '../npy.ts'
import { firstAxis, lastAxis, withoutOnes } from './fortran.ts'
import { bytesAt, type Container, type FilePlace, type Format, lettersAt } from './format.ts'
import { add, type Found, type MatlabValue, type Numeric, oriented, stacked } from './matlab.ts'

/** Loaded by who opens a file. */
type Hdf5 = typeof import('h5wasm/node')

interface Cells {
  dereference(reference: unknown): unknown
}

const deepest = 12
const mostObjects = 20_000
/** Groups of MATLAB's own. */
const hidden = /^#(?:refs|subsystem)#$/
const [integer, float, text, enumeration] = [0, 1, 3, 8]

interface Kind {
  readonly type: Numeric | 'text'
}

function kindOf({ metadata }: Dataset): Kind | string {
  const { type, size, signed, enum_type: names } = metadata
  if (type === text) return { type: 'text' }
  if (type === integer && [1, 2, 4, 8].includes(size)) return { type: `${signed ? 'i' : 'u'}${size}` as Numeric }
  if (type === float && (size === 4 || size === 8)) return { type: `f${size}` }
  if (type === float) return `${8 * size}-bit floating point, which is not read`
  if (type === enumeration && size === 1) return { type: Object.keys(names?.members ?? {}).sort().join() === 'FALSE,TRUE' ? 'b1' : 'i1' } // prettier-ignore
  return type === 6 ? 'records with named fields' : 'values of a type that is not read'
}

type Range = [number, number] | []

/** Part of a dataset, as the file has its axes. Throws `refused` where its bytes are damaged. */
function slab(dataset: Dataset, ranges: readonly Range[], place: string): NumericArray | string[] {
  let read: unknown
  try {
    read = dataset.slice([...ranges])
  } catch (error) {
    throw damaged(place, error instanceof Error ? error.message : String(error))
  }
  if (read instanceof BigInt64Array || read instanceof BigUint64Array) return exactNumbers(read, place)
  if (ArrayBuffer.isView(read)) return read as NumericArray
  if (Array.isArray(read) && read.every((value) => typeof value === 'string')) return read
  throw damaged(place, 'its values cannot be read')
}

function exactNumbers(values: BigInt64Array | BigUint64Array, place: string): Float64Array {
  return Float64Array.from(values, (value) => {
    const number = Number(value)
    if (Number.isSafeInteger(number)) return number
    throw refused(`${place} holds whole numbers beyond 2^53, which floating point cannot tell apart.`, 'Save it as float64.', { file: place }) // prettier-ignore
  })
}

function damaged(place: string, why: string): CausalscopeError {
  return refused(
    `${place} cannot be read: ${why.split('\n')[0]!.replace(/\.$/, '')}.`,
    'Copy or save the file again.',
    {
      file: place,
    },
  )
}

/** Every dataset of a file by its shortest path, each once, whatever links lead to it. */
function datasetsOf(library: Hdf5, file: HdfFile, found: Found): Map<string, Dataset> {
  const datasets = new Map<string, Dataset>()
  // By the address of what a link leads to: groups may hold themselves.
  const address = (object: Group | Dataset): string => Buffer.from(object.create_reference().ref_data).toString('hex')
  const seen = new Set([address(file.root)])
  let groups: (readonly [string, Group])[] = [['', file]]
  for (let depth = 0; groups.length > 0; depth++) {
    const below: (readonly [string, Group])[] = []
    for (const [path, group] of groups)
      for (const key of group.keys()) {
        const name = path === '' ? key : `${path}/${key}`
        if (hidden.test(key) || seen.size >= mostObjects) continue
        const own = group.get(key)
        if (own instanceof library.ExternalLink) found.unread.push({ name, reason: 'a link to another file, which is not followed' }) // prettier-ignore
        if (!(own instanceof library.Group || own instanceof library.Dataset) || seen.has(address(own))) continue
        seen.add(address(own))
        if (own instanceof library.Dataset) datasets.set(name, own)
        else if (depth < deepest) below.push([name, own])
        else found.unread.push({ name, reason: `it lies more than ${deepest} groups deep` })
      }
    groups = below
  }
  return datasets
}

function attribute(dataset: Dataset | Group, name: string): string | undefined {
  const value = dataset.attrs[name]?.value
  return typeof value === 'string' ? value : undefined
}

function addDataset(dataset: Dataset, name: string, path: string, found: Found): void {
  const kind = kindOf(dataset)
  const shape = dataset.shape ?? []
  if (typeof kind === 'string' || shape.length === 0 || shape.includes(0)) {
    found.unread.push({
      name,
      reason: typeof kind === 'string' ? kind : shape.length === 0 ? 'a single value' : 'empty',
    })
    return
  }
  const { type } = kind
  const unit = attribute(dataset, 'units')
  const rest = shape.slice(1).map((): Range => [])
  const rows = (from: number, to: number): Promise<NpyArray> => {
    const values = slab(dataset, [[from, to], ...rest], `${path}:${name}`)
    return Promise.resolve({ shape: [to - from, ...shape.slice(1)], type, values } as NpyArray)
  }
  found.arrays.push({ name, shape, type, rows, ...(unit === undefined || unit === '' ? {} : { unit }) })
}

/** A variable of MATLAB, whose axes the file has the other way round. */
function addVariable(library: Hdf5, file: HdfFile, dataset: Dataset, full: string, path: string, found: Found): void {
  const name = full.replaceAll('/', '.')
  const place = `${path}:${name}`
  const className = attribute(dataset, 'MATLAB_class')
  const stored = dataset.shape ?? []
  const shape = [...stored].reverse()
  const unread = (reason: string): void => void found.unread.push({ name, reason })
  if (attribute(dataset, 'MATLAB_empty') !== undefined || dataset.attrs.MATLAB_empty !== undefined) unread('empty')
  else if (className === 'char')
    add(found, name, { type: 'text', values: charRows(slab(dataset, stored.map((): Range => []), place) as NumericArray, shape) }) // prettier-ignore
  else if (className === 'cell' || dataset.metadata.type === 7) {
    const value = stacked(elementsOf(library, file, dataset, place))
    if (value === null) unread('a cell array whose cells are not alike, or no numbers or texts')
    else add(found, name, value)
  } else {
    const kind = kindOf(dataset)
    if (typeof kind === 'string' || kind.type === 'text') unread(typeof kind === 'string' ? kind : 'a text')
    else if (shape.reduce((a, b) => a * b, 1) < 2) unread('a single number')
    else {
      const type = className === 'logical' ? 'b1' : kind.type
      found.arrays.push(matlabArray(dataset, name, place, shape, type))
    }
  }
}

function matlabArray(dataset: Dataset, name: string, place: string, shape: readonly number[], type: Numeric) {
  const own = withoutOnes(shape)
  const all = shape.slice(1).map((): Range => [])
  const part = (ranges: readonly Range[]): NumericArray => slab(dataset, ranges, place) as NumericArray
  // A list is a row or a column; which, does not matter to its values.
  if (own.length === 1) {
    const long = shape[0] === 1
    const list = (from: number, to: number) => Promise.resolve(part(long ? [[from, to], []] : [[], [from, to]]))
    return oriented(name, own, type, { first: list, last: list })
  }
  return oriented(name, own, type, {
    // MATLAB's first axis is the last of the file's.
    first: (from, to) =>
      Promise.resolve(firstAxis(part([...all, [from, to]]), [to - from, ...shape.slice(1)], 0, to - from)),
    last: (from, to) =>
      Promise.resolve(lastAxis(part([[from, to], ...all]), [...shape.slice(0, -1), to - from], 0, to - from)),
  })
}

/** Cells, or the values of one field in many structs. */
function elementsOf(library: Hdf5, file: HdfFile, dataset: Dataset, place: string): MatlabValue[] {
  const references = dataset.value
  if (!Array.isArray(references)) return []
  return references.flatMap((reference): MatlabValue[] => {
    // Declared for references to regions first, which no cell holds.
    const element: unknown = (file as Cells).dereference(reference)
    if (!(element instanceof library.Dataset)) return []
    const stored = element.shape ?? []
    const shape = [...stored].reverse()
    const kind = kindOf(element)
    if (typeof kind === 'string' || kind.type === 'text' || element.attrs.MATLAB_empty !== undefined) return []
    const values = slab(
      element,
      stored.map((): Range => []),
      place,
    ) as NumericArray
    if (attribute(element, 'MATLAB_class') === 'char') return [{ type: 'text', values: charRows(values, shape) }]
    return [{ shape, type: kind.type, values }]
  })
}

/** Rows of a matrix of characters, which are stored as their codes, column by column. */
function charRows(codes: NumericArray, [rows = 1]: readonly number[]): string[] {
  const width = codes.length / rows
  return Array.from({ length: rows }, (_, r) =>
    String.fromCharCode(...Array.from({ length: width }, (__, c) => codes[r + rows * c]!)).trimEnd(),
  )
}

let loaded: Promise<Hdf5> | null = null

/** The library, whose reading throws where it fails: by itself it hands on what lay in memory. */
function load(): Promise<Hdf5> {
  loaded ??= import('h5wasm/node').then(async (library) => {
    const module = await library.ready
    const read = module.get_dataset_data.bind(module)
    module.get_dataset_data = (...place) => {
      const status = read(...place)
      if (status < 0) throw new Error('its bytes are damaged, or packed in a way that is not read')
      return status
    }
    return library
  })
  return loaded
}

async function open({ absolute, path }: FilePlace): Promise<Container> {
  const hdf5 = await load()
  let file: HdfFile
  try {
    file = new hdf5.File(absolute, 'r')
    if (file.file_id < 0n) throw new Error('it is damaged or cut off')
  } catch {
    throw damaged(path, 'it is damaged or cut off')
  }
  const found: Found = { arrays: [], unread: [] }
  try {
    const variables = datasetsOf(hdf5, file, found)
    const matlab = [...variables.values()].some((dataset) => dataset.attrs.MATLAB_class !== undefined)
    for (const [name, dataset] of variables)
      if (matlab) addVariable(hdf5, file, dataset, name, path, found)
      else addDataset(dataset, name, path, found)
  } catch (error) {
    file.close()
    throw error instanceof Error && error.name === 'CausalscopeError'
      ? error
      : damaged(path, error instanceof Error ? error.message : String(error))
  }
  return { ...found, close: () => file.close() }
}

/** A file may begin with a block of its user's, which MATLAB fills. */
const begins: Format['begins'] = (head, tail) =>
  [0, 512, 1024, 2048].some((offset) => bytesAt(offset, 0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a)(head, tail))

export const hdf5: readonly Format[] = [
  {
    id: 'mat7.3',
    words: 'a MATLAB 7.3 file',
    begins: lettersAt(0, 'MATLAB 7.3 MAT-file'),
    measurements: true,
    reader: { role: 'archive', open },
  },
  { id: 'hdf5', words: 'an HDF5 file', begins, measurements: true, reader: { role: 'archive', open } },
]
