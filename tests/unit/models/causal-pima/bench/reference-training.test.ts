import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { adamStep } from '../../../../../src-main/compute/adam-step.ts'
import { openReferenceTraining } from '../../../../../src-main/models/causal-pima/bench/reference-training.ts'
import { openEngine } from '../../../../../src-main/compute/engine.ts'

describe('training on the wasm engine', () => {
  beforeAll(() => openEngine('wasm'))

  it('lowers the loss, keeps no tensor, and repeats to the bit', async () => {
    const train = async (): Promise<number> => {
      const training = await openReferenceTraining(8)
      const before = await training.loss()
      await training.step()
      const tensors = tf.memory().numTensors
      for (let i = 0; i < 10; i++) await training.step()
      expect(tf.memory().numTensors).toBe(tensors)
      const after = await training.loss()
      expect(after).toBeLessThan(before)
      await training.dispose()
      return after
    }
    const tensors = tf.memory().numTensors
    expect(await train()).toBe(await train())
    expect(tf.memory().numTensors).toBe(tensors)
  })

  it('leaves alone a tensor that shares the values of a parameter', () => {
    const [zero, start] = [tf.zeros([4]), tf.tensor1d([1, 2, 3, 4])]
    const parameter = tf.variable(start)
    const copy = tf.clone(parameter)
    const [first, second] = [tf.variable(zero), tf.variable(zero)]
    const gradient = tf.ones([4])
    adamStep({ parameter, first, second }, gradient, { learningRate: 0.1, step: 1 })
    expect(Array.from(copy.dataSync())).toEqual([1, 2, 3, 4])
    expect(Array.from(start.dataSync())).toEqual([1, 2, 3, 4])
    expect(Array.from(zero.dataSync())).toEqual([0, 0, 0, 0])
    Array.from(parameter.dataSync()).forEach((x, i) => expect(x).toBeCloseTo(i + 0.9, 5))
    expect(first.dataSync()[0]).toBeCloseTo(0.1, 6)
    expect(second.dataSync()[0]).toBeCloseTo(0.001, 7)
    tf.dispose([zero, start, parameter, copy, first, second, gradient])
  })
})
