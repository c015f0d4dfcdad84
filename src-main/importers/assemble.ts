/** From blocks to a data set: paired, curves on their common grid, faults and short curves left out, scaled. */
import { rounded } from '../../src-shared/curve-words.ts'
import type { DataDescription, MatchRule } from '../../src-shared/domain/dataset.ts'
import type { ImportQuestion } from '../../src-shared/domain/import.ts'
import { type CausalscopeError, refused } from '../../src-shared/errors.ts'
import type { Dataset, ModalityData } from '../datasets/dataset.ts'
import type { Block, CurveBlock, ModalityBlock } from './blocks.ts'
import { type CommonGrid, commonGrid } from './curves.ts'
import { place } from './faults.ts'
import { type KeyTables, pair, type Pairing } from './pair.ts'
import type { Blocks } from './read.ts'
import { askAboutFaults, askAboutMissing, askAboutShort } from './questions.ts'
import { counted, listed, type Reading } from './reading.ts'
import { describedAs, metadataData, modalityData } from './stored-data.ts'

export interface Assembled {
  readonly dataset: Dataset
  readonly pairing: string
  readonly match: MatchRule
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
  keys: KeyTables,
  reading: Reading,
): Assembled {
  const questions: ImportQuestion[] = []
  const all = [...blocks.modalities, ...blocks.columns]
  const pairing = pair(all, description.samples ?? {}, keys, reading)
  questions.push(...reading.decisions.map(({ question }) => question))
  noteGroups(all, reading)
  const grids = blocks.modalities.map((block, m) =>
    block.kind === 'curve' ? gridFor(block, pairing.rows[m]!, description, reading, questions) : null,
  )
  const has = blocks.modalities.map((block, m) => presence(block, grids[m] ?? null, pairing.rows[m]!))
  noteBareSamples(blocks, pairing, has, grids, reading)
  blocks.modalities.forEach((block, m) => {
    const ids = pairing.ids.filter((_, i) => has[m]![i] === 0 && has.some((present) => present[i] === 1))
    if (ids.length > 0) questions.push(askAboutMissing(block.name, ids, description))
  })
  if (reading.log.faults.length > 0)
    questions.push(askAboutFaults(reading.log, description, isSystematic(reading, pairing.ids.length)))
  const kept = keptSamples(pairing, has, description, reading)
  const faulty =
    description.faults === 'leave-out' ? null : reading.log.refusal(isSystematic(reading, pairing.ids.length))
  // What is open comes first: faults often follow from it.
  const blocked = reading.decisions[0]?.error ?? faulty
  if (description.faults === 'leave-out') noteFaults(reading)
  if (kept.length < (reading.limits.fewest ?? 2))
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
  return { dataset, pairing: pairing.words, match: pairing.match, complete, details, questions, blocked }
}

/** Repeated measurements as samples share what else was measured of theirs: said, for they are not independent. */
function noteGroups(all: readonly Block[], { notes }: Reading): void {
  const grouped = all.find(({ groups }) => groups !== undefined)
  if (grouped === undefined) return
  const groups = new Set(grouped.groups)
  notes.push({
    severity: 'warning',
    message: `${grouped.origin(0).file}: its ${grouped.count} repeated measurements of ${groups.size} samples are samples of their own, with what else was measured of these. They are not independent of each other; the column group says which belong together.`,
  })
}

/** Faults of most samples have one cause: it must be found, and leaving values out is no way around it. */
function isSystematic({ log }: Reading, samples: number): boolean {
  const faulty = new Set(log.faults.flatMap(({ id }) => (id === undefined ? [] : [id])))
  return samples >= fewSamples && 2 * faulty.size > samples
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
      reading.decisions[0]?.error ??
      reading.log.refusal(true) ??
      refused(`${block.name}: there is no usable curve.`, 'Check the table.', { file: block.source })
    )
  const common = commonGrid(block.curves, { shorten, ...(points === undefined ? {} : { points }) }, block.name)
  const { grid } = common
  const ends = `${rounded(grid[0]!)} to ${rounded(grid[grid.length - 1]!)}`
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
    questions.push(askAboutShort(block.name, ids, ends, common.shared, shorten))
  return common
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
    const row = pairing.rows[from]![i]!
    log.add({
      ...all[from]!.origin(row),
      id,
      message: `the sample has no modality: nothing in ${listed(names)} belongs to it.`,
      hint: 'Add its file or row, or take the sample out.',
      ...all[from]!.lacks?.(row),
    })
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
