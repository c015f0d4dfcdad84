/**
 * The differentiable DAG and the joint distribution of its Bayesian network (causal-pima.md section 1; arXiv 2310.18471
 * section 3.2). Every function returns tensors that its caller owns.
 */
import * as tf from '@tensorflow/tfjs-core'
import { type RelaxedJoint, relaxedJoint } from '../kernels/relaxed-joint.ts'
import { softmaxMiddle } from '../../../compute/differentiable.ts'
import { stride } from '../outcomes.ts'

/** B = softplus((b + b^T) / 2), the non-negative symmetric metric: [L, L] -> [L, L] */
function edgeMetric(metric: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => tf.softplus(tf.mul(tf.add(metric, tf.transpose(metric)), 0.5)))
}

/** (G xi)_ij = xi_j - xi_i, the graph gradient of the scores: [L] -> [L, L] */
function graphGradient(scores: tf.Tensor1D): tf.Tensor2D {
  return tf.tidy(() => tf.sub(tf.expandDims(scores, 0), tf.expandDims(scores, 1)))
}

/**
 * E_ij = ReLU(tanh(B_ij (G xi)_ij / beta)), edge i -> j in [0, 1): [L], [L, L] -> [L, L]
 * @param allowed [L, L], 0 where an edge may not be; null: all may
 */
export function edgeIndicator(
  scores: tf.Tensor1D,
  metric: tf.Tensor2D,
  temperature: number,
  allowed: Uint8Array | null = null,
): tf.Tensor2D {
  return tf.tidy(() => {
    const edges = tf.relu(tf.tanh(tf.mul<tf.Tensor2D>(edgeMetric(metric), tf.div(graphGradient(scores), temperature))))
    return allowed === null ? edges : tf.mul(edges, tf.tensor2d(Float32Array.from(allowed), edges.shape))
  })
}

/**
 * P_l(a_l | a_-l) for every node and joint outcome: each node's softmax over its own axis, with every absent edge
 * marginalised exactly, T <- E_il T + (1 - E_il) mean_(a_i) T.
 * @param logits W, [L, C]
 * @param edges E, [L, L]
 * @returns [L, C]
 */
export function nodeTables(logits: tf.Tensor2D, edges: tf.Tensor2D, categories: readonly number[]): tf.Tensor2D {
  return tf.tidy(() => {
    const nodes = categories.length
    const outcomes = logits.shape[1]
    let tables: tf.Tensor = tf.concat(
      categories.map((k, node) => {
        const after = stride(categories, node)
        const own = tf.reshape(tf.slice(logits, [node, 0], [1, outcomes]), [-1, k, after])
        return tf.reshape(softmaxMiddle(own as tf.Tensor3D), [1, outcomes])
      }),
    )
    if (nodes === 1) return tables as tf.Tensor2D
    // A node's gate on its own axis is held open, so that one pass serves all nodes at once.
    const gates = tf.add(edges, tf.eye(nodes))
    for (let i = 0; i < nodes; i++) {
      const gate = tf.reshape(tf.slice(gates, [i, 0], [1, nodes]), [nodes, 1, 1])
      const shaped = tf.reshape(tables, [-1, categories[i]!, stride(categories, i)])
      const mean = tf.mean(shaped, 1, true)
      const spread = tf.reshape(tf.sub(shaped, mean), [nodes, -1, 1])
      const open = tf.reshape(tf.mul(gate, spread), shaped.shape)
      tables = tf.reshape(tf.add(mean, open), [nodes, outcomes])
    }
    return tables as tf.Tensor2D
  })
}

/** log p(a) = log(prod_l P_l(a_l | a_-l) + 1e-12): [L, C] -> [C] */
export function logJoint(tables: tf.Tensor2D): tf.Tensor1D {
  return tf.tidy(() => {
    const [nodes, outcomes] = tables.shape
    const rows = Array.from({ length: nodes }, (_, l) => tf.slice(tables, [l, 0], [1, outcomes]))
    const joint = rows.reduce((product, row) => tf.mul(product, row))
    return tf.reshape<tf.Rank.R1>(tf.log(tf.add(joint, 1e-12)), [outcomes])
  })
}

/**
 * log p(a) less the terms of nodes that were set from outside, a row a regime: [L, C] -> [R, C]
 * @param regimes nodes set in each
 */
export function logJointOfRegimes(tables: tf.Tensor2D, regimes: readonly (readonly number[])[]): tf.Tensor2D {
  return tf.tidy(() => {
    const [nodes, outcomes] = tables.shape
    const rows = regimes.map((set) => {
      const kept = Array.from({ length: nodes }, (_, l) => l).filter((l) => !set.includes(l))
      const terms = kept.map((l) => tf.slice(tables, [l, 0], [1, outcomes]))
      return terms.reduce<tf.Tensor2D>((product, row) => tf.mul(product, row), tf.ones([1, outcomes]))
    })
    return tf.log(tf.add(tf.concat(rows), 1e-12))
  })
}

/**
 * log p(a) and E in one: as one op where the engine has it, else composed of the functions above.
 * @param scores xi, [L]
 * @param metric b, [L, L]
 * @param logits W, [L, C]
 * @param allowed [L, L], 0 where an edge may not be; null: all may
 */
export function jointDistribution(
  scores: tf.Tensor1D,
  metric: tf.Tensor2D,
  logits: tf.Tensor2D,
  categories: readonly number[],
  temperature: number,
  allowed: Uint8Array | null = null,
): RelaxedJoint {
  const fused = relaxedJoint(scores, metric, logits, categories, temperature, allowed)
  if (fused !== null) return fused
  const edges = edgeIndicator(scores, metric, temperature, allowed)
  return { logJoint: logJoint(nodeTables(logits, edges, categories)), edges }
}
