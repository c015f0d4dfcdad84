/** A random invertible map from latents to a measurement (partial-causal.md sections 5 and 7). */
import { Matrix, SingularValueDecomposition } from 'ml-matrix'
import type { RandomStream } from '../../../../src-shared/random/stream.ts'

const layers = 3
const slope = 0.2
/**
 * Draws whose condition numbers say what a well-conditioned one is: layers are drawn until one is among the best
 * hundredth. Three layers of the best quarter squeeze some latents to a fiftieth of others.
 */
const conditionDraws = 1000
const kept = 0.01

export type MixingNetwork = (latents: Float64Array) => Float64Array

/** Weights uniform on [-1, 1], columns of length 1. */
function drawLayer(d: number, random: RandomStream): Matrix {
  const layer = Matrix.zeros(d, d)
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) layer.set(i, j, 2 * random.uniform() - 1)
  for (let j = 0; j < d; j++) layer.mulColumn(j, 1 / Math.hypot(...layer.getColumn(j)))
  return layer
}

const condition = (layer: Matrix): number => new SingularValueDecomposition(layer).condition

/** Three square layers without bias, a leaky rectifier with slope 0.2 between them: [d] -> [d]. */
export function mixingNetwork(d: number, random: RandomStream): MixingNetwork {
  const conditions = Array.from({ length: conditionDraws }, () => condition(drawLayer(d, random))).sort((a, b) => a - b)
  const limit = conditions[Math.floor(conditionDraws * kept)]!
  const weights = Array.from({ length: layers }, () => {
    let layer = drawLayer(d, random)
    while (condition(layer) > limit) layer = drawLayer(d, random)
    return layer.to2DArray()
  })
  return (latents) =>
    weights.reduce((x, layer, depth) => {
      const y = new Float64Array(d)
      for (let i = 0; i < d; i++) {
        let sum = 0
        for (let j = 0; j < d; j++) sum += layer[i]![j]! * x[j]!
        y[i] = depth + 1 < layers && sum < 0 ? slope * sum : sum
      }
      return y
    }, latents)
}
