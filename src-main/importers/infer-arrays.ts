/** What NumPy arrays are, by their shapes: `[n]` metadata, `[n, d]` curves or vectors, `[n, h, w]` and more images. */
import type { ModalityDescription, ModalityKind } from '../../src-shared/domain/dataset.ts'
import { folderName, type Inferred } from './inferred.ts'
import { lastPart, textOf, wholeOf } from './array-store.ts'
import { broughtTo, reducedSize } from './infer-images.ts'
import type { StoredArray } from './formats/format.ts'
import type { Library } from './library.ts'
import { quoted } from './sources.ts'
import { type NpyArray, npyHeader } from './npy.ts'
import type { Reading } from './reading.ts'
import type { ScannedFile } from './scan.ts'
import { headOf } from './scan.ts'
import { kindOfCells } from './table-structure.ts'

/** So many files of one shape in a folder are samples, not stacks. */
const fewestArrayFiles = 3
const fewestInRoot = 8
const fewestCurvePoints = 8
/** Rows that tell how smooth all run. */
const sampledRows = 64

export async function inferArrays(library: Library, found: Inferred, reading: Reading): Promise<void> {
  for (const { source, name, files } of library.perSample)
    if (files.every((file) => file.role === 'array')) await inferSamples(source, name, files, library, found)
  for (const { folder, files } of library.folders(
    (file) => file.role === 'array' && !library.inSampleFolders.has(file.path),
  )) {
    if (areSamples(folder, files)) await inferSamples(folder, folderName(folder, ''), files, library, found)
    else for (const file of files) await inferStacks(file, library, found, reading)
  }
  for (const { files } of library.folders((file) => file.role === 'archive'))
    for (const file of files) {
      for (const { name, reason } of await library.stored.unread(file)) reading.leftOut.push({ what: `${file.path}:${name}`, reason }) // prettier-ignore
      if ((await library.stored.arrays(file)).length > 0) await inferStacks(file, library, found, reading)
      else library.leaveOut(file, `${file.format.words} without arrays; unpack it`)
    }
}

/** One array a sample: many files of one shape, more of them than the first dimension would make samples. */
function areSamples(folder: string, files: readonly ScannedFile[]): boolean {
  if (files.length < (folder === '.' ? fewestInRoot : fewestArrayFiles)) return false
  const counts = new Map<string, number>()
  for (const file of files) {
    const { shape, type } = npyHeader(headOf(file.absolute, file.path), file.path)
    const key = `${type} ${shape.join()}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return Math.max(...counts.values()) * 2 > files.length
}

async function inferSamples(
  source: string,
  name: string,
  files: readonly ScannedFile[],
  library: Library,
  found: Inferred,
): Promise<void> {
  const array = await library.stored.array(files[0]!)
  const { shape } = array
  const kind: ModalityKind =
    shape.length === 1 ? rowKind(name, array, [1, shape[0]!]) : shape.length === 2 && shape[1] === 2 ? 'curve' : 'image'
  found.modalities.push({ name: name === '' ? kind : name, kind, source })
}

async function inferStacks(file: ScannedFile, library: Library, found: Inferred, reading: Reading): Promise<void> {
  const { stored } = library
  const entries = (await stored.arrays(file)).filter((entry) => !stored.isIds(file, entry))
  const grids = await gridsOf(entries, reading)
  const names = new Set([...grids.values()].map(({ name }) => name))
  for (const entry of entries) {
    const { name, shape } = entry
    if (names.has(name) && name !== '') continue
    const own = name === '' ? file.path : `${file.path}:${quoted(name)}`
    if (shape.length === 1) await inferList(file, entry, own, library, found, reading)
    else if (entry.type === 'text') reading.leftOut.push({ what: own, reason: 'a table of texts' })
    else if (shape.length > 4)
      reading.leftOut.push({
        what: own,
        reason: `an array of shape (${shape.join(', ')}), which is no stack of samples`,
      })
    else found.modalities.push(await stackDescription(file, entry, entries, own, grids, reading))
  }
}

/** One value a sample: metadata, unless ids beside it say that there are more samples or fewer. */
async function inferList(
  file: ScannedFile,
  entry: StoredArray,
  own: string,
  { stored }: Library,
  found: Inferred,
  reading: Reading,
): Promise<void> {
  const count = entry.shape[0]!
  const named = (await stored.namedSamples(file, entry)) ?? count
  if (named !== count) {
    reading.leftOut.push({ what: own, reason: `${count} values beside the ids of ${named} samples` })
    return
  }
  const kind = kindOfCells(textOf(await wholeOf(entry, reading.limits)), false)
  if (kind === 'category' || kind === 'number') found.metadata.push({ column: own, kind })
}

/** What an array of two axes or more is, by its shape, its name and its values. */
async function stackDescription(
  file: ScannedFile,
  entry: StoredArray,
  entries: readonly StoredArray[],
  source: string,
  grids: ReadonlyMap<number, StoredArray>,
  reading: Reading,
): Promise<ModalityDescription> {
  const { shape, unit } = entry
  const last = lastPart(entry.name)
  const alone = entries.filter(({ name }) => lastPart(name) === last).length === 1
  const name = entry.name === '' ? file.stem : alone ? last : entry.name
  const measured = unit === undefined ? {} : { unit }
  if (shape.length === 3 && shape[2] === 2) return { name, kind: 'curve', source, ...measured }
  if (shape.length > 2) return { name, kind: 'image', source, ...largeStack(name, shape, reading) }
  const rows = Math.min(shape[0]!, sampledRows)
  const grid = grids.get(shape[1]!)
  if (grid === undefined) return { name, kind: rowKind(name, await entry.rows(0, rows), [rows, shape[1]!]), source, ...measured } // prettier-ignore
  return {
    name,
    kind: 'curve',
    source: `${file.path}:${quoted(grid.name)},${quoted(entry.name)}`,
    gridLabel: lastPart(grid.name),
    ...(grid.unit === undefined ? {} : { gridUnit: grid.unit }),
    ...measured,
  }
}

/** Large images are brought to a size that networks can take, as those in folders are. */
function largeStack(name: string, shape: readonly number[], reading: Reading): { size?: [number, number] } {
  const [, a, b, c] = shape
  const channelsFirst = c !== undefined && c > 4
  const size = channelsFirst ? reducedSize(b!, c) : reducedSize(a!, b!)
  if (size === null) return {}
  reading.notes.push(broughtTo(name, size))
  return { size }
}

/** The grids of curves by their number of points. */
async function gridsOf(entries: readonly StoredArray[], { limits }: Reading): Promise<Map<number, StoredArray>> {
  const grids = new Map<number, StoredArray>()
  for (const entry of entries)
    if (mayBeGrid(entry, entries) && runsOn(await wholeOf(entry, limits))) grids.set(entry.shape[0]!, entry)
  return grids
}

/** A one-dimensional array beside curves of as many points; its values must run on besides. */
function mayBeGrid({ name, shape, type }: StoredArray, entries: readonly StoredArray[]): boolean {
  if (type === 'text' || shape.length !== 1 || name === '') return false
  const points = shape[0]!
  const stacks = entries.filter((entry) => entry.shape.length > 1)
  const curves = stacks.some((entry) => entry.shape.length === 2 && entry.shape[1] === points)
  const perSample = stacks.some((entry) => entry.shape[0] === points)
  return curves && (!perSample || /^(?:x|t|time|grid|axis)$/i.test(lastPart(name)))
}

function runsOn(array: NpyArray): boolean {
  if (array.type === 'text') return false
  const { values } = array
  const direction = Math.sign(values[1]! - values[0]!)
  return direction !== 0 && values.every((value, i) => i === 0 || Math.sign(value - values[i - 1]!) === direction)
}

/** Whether rows `[n, d]` are curves or vectors: by name, else by how smooth they run. */
function rowKind(name: string, array: NpyArray, [n, d]: readonly [number, number]): ModalityKind {
  if (/embed/i.test(name)) return 'embedding'
  if (/curve|spectr|signal|trace|series|response|profile/i.test(name)) return 'curve'
  if (/feature|vector|descriptor/i.test(name) || array.type === 'text' || d < fewestCurvePoints) return 'vector'
  let rough = 0
  let spread = 0
  for (let i = 0; i < n; i++) {
    const row = Array.from(array.values.subarray(i * d, (i + 1) * d))
    const mean = row.reduce((a, b) => a + b, 0) / d
    row.forEach((value, k) => {
      spread += (value - mean) ** 2
      if (k > 0) rough += (value - row[k - 1]!) ** 2
    })
  }
  // Von Neumann's ratio: near 2 where neighbours are unrelated, near 0 on a smooth curve.
  return rough < 0.7 * spread ? 'curve' : 'vector'
}
