/** Stacks of images that are brought to another size: read some at a time, so that what they were is never held as a whole. */
import type { ModalityDescription } from '../../src-shared/domain/dataset.ts'
import { imageStack, type Numbers, type Rows } from './array-stacks.ts'
import { slabRows } from './array-store.ts'
import type { ImageBlock } from './blocks.ts'
import type { StoredArray } from './formats/format.ts'
import { emptyLike } from './image.ts'
import { checkValues } from './limits.ts'
import type { NumericArray } from './npy.ts'
import type { Reading } from './reading.ts'

/** The stack of `description`, which names a size, as one block. */
export async function readSlabs(
  entry: StoredArray,
  shown: string,
  rows: Rows,
  description: ModalityDescription,
  reading: Reading,
): Promise<ImageBlock> {
  const step = slabRows(entry)
  let whole: ImageBlock | null = null
  for (let from = 0; from < rows.count; from += step) {
    reading.progress(`Reading ${shown}`, from, rows.count)
    const to = Math.min(rows.count, from + step)
    const slab = imageStack((await entry.rows(from, to)) as Numbers, shown, part(rows, from, to), description, quiet(reading, from)) // prettier-ignore
    const size = slab.shape[0] * slab.shape[1] * slab.shape[2]
    if (whole === null) {
      checkValues(rows.count * size, 5, shown, reading.limits)
      const base = { name: description.name, source: description.source, ...rows }
      const values: NumericArray = emptyLike(slab.values, rows.count * size)
      whole = { ...base, ...slab, values, present: new Uint8Array(rows.count) }
    }
    whole.values.set(slab.values, from * size)
    whole.present.set(slab.present, from)
  }
  return whole!
}

function part({ ids, pairing, origin }: Rows, from: number, to: number): Rows {
  return { ids: ids === null ? null : ids.slice(from, to), pairing, count: to - from, origin: (i) => origin(from + i) }
}

/** What is said of the stack is said once. */
function quiet(reading: Reading, from: number): Reading {
  return from === 0 ? reading : { ...reading, notes: [] }
}
