/** Limited-memory BFGS with a line search for the strong Wolfe conditions (Nocedal & Wright 2006, algorithms 3.5, 3.6, 7.5). */

export interface Minimum {
  readonly at: Float64Array
  readonly value: number
  readonly iterations: number
  /** Whether the gradient, or the progress, fell below its tolerance before the iterations were used up. */
  readonly converged: boolean
}

export interface MinimiseOptions {
  readonly maxIterations: number
  /** Ends where no entry of the gradient is larger. */
  readonly gradientTolerance: number
}

/** The value at a point; fills `gradient`. */
export type Objective = (at: Float64Array, gradient: Float64Array) => number

const memory = 10
/** As scikit-learn: relative progress of a step below which nothing more is to be had. */
const progressTolerance = 64 * 2 ** -52
const [sufficientDecrease, curvature] = [1e-3, 0.9]
const mostTrials = 50

interface Point {
  readonly at: Float64Array
  readonly value: number
  readonly gradient: Float64Array
}

interface Correction {
  readonly step: Float64Array
  readonly turn: Float64Array
  readonly scale: number
}

export function minimise(objective: Objective, start: Float64Array, options: MinimiseOptions): Minimum {
  const evaluate = (at: Float64Array): Point => {
    const gradient = new Float64Array(at.length)
    return { at, value: objective(at, gradient), gradient }
  }
  let point = evaluate(start.slice())
  const corrections: Correction[] = []
  for (let iterations = 0; ; iterations++) {
    const done = (converged: boolean): Minimum => ({ at: point.at, value: point.value, iterations, converged })
    if (largest(point.gradient) <= options.gradientTolerance) return done(true)
    if (iterations === options.maxIterations) return done(false)
    const direction = descent(point.gradient, corrections)
    const first = corrections.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(direction, direction))) : 1
    const next = search(evaluate, point, direction, first)
    // Rounding alone is left along this direction.
    if (next === null) return done(true)
    const step = difference(next.at, point.at)
    const turn = difference(next.gradient, point.gradient)
    const product = dot(step, turn)
    const progress = point.value - next.value
    const scale = Math.max(Math.abs(point.value), Math.abs(next.value), 1)
    if (product > 2 ** -52 * dot(turn, turn)) corrections.push({ step, turn, scale: 1 / product })
    if (corrections.length > memory) corrections.shift()
    point = next
    if (progress <= progressTolerance * scale) return { ...done(true), iterations: iterations + 1 }
  }
}

/** Minus the inverse Hessian as the corrections know it, times the gradient. */
function descent(gradient: Float64Array, corrections: readonly Correction[]): Float64Array {
  const direction = gradient.map((value) => -value)
  const weights = corrections.toReversed().map(({ step, turn, scale }) => {
    const weight = scale * dot(step, direction)
    add(direction, turn, -weight)
    return weight
  })
  const newest = corrections.at(-1)
  if (newest !== undefined) {
    const factor = 1 / (newest.scale * dot(newest.turn, newest.turn))
    for (let i = 0; i < direction.length; i++) direction[i]! *= factor
  }
  for (const [i, { step, turn, scale }] of corrections.entries())
    add(direction, step, weights[corrections.length - 1 - i]! - scale * dot(turn, direction))
  return direction
}

interface Trial extends Point {
  readonly length: number
  readonly slope: number
}

function search(
  evaluate: (at: Float64Array) => Point,
  from: Point,
  direction: Float64Array,
  first: number,
): Point | null {
  const slope = dot(from.gradient, direction)
  if (!(slope < 0)) return null
  const tryAt = (length: number): Trial => {
    const at = from.at.slice()
    add(at, direction, length)
    const point = evaluate(at)
    return { ...point, length, slope: dot(point.gradient, direction) }
  }
  const tooHigh = (trial: Trial): boolean => !(trial.value <= from.value + sufficientDecrease * trial.length * slope)
  let low: Trial = { ...from, length: 0, slope }
  let high: Trial | null = null
  let length = first
  for (let trials = 0; trials < mostTrials; trials++) {
    const trial = tryAt(length)
    if (tooHigh(trial) || (low.length > 0 && trial.value >= low.value)) high = trial
    else if (Math.abs(trial.slope) <= -curvature * slope) return trial
    else if (high === null && trial.slope < 0) low = trial
    else {
      if (high === null || trial.slope * (high.length - low.length) >= 0) high = low
      low = trial
    }
    length = high === null ? 2 * length : between(low, high)
    if (high !== null && Math.abs(high.length - low.length) * largest(direction) < 1e-16) break
  }
  return low.length > 0 && low.value < from.value ? low : null
}

/** Minimum of the cubic through both, kept off the ends; the middle where there is none. */
function between(low: Trial, high: Trial): number {
  const width = high.length - low.length
  const secant = low.slope + high.slope - (3 * (high.value - low.value)) / width
  const square = secant ** 2 - low.slope * high.slope
  const root = Math.sign(width) * Math.sqrt(square)
  const share = 1 - (high.slope + root - secant) / (high.slope - low.slope + 2 * root)
  return low.length + width * (square >= 0 && share > 0.1 && share < 0.9 ? share : 0.5)
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function add(to: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * values[i]!
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!)
}
