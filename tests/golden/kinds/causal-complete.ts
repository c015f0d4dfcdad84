/** Golden kind `causal-complete`: instrument, counterfactual, risk and loss terms as the model computes them. */
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { openEngine } from '../../../src-main/compute/engine.ts'
import { counterfactual } from '../../../src-main/models/causal-complete/regulariser/counterfactual.ts'
import { instrumentOf, instrumentsOf } from '../../../src-main/models/causal-complete/regulariser/instrument.ts'
import { regularise, termNames } from '../../../src-main/models/causal-complete/regulariser/regulariser.ts'

const vector = v.array(v.number())
const matrix = v.array(vector)
const inputSchema = v.object({
  features: v.array(matrix),
  query: matrix,
  key: matrix,
  value: matrix,
  distanceWeight: v.number(),
  representation: matrix,
  classifierWeight: matrix,
  classifierBias: vector,
  labels: vector,
  radius: v.number(),
})

export async function evaluateCausalComplete(raw: unknown): Promise<unknown> {
  const input = v.parse(inputSchema, raw)
  await openEngine('wasm')
  const { distanceWeight, radius } = input
  const attention = { distanceWeight, over: 'mean' } as const
  const step = { direction: 'away', radius, doublings: 0, bound: Infinity } as const
  const computed = tf.tidy(() => {
    const features = tf.tensor3d(input.features)
    const projections = {
      query: tf.tensor2d(input.query),
      key: tf.tensor2d(input.key),
      value: tf.tensor2d(input.value),
    }
    const representation = tf.tensor2d(input.representation)
    const classifier = { weight: tf.tensor2d(input.classifierWeight), bias: tf.tensor1d(input.classifierBias) }
    const labels = tf.oneHot(tf.tensor1d(input.labels, 'int32'), input.classifierBias.length) as tf.Tensor2D
    const oneHot = tf.cast<tf.Tensor2D>(labels, 'float32')
    const instrument = instrumentOf(features, projections, attention, null)
    const { terms } = regularise({ features, mask: null, representation, classifier, labels: oneHot }, projections, {
      terms: 'paper',
      weights: { necessity: 1, instrument: 1, feasibility: 1 },
      instrument: attention,
      counterfactual: step,
    })
    const moved = counterfactual(representation, classifier, oneHot, step)
    return {
      attention: instrument.attention,
      instrument: instrumentsOf(features, projections.value, instrument),
      counterfactual: moved,
      terms,
    }
  })
  const values = Array.from(await computed.terms.data<'float32'>())
  const out = {
    attention: await computed.attention.array(),
    instrument: await computed.instrument.array(),
    counterfactual: await computed.counterfactual.array(),
  }
  tf.dispose(computed)
  const term = Object.fromEntries(termNames.map((name, at) => [name, values[at]!]))
  const { sufficiencyRisk, necessityRisk, ...loss } = term
  return { ...out, sufficiencyRisk, necessityRisk, risk: sufficiencyRisk! + necessityRisk!, loss }
}
