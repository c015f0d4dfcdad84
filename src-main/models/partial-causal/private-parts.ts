/** The private part of a modality in a result: what varies in it alone, over all samples that have it. */
import { type NamedArray, namedMatrix } from '../../../src-shared/domain/result.ts'
import type { PartialCausalConfig } from '../../../src-shared/methods/partial-causal/config.ts'
import type { PartialCausalBody } from '../../../src-shared/methods/partial-causal/result.ts'
import { sizeOf } from '../../datasets/dataset.ts'
import type { Piecewise } from '../../statistics/piecewise.ts'
import { realMatrix } from '../../statistics/linear-algebra/real-matrix.ts'
import type { Unmixed } from './components.ts'
import { endsOf } from './ends.ts'
import { privateComponents, widestPrivate } from './private-components.ts'
import type { TrainingData } from './training-data.ts'

/** A component that modalities tell alike to this degree is taken out of each before its private part is read. */
const sharedFrom = 0.5

interface Parts {
  readonly data: TrainingData
  readonly config: PartialCausalConfig
  readonly seed: number
}

export function* privatesOf(
  { data, config, seed }: Parts,
  m: number,
  unmixed: Unmixed,
  { fitted, measured }: { readonly fitted: Int32Array; readonly measured: Int32Array },
): Piecewise<{ readonly described: PartialCausalBody['privates'][number]; readonly table: NamedArray }> {
  const { samples, ids } = data
  const { name, shape } = data.modalities[m]!
  const size = sizeOf(shape)
  if (size > widestPrivate) return { described: [], table: namedMatrix(new Float32Array(), samples, 0) }
  const rows = data.rowsWith(m)
  const place = new Map(Array.from(rows, (row, at) => [row, at]))
  const placesOf = (some: Int32Array): number[] => Array.from(some, (row) => place.get(row)!)
  const coupled = unmixed.coupling.flatMap((each, c) =>
    each.reduce((sum, value) => sum + value, 0) / each.length >= sharedFrom ? [c] : [],
  )
  const told = unmixed.modalities[m]!.values
  const shared = realMatrix(rows.length, coupled.length)
  rows.forEach((row, at) =>
    coupled.forEach((c, k) => (shared.values[at * coupled.length + k] = told[row * unmixed.components + c]!)),
  )
  const own = realMatrix(rows.length, size, Float64Array.from(data.values(m, rows)))
  const { maxIterations, tolerance } = config.unmixing
  const rules = { most: Math.min(config.latent.size, size), maxIterations, tolerance, seed }
  const { values, explained, halves, kurtosis } = yield* privateComponents(
    ...([own, shared, placesOf(fitted), placesOf(measured), rules] as const),
  )
  const columns = explained.length
  const all = new Float32Array(samples * columns).fill(NaN)
  rows.forEach((row, at) => all.set(values.values.subarray(at * columns, (at + 1) * columns), row * columns))
  return {
    described: explained.map((share, c) => ({
      ...{ name: `${name} P${c + 1}`, explained: share, halves: halves[c]!, kurtosis: kurtosis[c]! },
      ...endsOf(all, columns, c, ids),
    })),
    table: namedMatrix(all, samples, columns),
  }
}
