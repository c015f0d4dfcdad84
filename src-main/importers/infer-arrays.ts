/** What NumPy arrays are, by their shapes: `[n]` metadata, `[n, d]` curves or vectors, `[n, h, w]` and more images. */
import type { ModalityKind } from '../../src-shared/domain/dataset.ts'
import { folderName, type Inferred } from './inferred.ts'
import { textOf, wholeOf } from './array-store.ts'
import type { StoredArray } from './formats/format.ts'
import { type Library, quoted } from './library.ts'
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
  const entries = (await library.stored.arrays(file)).filter((entry) => !library.stored.isIds(file, entry))
  const grids = await gridsOf(entries)
  const names = new Set(grids.values())
  for (const entry of entries) {
    const { name, shape } = entry
    if (names.has(name) && name !== '') continue
    const shown = name === '' ? file.stem : name
    const own = name === '' ? file.path : `${file.path}:${quoted(name)}`
    if (shape.length === 1) {
      const kind = kindOfCells(textOf(await wholeOf(entry)), false)
      if (kind === 'category' || kind === 'number') found.metadata.push({ column: own, kind })
    } else if (shape.length === 2) {
      const rows = Math.min(shape[0]!, sampledRows)
      const kind = rowKind(shown, await entry.rows(0, rows), [rows, shape[1]!])
      const grid = grids.get(shape[1]!)
      const source = grid === undefined ? own : `${file.path}:${quoted(grid)},${quoted(name)}`
      found.modalities.push(
        grid === undefined ? { name: shown, kind, source } : { name: shown, kind: 'curve', source, gridLabel: grid },
      )
    } else if (shape.length === 3 && shape[2] === 2) {
      found.modalities.push({ name: shown, kind: 'curve', source: own })
    } else if (shape.length === 3 || shape.length === 4) {
      found.modalities.push({ name: shown, kind: 'image', source: own })
    } else {
      reading.leftOut.push({
        what: own,
        reason: `an array of shape (${shape.join(', ')}), which is no stack of samples`,
      })
    }
  }
}

/** The grids of curves by their number of points. */
async function gridsOf(entries: readonly StoredArray[]): Promise<Map<number, string>> {
  const grids = new Map<number, string>()
  for (const entry of entries)
    if (mayBeGrid(entry, entries) && ascends(await wholeOf(entry))) grids.set(entry.shape[0]!, entry.name)
  return grids
}

/** A one-dimensional array beside curves of as many points; its values must ascend besides. */
function mayBeGrid({ name, shape, type }: StoredArray, entries: readonly StoredArray[]): boolean {
  if (type === 'text' || shape.length !== 1 || name === '') return false
  const points = shape[0]!
  const stacks = entries.filter((entry) => entry.shape.length > 1)
  const curves = stacks.some((entry) => entry.shape.length === 2 && entry.shape[1] === points)
  const perSample = stacks.some((entry) => entry.shape[0] === points)
  return curves && (!perSample || /^(?:x|t|time|grid|axis)$/i.test(name))
}

function ascends({ values }: NpyArray): boolean {
  return values.every((value, i) => i === 0 || value > values[i - 1]!)
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
