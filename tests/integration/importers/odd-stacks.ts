/** Stacks of known numbers in the types and orders that NumPy writes. */
import { npzBytes } from '../../../src-main/datasets/npz.ts'
import { samples, type Truth } from './oddities.ts'
import { type Files, npy } from './source-files.ts'

interface Stack {
  readonly descr: string
  /** Of a sample. */
  readonly shape: readonly number[]
  readonly fortran?: boolean
  /** The channels stand before height and width. */
  readonly channelsFirst?: boolean
  /** One file for all, one a sample, or in an archive with the samples' names. */
  readonly layout?: 'stack' | 'files' | 'named'
  readonly name: string
}

const image = { name: 'images', shape: [6, 5] }
const curve = { name: 'spectra', shape: [9] }
const kinds: Readonly<Record<string, Stack>> = {
  'images, bytes': { ...image, descr: '|u1' },
  'images, 16 bits': { ...image, descr: '<u2' },
  'images, 16 bits, big end first': { ...image, descr: '>u2' },
  'images, single precision': { ...image, descr: '<f4' },
  'images, double precision': { ...image, descr: '<f8' },
  'images, columns first': { ...image, descr: '<f4', fortran: true },
  'images, a file a sample': { ...image, descr: '<f4', layout: 'files' },
  'images, with names': { ...image, descr: '<f4', layout: 'named' },
  'images, colour': { ...image, descr: '|u1', shape: [6, 5, 3] },
  'images, colour, channels first': { ...image, descr: '|u1', shape: [6, 5, 3], channelsFirst: true },
  'curves, single precision': { ...curve, descr: '<f4' },
  'curves, double precision': { ...curve, descr: '<f8' },
  'curves, big end first': { ...curve, descr: '>f8' },
  'curves, whole numbers': { ...curve, descr: '<i4' },
  'curves, short whole numbers, big end first': { ...curve, descr: '>i2' },
  'curves, columns first': { ...curve, descr: '<f8', fortran: true },
  'curves, a file a sample': { ...curve, descr: '<f8', layout: 'files' },
  'curves, with names': { ...curve, descr: '<f4', layout: 'named' },
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((all, size) => all * size, 1)

function bodyOf(descr: string, values: readonly number[]): Buffer {
  const bytes = Number(descr.slice(2))
  const body = Buffer.alloc(bytes * values.length)
  const view = new DataView(body.buffer, body.byteOffset, body.length)
  const little = !descr.startsWith('>')
  values.forEach((value, i) => {
    const at = i * bytes
    if (descr.includes('f4')) view.setFloat32(at, value, little)
    else if (descr.includes('f8')) view.setFloat64(at, value, little)
    else if (descr.includes('u1')) view.setUint8(at, value)
    else if (descr.includes('u2')) view.setUint16(at, value, little)
    else if (descr.includes('i2')) view.setInt16(at, value, little)
    else view.setInt32(at, value, little)
  })
  return body
}

/** Values that stand in the order of `shape`, so that the first index runs fastest. */
function fortranOrder(values: readonly number[], shape: readonly number[]): number[] {
  return values.map((_, at) => {
    let rest = at
    let from = 0
    shape.forEach((size, axis) => {
      from += (rest % size) * sizeOf(shape.slice(axis + 1))
      rest = Math.floor(rest / size)
    })
    return values[from]!
  })
}

function written({ descr, fortran = false }: Stack, shape: readonly number[], values: readonly number[]): Buffer {
  return npy(descr, shape, bodyOf(descr, fortran ? fortranOrder(values, shape) : values), fortran)
}

function made(stack: Stack): { files: Files; truth: Truth } {
  const { shape, descr, name, layout = 'stack', channelsFirst = false } = stack
  const size = sizeOf(shape)
  const most = descr.includes('u1') ? 256 : 3000
  // Neighbours are alike, and no two values of a sample's neighbours are swapped unseen.
  const truth = Array.from({ length: samples }, (_, i) =>
    Array.from({ length: size }, (_, k) => (i * 31 + k * 2 + (k % 3)) % most),
  )
  const channels = shape.at(-1)!
  const pixels = size / channels
  const first = (row: readonly number[]): number[] =>
    row.map((_, at) => row[(at % pixels) * channels + Math.floor(at / pixels)]!)
  const rows = channelsFirst ? truth.map(first) : truth
  const own = channelsFirst ? [channels, ...shape.slice(0, -1)] : shape
  if (layout === 'files') {
    const files = rows.map((row, i) => [`${name}/s${i + 1}.npy`, written(stack, own, row)] as const)
    return { files: Object.fromEntries(files), truth: { stack: truth } }
  }
  if (layout === 'named') {
    const ids = Int32Array.from(rows.keys(), (i) => i + 1)
    const arrays = { [name]: { shape: [samples, ...own], values: Float32Array.from(rows.flat()) }, ids: { shape: [samples], values: ids } } // prettier-ignore
    return { files: { 'set.npz': npzBytes(arrays) }, truth: { stack: truth } }
  }
  return { files: { [`${name}.npy`]: written(stack, [samples, ...own], rows.flat()) }, truth: { stack: truth } }
}

export function stacks(): Readonly<Record<string, { readonly files: Files; readonly truth: Truth }>> {
  return Object.fromEntries(Object.entries(kinds).map(([name, stack]) => [name, made(stack)]))
}
