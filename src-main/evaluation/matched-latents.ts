/** Which component each known latent comes back as: those that modalities share and those of one alone, taken together. */
import { matrixOf, type SampleArrays } from '../../src-shared/domain/result.ts'
import type { Coupling } from '../../src-shared/methods/facets.ts'
import type { Truth } from '../datasets/truth.ts'
import { correlation } from '../statistics/correlation.ts'
import { bestMatching } from '../statistics/matching.ts'
import { linearR2 } from './representation.ts'

export interface MatchedLatent {
  readonly latent: string
  /** The component it is matched to, one to one by |correlation|; null for one left over. */
  readonly component: string | null
  /** |Pearson| with it. */
  readonly correlation: number
  /** Held-out R2 of a linear map from all components: whether it is there, whatever the axes. */
  readonly r2: number | null
}

/** Over the samples that every component and the truth know; empty where these are fewer than ten. */
export function matchedLatents(coupling: Coupling, arrays: SampleArrays, truth: Truth): readonly MatchedLatent[] {
  const tables = [
    { components: coupling.components, values: coupling.values },
    ...coupling.privates.map(({ components, values }) => ({ components, values })),
  ]
  const columns = tables.flatMap(({ components, values: array }) => {
    const { values, columns: width } = matrixOf(arrays, array)
    return components.map(({ name }, c) => ({ name, at: (row: number): number => values[row * width + c]! }))
  })
  const rows = Array.from(arrays.ids.keys()).filter(
    (row) => truth.latents.has(arrays.ids[row]!) && columns.every(({ at }) => Number.isFinite(at(row))),
  )
  if (rows.length < 10 || columns.length === 0) return []
  const known = rows.map((row) => truth.latents.get(arrays.ids[row]!)!)
  const correlations = truth.latentNames.map((_, k) => {
    const latent = Float64Array.from(known, (values) => values[k]!)
    return columns.map(({ at }) => Math.abs(correlation(latent, Float64Array.from(rows, at))))
  })
  const partner = bestMatching(correlations)
  const { perLatent } = linearR2(
    rows.map((row) => columns.map(({ at }) => at(row))),
    known,
  )
  return truth.latentNames.map((latent, k) => ({
    latent,
    component: columns[partner[k]!]?.name ?? null,
    correlation: correlations[k]![partner[k]!] ?? 0,
    r2: perLatent[k] ?? null,
  }))
}
