/** From blocks to a data set: paired, curves on their common grid, faults and short curves left out, scaled. */
import type { DataDescription, MetadataColumn, Modality, ModalityDescription } from '../../src-shared/domain/dataset.ts'
import type { ImportQuestion } from '../../src-shared/domain/import.ts'
import { type CausalscopeError, refused } from '../../src-shared/errors.ts'
import type { Dataset, MetadataData, ModalityData } from '../datasets/dataset.ts'
import type { ColumnBlock, CurveBlock, ImageBlock, ModalityBlock, VectorBlock } from './blocks.ts'
import { naturalOrder } from './cells.ts'
import { type CommonGrid, commonGrid, resample } from './curves.ts'
import { place } from './faults.ts'
import { pair, type Pairing } from './pair.ts'
import type { Blocks } from './read.ts'
import { pixelWords } from './read-images.ts'
import { counted, listed, type Reading } from './reading.ts'
import { featureScaling, imageScaling, stored, wholeScaling } from './scale.ts'

export interface Assembled {
  readonly dataset: Dataset
  readonly pairing: string
  readonly complete: number
  /** For each modality, what it is in words. */
  readonly details: readonly string[]
  readonly questions: readonly ImportQuestion[]
  /** Why the data cannot be imported as described; null when they can. */
  readonly blocked: CausalscopeError | null
}

/** Fewer samples than the components of three two-valued nodes cannot be told into them. */
const fewSamples = 8

export function assemble(
  name: string,
  source: string,
  blocks: Blocks,
  description: DataDescription,
  reading: Reading,
): Assembled {
  const questions: ImportQuestion[] = []
  const all = [...blocks.modalities, ...blocks.columns]
  const pairing = pair(all, reading)
  const grids = blocks.modalities.map((block, m) =>
    block.kind === 'curve' ? gridFor(block, pairing.rows[m]!, description, reading, questions) : null,
  )
  const has = blocks.modalities.map((block, m) => presence(block, grids[m] ?? null, pairing.rows[m]!))
  noteBareSamples(blocks, pairing, has, grids, reading)
  askAboutMissing(blocks, pairing, has, description, questions)
  askAboutFaults(description, reading, questions)
  const kept = keptSamples(pairing, has, description, reading)
  const blocked = description.faults === 'leave-out' ? null : reading.log.refusal()
  if (description.faults === 'leave-out') noteFaults(reading)
  if (kept.length < 2)
    throw (
      blocked ??
      refused(
        kept.length === 0 ? `${source} holds no usable sample.` : `${source} holds a single sample.`,
        'Two samples are the least; some tens are the least of use.',
        { file: source },
      )
    )
  if (kept.length < fewSamples)
    reading.notes.push({
      severity: 'warning',
      message: `There are only ${kept.length} samples. A model needs at least as many as it has components: ${fewSamples} with three nodes of two categories.`,
    })
  const details: string[] = []
  const modalities = blocks.modalities.map((block, m): ModalityData => {
    reading.progress('Scaling', m, blocks.modalities.length)
    const rows = Int32Array.from(kept, (i) => (has[m]![i] === 1 ? pairing.rows[m]![i]! : -1))
    const { data, detail } = modalityData(block, grids[m] ?? null, rows, describedAs(description, block.name), reading)
    details.push(detail)
    return data
  })
  const metadata = blocks.columns.map((block, c) => {
    const rows = pairing.rows[blocks.modalities.length + c]!
    return metadataData(
      block,
      Int32Array.from(kept, (i) => rows[i]!),
    )
  })
  const complete = kept.filter((i) => has.every((present) => present[i] === 1)).length
  const dataset = {
    name,
    source,
    ids: kept.map((i) => pairing.ids[i]!),
    modalities,
    metadata,
    notes: reading.notes,
  }
  return { dataset, pairing: pairing.words, complete, details, questions, blocked }
}

function describedAs(description: DataDescription, name: string): ModalityDescription | undefined {
  return description.modalities?.find((modality) => modality.name === name)
}

/** The common grid of the curves that are paired; notes and asks about those too short for it. */
function gridFor(
  block: CurveBlock,
  rows: Int32Array,
  description: DataDescription,
  reading: Reading,
  questions: ImportQuestion[],
): CommonGrid {
  const own = describedAs(description, block.name)
  const shorten = description.shortCurves === 'shorten'
  const points = own?.points
  if (block.curves.every((curve) => curve === null))
    throw (
      reading.log.refusal() ??
      refused(`${block.name}: there is no usable curve.`, 'Check the table.', { file: block.source })
    )
  const common = commonGrid(block.curves, { shorten, ...(points === undefined ? {} : { points }) }, block.name)
  const { grid } = common
  const ends = `${format(grid[0]!)} to ${format(grid[grid.length - 1]!)}`
  if (common.resampled)
    reading.notes.push({
      severity: 'info',
      message: `${block.name}: the curves are interpolated onto ${grid.length} common grid points from ${ends}; nothing is extrapolated.`,
    })
  const short = new Set(common.short)
  const ids = [...rows].flatMap((row) => (short.has(row) ? [block.ids?.[row] ?? `row ${row + 1}`] : []))
  if (ids.length > 0)
    reading.notes.push({
      severity: 'warning',
      message: `${block.name}: ${counted(ids.length, 'curve')} not reaching from ${ends} left out: ${listed(ids)}.`,
      ids,
    })
  if ((ids.length > 0 && common.shared !== null) || shorten)
    questions.push({
      severity: 'warning',
      title: shorten ? `${block.name} is shortened` : `${counted(ids.length, 'curve is', 'curves are')} shorter`,
      message: shorten
        ? `All curves of ${block.name} are used from ${ends}, which all of them cover.`
        : `${listed(ids)} of ${block.name} ${ids.length === 1 ? 'does' : 'do'} not reach from ${ends}. Nothing is extrapolated: leave ${ids.length === 1 ? 'it' : 'them'} out, or use ${format(common.shared![0])} to ${format(common.shared![1])} for all?`,
      ids,
      choice: {
        field: 'shortCurves',
        chosen: shorten ? 'shorten' : 'leave-out',
        options: [
          { value: 'leave-out', title: 'Leave out' },
          { value: 'shorten', title: 'Shorten all' },
        ],
      },
    })
  return common
}

function format(value: number): string {
  return String(Number(value.toPrecision(6)))
}

/** [n], 1 where the sample has the modality. */
function presence(block: ModalityBlock, grid: CommonGrid | null, rows: Int32Array): Uint8Array {
  const short = new Set(grid?.short)
  return Uint8Array.from(rows, (row) => {
    if (row === -1) return 0
    if (block.kind === 'curve') return block.curves[row] === null || short.has(row) ? 0 : 1
    return block.present[row]!
  })
}

/** Samples that no modality ever named, or with nothing in it, are faults of the input. */
function noteBareSamples(
  blocks: Blocks,
  pairing: Pairing,
  has: readonly Uint8Array[],
  grids: readonly (CommonGrid | null)[],
  { log }: Reading,
): void {
  if (blocks.modalities.length === 0) return
  const faulty = new Set(log.faults.flatMap(({ id }) => (id === undefined ? [] : [id])))
  const shorts = grids.map((grid) => new Set(grid?.short))
  const all = [...blocks.modalities, ...blocks.columns]
  const names = blocks.modalities.map((block) => block.name)
  pairing.ids.forEach((id, i) => {
    const short = shorts.some((rows, m) => rows.has(pairing.rows[m]![i]!))
    if (has.some((present) => present[i] === 1) || faulty.has(id) || short) return
    const from = all.findIndex((_, b) => pairing.rows[b]![i]! >= 0)
    log.add({
      ...all[from]!.origin(pairing.rows[from]![i]!),
      id,
      message: `the sample has no modality: nothing in ${listed(names)} belongs to it.`,
      hint: 'Add its file or row, or take the sample out.',
    })
  })
}

function askAboutMissing(
  blocks: Blocks,
  pairing: Pairing,
  has: readonly Uint8Array[],
  description: DataDescription,
  questions: ImportQuestion[],
): void {
  if (blocks.modalities.length < 2) return
  blocks.modalities.forEach(({ name }, m) => {
    const ids = pairing.ids.filter((_, i) => has[m]![i] === 0 && has.some((present) => present[i] === 1))
    if (ids.length === 0) return
    questions.push({
      severity: 'warning',
      title: `${counted(ids.length, 'sample has', 'samples have')} no ${name}`,
      message: `${listed(ids)}. Keep ${ids.length === 1 ? 'it' : 'them'} with what there is, or leave ${ids.length === 1 ? 'it' : 'them'} out?`,
      ids: ids.slice(0, 1000),
      choice: {
        field: 'missing',
        chosen: description.missing ?? 'keep',
        options: [
          { value: 'keep', title: 'Keep' },
          { value: 'leave-out', title: 'Leave out' },
        ],
      },
    })
  })
}

function askAboutFaults(description: DataDescription, { log }: Reading, questions: ImportQuestion[]): void {
  const { faults } = log
  if (faults.length === 0) return
  const rest = faults.length > 3 ? ` And ${faults.length - 3} more.` : ''
  questions.push({
    severity: 'warning',
    title: `${counted(faults.length, 'value')} cannot be used`,
    message: `${faults
      .slice(0, 3)
      .map((fault) => `${place(fault)}: ${fault.message}`)
      .join(' ')}${rest} Correct the files, or leave out what is faulty?`,
    ids: [...new Set(faults.flatMap(({ id }) => (id === undefined ? [] : [id])))].slice(0, 1000),
    choice: {
      field: 'faults',
      chosen: description.faults ?? 'refuse',
      options: [
        { value: 'refuse', title: 'Correct first' },
        { value: 'leave-out', title: 'Leave out' },
      ],
    },
  })
}

function noteFaults({ log, notes, leftOut }: Reading): void {
  if (log.faults.length === 0) return
  for (const fault of log.faults) leftOut.push({ what: place(fault), reason: fault.message })
  notes.push({
    severity: 'warning',
    message: `${counted(log.faults.length, 'faulty value')} left out, the first: ${place(log.faults[0]!)}: ${log.faults[0]!.message}`,
    ids: [...new Set(log.faults.flatMap(({ id }) => (id === undefined ? [] : [id])))],
  })
}

/** Indices of the samples that stay. */
function keptSamples(
  pairing: Pairing,
  has: readonly Uint8Array[],
  description: DataDescription,
  { notes, leftOut }: Reading,
): number[] {
  if (has.length === 0) return pairing.ids.map((_, i) => i)
  const counts = pairing.ids.map((_, i) => has.reduce((sum, present) => sum + present[i]!, 0))
  const drop = (least: number, most: number, reason: string, words: string) => {
    const ids = pairing.ids.filter((_, i) => counts[i]! >= least && counts[i]! < most)
    if (ids.length === 0) return
    for (const id of ids) leftOut.push({ what: id, reason })
    notes.push({ severity: 'warning', message: `${counted(ids.length, 'sample')} ${words}: ${listed(ids)}.`, ids })
  }
  drop(0, 1, 'no usable modality', 'without any usable modality left out')
  const least = description.missing === 'leave-out' ? has.length : 1
  if (least > 1) drop(1, least, 'a modality is missing', 'that lack a modality left out')
  const kept = counts.flatMap((count, i) => (count >= least ? [i] : []))
  if (least === 1 && has.length > 1) {
    const partial = kept.filter((i) => counts[i]! < has.length).map((i) => pairing.ids[i]!)
    if (partial.length > 0)
      notes.push({
        severity: 'warning',
        message: `${counted(partial.length, 'sample lacks', 'samples lack')} a modality and ${partial.length === 1 ? 'is' : 'are'} kept with what there is: ${listed(partial)}.`,
        ids: partial,
      })
  }
  return kept
}

interface Built {
  readonly data: ModalityData
  readonly detail: string
}

/** `rows[i]` is the block's row of sample i, -1 where absent. */
function modalityData(
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
  const labels = { gridLabel, gridUnit, valueLabel, valueUnit }
  const range = `${format(grid[0]!)} to ${format(grid[grid.length - 1]!)}`
  const axis = [gridLabel, range, gridUnit].filter((part) => part !== undefined).join(' ')
  const detail = [`curve, ${grid.length} points`, axis, valueUnit].filter((part) => part !== undefined).join(', ')
  const rest = {
    shape: [grid.length],
    scaling,
    grid: [...grid],
    ...Object.fromEntries(Object.entries(labels).filter(([, text]) => text !== undefined)),
  }
  return built(block, rest, data, rows, detail)
}

function vectorData(
  block: VectorBlock,
  rows: Int32Array,
  own: ModalityDescription | undefined,
  { notes }: Reading,
): Built {
  const size = block.features.length
  const present = [...rows].filter((row) => row >= 0)
  const known = Float64Array.from({ length: present.length * size }, (_, k) => {
    return block.values[present[Math.floor(k / size)]! * size + (k % size)]!
  })
  const scaling = block.kind === 'embedding' ? wholeScaling(known, own?.scale) : featureScaling(known, size, own?.scale)
  const constant = block.features.filter((_, k) =>
    present.every((row) => block.values[row * size + k] === block.values[present[0]! * size + k]),
  )
  if (constant.length > 0)
    notes.push({
      severity: 'warning',
      message: `${block.name}: ${listed(constant)} ${constant.length === 1 ? 'has' : 'have'} one value in all samples and ${constant.length === 1 ? 'says' : 'say'} nothing.`,
    })
  const data = new Float32Array(rows.length * size)
  rows.forEach((row, i) => {
    if (row < 0) return
    for (let k = 0; k < size; k++) data[i * size + k] = stored(block.values[row * size + k]!, scaling, k)
  })
  const rest = { shape: [size], scaling, features: [...block.features] }
  return built(block, rest, data, rows, `${block.kind}, ${counted(size, 'feature')}`)
}

function metadataData(block: ColumnBlock, rows: Int32Array): MetadataData {
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
