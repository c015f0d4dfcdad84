/**
 * The odd polynomial of degree 5 that brings all of [lowest, 1] nearest to 1 (Amsel et al. 2025, "The Polar Express"),
 * scaled so that what it brings there lies in [lowest', 1] again.
 */

export interface PolarStep {
  /** p(x) = a x + b x^3 + c x^5 */
  readonly a: number
  readonly b: number
  readonly c: number
  /** Where [lowest, 1] begins after the step. */
  readonly lowest: number
}

/** Newton-Schulz of the same degree: what the best polynomial tends to as `lowest` goes to 1. */
const last: PolarStep = { a: 15 / 8, b: -10 / 8, c: 3 / 8, lowest: 1 }

export function polarStep(lowest: number): PolarStep {
  if (lowest > 0.9) return last
  // Remez: the error has the same size and alternating sign at both ends and at two points between.
  let [inner, outer] = [(3 * lowest + 1) / 4, (lowest + 3) / 4]
  let [a, b, c, error] = [last.a, last.b, last.c, Infinity]
  for (let turn = 0; turn < 50; turn++) {
    const before = error
    ;[a, b, c, error] = equioscillating([lowest, inner, outer, 1])
    if (Math.abs(before - error) <= 1e-15) break
    const root = Math.sqrt(9 * b * b - 20 * a * c)
    inner = Math.sqrt((-3 * b - root) / (10 * c))
    outer = Math.sqrt((-3 * b + root) / (10 * c))
  }
  const scale = 1 / (1 + error)
  return { a: a * scale, b: b * scale, c: c * scale, lowest: (1 - error) * scale }
}

/** a, b, c and e with a x + b x^3 + c x^5 = 1 - e, 1 + e, 1 - e, 1 + e at the four points. */
function equioscillating(points: readonly number[]): [number, number, number, number] {
  const rows = points.map((x, i) => [x, x ** 3, x ** 5, i % 2 === 0 ? 1 : -1, 1])
  for (let p = 0; p < 4; p++) {
    const best = rows
      .slice(p)
      .reduce((top, row, at) => (Math.abs(row[p]!) > Math.abs(rows[top]![p]!) ? p + at : top), p)
    ;[rows[p], rows[best]] = [rows[best]!, rows[p]!]
    for (let r = 0; r < 4; r++) {
      if (r === p) continue
      const factor = rows[r]![p]! / rows[p]![p]!
      for (let j = p; j < 5; j++) rows[r]![j]! -= factor * rows[p]![j]!
    }
  }
  return [
    rows[0]![4]! / rows[0]![0]!,
    rows[1]![4]! / rows[1]![1]!,
    rows[2]![4]! / rows[2]![2]!,
    rows[3]![4]! / rows[3]![3]!,
  ]
}
