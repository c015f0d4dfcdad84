/**
 * Clusters in one view of the samples before any network has learnt of them: along the few directions in which they spread
 * most, counted as those of a latent space are.
 */
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { principalCoordinates } from '../../../statistics/linear-algebra/principal-coordinates.ts'
import type { RealMatrix } from '../../../statistics/linear-algebra/real-matrix.ts'
import { inTurns } from '../../../statistics/piecewise.ts'
import type { ViewDivision } from '../../../statistics/view-division.ts'
import { divisionFits } from './cluster-counts.ts'
import { finestDivision } from './joint-clusters.ts'

const counts = [2, 3, 4, 5, 6, 8]

/**
 * The divisions into clusters that stand apart, one for each number of directions that shows any.
 * @param rows the samples' values, [n, d]
 * @param seed names the draws: the same rows always give the same
 */
export async function clustersInView(
  rows: RealMatrix,
  directions: readonly number[],
  seed: string,
): Promise<ViewDivision[]> {
  const found: ViewDivision[] = []
  for (const { columns: width, values: points } of principalCoordinates(rows, directions)) {
    const fits = await inTurns(divisionFits(points, width, counts, RandomStream.of(0, `${seed}/${width}`)))
    const division = finestDivision(fits)
    if (division !== null) found.push(division)
  }
  return found
}
