import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../../src-main/compute/engine.ts'
import { logReconstructionAtOptimum } from '../../../../src-main/models/causal-pima/elbo.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

const rows = 6
const random = RandomStream.of(1, 'elbo test')
let x: tf.Tensor2D
let present: tf.Tensor1D
/** Errors of about 1e-3, where the floor of the variance counts. */
let prediction: tf.Tensor2D
beforeAll(async () => {
  await openEngine('cpu')
  x = tf.tensor2d(random.normals(rows * 5), [rows, 5])
  prediction = tf.add(x, tf.mul(tf.tensor2d(random.normals(rows * 5), [rows, 5]), 1e-3))
  present = tf.tensor1d([1, 1, 0, 1, 0, 1])
})

/** The formula itself, differentiated automatically through sigma^2 too. */
function formula(y: tf.Tensor2D, mask: tf.Tensor1D | null): tf.Tensor {
  const weights = mask ?? tf.ones([rows])
  const error = tf.sum(tf.square(tf.sub(x, y)), 1)
  const variance = tf.add(tf.div(tf.sum(tf.mul(error, weights)), tf.mul(tf.sum(weights), 5)), 1e-6)
  const terms = tf.add(tf.div(error, variance), tf.mul(tf.add(tf.log(variance), Math.log(2 * Math.PI)), 5))
  return tf.mul(tf.mul(terms, -0.5), weights)
}

function withGradient(f: (y: tf.Tensor2D) => tf.Tensor): { value: number; gradient: number[] } {
  const { value, grad } = tf.valueAndGrad((y) => tf.mean(f(y as tf.Tensor2D)))(prediction)
  return { value: value.dataSync()[0]!, gradient: [...grad.dataSync<'float32'>()] }
}

function expectClose(actual: number[], expected: number[]): void {
  const scale = Math.max(...expected.map(Math.abs))
  actual.forEach((g, i) => expect(Math.abs(g - expected[i]!) / scale, `[${i}]`).toBeLessThan(1e-4))
}

describe('the reconstruction with the optimal noise', () => {
  it.each([
    ['every sample has the modality', () => null],
    ['some samples lack the modality', () => present],
  ])('has the value and the exact gradient of its formula when %s', (_, maskOf) => {
    const mask = maskOf()
    const expected = withGradient((y) => formula(y, mask))
    const actual = withGradient((y) => {
      const term = logReconstructionAtOptimum(x, y, mask)
      return mask === null ? term : tf.mul(term, mask)
    })
    expect(actual.value).toBeCloseTo(expected.value, 3)
    expectClose(actual.gradient, expected.gradient)
  })

  it('is the same from the parts of a batch as from the whole', () => {
    const term = (y: tf.Tensor2D, mask: tf.Tensor1D, part?: readonly [number, number]) => {
      const [from, count] = part ?? [0, rows]
      const kept = tf.slice(mask, from, count)
      const whole = tf.sum(tf.square(tf.sub(x, prediction)), 1)
      const means = [tf.mul(whole, mask), mask].map((t) => tf.mean(t).dataSync<'float32'>()[0]!)
      const combine = part === undefined ? undefined : () => means
      const slices = [x, y].map((t) => tf.slice(t, [from, 0], [count, 5]))
      return tf.mul(logReconstructionAtOptimum(slices[0]!, slices[1]!, kept, combine), kept)
    }
    const whole = withGradient((y) => term(y, present))
    const parts = withGradient((y) => tf.concat([term(y, present, [0, 2]), term(y, present, [2, 4])]))
    expect(parts.value).toBeCloseTo(whole.value, 3)
    expectClose(parts.gradient, whole.gradient)
  })
})
