/** A small labelled data set: a vector that tells the class with some noise, and a curve that tells it better. */
import type { Dataset, ModalityData } from '../../../../src-main/datasets/dataset.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

export interface LabelledOptions {
  readonly samples?: number
  readonly classes?: readonly string[]
  /** Class of each row, -1 without; by default classes in turn. */
  readonly codes?: (row: number) => number
  readonly present?: (modality: number, row: number) => boolean
  readonly features?: readonly string[]
  /** Overwrites values of the vector, [4] of each row. */
  readonly vector?: (row: number, values: Float32Array) => void
}

export function labelled({
  samples = 120,
  classes = ['a', 'b', 'c'],
  codes = (row) => row % classes.length,
  present = () => true,
  features = ['f0', 'f1', 'f2', 'f3'],
  vector = () => undefined,
}: LabelledOptions = {}): Dataset {
  const random = RandomStream.of(1, 'labelled')
  const rows = Array.from({ length: samples }, (_, row) => row)
  const modality = (
    at: number,
    name: string,
    kind: 'vector' | 'curve',
    size: number,
    noise: number,
    extra: object,
  ): ModalityData => {
    const data = new Float32Array(samples * size)
    for (const row of rows) {
      const values = data.subarray(row * size, (row + 1) * size)
      values.forEach((_, k) => (values[k] = noise * random.normal() + Math.sin(k + 2 * Math.max(0, codes(row)))))
      if (kind === 'vector') vector(row, values)
      if (!present(at, row)) values.fill(0)
    }
    return {
      modality: {
        ...{ name, kind, shape: [size], scaling: { offset: [0], scale: [1] }, source: 'test' },
        present: rows.filter((row) => present(at, row)).length,
        ...extra,
      },
      data,
      present: Uint8Array.from(rows, (row) => Number(present(at, row))),
    }
  }
  return {
    ...{ name: 'labelled', source: 'test', ids: rows.map((row) => `s${row}`), notes: [] },
    modalities: [
      modality(0, 'table', 'vector', 4, 0.8, { features }),
      modality(1, 'trace', 'curve', 12, 0.4, { grid: Array.from({ length: 12 }, (_, k) => k) }),
    ],
    metadata: [
      {
        column: {
          column: 'kind',
          kind: 'category',
          categories: classes,
          missing: rows.filter((row) => codes(row) < 0).length,
        },
        values: Float64Array.from(rows, codes),
      },
      { column: { column: 'weight', kind: 'number', missing: 0 }, values: Float64Array.from(rows) },
    ],
  }
}
