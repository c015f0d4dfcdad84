/** A random invertible map from latents to a measurement (partial-causal.md sections 5 and 7). */
import { Matrix, SingularValueDecomposition } from 'ml-matrix'
import type { RandomStream } from '../../../../src-shared/random/stream.ts'

const layers = 3
const slope = 0.2
/**
 * Layers drawn for each that is kept: the best-conditioned of so many. Three layers drawn as they come squeeze some
 * latents to a hundredth of others, which no encoder then finds.
 */
const draws = 1000

export type MixingNetwork = (latents: Float64Array) => Float64Array

/** Weights uniform on [-1, 1], columns of length 1. */
function drawLayer(d: number, random: RandomStream): Matrix {
  const layer = Matrix.zeros(d, d)
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) layer.set(i, j, 2 * random.uniform() - 1)
  for (let j = 0; j < d; j++) layer.mulColumn(j, 1 / Math.hypot(...layer.getColumn(j)))
  return layer
}

const condition = (layer: Matrix): number => new SingularValueDecomposition(layer).condition

function bestConditioned(d: number, random: RandomStream): Matrix {
  let best = drawLayer(d, random)
  let lowest = condition(best)
  for (let i = 1; i < draws; i++) {
    const layer = drawLayer(d, random)
    const own = condition(layer)
    if (own < lowest) [best, lowest] = [layer, own]
  }
  return best
}

/** Three square layers without bias, a leaky rectifier with slope 0.2 between them: [d] -> [d]. */
export function mixingNetwork(d: number, random: RandomStream): MixingNetwork {
  const weights = Array.from({ length: layers }, () => bestConditioned(d, random).to2DArray())
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
