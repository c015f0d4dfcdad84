import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { adamStep } from '../../../src-main/compute/adam-step.ts'
import { ReferenceStep } from '../../../src-main/compute/bench/reference-step.ts'
import { openEngine } from '../../../src-main/compute/engine.ts'

describe('training on the wasm engine', () => {
  beforeAll(() => openEngine('wasm'))

  it('lowers the loss, keeps no tensor, and repeats to the bit', () => {
    const losses = [0, 1].map(() => {
      const reference = new ReferenceStep(8)
      const before = reference.loss()
      reference.step()
      const tensors = tf.memory().numTensors
      for (let i = 0; i < 10; i++) reference.step()
      expect(tf.memory().numTensors).toBe(tensors)
      const after = reference.loss()
      expect(after).toBeLessThan(before)
      reference.dispose()
      return after
    })
    expect(losses[0]).toBe(losses[1])
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
