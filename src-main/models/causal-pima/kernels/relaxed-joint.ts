/** The joint distribution of a relaxed Bayesian network (causal-pima.md section 1) as one op of the wasm engine, with its gradient. */
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { fusedOp } from '../../../compute/fused-op.ts'
import type { WasmDevice } from '../../../compute/wasm/device.ts'
import { input, type KernelArguments } from '../../../compute/wasm/kernel-call.ts'
import { RelaxedNetwork, tiny } from './relaxed-network.ts'

const gradientKernel = 'RelaxedJointGradient'

const attributesSchema = v.object({
  categories: v.array(v.number()),
  temperature: v.number(),
  forbidden: v.array(v.number()),
})

interface Room {
  readonly key: string
  readonly network: RelaxedNetwork
  readonly parameters: Float64Array
  readonly gradient: Float64Array
  readonly byLogJoint: Float64Array
}

/** A training uses one network again and again: what it needs is kept. */
let room: Room | null = null

function roomFor(categories: readonly number[], forbidden: readonly number[]): Room {
  const key = `${categories.join()}/${forbidden.join()}`
  if (room?.key === key) return room
  const allowed = new Uint8Array(categories.length ** 2).fill(1)
  for (const at of forbidden) allowed[at] = 0
  const network = new RelaxedNetwork(categories, undefined, forbidden.length === 0 ? null : allowed)
  room = {
    key,
    network,
    parameters: new Float64Array(network.parameters),
    gradient: new Float64Array(network.parameters),
    byLogJoint: new Float64Array(network.outcomes),
  }
  return room
}

/** The network at the call's parameters: xi [L], b [L, L], W [L, C]. */
function forward(device: WasmDevice, call: KernelArguments): Room {
  const { categories, temperature, forbidden } = v.parse(attributesSchema, call.attrs)
  const found = roomFor(categories, forbidden)
  const nodes = categories.length
  found.parameters.set(device.floats(input(call, 'scores')))
  found.parameters.set(device.floats(input(call, 'metric')), nodes)
  found.parameters.set(device.floats(input(call, 'logits')), nodes + nodes * nodes)
  found.network.forward(found.parameters, temperature)
  return found
}

/** log p(a), [C], and E, [L, L]. */
function joint(device: WasmDevice, call: KernelArguments): tf.TensorInfo[] {
  const { network } = forward(device, call)
  const nodes = network.categories.length
  const outputs = [device.make([network.outcomes]), device.make([nodes, nodes])]
  const logJoint = device.floats(outputs[0]!)
  network.joint.forEach((p, a) => (logJoint[a] = Math.log(p + tiny)))
  device.floats(outputs[1]!).set(network.strengths)
  return outputs
}

/** By xi, b and W, from the derivatives by log p(a) and E. */
function jointGradient(device: WasmDevice, call: KernelArguments): tf.TensorInfo[] {
  const { network, gradient, byLogJoint } = forward(device, call)
  const nodes = network.categories.length
  const outputs = [device.make([nodes]), device.make([nodes, nodes]), device.make([nodes, network.outcomes])]
  const upstream = device.floats(input(call, 'byLogJoint'))
  network.joint.forEach((p, a) => (byLogJoint[a] = (upstream[a]! * p) / (p + tiny)))
  network.backward(byLogJoint, Float64Array.from(device.floats(input(call, 'byEdges'))), gradient)
  let from = 0
  for (const output of outputs) {
    const to = device.floats(output)
    to.set(gradient.subarray(from, from + to.length))
    from += to.length
  }
  return outputs
}

const op = fusedOp({
  name: 'RelaxedJoint',
  kernels: { RelaxedJoint: joint, [gradientKernel]: jointGradient },
  gradient: {
    inputsToSave: ['scores', 'metric', 'logits'],
    gradFunc(dys, [scores, metric, logits], attributes) {
      if (!Array.isArray(dys)) throw new Error('The joint distribution has two outputs.')
      const inputs = { scores: scores!, metric: metric!, logits: logits!, byLogJoint: dys[0]!, byEdges: dys[1]! }
      // Computed here and not in the gradients that share it: each of those runs in a scope of its own.
      const all: tf.Tensor[] = tf.engine().runKernel(gradientKernel, inputs, attributes)
      const nth = (i: number) => () => tf.reshape(all[i]!, all[i]!.shape)
      return { scores: nth(0), metric: nth(1), logits: nth(2) }
    },
  },
})

export interface RelaxedJoint {
  /** log p(a), [C] */
  readonly logJoint: tf.Tensor1D
  /** E, [L, L] */
  readonly edges: tf.Tensor2D
}

/**
 * log p(a) and E from scores xi [L], metric b [L, L] and logits W [L, C]; null on engines where they are composed of other
 * ops.
 * @param categories K_l, whose product is C
 * @param allowed [L, L], 0 where an edge may not be; null: all may
 */
export function relaxedJoint(
  scores: tf.Tensor1D,
  metric: tf.Tensor2D,
  logits: tf.Tensor2D,
  categories: readonly number[],
  temperature: number,
  allowed: Uint8Array | null = null,
): RelaxedJoint | null {
  const forbidden = allowed === null ? [] : [...allowed.keys()].filter((at) => allowed[at] === 0)
  const outputs = op({ scores, metric, logits }, { categories: [...categories], temperature, forbidden })
  if (outputs === null) return null
  return { logJoint: outputs[0] as tf.Tensor1D, edges: outputs[1] as tf.Tensor2D }
}
