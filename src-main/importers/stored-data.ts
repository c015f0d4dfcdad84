/** Blocks as a data set stores them: in the order of its samples, on the common grid, scaled. */
import { curveWords } from '../../src-shared/curve-words.ts'
import type { DataDescription, MetadataColumn, Modality, ModalityDescription } from '../../src-shared/domain/dataset.ts'
import type { MetadataData, ModalityData } from '../datasets/dataset.ts'
import type { ColumnBlock, CurveBlock, ImageBlock, ModalityBlock, VectorBlock } from './blocks.ts'
import { emptyRows } from '../datasets/empty-rows.ts'
import { naturalOrder } from './cells.ts'
import { type CommonGrid, resample } from './curves.ts'
import { pixelWords } from './read-images.ts'
import { counted, listed, type Reading } from './reading.ts'
import { featureScaling, imageScaling, stored, wholeScaling } from './scale.ts'

export function describedAs(description: DataDescription, name: string): ModalityDescription | undefined {
  return description.modalities?.find((modality) => modality.name === name)
}

export interface Built {
  readonly data: ModalityData
  readonly detail: string
}

/** `rows[i]` is the block's row of sample i, -1 where absent. */
export function modalityData(
  block: ModalityBlock,
  grid: CommonGrid | null,
  rows: Int32Array,
  own: ModalityDescription | undefined,
  reading: Reading,
): Built {
  switch (block.kind) {
    case 'image':
      return imageData(block, rows, own, reading)
    case 'curve':
      return curveData(block, grid!, rows, own)
    case 'vector':
    case 'embedding':
      return vectorData(block, rows, own, reading)
  }
}

function built(
  block: ModalityBlock,
  rest: Pick<Modality, 'shape' | 'scaling'> & Partial<Modality>,
  data: Float32Array,
  rows: Int32Array,
  detail: string,
): Built {
  const present = Uint8Array.from(rows, (row) => (row >= 0 ? 1 : 0))
  const count = present.reduce((sum, bit) => sum + bit, 0)
  const modality = { name: block.name, kind: block.kind, source: block.source, present: count, ...rest }
  return { data: { modality, data, present }, detail }
}

function imageData(
  block: ImageBlock,
  rows: Int32Array,
  own: ModalityDescription | undefined,
  { notes }: Reading,
): Built {
  const size = block.shape[0] * block.shape[1] * block.shape[2]
  const { scaling, note } = imageScaling(block.values, block.pixelType, own?.scale)
  if (note !== null) notes.push({ severity: 'info', message: `${block.name}: ${note}` })
  const [offset, scale] = [scaling.offset[0]!, scaling.scale[0]!]
  const data = new Float32Array(rows.length * size)
  rows.forEach((row, i) => {
    if (row < 0) return
    for (let k = 0; k < size; k++) data[i * size + k] = (block.values[row * size + k]! - offset) / scale
  })
  const colour = block.shape[2] === 3 ? 'RGB' : 'grey'
  const detail = `image ${block.shape[1]} x ${block.shape[0]}, ${colour}, ${pixelWords(block.pixelType)}`
  return built(block, { shape: [...block.shape], scaling }, data, rows, detail)
}

function curveData(
  block: CurveBlock,
  { grid }: CommonGrid,
  rows: Int32Array,
  own: ModalityDescription | undefined,
): Built {
  const values = new Float64Array(rows.length * grid.length)
  const measured: number[] = []
  rows.forEach((row, i) => {
    const curve = row < 0 ? null : block.curves[row]
    if (curve === null || curve === undefined) return
    values.set(resample(curve, grid), i * grid.length)
    measured.push(i)
  })
  const known = Float64Array.from({ length: measured.length * grid.length }, (_, k) => {
    const i = measured[Math.floor(k / grid.length)]!
    return values[i * grid.length + (k % grid.length)]!
  })
  const scaling = wholeScaling(known, own?.scale)
  const data = new Float32Array(values.length)
  for (const i of measured)
    for (let k = i * grid.length; k < (i + 1) * grid.length; k++) data[k] = stored(values[k]!, scaling, 0)
  const { gridLabel, gridUnit, valueLabel, valueUnit } = block
  const labels = Object.fromEntries(
    Object.entries({ gridLabel, gridUnit, valueLabel, valueUnit }).filter(([, text]) => text !== undefined),
  )
  const rest = {
    shape: [grid.length],
    scaling,
    grid: [...grid],
    ...labels,
  }
  return built(block, rest, data, rows, curveWords(rest))
}

function vectorData(
  block: VectorBlock,
  rows: Int32Array,
  own: ModalityDescription | undefined,
  { notes }: Reading,
): Built {
  const size = block.features.length
  const present = [...rows].filter((row) => row >= 0)
  const known = new Float64Array(present.length * size)
  present.forEach((row, i) => known.set(block.values.subarray(row * size, (row + 1) * size), i * size))
  const scaling = block.kind === 'embedding' ? wholeScaling(known, own?.scale) : featureScaling(known, size, own?.scale)
  const constant = block.features.filter((_, k) =>
    present.every((row) => block.values[row * size + k] === block.values[present[0]! * size + k]),
  )
  if (constant.length > 0)
    notes.push({
      severity: 'warning',
      message: `${block.name}: ${listed(constant)} ${constant.length === 1 ? 'has' : 'have'} one value in all samples and ${constant.length === 1 ? 'says' : 'say'} nothing.`,
    })
  const empty = block.kind === 'embedding' ? emptyRows(block.values, size, present) : []
  if (empty.length > 0 && empty.length < present.length)
    notes.push({ severity: 'warning', message: emptyWords(block, empty) })
  const data = new Float32Array(rows.length * size)
  rows.forEach((row, i) => {
    if (row < 0) return
    for (let k = 0; k < size; k++) data[i * size + k] = stored(block.values[row * size + k]!, scaling, k)
  })
  const rest = { shape: [size], scaling, features: [...block.features] }
  return built(block, rest, data, rows, `${block.kind}, ${counted(size, 'feature')}`)
}

function emptyWords({ name, ids }: VectorBlock, empty: readonly number[]): string {
  const [are, have] = empty.length === 1 ? ['is', 'has'] : ['are', 'have']
  const which = listed(empty.map((row) => ids?.[row] ?? `row ${row + 1}`))
  return `${name}: ${which} ${are} all zeros, as encoders write where they had no input, and ${have} no direction: probes and the partial causal model go without.`
}

export function metadataData(block: ColumnBlock, rows: Int32Array): MetadataData {
  const cells = [...rows].map((row) => (row < 0 ? null : block.cells[row]!))
  const missing = cells.filter((cell) => cell === null).length
  const base = { column: block.name, missing }
  if (block.kind === 'number') {
    const values = Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell)))
    const column: MetadataColumn = { ...base, kind: 'number' }
    return { column, values }
  }
  const texts = cells.map((cell) => (cell === null ? null : String(cell)))
  const categories = [...new Set(texts.filter((text) => text !== null))].sort(naturalOrder)
  const codes = new Map(categories.map((category, code) => [category, code]))
  const values = Float64Array.from(texts, (text) => (text === null ? -1 : codes.get(text)!))
  return { column: { ...base, kind: 'category', categories }, values }
}
