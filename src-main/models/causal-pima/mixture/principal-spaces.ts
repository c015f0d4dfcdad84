/**
 * Modalities along their own principal directions: they may fall into clusters as they are which the network that learns to
 * rebuild them need not keep apart.
 */
import { principalAxesInPieces } from '../../../statistics/linear-algebra/principal-axes.ts'
import { centred, columnMeans, matrixOfRows } from '../../../statistics/linear-algebra/real-matrix.ts'
import type { Piecewise } from '../../../statistics/piecewise.ts'
import type { TrainingData } from '../training-data.ts'
import type { AloneLatent } from './partitions.ts'

const directions = [2, 4]
/** Samples that the directions are taken from. */
const mostForAxes = 400

/** The spaces of the training rows, of every modality that two of them have. */
export function* principalSpaces(
  data: Pick<TrainingData, 'modalities' | 'training' | 'rowsOf'>,
): Piecewise<AloneLatent[]> {
  const spaces: AloneLatent[] = []
  for (const [m, { name, prepared }] of data.modalities.entries()) {
    const { values, present } = data.rowsOf(m, data.training)
    const size = values.length / present.length
    const rows: Float32Array[] = []
    const at = Int32Array.from(present, (there, i) =>
      there === 0 ? -1 : rows.push(values.subarray(i * size, (i + 1) * size)) - 1,
    )
    if (rows.length < 2) continue
    if (prepared?.recipe.at(-1)?.step === 'gap-directions')
      for (let k = 0; k < size; k++)
        spaces.push({ modality: name, width: 1, points: Float32Array.from(rows, (row) => row[k]!), at, divides: true })
    const { mean, axes } = yield* axesOf(rows)
    const widths = new Set(directions.map((most) => Math.min(most, axes.length)))
    for (const width of widths)
      if (width > 0) {
        const points = projected(rows, mean, axes.slice(0, width))
        spaces.push({ modality: name, width, points, at, asItIs: prepared === undefined })
        yield `principal directions of ${name}`
      }
  }
  return spaces
}

/** The mean and the principal axes of some of the rows, spaced evenly. */
function* axesOf(
  rows: readonly Float32Array[],
): Piecewise<{ readonly mean: Float64Array; readonly axes: Float64Array[] }> {
  const step = Math.max(1, rows.length / mostForAxes)
  const count = Math.min(rows.length, mostForAxes)
  const some = matrixOfRows(Array.from({ length: count }, (_, i) => rows[Math.floor(i * step)]!))
  const mean = columnMeans(some)
  const { axes } = yield* principalAxesInPieces(centred(some, mean))
  const kept = Math.min(axes.rows, Math.max(...directions))
  const axis = (k: number): Float64Array => axes.values.slice(k * axes.columns, (k + 1) * axes.columns)
  return { mean, axes: Array.from({ length: kept }, (_, k) => axis(k)) }
}

/** Row by row, for all of them in float64 would take twice the room of the data. [n, axes] */
function projected(rows: readonly Float32Array[], mean: Float64Array, axes: readonly Float64Array[]): Float32Array {
  const points = new Float32Array(rows.length * axes.length)
  rows.forEach((row, i) => {
    axes.forEach((axis, k) => {
      let sum = 0
      for (let j = 0; j < axis.length; j++) sum += axis[j]! * (row[j]! - mean[j]!)
      points[i * axes.length + k] = sum
    })
  })
  return points
}
