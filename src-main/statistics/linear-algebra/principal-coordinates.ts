/** Rows along the directions in which they spread most. */
import { principalAxes } from './principal-axes.ts'
import { productWithTranspose } from './products.ts'
import { centred, columnMeans, pickRows, type RealMatrix } from './real-matrix.ts'

/** Rows that the directions are taken from. */
const mostForAxes = 400

/**
 * Coordinates of the rows along their first principal directions, which some of the rows spaced evenly give; as many as
 * there are at least one of. One matrix [n, width] for each distinct width.
 * @param rows [n, d]
 * @param widths numbers of directions asked for
 */
export function principalCoordinates(rows: RealMatrix, widths: readonly number[]): RealMatrix[] {
  const from = centred(rows, columnMeans(rows))
  const step = Math.max(1, from.rows / mostForAxes)
  const some = Array.from({ length: Math.min(from.rows, mostForAxes) }, (_, i) => Math.floor(i * step))
  const { axes, rank } = principalAxes(pickRows(from, some))
  const possible = new Set(widths.map((most) => Math.min(most, rank)))
  return [...possible]
    .filter((width) => width > 0)
    .map((width) => productWithTranspose(from, pickRows(axes, [...Array(width).keys()])))
}
