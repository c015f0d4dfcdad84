/** How the values of a data set are spread: histograms, and bands of curves. */
import type { Distributions, Spread } from '../../src-shared/contract/datasets.ts'
import type { MetadataData } from '../datasets/dataset.ts'
import { userValues } from '../datasets/user-values.ts'
import { readDataset } from '../project/datasets.ts'
import type { ReadableDatabase } from '../project/database.ts'
import { readMetadata, readRows, type SampleRows } from '../project/samples.ts'
import { histogram, quantile } from '../statistics/histogram.ts'

/** Spread is shown, not published: so many samples, evenly spaced, tell it. */
const mostSampled = 4096
/** Per grid point or feature, over the samples that have the modality. */
function quantiles(rows: SampleRows, values: ArrayLike<number>): NonNullable<Quantiles> | null {
  const size = rows.data.length / rows.present.length
  const present = rows.present.reduce((sum, one) => sum + one, 0)
  if (rows.modality.kind === 'image' || present === 0) return null
  const bands = Array.from({ length: size }, (_, k) => {
    const column = new Float32Array(present)
    let at = 0
    for (let i = 0; i < rows.present.length; i++) if (rows.present[i] === 1) column[at++] = values[i * size + k]!
    column.sort()
    return [quantile(column, 0.05), quantile(column, 0.5), quantile(column, 0.95)] as const
  })
  return { low: bands.map((b) => b[0]), median: bands.map((b) => b[1]), high: bands.map((b) => b[2]) }
}

/** Mean, deviation and extremes of the finite values. */
function spreadOf(values: Float64Array): Spread | null {
  const known = values.filter(Number.isFinite).sort()
  const n = known.length
  if (n === 0) return null
  const mean = known.reduce((sum, value) => sum + value, 0) / n
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return {
    mean,
    deviation: n > 1 ? Math.sqrt(squares / (n - 1)) : 0,
    low: known[0]!,
    median: quantile(known, 0.5),
    high: known[n - 1]!,
  }
}

type Quantiles = Distributions['modalities'][number]['quantiles']

function present(rows: SampleRows, values: Float32Array | Int32Array | Uint8Array): Float32Array {
  const size = rows.data.length / rows.present.length
  const count = rows.present.reduce((sum, one) => sum + one, 0)
  const out = new Float32Array(count * size)
  let at = 0
  for (let i = 0; i < rows.present.length; i++)
    if (rows.present[i] === 1) out.set(values.subarray(i * size, (i + 1) * size), size * at++)
  return out
}

function columnDistribution({ column, values }: MetadataData): Distributions['metadata'][number] {
  const { missing } = column
  if (column.kind === 'number')
    return { column: column.column, missing, categories: null, values: histogram(values), spread: spreadOf(values) }
  const counts = new Array<number>(column.categories?.length ?? 0).fill(0)
  for (const code of values) if (code >= 0) counts[code]!++
  return {
    column: column.column,
    missing,
    categories: (column.categories ?? []).map((category, code) => ({ category, samples: counts[code]! })),
    values: null,
    spread: null,
  }
}

export function datasetDistributions(database: ReadableDatabase, datasetId: number): Distributions {
  const { samples, modalities } = readDataset(database, datasetId)
  const step = Math.max(1, Math.ceil(samples / mostSampled))
  const rows = Array.from({ length: Math.ceil(samples / step) }, (_, i) => i * step)
  return {
    modalities: modalities.map(({ name, present: has }) => {
      const [sampled] = readRows(database, datasetId, rows, [name])
      if (sampled === undefined) throw new Error(`the data set lost its modality ${name}`)
      const values = userValues(sampled.modality, sampled.data, sampled.present)
      return {
        modality: name,
        present: has,
        missing: samples - has,
        values: histogram(present(sampled, values)),
        quantiles: quantiles(sampled, values),
      }
    }),
    metadata: readMetadata(database, datasetId).map(columnDistribution),
  }
}
