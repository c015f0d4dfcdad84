/** Few-shot probes of a modality of a data set, or of what a run made of its samples, before and after unmixing. */
import type { DatasetSummary, MetadataColumn } from '../../src-shared/domain/dataset.ts'
import { matrixOf } from '../../src-shared/domain/result.ts'
import { refused } from '../../src-shared/errors.ts'
import { sizeOf, type MetadataData } from '../datasets/dataset.ts'
import { emptyRows } from '../datasets/empty-rows.ts'
import { userValues } from '../datasets/user-values.ts'
import type { ProbeData } from '../evaluation/probe/comparison.ts'
import type { Representation } from '../../src-shared/methods/facets.ts'
import { facetsOf } from '../../src-shared/methods/results.ts'
import type { ReadableDatabase } from '../project/database.ts'
import type { ReadableProject } from '../project/project.ts'
import { readIds, readMetadata, readRows } from '../project/samples.ts'
import { readResult, readResultArrays } from './results.ts'
import { runRows } from './used-rows.ts'
import { realMatrix } from '../statistics/linear-algebra/real-matrix.ts'

export interface ProbeRequest {
  readonly modality: string | null
  /** A finished run whose representation is probed; with a modality, what its encoder alone makes of that. */
  readonly run: number | null
  readonly label: string
  readonly domain: string | null
}

export interface ProbeInput {
  readonly data: ProbeData
  /** What is probed: a modality, `run N`, or `MODALITY as run N encodes it`. */
  readonly features: string
  readonly notes: readonly string[]
}

/** An eigenvalue problem of this size takes a minute; above, nobody would wait. */
const mostDimensions = 2048

/** Values are stored in float32: directions along which rows differ by less than its rounding hold nothing. */
export const storedRankTolerance = 1e-6

/** Numbers of the samples that have them. */
interface Found {
  readonly name: string
  /** [samples of the data set, d] */
  readonly values: Float32Array
  readonly d: number
  /** Rows of the data set, in order. */
  readonly seen: readonly number[]
}

/** @throws refused for a modality, run, label or domain that cannot answer */
export async function probeInput(
  project: ReadableProject,
  dataset: DatasetSummary,
  request: ProbeRequest,
): Promise<ProbeInput> {
  const { database } = project
  const metadata = readMetadata(database, dataset.id)
  const label = categoryColumn(dataset, metadata, request.label, 'labels')
  const domain = request.domain === null ? null : categoryColumn(dataset, metadata, request.domain, 'domains')
  const { name, values, d, seen } =
    request.run === null
      ? ofModality(database, dataset, request.modality)
      : await ofRun(project, dataset, request.run, request.modality)
  const empty = new Set(emptyRows(values, d, seen))
  const rows = seen.filter((row) => !empty.has(row) && (domain === null || domain.values[row]! >= 0))
  const counts = label.categories.map((_, code) => rows.filter((row) => label.values[row] === code).length)
  const codes = Array.from(counts.keys()).filter((code) => counts[code]! > 0)
  if (codes.length < 2)
    throw refused(
      `${request.label} has ${codes.length} of its classes among the ${rows.length} samples of ${name}: nothing is to be told apart.`,
      'Choose another label column or modality.',
      { field: request.label },
    )
  const labels = Int32Array.from(rows, (row) => codes.indexOf(label.values[row]!))
  const matrix = realMatrix(rows.length, d)
  for (const [at, row] of rows.entries()) matrix.values.set(values.subarray(row * d, (row + 1) * d), at * d)
  const withoutDomain = seen.length - empty.size - rows.length
  const unlabelled = labels.filter((code) => code < 0).length
  const notes = [
    ...(empty.size === 0 ? [] : [emptyNote(readIds(database, dataset.id), Array.from(empty), name)]),
    ...(seen.length === dataset.samples ? [] : [`Without ${name}: ${dataset.samples - seen.length} samples.`]),
    ...(withoutDomain === 0 ? [] : [`Left out, without ${request.domain!}: ${withoutDomain} samples.`]),
    ...(unlabelled === 0 ? [] : [`Without ${request.label}: ${unlabelled} samples, which unmixing alone sees.`]),
  ]
  const domains =
    domain === null ? null : { names: domain.categories, of: Int32Array.from(rows, (row) => domain.values[row]!) }
  return {
    data: { rows: matrix, labels, classes: codes.map((code) => label.categories[code]!), domains },
    features: name,
    notes,
  }
}

function ofModality(database: ReadableDatabase, dataset: DatasetSummary, wanted: string | null): Found {
  const name = chosenModality(dataset, wanted)
  const every = Array.from({ length: dataset.samples }, (_, row) => row)
  const [found] = readRows(database, dataset.id, every, [name])
  if (found === undefined) throw new Error(`the data set lost its modality ${name}`)
  const values = userValues(found.modality, found.data, found.present)
  return { name, values, d: sizeOf(found.modality.shape), seen: every.filter((row) => found.present[row] === 1) }
}

async function ofRun(
  project: ReadableProject,
  dataset: DatasetSummary,
  run: number,
  modality: string | null,
): Promise<Found> {
  const { datasetId, samples, rowOf } = runRows(project.database, run)
  if (datasetId !== dataset.id)
    throw refused(
      `Run ${run} was trained on data set ${datasetId}, not ${dataset.id}.`,
      `Ask with --dataset ${datasetId}.`,
    )
  const result = await readResult(project, run)
  const { representation } = facetsOf(result)
  if (representation === null)
    throw refused(`Run ${run} has no representation of samples to probe.`, 'Name a modality instead.')
  const array = modality === null ? representation.mean : outputsOf(representation, run, modality)
  const { values, columns: d } = matrixOf(await readResultArrays(project, run), array)
  const seen: number[] = []
  const all = new Float32Array(dataset.samples * d)
  for (let at = 0; at < samples; at++) {
    if (Number.isNaN(values[at * d])) continue
    seen.push(rowOf(at))
    all.set(values.subarray(at * d, (at + 1) * d), rowOf(at) * d)
  }
  return { name: modality === null ? `run ${run}` : `${modality} as run ${run} encodes it`, values: all, d, seen }
}

/** The array of what the run's encoder makes of one modality. */
function outputsOf({ outputs }: Representation, run: number, modality: string): string {
  const found = outputs.find((one) => one.modality === modality)
  if (found !== undefined) return found.values
  const names = outputs.map((one) => one.modality).join(', ')
  throw refused(
    names === ''
      ? `Run ${run} does not encode its modalities one by one.`
      : `Run ${run} has no modality "${modality}".`,
    names === '' ? 'Leave out --modality to probe what it makes of all.' : `Its modalities are ${names}.`,
    { field: modality },
  )
}

function emptyNote(ids: readonly string[], empty: readonly number[], modality: string): string {
  const shown = empty.slice(0, 5).map((row) => ids[row]!)
  const more = empty.length > shown.length ? ` and ${empty.length - shown.length} more` : ''
  return `Left out, their ${modality} is all zeros and has no direction: ${shown.join(', ')}${more}.`
}

function chosenModality({ modalities }: DatasetSummary, wanted: string | null): string {
  const names = modalities.map(({ name }) => name).join(', ')
  const fitting = modalities.filter(({ kind }) => kind === 'embedding' || kind === 'vector')
  const found = wanted === null ? fitting[0] : modalities.find(({ name }) => name === wanted)
  if (wanted === null && fitting.length !== 1)
    throw refused(
      `Which modality is to be probed? The data set has ${fitting.length} of vectors or embeddings.`,
      `Name one with --modality: ${names}.`,
    )
  if (found === undefined)
    throw refused(`The data set has no modality "${wanted ?? ''}".`, `Its modalities are ${names}.`, {
      field: wanted ?? '',
    })
  const dimensions = sizeOf(found.shape)
  if (dimensions > mostDimensions)
    throw refused(
      `${found.name} has ${dimensions} numbers a sample: probes and unmixing take at most ${mostDimensions}.`,
      'Prepare it smaller (causalscope prepare), or give embeddings of it.',
      { field: found.name },
    )
  return found.name
}

interface Categories {
  readonly categories: readonly string[]
  /** Code of each sample, -1 where it has none. */
  readonly values: Float64Array
}

function categoryColumn(
  { metadata: columns }: DatasetSummary,
  metadata: readonly MetadataData[],
  name: string,
  what: string,
): Categories {
  const found = metadata.find(({ column }) => column.column === name)
  const kinds = (kind: MetadataColumn['kind']): string[] =>
    columns.filter((column) => column.kind === kind).map(({ column }) => column)
  const fitting = kinds('category')
  const choice = fitting.length === 0 ? 'The data set has none.' : `Those are ${fitting.join(', ')}.`
  if (found === undefined)
    throw refused(`The data set has no column ${name}.`, `Categories are needed. ${choice}`, { field: name })
  const { categories } = found.column
  if (categories === undefined)
    throw refused(
      `${name} holds numbers, and ${what} are categories.`,
      `${choice} Or import it as one: {"metadata": [{"column": "${name}", "kind": "category"}]} in a data description.`,
      { field: name },
    )
  return { categories, values: found.values }
}
