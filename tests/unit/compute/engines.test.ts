import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it, vi } from 'vitest'
import { wasmEntry } from '../../../src-main/compute/wasm/entry.ts'
import { openEngine } from '../../../src-main/compute/engine.ts'
import { defaultThreads } from '../../../src-main/compute/threads.ts'

/** Every differentiable op that the models are written with, in one small loss. */
function lossOfEverything(): { loss: number; gradients: Record<string, number[]> } {
  const values = <R extends tf.Rank>(shape: tf.ShapeMap[R], at: number) =>
    tf.tensor<R>(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i * 1.7 + at) * 0.5),
      shape,
    )
  const images = values<tf.Rank.R4>([3, 7, 7, 2], 0)
  const curves = values<tf.Rank.R4>([3, 1, 11, 2], 1)
  const conv = tf.variable(values<tf.Rank.R4>([3, 3, 2, 4], 2))
  const line = tf.variable(values<tf.Rank.R4>([1, 3, 2, 4], 3))
  const deconv = tf.variable(values<tf.Rank.R4>([3, 3, 2, 4], 4))
  const dense = tf.variable(values<tf.Rank.R2>([64, 5], 5))
  const mixture = tf.variable(values<tf.Rank.R2>([6, 5], 6))
  const scale = tf.variable(values<tf.Rank.R1>([5], 7))
  const variables = { conv, line, deconv, dense, mixture, scale }
  const positive = tf.greater(values([6, 5], 10), 0)
  const { value, grads } = tf.variableGrads(() => {
    const h = tf.elu(tf.conv2d(images, conv, 2, 'same'))
    const c = tf.relu(tf.conv2d(curves, line, [1, 2], 'valid'))
    const up = tf.conv2dTranspose(h, deconv, [3, 7, 7, 2], 2, 'same')
    const z = tf.tanh(tf.matMul(tf.reshape<tf.Rank.R2>(h, [3, 64]), dense))
    const distance = tf.square(tf.sub(tf.expandDims(z, 1), tf.expandDims(mixture, 0)))
    const wide = tf.transpose(tf.tile(tf.reshape(scale, [1, 5]), [4, 1]))
    const terms = [
      tf.mean(tf.logSumExp(tf.mul(-0.5, tf.sum(distance, 2)), 1)),
      tf.mean(tf.softplus(up)),
      tf.mul(0.01, tf.sum(tf.sigmoid(c))),
      tf.sum(tf.slice(tf.softmax(mixture, 1), [1, 0], [3, 2])),
      tf.sum(tf.square(tf.log(tf.exp(tf.clipByValue(scale, -0.3, 0.3))))),
      tf.mean(tf.sqrt(tf.add(tf.square(scale), 1))),
      tf.mean(tf.pow(tf.gather(mixture, tf.tensor1d([0, 2, 2, 5], 'int32')), 2)),
      tf.mean(tf.where(positive, tf.sin(mixture), tf.cos(mixture))),
      tf.sum(tf.mul(wide, values([5, 4], 8))),
      tf.mean(tf.stack([scale, tf.exp(tf.neg(scale))])),
      tf.mean(tf.concat([scale, tf.mul(tf.cast(tf.greater(values([5], 9), 0), 'float32'), scale)])),
      tf.mean(tf.logSoftmax(mixture, 1)),
      tf.mean(tf.max(tf.abs(mixture), 1)),
    ]
    return tf.reshape<tf.Rank.R0>(tf.addN(terms), [])
  }, Object.values(variables))
  const gradients = Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [name, Array.from(grads[variable.name]!.dataSync())]),
  )
  const loss = value.dataSync()[0]!
  return { loss, gradients }
}

describe('engines', () => {
  it('train the same on the wasm engine as on the plain CPU backend', async () => {
    await openEngine('cpu')
    const expected = lossOfEverything()
    const engine = await openEngine('wasm')
    expect(tf.getBackend()).toBe('wasm')
    expect(engine.name).toBe('wasm')
    const actual = lossOfEverything()
    expect(Math.abs(actual.loss - expected.loss)).toBeLessThan(1e-4)
    for (const [name, gradient] of Object.entries(expected.gradients))
      gradient.forEach((g, i) => expect(Math.abs(actual.gradients[name]![i]! - g), `${name}[${i}]`).toBeLessThan(1e-4))
  })

  it('refuse a thread count that is no whole number above 0', async () => {
    await expect(openEngine('wasm', { threads: 0 })).rejects.toThrow('0 threads')
  })

  it('use both cores of a small machine, and no more than four threads of a large one, unless told otherwise', async () => {
    expect([1, 2, 4, 8, 16, 64].map((cores) => defaultThreads(cores))).toEqual([1, 2, 2, 4, 4, 4])
    expect((await openEngine('wasm', { threads: 3 })).threads).toBe(3)
    expect((await openEngine('cpu', { threads: 3 })).threads).toBe(1)
  })

  it('come after a faulty one in their order, never again before it', async () => {
    expect((await openEngine('auto', { after: 'wasm' })).name).toBe('cpu')
    await expect(openEngine('auto', { after: 'cpu' })).rejects.toThrow('No other engine comes after cpu')
  })

  it('are passed over with the reason when they are there but cannot be opened', async () => {
    const opening = vi.spyOn(wasmEntry, 'open').mockRejectedValueOnce(new Error('no room for its memory'))
    const engine = await openEngine('auto')
    expect(engine.name).toBe('cpu')
    expect(engine.passedOver).toEqual(['The engine wasm could not be opened: no room for its memory'])
    opening.mockRejectedValueOnce(new Error('no room for its memory'))
    await expect(openEngine('wasm')).rejects.toThrow('no room')
    opening.mockRestore()
  })
})
