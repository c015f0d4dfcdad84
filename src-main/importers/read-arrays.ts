/** Blocks from NumPy arrays: stacks `[n, ...]` in one file, or one file a sample. */
import type { ModalityDescription } from '../../src-shared/domain/dataset.ts'
import { refused } from '../../src-shared/errors.ts'
import { type Numbers, type Rows, shapeText, stackBlock } from './array-stacks.ts'
import type { ColumnBlock, ModalityBlock } from './blocks.ts'
import { emptyLike } from './image.ts'
import { textOf, wholeOf } from './array-store.ts'
import { readSlabs } from './image-slabs.ts'
import type { Library } from './library.ts'
import { checkValues } from './limits.ts'
import type { NpyArray } from './npy.ts'
import type { Reading } from './reading.ts'
import { checkStems, type ScannedFile } from './scan.ts'

function numeric(array: NpyArray, file: string): Numbers {
  checkStack(array, file)
  if (array.type === 'text') throw refused(`${file} holds text, not numbers.`, 'Save numbers.', { file })
  return array
}

function checkStack({ type, shape }: Pick<NpyArray, 'type' | 'shape'>, file: string): void {
  if (type === 'text') throw refused(`${file} holds text, not numbers.`, 'Save numbers.', { file })
  if (shape.length === 0 || shape.includes(0))
    throw refused(`${file} has the shape ${shapeText(shape)}: it holds no samples.`, 'Save the array again.', { file })
}

/** A modality from arrays `[n, ...]`: one, or with a grid before it for curves. */
export async function readStack(
  file: ScannedFile,
  library: Library,
  description: ModalityDescription,
  selected: readonly string[],
  reading: Reading,
): Promise<ModalityBlock> {
  library.use(file)
  const entries = await library.stored.arrays(file)
  const chosen = selected.map((name) => {
    const entry = entries.find((candidate) => candidate.name === name)
    if (entry === undefined)
      throw refused(
        `${file.path} holds no array "${name}".`,
        `It holds: ${entries.map((candidate) => candidate.name).join(', ')}.`,
        { file: file.path, field: name },
      )
    return entry
  })
  const entry = chosen[chosen.length - 1] ?? entries[0]
  if (entry === undefined) throw refused(`${file.path} holds no array.`, 'Save it again.', { file: file.path })
  const shown = entry.name === '' ? file.path : `${file.path}:${entry.name}`
  checkStack(entry, shown)
  const count = entry.shape[0]!
  const ids = await library.stored.idsFor(file, entry)
  const rows: Rows = {
    ids: ids === null ? null : checkedIds(ids, shown),
    pairing: ids === null ? `${shown} by row` : `${shown} by its ids`,
    count,
    origin: (i) => ({ file: shown, row: i }),
  }
  if (description.kind === 'image' && description.size !== undefined && entry.shape.length > 2)
    return readSlabs(entry, shown, rows, description, reading)
  const array = numeric(await wholeOf(entry, reading.limits, shown), shown)
  const gridded = description.kind === 'curve' && chosen.length === 2
  const grid = gridded ? numeric(await wholeOf(chosen[0]!, reading.limits), file.path) : null
  return stackBlock(array, grid, shown, rows, description, reading)
}

function checkedIds(ids: readonly string[], file: string): readonly string[] {
  const seen = new Map<string, number>()
  ids.forEach((id, row) => {
    const before = seen.get(id)
    if (before !== undefined || id === '')
      throw refused(
        id === ''
          ? `${file}: the id of row ${row} is empty.`
          : `${file}: rows ${before} and ${row} have the id "${id}".`,
        'Give each sample an id of its own.',
        { file, row, id },
      )
    seen.set(id, row)
  })
  return ids
}

/** A metadata column from an array `[n]`. */
export async function readArrayColumn(
  file: ScannedFile,
  name: string,
  library: Library,
  column: string,
  kind: ColumnBlock['kind'],
  reading: Reading,
): Promise<ColumnBlock> {
  library.use(file)
  const shown = name === '' ? file.path : `${file.path}:${name}`
  const array = (await library.stored.arrays(file)).find((entry) => entry.name === name)
  if (array?.shape.length !== 1)
    throw refused(`${shown} is no array with one value a sample.`, 'Metadata need the shape (n).', { file: shown })
  const count = array.shape[0]!
  const ids = await library.stored.idsFor(file, array)
  const cells = textOf(await wholeOf(array, reading.limits)).map((text, i): string | number | null => {
    if (kind === 'category') return text === '' || text === 'NaN' ? null : text
    const value = Number(text)
    if (Number.isNaN(value)) return null
    if (Number.isFinite(value)) return value
    reading.log.add({ file: shown, row: i, message: `the value is ${value}.`, hint: 'Correct the value.' })
    return null
  })
  return {
    kind,
    name: column,
    source: shown,
    ids: ids === null ? null : checkedIds(ids, shown),
    pairing: ids === null ? `${shown} by row` : `${shown} by its ids`,
    count,
    origin: (i) => ({ file: shown, row: i }),
    cells,
  }
}

/** One `.npy` file a sample, all of one shape: stacked, then read as a stack with the file names as ids. */
export async function readArrayFiles(
  files: readonly ScannedFile[],
  library: Library,
  description: ModalityDescription,
  reading: Reading,
): Promise<ModalityBlock> {
  checkStems(files)
  const arrays: (Numbers | null)[] = []
  let first: Numbers | null = null
  for (const [i, file] of files.entries()) {
    reading.progress(`Reading ${description.source}`, i, files.length)
    library.use(file)
    const array = numeric(await library.stored.array(file), file.path)
    first ??= array
    const fits = array.type === first.type && array.shape.join() === first.shape.join()
    checkValues(first.values.length * files.length, 8, description.source, reading.limits)
    if (!fits)
      reading.log.add({
        file: file.path,
        id: file.stem,
        message: `the array is ${array.type} ${shapeText(array.shape)}; ${files[0]!.path} is ${first.type} ${shapeText(first.shape)}.`,
        hint: 'Bring all arrays to one shape and type.',
      })
    arrays.push(fits ? array : null)
  }
  if (first === null) throw refused(`${description.source} holds no array.`, '', { file: description.source })
  const size = first.values.length
  const values = emptyLike(first.values, size * files.length)
  // A row of a file that does not fit must pass the checks of a stack, and is then marked absent.
  arrays.forEach((array, i) => values.set((array ?? first).values, i * size))
  const rows: Rows = {
    ids: files.map((file) => file.stem),
    pairing: 'by file name',
    count: files.length,
    origin: (i) => ({ file: files[i]!.path }),
  }
  const shape = [files.length, ...first.shape]
  const block = stackBlock({ ...first, shape, values }, null, description.source, rows, description, reading)
  const absent = arrays.flatMap((array, i) => (array === null ? [i] : []))
  if (block.kind === 'curve') return { ...block, curves: block.curves.map((c, i) => (absent.includes(i) ? null : c)) }
  for (const i of absent) block.present[i] = 0
  return block
}
