/** The mixture's terms are kernels of their own on the wasm engine: they must be what the other engines compose. */
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { openEngine } from '../../../../../src-main/compute/engine.ts'
import { clusterEvidence, componentEvidence } from '../../../../../src-main/models/causal-pima/elbo.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'

type Loss = (...inputs: tf.Tensor[]) => tf.Tensor

/** The loss and its gradients on the CPU backend, then on the wasm engine, each input's apart. */
async function onBothEngines(make: () => tf.Tensor[], loss: Loss): Promise<number[][][]> {
  const results: number[][][] = []
  for (const engine of ['cpu', 'wasm'] as const) {
    await openEngine(engine)
    results.push(
      tf.tidy(() => {
        const inputs = make()
        return [loss(...inputs), ...tf.grads(loss)(inputs)].map((tensor) => Array.from(tensor.dataSync<'float32'>()))
      }),
    )
  }
  return results
}

function expectAgreement([composed, fused]: number[][][]): void {
  composed!.forEach((expected, i) => {
    const scale = Math.max(1e-3, ...expected.map(Math.abs))
    expected.forEach((value, k) =>
      expect(Math.abs(fused![i]![k]! - value) / scale, `${i}[${k}]`).toBeLessThan(
        5e-6 * Math.sqrt(expected.length) + 2e-6,
      ),
    )
  })
}

describe('the evidence of components', () => {
  it.each([
    [1, 1, 1],
    [5, 3, 8],
    [4, 2, 7],
    [17, 8, 33],
    [3, 6, 4096],
  ])('of %i samples in %i dimensions and %i components is the same fused and composed', async (n, l, c) => {
    const random = RandomStream.of(1, `evidence ${n} ${l} ${c}`)
    const draw = (...shape: number[]): number[] => [...random.normals(shape.reduce((a, b) => a * b))]
    const [mean, logVar, logJoint] = [draw(n, l), draw(n, l), draw(c)]
    const [means, logVars, weights] = [draw(c, l), draw(c, l), draw(n, c)]
    expectAgreement(
      await onBothEngines(
        () => [tf.tensor2d(mean, [n, l]), tf.tensor2d(logVar, [n, l]), tf.tensor1d(logJoint)],
        (m, s, p) => {
          const posterior = { mean: m as tf.Tensor2D, logVar: s as tf.Tensor2D }
          const components = [tf.tensor2d(means, [c, l]), tf.tensor2d(logVars, [c, l])] as const
          return tf.sum(
            tf.mul(componentEvidence(posterior, ...components, p as tf.Tensor1D), tf.tensor2d(weights, [n, c])),
          )
        },
      ),
    )
  })
})

describe('the cluster evidence', () => {
  it.each([
    [1, 1],
    [6, 8],
    [9, 13],
    [2, 4096],
  ])('of %i samples and %i components is the same fused and composed', async (n, c) => {
    const random = RandomStream.of(2, `cluster ${n} ${c}`)
    const values = [...random.normals(n * c)].map((x) => 30 * x)
    const weights = [...random.normals(n)]
    expectAgreement(
      await onBothEngines(
        () => [tf.tensor2d(values, [n, c])],
        (a) => tf.sum(tf.mul(clusterEvidence(a as tf.Tensor2D), tf.tensor1d(weights))),
      ),
    )
  })

  it('holds outcomes that an anchor excludes at no weight', async () => {
    const values = [1, -1e30, 2, -1e30, -1e30, -1e30, -1e30, 700, 699]
    const [composed, fused] = await onBothEngines(
      () => [tf.tensor2d(values, [3, 3])],
      (a) => tf.sum(clusterEvidence(a as tf.Tensor2D)),
    )
    expectAgreement([composed!, fused!])
    expect(fused![1]!.filter((_, i) => values[i] === -1e30 && i < 3)).toEqual([0])
  })
})
