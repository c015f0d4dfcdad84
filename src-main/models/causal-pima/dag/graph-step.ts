/** The DAG block step applied to a model, and the model's joint distribution read back to the host. */
import * as tf from '@tensorflow/tfjs-core'
import type { CausalPimaConfig } from '../../../../src-shared/methods/causal-pima/config.ts'
import type { Digraph } from '../../../../src-shared/graph/digraph.ts'
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import type { Counts } from '../../../evidence/counts.ts'
import { type Breathe, inTurns } from '../../../statistics/piecewise.ts'
import { type DagBlock, learnDag } from './dag-block.ts'
import { readOut } from './dag-scores.ts'
import type { CausalPimaModel } from '../model.ts'

/** Restarts between epochs: the exact search settles the graph, restarts only look for better tables. */
const restartsBetween = 2

/**
 * Learns the DAG on the soft counts and writes scores, metric and logits into the model.
 * @param moment `start` draws freely; `between` epochs and at the `end`, edges that the data do not direct stay as the
 *   model has them.
 * @param breathe awaited between its parts
 */
export async function learnGraph(
  model: CausalPimaModel,
  counts: Counts,
  config: CausalPimaConfig,
  moment: 'start' | 'between' | 'end',
  random: RandomStream,
  breathe: Breathe,
): Promise<DagBlock> {
  const { temperature, lambda, steps } = config.dag
  const restarts = moment === 'between' ? Math.min(config.dag.restarts, restartsBetween) : config.dag.restarts
  const previous = moment === 'start' ? null : await readGraph(model, temperature)
  const { constraints } = model.shape
  const options = { temperature, lambda, restarts, steps, previous, constraints }
  const block = await inTurns(learnDag(counts, options, random), breathe)
  model.parameters.set('dag/scores', Float32Array.from(block.scores))
  model.parameters.set('dag/metric', Float32Array.from(block.metric))
  const logits = new Float32Array(block.logits.length * model.components)
  block.logits.forEach((table, node) => logits.set(table, node * model.components))
  model.parameters.set('dag/logits', logits)
  return block
}

/** The graph the model reads out now. */
async function readGraph(model: CausalPimaModel, temperature: number): Promise<Digraph> {
  const edges = model.edges(temperature)
  const strengths = Float64Array.from(await edges.data())
  edges.dispose()
  return readOut(strengths, model.shape.categories.length)
}

/** log p(a), [C] */
export async function readLogJoint(model: CausalPimaModel, temperature: number): Promise<Float64Array> {
  const joint = tf.tidy(() => model.jointDistribution(temperature).logJoint)
  const values = Float64Array.from(await joint.data())
  joint.dispose()
  return values
}

/** What a sample's outcome is before anything was measured of it. */
export interface Priors {
  /** log p(a), [C] */
  readonly logJoint: Float64Array
  /** The same without the terms of the nodes that were set, for each regime of the data, [R][C]; null where none was. */
  readonly byRegime: readonly Float64Array[] | null
}

export async function readPriors(model: CausalPimaModel, temperature: number): Promise<Priors> {
  const [logJoint, byRegime] = tf.tidy(() => {
    const joint = model.jointDistribution(temperature)
    return joint.byRegime === null ? [joint.logJoint] : [joint.logJoint, joint.byRegime]
  })
  const rows = await byRegime?.array()
  const read = {
    logJoint: Float64Array.from(await logJoint.data()),
    byRegime: rows?.map((row) => Float64Array.from(row)) ?? null,
  }
  tf.dispose([logJoint, byRegime].filter((tensor) => tensor !== undefined))
  return read
}

/** E at the final temperature as rows, [L][L]. */
export function strengthsOf(block: DagBlock): number[][] {
  const nodes = block.scores.length
  return Array.from({ length: nodes }, (_, i) => Array.from(block.strengths.subarray(i * nodes, (i + 1) * nodes)))
}
