/**
 * Components from frozen outputs (partial-causal.md sections 2 and 6): each modality is unmixed by itself on the rows that
 * fitting may see, its components are matched to those of the first modality, and what they share is measured on others.
 */
import { unmixingNoteText } from '../../../src-shared/domain/unmixing.ts'
import { correlation } from '../../statistics/correlation.ts'
import { pickRows, realMatrix, type RealMatrix } from '../../statistics/linear-algebra/real-matrix.ts'
import { bestMatching } from '../../statistics/matching.ts'
import type { Piecewise } from '../../statistics/piecewise.ts'
import { unmix, unmixRows } from '../../statistics/unmixing/unmix.ts'
import { pairsOf } from './pairs.ts'

export interface Outputs {
  readonly modality: string
  /** Rows that have it, in order, and their outputs, [rows, l]. */
  readonly rows: Int32Array
  readonly values: RealMatrix
}

export interface UnmixingRules {
  readonly components: number
  /** PCA goes before FastICA. */
  readonly principal: boolean
  readonly maxIterations: number
  readonly tolerance: number
  readonly seed: number
}

export interface UnmixedModality {
  readonly modality: string
  /** [samples, C], NaN where a sample has it not; ordered, signed and scaled (unit variance where fitted). */
  readonly values: Float64Array
  readonly iterations: number
  readonly lastChange: number
  readonly converged: boolean
}

export interface Unmixed {
  readonly components: number
  readonly modalities: readonly UnmixedModality[]
  /** [C][pairs] Pearson correlations on the measured rows. */
  readonly coupling: readonly (readonly number[])[]
  readonly notes: readonly string[]
}

/**
 * @param samples n
 * @param fitted rows to fit on and to match by; every modality has them
 * @param measured rows that coupling is measured on; every modality has them
 */
export function* unmixModalities(
  outputs: readonly Outputs[],
  samples: number,
  fitted: Int32Array,
  measured: Int32Array,
  rules: UnmixingRules,
): Piecewise<Unmixed> {
  const notes: string[] = []
  const alone: Alone[] = []
  for (const own of outputs) {
    alone.push(unmixOne(own, samples, fitted, rules, notes))
    yield `${own.modality} is unmixed`
  }
  // One modality may carry fewer directions than another: as many components as all have.
  const components = Math.min(...alone.map(({ width }) => width))
  const matched = matchAll(alone, components, fitted)
  const pairs = pairsOf(outputs.length)
  const coupling = Array.from({ length: components }, (_, c) =>
    pairs.map(([m, k]) => correlation(column(matched[m]!, c, measured), column(matched[k]!, c, measured))),
  )
  const strength = coupling.map((ofPairs) => ofPairs.reduce((sum, value) => sum + value, 0) / ofPairs.length)
  const order = Array.from(strength.keys()).sort((a, b) => strength[b]! - strength[a]!)
  return {
    components,
    modalities: alone.map(({ modality, iterations, lastChange, converged }, m) => ({
      ...{ modality, iterations, lastChange, converged },
      values: reordered(matched[m]!, order),
    })),
    coupling: order.map((c) => coupling[c]!),
    notes,
  }
}

interface Alone extends Omit<UnmixedModality, 'values'> {
  readonly width: number
  readonly table: Table
}

/** [samples, width] */
interface Table {
  readonly width: number
  readonly values: Float64Array
}

function unmixOne(
  { modality, rows, values }: Outputs,
  samples: number,
  fitted: Int32Array,
  { components, principal, ...options }: UnmixingRules,
  notes: string[],
): Alone {
  const place = new Map(Array.from(rows, (row, at) => [row, at]))
  const toFit = pickRows(
    values,
    fitted.map((row) => place.get(row)!),
  )
  const fit = unmix(toFit, principal ? { ...options, components, principal: components } : { ...options, components })
  // That FastICA did not settle stands among what is measured of the modality.
  for (const note of fit.notes) if (note.what !== 'not-converged') notes.push(`${modality}: ${unmixingNoteText(note)}`)
  const { values: all, columns: width } = unmixRows(fit, values)
  const table = new Float64Array(samples * width).fill(NaN)
  rows.forEach((row, at) => table.set(all.subarray(at * width, (at + 1) * width), row * width))
  const { iterations, lastChange, converged } = fit.ica
  return { modality, iterations, lastChange, converged, width, table: { width, values: table } }
}

/** Every modality's components in the order and with the signs of the first's, whose tails point up. */
function matchAll(alone: readonly Alone[], components: number, fitted: Int32Array): Table[] {
  const [first, ...others] = alone.map(({ table }) => table)
  const upward = Array.from({ length: first!.width }, (_, c) => {
    const skewness = column(first!, c, fitted).reduce((sum, value) => sum + value ** 3, 0)
    return skewness < 0 ? -1 : 1
  })
  const reference = picked(first!, Array.from(upward.keys()), upward)
  const columns = upward.map((_, c) => column(reference, c, fitted))
  const matchings = others.map((table) => {
    const own = Array.from({ length: table.width }, (_, c) => column(table, c, fitted))
    const correlations = columns.map((a) => own.map((b) => correlation(a, b)))
    const partner = bestMatching(correlations.map((row) => row.map(Math.abs)))
    return { table, partner, signs: partner.map((c, row) => (c >= 0 && correlations[row]![c]! < 0 ? -1 : 1)) }
  })
  // Components of the first without a partner in some other modality are left out.
  const kept = upward.flatMap((_, c) => (matchings.every(({ partner }) => partner[c]! >= 0) ? [c] : []))
  const chosen = kept.slice(0, components)
  return [
    picked(
      reference,
      chosen,
      chosen.map(() => 1),
    ),
    ...matchings.map(({ table, partner, signs }) =>
      picked(
        table,
        chosen.map((c) => partner[c]!),
        chosen.map((c) => signs[c]!),
      ),
    ),
  ]
}

function picked({ width, values }: Table, columns: readonly number[], signs: readonly number[]): Table {
  const rows = values.length / width
  const out = new Float64Array(rows * columns.length)
  for (let row = 0; row < rows; row++)
    columns.forEach((c, at) => (out[row * columns.length + at] = signs[at]! * values[row * width + c]!))
  return { width: columns.length, values: out }
}

function reordered(table: Table, order: readonly number[]): Float64Array {
  return picked(
    table,
    order,
    order.map(() => 1),
  ).values
}

function column({ width, values }: Table, c: number, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => values[row * width + c]!)
}

/** Outputs of a modality as a matrix. */
export function outputsOf(modality: string, rows: Int32Array, values: Float64Array): Outputs {
  return { modality, rows, values: realMatrix(rows.length, values.length / Math.max(1, rows.length), values) }
}
