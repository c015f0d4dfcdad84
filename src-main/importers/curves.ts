/** Curves with grids of their own, and the common grid on which a modality holds them. Nothing is ever extrapolated. */
import { refused } from '../../src-shared/errors.ts'
import type { FaultLog } from './faults.ts'

export interface Curve {
  /** Strictly ascending, [points]. */
  readonly x: Float64Array
  /** [points] */
  readonly y: Float64Array
}

interface CurvePlace {
  readonly file: string
  readonly id?: string
  /** Row of point i in the file, if points are rows. */
  readonly rowOf?: (i: number) => number
  /** The whole curve's row, if it is one. */
  readonly row?: number
  readonly xField?: string
  /** Column of the values, or of value i. */
  readonly yField?: (i: number) => string
}

/**
 * The curve, checked: at least two points, finite, x strictly ascending (or strictly descending, which is turned round),
 * values not all equal. Otherwise a fault is noted and null returned.
 */
export function checkedCurve(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  place: CurvePlace,
  log: FaultLog,
): Curve | null {
  const at = (i: number, field: string | undefined) => {
    const row = place.rowOf?.(i) ?? place.row
    return {
      file: place.file,
      ...(place.id === undefined ? {} : { id: place.id }),
      ...(row === undefined ? {} : { row }),
      ...(field === undefined ? {} : { field }),
    }
  }
  const fault = (i: number, field: string | undefined, message: string, hint: string): null => {
    log.add({ ...at(i, field), message, hint })
    return null
  }
  const n = x.length
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(x[i]!))
      return fault(i, place.xField, `the grid value is ${x[i]!}, not a finite number.`, 'Correct or empty the cell.')
    if (!Number.isFinite(y[i]!))
      return fault(i, place.yField?.(i), `the value is ${y[i]!}, not a finite number.`, 'Correct or empty the cell.')
  }
  if (n < 2)
    return fault(
      0,
      place.xField,
      n === 0 ? 'the curve has no point.' : 'the curve has a single point.',
      'A curve needs two points or more.',
    )
  const descending = x[0]! > x[n - 1]!
  for (let i = 1; i < n; i++) {
    const step = descending ? x[i - 1]! - x[i]! : x[i]! - x[i - 1]!
    if (step <= 0) {
      log.add({
        ...at(i, place.xField),
        message: `the grid is not sorted: ${x[i]!} comes after ${x[i - 1]!}.`,
        hint: 'Sort each curve by its grid and give each grid value once.',
        turning: true,
      })
      return null
    }
  }
  if (Array.prototype.every.call(y, (value: number) => value === y[0]))
    return fault(
      0,
      place.yField?.(0),
      `the curve is constant: all its ${n} values are ${y[0]!}.`,
      'A constant curve mostly means that nothing was measured: take it out.',
    )
  const curve = { x: Float64Array.from(x), y: Float64Array.from(y) }
  if (descending) {
    curve.x.reverse()
    curve.y.reverse()
  }
  return curve
}

function sameGrid(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false
  const tolerance = 1e-9 * Math.max(Math.abs(a[0]!), Math.abs(a[a.length - 1]!))
  return a.every((value, i) => Math.abs(value - b[i]!) <= tolerance)
}

export interface CommonGrid {
  /** [points], ascending */
  readonly grid: Float64Array
  /** Indices of curves that do not reach both ends. */
  readonly short: readonly number[]
  /** Whether values must be interpolated for any curve that stays. */
  readonly resampled: boolean
  /** What all curves share, if they share anything. */
  readonly shared: readonly [number, number] | null
}

const mostPoints = 512

/**
 * The grid for all curves. The range is the one that keeps most of what was measured (curves kept times length), or, with
 * `shorten`, what all curves share. The points are those of the grid that most curves have, else `points` (or as many as
 * the median curve has) evenly spaced.
 */
export function commonGrid(
  curves: readonly (Curve | null)[],
  choice: { readonly shorten: boolean; readonly points?: number },
  name: string,
): CommonGrid {
  const kept = curves.flatMap((curve, i) => (curve === null ? [] : [{ curve, i }]))
  const starts = kept.map(({ curve }) => curve.x[0]!)
  const ends = kept.map(({ curve }) => curve.x[curve.x.length - 1]!)
  const shared = [starts.reduce((a, b) => Math.max(a, b)), ends.reduce((a, b) => Math.min(a, b))] as const
  const [low, high] = choice.shorten ? shared : widestRange(starts, ends)
  if (!(low < high))
    throw refused(
      `${name}: the curves share no common range of the grid.`,
      'Leave the curves out that lie apart from the others.',
      { file: name },
    )
  const slack = 1e-9 * Math.max(Math.abs(low), Math.abs(high))
  const short = kept.filter((_, k) => starts[k]! > low + slack || ends[k]! < high - slack).map(({ i }) => i)
  const shortSet = new Set(short)
  const staying = kept.filter(({ i }) => !shortSet.has(i)).map(({ curve }) => curve)

  const native = choice.points === undefined ? majorityGrid(staying) : null
  const inside = native?.filter((value) => value >= low - slack && value <= high + slack)
  const grid =
    inside !== undefined && inside.length >= 2 ? inside : evenly(low, high, choice.points ?? medianPoints(staying))
  const resampled = staying.some((curve) => !sameGrid(curve.x, grid))
  return { grid, short, resampled, shared: shared[0] < shared[1] ? shared : null }
}

/** [low, high] that maximises (number of curves covering it) x (its length), one end at a time. */
function widestRange(starts: readonly number[], ends: readonly number[]): readonly [number, number] {
  const sorted = [...starts].sort((a, b) => a - b)
  let low = sorted[sorted.length >> 1]!
  let high = low
  for (let round = 0; round < 2; round++) {
    const reaching = ends.filter((_, i) => starts[i]! <= low).sort((a, b) => b - a)
    high = bestEnd(reaching, (end) => end - low)
    const beginning = starts.filter((_, i) => ends[i]! >= high).sort((a, b) => a - b)
    low = bestEnd(beginning, (start) => high - start)
  }
  return [low, high]
}

function bestEnd(candidates: readonly number[], length: (end: number) => number): number {
  let best = candidates[0] ?? Number.NaN
  let most = -Infinity
  candidates.forEach((end, k) => {
    // Ties go to the end that more curves reach.
    const kept = (k + 1) * length(end)
    if (kept >= most) {
      most = kept
      best = end
    }
  })
  return best
}

/** The grid that more than half of the curves have, if any. */
function majorityGrid(curves: readonly Curve[]): Float64Array | null {
  const groups: { grid: Float64Array; count: number }[] = []
  for (const { x } of curves) {
    const group = groups.find(({ grid }) => sameGrid(grid, x))
    if (group !== undefined) group.count += 1
    else if (groups.length < 16) groups.push({ grid: x, count: 1 })
  }
  return groups.find(({ count }) => 2 * count > curves.length)?.grid ?? null
}

function medianPoints(curves: readonly Curve[]): number {
  const counts = curves.map(({ x }) => x.length).sort((a, b) => a - b)
  return Math.min(mostPoints, Math.max(2, counts[counts.length >> 1]!))
}

function evenly(low: number, high: number, points: number): Float64Array {
  return Float64Array.from({ length: points }, (_, i) =>
    i === points - 1 ? high : low + ((high - low) * i) / (points - 1),
  )
}

/** Values of the curve at the grid's points by linear interpolation; the grid lies within the curve's range. [grid] */
export function resample(curve: Curve, grid: Float64Array): Float64Array {
  const { x, y } = curve
  const last = x.length - 1
  let k = 0
  return grid.map((at) => {
    while (k < last - 1 && x[k + 1]! < at) k += 1
    const t = Math.min(1, Math.max(0, (at - x[k]!) / (x[k + 1]! - x[k]!)))
    // The sum of shares is exact at both ends, y0 + t (y1 - y0) is not.
    return t === 0 ? y[k]! : t === 1 ? y[k + 1]! : y[k]! * (1 - t) + y[k + 1]! * t
  })
}
