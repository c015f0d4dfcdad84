/** NumPy's arrays: a file each (`.npy`), or several in an archive (`.npz`). */
import { fileBytes } from '../file-bytes.ts'
import { type NpyArray, parseNpy } from '../npy.ts'
import { readNpz } from '../npz.ts'
import { bytesAt, type Container, type Format, type StoredArray } from './format.ts'
import { isZip } from './zip.ts'

/** An array that is in memory. */
function heldArray(name: string, array: NpyArray): StoredArray {
  const size = array.shape.slice(1).reduce((a, b) => a * b, 1)
  return {
    name,
    shape: array.shape,
    type: array.type,
    rows: (from, to) => {
      const count = array.shape[0] ?? 1
      if (from === 0 && to === count) return Promise.resolve(array)
      const shape = [to - from, ...array.shape.slice(1)]
      const part = { shape, values: array.values.slice(from * size, to * size) }
      return Promise.resolve({ ...part, type: array.type } as NpyArray)
    },
  }
}

/** Arrays that need nothing to be closed. */
function held(arrays: readonly StoredArray[]): Container {
  return { arrays, unread: [], close: () => undefined }
}

export const npy: Format = {
  id: 'npy',
  words: 'a NumPy array',
  begins: bytesAt(0, 0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59),
  reader: {
    role: 'array',
    open: async (file, limits) => held([heldArray('', parseNpy(await fileBytes(file, limits), file.path))]),
  },
}

export const npz: Format = {
  id: 'zip',
  words: 'a ZIP archive',
  begins: isZip,
  reader: {
    role: 'archive',
    open: async ({ absolute, path }, limits) =>
      held((await readNpz(absolute, path, limits)).map(({ name, array }) => heldArray(name, array))),
  },
}
