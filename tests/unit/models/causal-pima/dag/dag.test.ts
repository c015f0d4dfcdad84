import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../../../src-main/compute/engine.ts'
import {
  edgeIndicator,
  jointDistribution,
  logJoint,
  nodeTables,
} from '../../../../../src-main/models/causal-pima/dag/dag.ts'
import { digraphFromMatrix, isAcyclic } from '../../../../../src-shared/graph/digraph.ts'

beforeAll(() => openEngine('cpu'))

const small = fc.double({ min: -3, max: 3, noNaN: true })
const graphs = fc.array(fc.integer({ min: 2, max: 3 }), { minLength: 1, maxLength: 4 }).chain((categories) => {
  const nodes = categories.length
  const outcomes = categories.reduce((a, b) => a * b, 1)
  const values = (length: number) => fc.array(small, { minLength: length, maxLength: length })
  return fc.record({
    categories: fc.constant(categories),
    scores: values(nodes),
    metric: values(nodes * nodes),
    logits: values(nodes * outcomes),
    temperature: fc.double({ min: 0.02, max: 2, noNaN: true }),
  })
})

describe('the differentiable DAG', () => {
  it('has an acyclic support at every temperature', () => {
    fc.assert(
      fc.property(graphs, ({ categories, scores, metric, temperature }) => {
        const nodes = categories.length
        const edges = tf.tidy(() =>
          edgeIndicator(tf.tensor1d(scores), tf.tensor2d(metric, [nodes, nodes]), temperature).arraySync(),
        )
        expect(isAcyclic(digraphFromMatrix(edges))).toBe(true)
        for (const strength of edges.flat()) {
          expect(strength).toBeGreaterThanOrEqual(0)
          expect(strength).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('gives a joint distribution that sums to 1, fractional edges included', () => {
    fc.assert(
      fc.property(graphs, ({ categories, scores, metric, logits, temperature }) => {
        const nodes = categories.length
        const total = tf.tidy(() => {
          const edges = edgeIndicator(tf.tensor1d(scores), tf.tensor2d(metric, [nodes, nodes]), temperature)
          const tables = nodeTables(tf.tensor2d(logits, [nodes, logits.length / nodes]), edges, categories)
          return tf.sum(tf.exp(logJoint(tables))).arraySync()
        })
        expect(total).toBeCloseTo(1, 5)
      }),
    )
  })

  it('leaves a node without incoming edges independent of the others', () => {
    const tables = tf.tidy(() =>
      nodeTables(tf.randomNormal<tf.Rank.R2>([2, 6], 0, 1, 'float32', 1), tf.zeros([2, 2]), [2, 3]).arraySync(),
    )
    const [first, second] = tables as [number[], number[]]
    // Outcomes are row-major: node 0 is constant over runs of three, node 1 repeats every three.
    for (const a of [1, 2]) expect(first[a]).toBeCloseTo(first[0]!, 6)
    for (const a of [0, 1, 2]) expect(second[a + 3]).toBeCloseTo(second[a]!, 6)
  })

  it('is the same as one kernel of the wasm engine, with the same gradients', async () => {
    const cases = fc.sample(graphs, { numRuns: 60, seed: 1 })
    const evaluate = (): number[][] =>
      cases.map(({ categories, scores, metric, logits, temperature }, i) =>
        tf.tidy(() => {
          const [nodes, outcomes] = [categories.length, logits.length / categories.length]
          const weights = tf.randomNormal([outcomes], 0, 1, 'float32', i + 1)
          const loss = (...inputs: tf.Tensor[]): tf.Tensor => {
            const [xi, b, w] = inputs as [tf.Tensor1D, tf.Tensor2D, tf.Tensor2D]
            const joint = jointDistribution(xi, b, w, categories, temperature)
            return tf.add(tf.sum(tf.mul(joint.logJoint, weights)), tf.mul(tf.sum(joint.edges), 0.3))
          }
          const inputs = [
            tf.tensor1d(scores),
            tf.tensor2d(metric, [nodes, nodes]),
            tf.tensor2d(logits, [nodes, outcomes]),
          ]
          return [loss(...inputs), ...tf.grads(loss)(inputs)].flatMap((tensor) => Array.from(tensor.dataSync()))
        }),
      )
    const composed = evaluate()
    await openEngine('wasm')
    try {
      const fused = evaluate()
      composed.forEach((expected, i) => {
        const scale = Math.max(1, ...expected.map(Math.abs))
        fused[i]!.forEach((value, k) => expect(Math.abs(value - expected[k]!) / scale).toBeLessThan(2e-5))
      })
    } finally {
      await openEngine('cpu')
    }
  })
})
