/**
 * How well groups along a direction are told by what lies beside it. Where a continuum is bent it seems to fall apart along
 * some direction; yet where a sample lies on it, the other directions tell as well. A cause that moves a measurement along
 * one direction leaves little beside it.
 */
import type { RealMatrix } from './linear-algebra/real-matrix.ts'

/** Coordinates of largest spread that neighbours are looked for in: a continuum of few dimensions lies in the first. */
const widths = [4, 8, 16]
/** Odd, so that they always decide. */
const neighbours = 9
/** Samples that are looked at; the time grows with their square. */
const most = 1200

/**
 * The samples whose nearest neighbours tell their group, beyond what the larger group alone would tell: 0 for none, 1 for
 * all, at the best of several numbers of coordinates. What depends linearly on where a sample lies along the direction is
 * taken out of them before.
 *
 * @param coordinates uncorrelated, largest spread first, [n, k]
 * @param along where each sample lies along the direction, of mean 0, [n]
 * @param groups 0 or 1, [n]
 */
export function toldBeside(coordinates: RealMatrix, along: Float64Array, groups: Int32Array): number {
  const step = Math.max(1, coordinates.rows / most)
  const chosen = Int32Array.from({ length: Math.floor(coordinates.rows / step) }, (_, i) => Math.floor(i * step))
  const own = chosen.map((row) => groups[row]!)
  const share = own.reduce((sum, group) => sum + group, 0) / own.length
  const chance = Math.max(share, 1 - share)
  if (chance === 1) return 0
  const distances = new Float64Array(chosen.length ** 2)
  let done = 0
  let best = 0
  for (const width of new Set(widths.map((one) => Math.min(one, coordinates.columns)))) {
    for (; done < width; done++) addSquares(distances, besideOf(coordinates, done, along, chosen))
    best = Math.max(best, (toldByNeighbours(distances, own) - chance) / (1 - chance))
  }
  return best
}

/** One coordinate of the chosen samples without what depends linearly on where they lie along the direction. */
function besideOf({ columns, values }: RealMatrix, at: number, along: Float64Array, chosen: Int32Array): Float64Array {
  let [shared, squares] = [0, 0]
  along.forEach((place, i) => {
    shared += place * values[i * columns + at]!
    squares += place * place
  })
  return Float64Array.from(chosen, (row) => values[row * columns + at]! - (shared / squares) * along[row]!)
}

/** @param distances [n, n], to which the squared differences of the values are added */
function addSquares(distances: Float64Array, values: Float64Array): void {
  const n = values.length
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) distances[i * n + j]! += (values[i]! - values[j]!) ** 2
}

/** Share of the samples whose group is that of most of their nearest neighbours. */
function toldByNeighbours(distances: Float64Array, groups: Int32Array): number {
  const n = groups.length
  let right = 0
  for (let i = 0; i < n; i++) {
    const ones = nearestTo(i, distances.subarray(i * n, (i + 1) * n)).reduce((sum, j) => sum + groups[j]!, 0)
    right += Number(Number(2 * ones > neighbours) === groups[i])
  }
  return right / n
}

/** The nearest others of a sample. @param distances to all, itself among them */
function nearestTo(own: number, distances: Float64Array): number[] {
  const nearest: number[] = []
  for (let j = 0; j < distances.length; j++) {
    if (j === own || (nearest.length === neighbours && distances[j]! >= distances[nearest.at(-1)!]!)) continue
    let place = nearest.length
    while (place > 0 && distances[nearest[place - 1]!]! > distances[j]!) place--
    nearest.splice(place, 0, j)
    nearest.length = Math.min(nearest.length, neighbours)
  }
  return nearest
}
