/**
 * Prepared modalities along their own principal directions: what no place has a part in may fall into clusters as it is,
 * which the network that learns to rebuild it need not keep apart.
 */
import { principalCoordinates } from '../../../statistics/linear-algebra/principal-coordinates.ts'
import { matrixOfRows } from '../../../statistics/linear-algebra/real-matrix.ts'
import type { TrainingData } from '../training-data.ts'
import type { AloneLatent } from './oracles.ts'

const directions = [2, 4]

/** The spaces of the training rows, none without a prepared modality. */
export function preparedSpaces(data: Pick<TrainingData, 'modalities' | 'training' | 'rowsOf'>): AloneLatent[] {
  return data.modalities.flatMap(({ name }, m) => {
    const { values, present } = data.rowsOf(m, data.training)
    const size = values.length / present.length
    const rows: Float32Array[] = []
    const at = Int32Array.from(present, (there, i) =>
      there === 0 ? -1 : rows.push(values.subarray(i * size, (i + 1) * size)) - 1,
    )
    if (rows.length < 2) return []
    return principalCoordinates(matrixOfRows(rows), directions).map(({ columns, values }) => ({
      modality: name,
      width: columns,
      points: Float32Array.from(values),
      at,
    }))
  })
}
