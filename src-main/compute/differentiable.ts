/** Operations with hand-written gradients: fewer kernels a step than automatic differentiation of their parts. */
import * as tf from '@tensorflow/tfjs-core'
import { fusedOp } from './fused-op.ts'
import { logSumExpRows, softmaxProduct } from './wasm/log-sum-exp-kernels.ts'

const logSumExpOp = fusedOp({
  name: 'LogSumExpRows',
  kernels: { LogSumExpRows: logSumExpRows, SoftmaxProduct: softmaxProduct },
  gradient: {
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc(dy, [x, y]) {
      if (Array.isArray(dy)) throw new Error('The sum is one output.')
      return { x: () => tf.engine().runKernel('SoftmaxProduct', { x: x!, y: y!, dy }) }
    },
  },
})

/** sum_d (x_d - y_d)^2 over all but the first axis: [n, ...], [n, ...] -> [n]. The gradient goes to `y` alone. */
export function squaredError(x: tf.Tensor, y: tf.Tensor): tf.Tensor1D {
  const rows = y.shape[0]
  const op = tf.customGrad((prediction, save) => {
    const difference = tf.reshape(tf.sub(prediction as tf.Tensor, x), [rows, -1])
    ;(save as tf.GradSaveFunc)([difference])
    return {
      value: tf.sum(tf.square(difference), 1),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => [
        tf.reshape(tf.mul(saved[0]!, tf.mul(tf.reshape(dy, [rows, 1]), 2)), y.shape),
      ],
    }
  })
  return op(y) as tf.Tensor1D
}

/** log sum_c exp(a_c) over the last axis, in log space: [n, C] -> [n]; its gradient is the softmax. */
export function logSumExp(a: tf.Tensor2D): tf.Tensor1D {
  const fused = logSumExpOp({ x: a })
  if (fused !== null) return fused[0] as tf.Tensor1D
  const op = tf.customGrad((x, save) => {
    const input = x as tf.Tensor2D
    const value = tf.logSumExp(input, 1)
    ;(save as tf.GradSaveFunc)([input, value])
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => [
        tf.mul(tf.exp(tf.sub(saved[0]!, tf.expandDims(saved[1]!, 1))), tf.expandDims(dy, 1)),
      ],
    }
  })
  return op(a) as tf.Tensor1D
}

/** Softmax over the middle axis: [before, K, after] -> the same. */
export function softmaxMiddle(x: tf.Tensor3D): tf.Tensor3D {
  const op = tf.customGrad((logits, save) => {
    const e = tf.exp(tf.sub(logits as tf.Tensor, tf.max(logits as tf.Tensor, 1, true)))
    const value = tf.div(e, tf.sum(e, 1, true))
    ;(save as tf.GradSaveFunc)([value])
    return {
      value,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => [
        tf.mul(tf.sub(dy, tf.sum(tf.mul(dy, saved[0]!), 1, true)), saved[0]!),
      ],
    }
  })
  return op(x) as tf.Tensor3D
}

/** The same values; no gradient goes through. */
export function withoutGradient<T extends tf.Tensor>(x: T): T {
  const op = tf.customGrad((input) => ({
    value: tf.clone(input as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => [tf.zerosLike(dy)],
  }))
  return op(x) as T
}
