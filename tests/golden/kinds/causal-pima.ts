/** Golden kind `causal-pima`: every equation of causal-pima.md sections 1-4 through the model's own tensor functions. */
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { openEngine } from '../../../src-main/compute/engine.ts'
import { ComponentSums, updateComponents } from '../../../src-main/models/causal-pima/mixture/components.ts'
import { edgeIndicator, logJoint, nodeTables } from '../../../src-main/models/causal-pima/dag/dag.ts'
import {
  clusterEvidence,
  componentEvidence,
  logReconstruction,
  posteriorEntropy,
  productOfExperts,
  reparameterise,
  responsibilities,
} from '../../../src-main/models/causal-pima/elbo.ts'
import { elasticPlastic, expertEvidence } from '../../../src-main/models/causal-pima/experts/experts.ts'

const vector = v.array(v.number())
const matrix = v.array(vector)

const linear = v.object({ kind: v.literal('linear'), weight: matrix, bias: vector, logVar: v.number() })
const elastic = v.object({
  kind: v.literal('elastic-plastic'),
  strain: vector,
  yieldStrain: vector,
  yieldStress: vector,
  hardening: vector,
  logVar: vector,
})

const inputSchema = v.object({
  categories: vector,
  latentDim: v.number(),
  scores: vector,
  metric: matrix,
  temperature: v.number(),
  /** One tensor K_1 x ... x K_L per node, nested. */
  logits: v.array(v.unknown()),
  componentMean: matrix,
  componentLogVar: matrix,
  posteriors: v.array(v.object({ mean: matrix, logVar: matrix })),
  mask: matrix,
  noise: matrix,
  data: v.array(matrix),
  decoders: v.array(v.variant('kind', [linear, elastic])),
})

type Input = v.InferOutput<typeof inputSchema>

function flatten(nested: unknown): number[] {
  if (typeof nested === 'number') return [nested]
  if (!Array.isArray(nested)) throw new Error('logits must be nested arrays of numbers')
  return nested.flatMap((part: unknown) => flatten(part))
}

function column(values: readonly number[]): tf.Tensor2D {
  return tf.tensor2d([...values], [values.length, 1])
}

/** Every tensor of the forward pass; gradients flow into the five trainable inputs. */
function forward(
  input: Input,
  scores: tf.Tensor1D,
  metric: tf.Tensor2D,
  logits: tf.Tensor2D,
  componentMean: tf.Tensor2D,
  componentLogVar: tf.Tensor2D,
): Record<string, tf.Tensor> {
  const mask = tf.tensor2d(input.mask)
  const rows = input.mask.length
  const edges = edgeIndicator(scores, metric, input.temperature)
  const tables = nodeTables(logits, edges, input.categories)
  const joint = logJoint(tables)
  const fused = productOfExperts(
    input.posteriors.map((p) => ({ mean: tf.tensor2d(p.mean), logVar: tf.tensor2d(p.logVar) })),
    mask,
  )
  const z = reparameterise(fused, tf.tensor2d(input.noise))
  let evidence = componentEvidence(fused, componentMean, componentLogVar, joint)
  let reconstruction: tf.Tensor = tf.zeros([rows])
  input.decoders.forEach((decoder, m) => {
    const x = tf.tensor2d(input.data[m]!)
    const present = tf.slice(mask, [0, m], [rows, 1])
    if (decoder.kind === 'linear') {
      const prediction = tf.add(tf.matMul(z, tf.tensor2d(decoder.weight)), tf.tensor1d(decoder.bias))
      const term = logReconstruction(x, prediction, tf.scalar(decoder.logVar))
      reconstruction = tf.add(reconstruction, tf.mul(term, tf.reshape(present, [rows])))
    } else {
      const t = tf.tensor2d([decoder.strain])
      const curves = elasticPlastic(
        t,
        column(decoder.yieldStrain),
        column(decoder.yieldStress),
        column(decoder.hardening),
      )
      evidence = tf.add(evidence, tf.mul(expertEvidence(x, curves, column(decoder.logVar)), present))
    }
  })
  const cluster = clusterEvidence(evidence)
  const entropy = posteriorEntropy(fused)
  const elbo = tf.add(tf.add(reconstruction, cluster), entropy)
  return {
    edges,
    nodeTables: tables,
    logJoint: joint,
    fusedMean: fused.mean,
    fusedLogVar: fused.logVar,
    responsibilities: responsibilities(evidence),
    reconstruction,
    clusterEvidence: cluster,
    posteriorEntropy: entropy,
    elbo,
    meanElbo: tf.mean(elbo),
  }
}

/** The quantities the golden file expects of one case, in its own nesting flattened: `{ field: values }`. */
export async function evaluateCausalPima(raw: unknown): Promise<Record<string, unknown>> {
  const input = v.parse(inputSchema, raw)
  await openEngine('cpu')
  const outcomes = input.categories.reduce((a, b) => a * b, 1)
  const trainable = [
    tf.tensor1d(input.scores),
    tf.tensor2d(input.metric),
    tf.tensor2d(flatten(input.logits), [input.categories.length, outcomes]),
    tf.tensor2d(input.componentMean),
    tf.tensor2d(input.componentLogVar),
  ] as const
  const out: Record<string, unknown> = {}
  const values = tf.tidy(() => forward(input, ...trainable))
  for (const [name, tensor] of Object.entries(values))
    out[name] = tensor.rank === 0 ? (await tensor.data())[0] : Array.from(await tensor.data())
  const gradients = tf.tidy(() =>
    tf.grads((scores, metric, logits, mean, logVar) =>
      tf.tidy(
        () =>
          forward(
            input,
            scores as tf.Tensor1D,
            metric as tf.Tensor2D,
            logits as tf.Tensor2D,
            mean as tf.Tensor2D,
            logVar as tf.Tensor2D,
          ).meanElbo!,
      ),
    )([...trainable]),
  )
  const names = ['scores', 'metric', 'logits', 'componentMean', 'componentLogVar']
  out.grad = Object.fromEntries(
    await Promise.all(gradients.map(async (g, i) => [names[i]!, Array.from(await g.data())] as const)),
  )
  const posteriors = {
    rows: input.mask.length,
    latent: input.latentDim,
    mean: Float32Array.from(await values.fusedMean!.data()),
    logVar: Float32Array.from(await values.fusedLogVar!.data()),
  }
  const gamma = await values.responsibilities!.data()
  const sums = new ComponentSums(outcomes, input.latentDim)
  for (let row = 0; row < posteriors.rows; row++)
    sums.add(posteriors, row, gamma.subarray(row * outcomes, (row + 1) * outcomes))
  const start = {
    components: outcomes,
    latent: input.latentDim,
    mean: new Float64Array(outcomes * input.latentDim),
    variance: new Float64Array(outcomes * input.latentDim),
  }
  const updated = updateComponents(start, sums, { damping: 1, varianceFloor: 0, minimumShare: 0 })
  out.emMean = Array.from(updated.mean)
  out.emVar = Array.from(updated.variance)
  tf.dispose([...trainable, ...Object.values(values), ...gradients])
  return out
}
