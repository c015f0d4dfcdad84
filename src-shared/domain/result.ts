/** What a finished run leaves, whatever its method: one envelope around the method's own body. JSON-able. */
import type { Method } from '../methods/list.ts'
import type { Provenance } from './run.ts'

/** The figure by which a method's runs are compared. */
export interface ScoreKind {
  readonly name: string
  readonly unit: string
  readonly better: 'higher' | 'lower'
}

export interface Score extends ScoreKind {
  readonly value: number
  /** What it is made of, by name. */
  readonly terms: Readonly<Record<string, number>>
}

export interface RunResult {
  readonly method: Method
  readonly provenance: Provenance
  readonly config: unknown
  readonly score: Score
  readonly seconds: number
  readonly epochs: number
  /** What the training has to say for itself: technical notes, no cautions. */
  readonly warnings: readonly string[]
  /** What the training met that speaks against its finding; absent in results from before the two were told apart. */
  readonly cautions?: readonly string[]
  /** Fits the method's own schema. What others may ask of it are its facets (src-shared/methods/facets.ts). */
  readonly body: unknown
}

/** Row-major values, a row a sample. */
export interface NamedArray {
  readonly dtype: 'float32'
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** Arrays of a result by name, rows in data set order. */
export interface SampleArrays {
  readonly ids: readonly string[]
  readonly named: Readonly<Record<string, NamedArray>>
}

/** [n, columns] */
export interface Matrix {
  readonly values: Float32Array
  readonly columns: number
}

/** The named array as a matrix. Throws RangeError where the result has none of that name. */
export function matrixOf({ named }: SampleArrays, name: string): Matrix {
  const array = named[name]
  if (array === undefined) throw new RangeError(`the result has no array "${name}"`)
  return { values: array.values, columns: array.shape[1] ?? 1 }
}

/** @param values [n, columns] */
export function namedMatrix(values: Float32Array, rows: number, columns: number): NamedArray {
  return { dtype: 'float32', shape: [rows, columns], values }
}
