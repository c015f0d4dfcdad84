import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../../../src-main/compute/engine.ts'
import { compileFormula } from '../../../../../src-main/models/causal-pima/experts/formula.ts'
import { CausalscopeError } from '../../../../../src-shared/errors.ts'

beforeAll(() => openEngine('cpu'))

describe('formulas of experts', () => {
  it('evaluates on every component and grid point', () => {
    const { parameters, evaluate } = compileFormula('a * exp(-k * t) + pi', 'decay')
    expect(parameters).toEqual(['a', 'k'])
    const values = tf.tidy(() =>
      evaluate(tf.tensor2d([[0, 1]]), { a: tf.tensor2d([[1], [2]]), k: tf.tensor2d([[0], [1]]) }).arraySync(),
    )
    const expected = [
      [1 + Math.PI, 1 + Math.PI],
      [2 + Math.PI, 2 / Math.E + Math.PI],
    ]
    values.forEach((row, a) => row.forEach((value, i) => expect(value).toBeCloseTo(expected[a]![i]!, 5)))
  })

  it('takes any name as a parameter', () => {
    const { parameters, evaluate } = compileFormula('constructor * t', 'line')
    expect(parameters).toEqual(['constructor'])
    const values = tf.tidy(() => evaluate(tf.tensor2d([[0, 1]]), { constructor: tf.tensor2d([[3]]) }).arraySync())
    expect(values).toEqual([[0, 3]])
  })

  it('is differentiable in its parameters', () => {
    const { evaluate } = compileFormula('m * t', 'line')
    const [gradient] = tf.tidy(() =>
      tf.grads((m) => tf.sum(evaluate(tf.tensor2d([[1, 2, 3]]), { m: m as tf.Tensor2D })))([tf.tensor2d([[0.5]])]),
    )
    expect(gradient?.arraySync()).toEqual([[6]])
  })

  it.each([
    '',
    't + 1',
    'a * ',
    'import("x")',
    'a = 3',
    '[a, t]',
    'a > t',
    '"text" * a',
    'f(x) = a',
    'a.b * t',
    'a * toString(t)',
  ])('refuses %j', (formula) => {
    expect(() => compileFormula(formula, 'curve')).toThrow(CausalscopeError)
  })

  it('never fails with anything but a refusal', () => {
    fc.assert(
      fc.property(fc.string(), (formula) => {
        try {
          compileFormula(formula, 'curve')
        } catch (error) {
          expect(error).toBeInstanceOf(CausalscopeError)
        }
      }),
    )
  })
})
