import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { realMatrix } from '../../../../src-main/statistics/linear-algebra/real-matrix.ts'
import { minimise } from '../../../../src-main/statistics/regression/lbfgs.ts'
import {
  bestClasses,
  logisticRegression,
  logits,
} from '../../../../src-main/statistics/regression/logistic-regression.ts'

describe('L-BFGS', () => {
  it('finds the bottom of a bent valley', () => {
    const rosenbrock = (x: Float64Array, gradient: Float64Array): number => {
      const [a, b] = [x[0]!, x[1]!]
      gradient[0] = -2 * (1 - a) - 400 * a * (b - a * a)
      gradient[1] = 200 * (b - a * a)
      return (1 - a) ** 2 + 100 * (b - a * a) ** 2
    }
    const found = minimise(rosenbrock, Float64Array.of(-1.2, 1), { maxIterations: 200, gradientTolerance: 1e-9 })
    expect(found.converged).toBe(true)
    expect(found.at[0]).toBeCloseTo(1, 6)
    expect(found.at[1]).toBeCloseTo(1, 6)
  })

  it('says when its iterations did not suffice', () => {
    const slow = (x: Float64Array, gradient: Float64Array): number => {
      gradient[0] = 4 * x[0]! ** 3
      return x[0]! ** 4
    }
    const found = minimise(slow, Float64Array.of(3), { maxIterations: 2, gradientTolerance: 1e-12 })
    expect(found).toMatchObject({ converged: false, iterations: 2 })
  })
})

function blobs(n: number, d: number, classes: number, seed: number) {
  const random = RandomStream.of(seed, 'logistic tests')
  const centres = Float64Array.from({ length: classes * d }, () => 3 * random.normal())
  const labels = Int32Array.from({ length: n }, (_, i) => i % classes)
  const values = Float64Array.from(
    { length: n * d },
    (_, at) => centres[labels[Math.floor(at / d)]! * d + (at % d)]! + random.normal(),
  )
  return { rows: realMatrix(n, d, values), labels }
}

describe('logistic regression', () => {
  it('ends where the gradient of the penalised loss is zero, whatever the penalty', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: 2, max: 4 }),
        fc.nat(99),
        (power, classes, seed) => {
          const { rows, labels } = blobs(30, 3, classes, seed)
          const c = 10 ** power
          const fitted = logisticRegression(rows, labels, { classes, c, tolerance: 1e-9, maxIterations: 5000 })
          const scores = logits(fitted, rows)
          // d/dw of C sum loss + |w|^2 / 2 for the last class, from the definition.
          const own = classes - 1
          for (let j = 0; j < 3; j++) {
            let slope = fitted.weights.values[(classes === 2 ? 0 : own) * 3 + j]! / c
            for (let i = 0; i < 30; i++) {
              const row = Array.from({ length: classes }, (_, k) => Math.exp(scores.values[i * classes + k]!))
              const share = row[own]! / row.reduce((a, b) => a + b, 0)
              slope += (share - (labels[i] === own ? 1 : 0)) * rows.values[i * 3 + j]!
            }
            expect(Math.abs(slope) / 30).toBeLessThan(1e-5)
          }
        },
      ),
      { numRuns: 20, seed: 4 },
    )
  })

  it('tells separated classes apart, and among the classes allowed alone where some are masked', () => {
    const { rows, labels } = blobs(120, 6, 4, 1)
    const scores = logits(logisticRegression(rows, labels, { classes: 4, c: 1 }), rows)
    const right = bestClasses(scores).filter((best, i) => best === labels[i]).length
    expect(right).toBeGreaterThan(110)
    const masked = bestClasses(scores, [false, true, false, true])
    expect(new Set(masked)).toEqual(new Set([1, 3]))
    masked.forEach((best, i) => {
      if (labels[i] === 1 || labels[i] === 3) expect(best === labels[i] || right < 120).toBe(true)
    })
  })

  it('refuses a single class', () => {
    expect(() => logisticRegression(realMatrix(2, 1), [0, 0], { classes: 1, c: 1 })).toThrow('One class alone')
  })
})
