import fc from 'fast-check'
import { expect, it } from 'vitest'
import { descend, type Theta } from '../../../src-main/statistics/least-squares.ts'

const ts = Array.from({ length: 25 }, (_, j) => j / 24)
const decays = ([amplitude, rate]: Theta): Promise<Float64Array> =>
  Promise.resolve(
    Float64Array.from(Array.from(amplitude!, (a, i) => ts.map((t) => a * Math.exp(-rate![i]! * t))).flat()),
  )

it('finds the parameters of every problem at once', async () => {
  const pair = fc.tuple(fc.double({ min: 0.5, max: 3, noNaN: true }), fc.double({ min: 0.3, max: 4, noNaN: true }))
  await fc.assert(
    fc.asyncProperty(fc.array(pair, { minLength: 1, maxLength: 5 }), async (pairs) => {
      const truth = [0, 1].map((p) => Float64Array.from(pairs, (values) => values[p]!))
      const theta = truth.map((column) => column.map(() => 1))
      const errors = await descend({ curvesOf: decays, targets: await decays(truth) }, theta)
      for (const [i, error] of errors.entries()) {
        expect(error).toBeLessThan(1e-6)
        expect(theta[1]![i]).toBeCloseTo(truth[1]![i]!, 1)
      }
    }),
    { numRuns: 30 },
  )
})

it('leaves a problem where it is whose model says nothing finite, without harm to the others', async () => {
  const theta = [Float64Array.of(1, 1)]
  const errors = await descend(
    { curvesOf: ([a]) => Promise.resolve([NaN, NaN, a![1]!, 2 * a![1]!]), targets: [1, 1, 3, 6] },
    theta,
  )
  expect(errors[0]).toBe(Infinity)
  expect(errors[1]).toBeLessThan(1e-9)
  expect(theta[0]![0]).toBe(1)
})
