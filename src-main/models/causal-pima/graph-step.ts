/** The DAG block step applied to a model, and the model's joint distribution read back to the host. */
import * as tf from '@tensorflow/tfjs-core'
import type { CausalPimaConfig } from '../../../src-shared/config/causal-pima.ts'
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { logJoint } from './dag.ts'
import { type DagBlock, learnDag } from './dag-block.ts'
import type { CausalPimaModel } from './model.ts'

/** Learns the DAG on the soft counts [C] and writes scores, metric and logits into the model. */
export function learnGraph(
  model: CausalPimaModel,
  counts: Float64Array,
  config: CausalPimaConfig,
  random: RandomStream,
): DagBlock {
  const { temperature, lambda, restarts, steps } = config.dag
  const block = learnDag(counts, model.shape.categories, { temperature, lambda, restarts, steps }, random)
  model.parameters.set('dag/scores', Float32Array.from(block.scores))
  model.parameters.set('dag/metric', Float32Array.from(block.metric))
  const logits = new Float32Array(block.logits.length * model.components)
  block.logits.forEach((table, node) => logits.set(table, node * model.components))
  model.parameters.set('dag/logits', logits)
  return block
}

/** log p(a), [C] */
export async function readLogJoint(model: CausalPimaModel, temperature: number): Promise<Float64Array> {
  const joint = tf.tidy(() => logJoint(model.nodeTables(model.edges(temperature))))
  const values = Float64Array.from(await joint.data())
  joint.dispose()
  return values
}

/** E at the final temperature as rows, [L][L]. */
export function strengthsOf(block: DagBlock): number[][] {
  const nodes = block.scores.length
  return Array.from({ length: nodes }, (_, i) => Array.from(block.strengths.subarray(i * nodes, (i + 1) * nodes)))
}
