/** Many small problems of least squares at once, each with parameters of its own: Levenberg and Marquardt. */

/** By parameter, then problem: [P][n]. */
export type Theta = readonly Float64Array[]

export interface LeastSquares {
  /** What the model says under these parameters, [n, points]. */
  readonly curvesOf: (theta: Theta) => Promise<ArrayLike<number>>
  /** [n, points] */
  readonly targets: ArrayLike<number>
}

const mostSteps = 30
/** By what a central difference moves a parameter, next to its size: curves may come in single precision. */
const nudge = 5e-3
/** Steps end once no problem gains more than this share of its error. */
const gain = 1e-4

/**
 * Goes on from `theta`, in place.
 * @returns the mean squared error of each problem, infinite where the model says nothing finite, [n]
 */
export async function descend({ curvesOf, targets }: LeastSquares, theta: Theta): Promise<Float64Array> {
  const n = theta[0]!.length
  const points = targets.length / n
  const errorsOf = (curves: ArrayLike<number>): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => {
      let sum = 0
      for (let j = i * points; j < (i + 1) * points; j++) sum += (targets[j]! - curves[j]!) ** 2
      return Number.isFinite(sum) ? sum / points : Infinity
    })
  let curves = await curvesOf(theta)
  let errors = errorsOf(curves)
  const damping = new Float64Array(n).fill(1e-2)
  for (let step = 0; step < mostSteps; step++) {
    const slopes = await slopesOf(curvesOf, theta)
    const next = theta.map((column) => column.slice())
    for (let i = 0; i < n; i++) {
      const by = stepOf(slopes, curves, targets, { problem: i, points, damping: damping[i]! })
      by.forEach((value, p) => (next[p]![i]! += value))
    }
    const moved = await curvesOf(next)
    const movedErrors = errorsOf(moved)
    errors.forEach((before, i) => {
      const after = movedErrors[i]!
      if (!(after < before)) {
        damping[i]! *= 4
        next.forEach((column, p) => (column[i] = theta[p]![i]!))
        return
      }
      damping[i] = Math.max(1e-9, damping[i]! / 5)
      theta.forEach((column, p) => (column[i] = next[p]![i]!))
    })
    const gained = movedErrors.some((after, i) => errors[i]! - after > gain * errors[i]!)
    // A step that was refused may succeed once it is shorter.
    const stuck = damping.every((value, i) => value > 1e4 || movedErrors[i]! < errors[i]!)
    curves = await curvesOf(theta)
    errors = errorsOf(curves)
    if (!gained && stuck) break
  }
  return errors
}

/** d curves / d theta, [P][n, points]. */
async function slopesOf(curvesOf: LeastSquares['curvesOf'], theta: Theta): Promise<Float64Array[]> {
  const slopes: Float64Array[] = []
  for (const [p, column] of theta.entries()) {
    const size = column.map((value) => nudge * Math.max(1, Math.abs(value)))
    const at = (sign: number): Theta =>
      theta.map((other, q) => (q === p ? other.map((value, i) => value + sign * size[i]!) : other))
    const [up, down] = [await curvesOf(at(1)), await curvesOf(at(-1))]
    const points = up.length / column.length
    slopes.push(
      Float64Array.from({ length: up.length }, (_, j) => (up[j]! - down[j]!) / (2 * size[Math.floor(j / points)]!)),
    )
  }
  return slopes
}

interface At {
  readonly problem: number
  readonly points: number
  readonly damping: number
}

/** (J'J + damping diag J'J) step = J'(target - curve), by Gauss and Jordan; no step where that has no solution. */
function stepOf(
  slopes: readonly Float64Array[],
  curves: ArrayLike<number>,
  targets: ArrayLike<number>,
  { problem, points, damping }: At,
): number[] {
  const [from, size] = [problem * points, slopes.length]
  const dot = (a: (j: number) => number, b: Float64Array): number => {
    let sum = 0
    for (let j = from; j < from + points; j++) sum += a(j) * b[j]!
    return sum
  }
  const rows = slopes.map((own, p) => [
    ...slopes.map((other, q) => dot((j) => own[j]!, other) * (p === q ? 1 + damping : 1) + (p === q ? 1e-12 : 0)),
    dot((j) => targets[j]! - curves[j]!, own),
  ])
  for (let p = 0; p < size; p++)
    for (let q = 0; q < size; q++) {
      if (p === q) continue
      const share = rows[q]![p]! / rows[p]![p]!
      for (let k = p; k <= size; k++) rows[q]![k]! -= share * rows[p]![k]!
    }
  const step = rows.map((row, p) => row[size]! / row[p]!)
  return step.every(Number.isFinite) ? step : step.map(() => 0)
}
