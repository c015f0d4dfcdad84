/** Steps that take numbers from all samples before they are applied: fitted once, the same numbers for new samples. */
import type { Described, Fitted } from '../../../src-shared/preparations/recipe.ts'
import { StepProblem } from '../../../src-shared/preparations/step.ts'
import { isFlat, type SampleStep } from './sample-step.ts'

export interface Fit {
  add(values: Float64Array): void
  /** The step's numbers. Throws StepProblem where the samples allow none. */
  done(): NonNullable<Fitted> | Promise<NonNullable<Fitted>>
}

const mostNamed = 5

/** "feature pH", "the point 0.5", as people know the place. */
function placeName({ kind, features, grid }: Described, k: number): string {
  return kind === 'curve' ? `the point ${grid?.[k] ?? k + 1}` : (features?.[k] ?? `feature ${k + 1}`)
}

/** Mean, sum of squares around it (Welford) and extremes of each value over the samples. */
class Spread {
  readonly #mean: Float64Array
  readonly #squares: Float64Array
  readonly #low: Float64Array
  readonly #high: Float64Array
  #count = 0

  constructor(size: number) {
    this.#mean = new Float64Array(size)
    this.#squares = new Float64Array(size)
    this.#low = new Float64Array(size).fill(Infinity)
    this.#high = new Float64Array(size).fill(-Infinity)
  }

  add(values: Float64Array): void {
    this.#count++
    for (let k = 0; k < values.length; k++) {
      const value = values[k]!
      const apart = value - this.#mean[k]!
      this.#mean[k]! += apart / this.#count
      this.#squares[k]! += apart * (value - this.#mean[k]!)
      this.#low[k] = Math.min(this.#low[k]!, value)
      this.#high[k] = Math.max(this.#high[k]!, value)
    }
  }

  isConstant(k: number): boolean {
    return isFlat([this.#low[k]!, this.#high[k]!])
  }

  get mean(): number[] {
    return [...this.#mean]
  }

  get deviation(): number[] {
    return Array.from(this.#squares, (squares) => Math.sqrt(squares / this.#count))
  }
}

/** Mean and standard deviation (n) of each value over the samples. */
export function fitStandardise(before: Described): Fit {
  const spread = new Spread(before.shape[0]!)
  return {
    add: (values) => spread.add(values),
    done: () => {
      const constant = Array.from({ length: before.shape[0]! }, (_, k) => k).filter((k) => spread.isConstant(k))
      if (constant.length > 0) {
        const named = constant.slice(0, mostNamed).map((k) => placeName(before, k))
        const more = constant.length > mostNamed ? ` and ${constant.length - mostNamed} more` : ''
        throw new StepProblem(
          `${named.join(', ')}${more} ${constant.length === 1 ? 'is' : 'are'} the same in every sample, so there is no deviation to divide by`,
          before.kind === 'curve' ? 'Crop these points away before it.' : 'Put the step "drop-constant" before it.',
        )
      }
      return { mean: spread.mean, deviation: spread.deviation }
    },
  }
}

export function standardising(fitted: Fitted): SampleStep {
  const { mean = [], deviation = [] } = fitted ?? {}
  return (values) => values.map((value, k) => (value - mean[k]!) / deviation[k]!)
}

/** Places of the features that differ between samples. */
export function fitDropConstant(before: Described): Fit {
  const spread = new Spread(before.shape[0]!)
  return {
    add: (values) => spread.add(values),
    done: () => {
      const kept = Array.from({ length: before.shape[0]! }, (_, k) => k).filter((k) => !spread.isConstant(k))
      if (kept.length === 0)
        throw new StepProblem('every feature is the same in every sample, so nothing would be left')
      return { kept }
    },
  }
}

export function keeping(fitted: Fitted): SampleStep {
  const { kept = [] } = fitted ?? {}
  return (values) => Float64Array.from(kept, (k) => values[k]!)
}
