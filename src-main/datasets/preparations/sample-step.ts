/** A step at work on one sample at a time, in the user's units and double precision. */

/** [...shape before] to [...shape after]; never changes what it is given. */
export type SampleStep = (values: Float64Array) => Float64Array

/** Why one sample cannot be prepared, told of it: "its value 3 is -0.2, which has no logarithm". */
export class SampleProblem extends Error {
  readonly hint: string

  constructor(message: string, hint = '') {
    super(message)
    this.hint = hint
  }
}

/** Smallest and largest value. */
export function extremes(values: ArrayLike<number>): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!)
    high = Math.max(high, values[i]!)
  }
  return [low, high]
}

/** Whether values from `low` to `high` differ by no more than rounding makes them. */
export function isFlat([low, high]: readonly [number, number]): boolean {
  return high - low <= 1e-12 * Math.max(Math.abs(low), Math.abs(high))
}
