/** The evidence of mixture components (causal-pima.md section 3) as one op of the wasm engine, with its gradient. */
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { fusedOp } from '../../../compute/fused-op.ts'
import type { WasmDevice } from '../../../compute/wasm/device.ts'
import { input, type KernelArguments } from '../../../compute/wasm/kernel-call.ts'
import { kernel } from '../../../kernels/compiled.ts'

const gradientKernel = 'MixtureEvidenceGradient'

const kernelsSchema = v.object({ mixtureEvidence: kernel<11>(), mixtureEvidenceGradient: kernel<13>() })

const loaded = new WeakMap<WasmDevice, v.InferOutput<typeof kernelsSchema>>()

function kernelsOf(device: WasmDevice): v.InferOutput<typeof kernelsSchema> {
  const kernels = loaded.get(device) ?? device.modelKernels('causal-pima', kernelsSchema)
  loaded.set(device, kernels)
  return kernels
}

const log2Pi = Math.log(2 * Math.PI)
const wholeVectors = (floats: number): number => Math.ceil(floats / 4) * 4

interface Layout {
  /** Samples, latent dimensions, components, and components in whole vectors. */
  readonly n: number
  readonly l: number
  readonly c: number
  readonly stride: number
}

/** Scratch of both kernels, as addresses. */
interface Tables {
  readonly variances: number
  readonly means: number
  readonly precisions: number
  readonly offset: number
  readonly row: number
}

function layoutOf(call: KernelArguments): Layout {
  const [n, l] = input(call, 'mean').shape as [number, number]
  const c = input(call, 'componentMean').shape[0]!
  return { n, l, c, stride: wholeVectors(c) }
}

/** Lays the components out for the kernels, and turns log variances into variances. */
function prepare(device: WasmDevice, call: KernelArguments, { n, l, c, stride }: Layout, scratch: number): Tables {
  const variances = scratch
  const means = variances + wholeVectors(n * l) * 4
  const precisions = means + l * stride * 4
  const offset = precisions + l * stride * 4
  const row = offset + stride * 4
  device.kernels.exponential(device.address(input(call, 'logVar')), variances, n * l)
  const mean = device.floats(input(call, 'componentMean'))
  const logVar = device.floats(input(call, 'componentLogVar'))
  const tables = new Float32Array(mean.buffer, means, (2 * l + 1) * stride)
  const [precisionsAt, offsetAt] = [l * stride, 2 * l * stride]
  for (let a = 0; a < c; a++) {
    let normaliser = l * log2Pi
    for (let j = 0; j < l; j++) {
      tables[j * stride + a] = mean[a * l + j]!
      tables[precisionsAt + j * stride + a] = Math.exp(-logVar[a * l + j]!)
      normaliser += logVar[a * l + j]!
    }
    tables[offsetAt + a] = -0.5 * normaliser
  }
  // Lanes beyond the last component: their gradients are 0, and 0 times what lay there before need not be.
  for (let a = c; a < stride; a++) for (let row = 0; row <= 2 * l; row++) tables[row * stride + a] = 0
  return { variances, means, precisions, offset, row }
}

function scratchFor(device: WasmDevice, { n, l, stride }: Layout): number {
  return device.scratch((wholeVectors(n * l) + (2 * l + 3) * stride) * 4)
}

function evidence(device: WasmDevice, call: KernelArguments): tf.TensorInfo {
  const layout = layoutOf(call)
  const { n, l, c, stride } = layout
  const result = device.make([n, c])
  const { variances, means, precisions, offset, row } = prepare(device, call, layout, scratchFor(device, layout))
  const logJoint = device.floats(input(call, 'logJoint'))
  const offsets = new Float32Array(logJoint.buffer, offset, c)
  for (let a = 0; a < c; a++) offsets[a]! += logJoint[a]!
  const [from, to] = [device.address(input(call, 'mean')), device.address(result)]
  kernelsOf(device).mixtureEvidence(from, variances, means, precisions, offset, n, l, c, stride, row, to)
  return result
}

function evidenceGradient(device: WasmDevice, call: KernelArguments): tf.TensorInfo[] {
  const layout = layoutOf(call)
  const { n, l, c, stride } = layout
  const outputs = [device.make([n, l]), device.make([n, l]), device.make([c])]
  const { variances, means, precisions, offset, row } = prepare(device, call, layout, scratchFor(device, layout))
  const [dy, mean] = [device.address(input(call, 'dy')), device.address(input(call, 'mean'))]
  const [byMean, byLogVar] = [device.address(outputs[0]!), device.address(outputs[1]!)]
  kernelsOf(device).mixtureEvidenceGradient(
    ...[dy, mean, variances, means, precisions, n, l, c, stride, row, byMean, byLogVar, offset],
  )
  const byLogJoint = device.floats(outputs[2]!)
  byLogJoint.set(new Float32Array(byLogJoint.buffer, offset, c))
  return outputs
}

const op = fusedOp({
  name: 'MixtureEvidence',
  kernels: { MixtureEvidence: evidence, [gradientKernel]: evidenceGradient },
  gradient: {
    inputsToSave: ['mean', 'logVar', 'componentMean', 'componentLogVar', 'logJoint'],
    gradFunc(dy, [mean, logVar, componentMean, componentLogVar, logJoint]) {
      if (Array.isArray(dy)) throw new Error('The evidence is one output.')
      const inputs = {
        ...{ dy, mean: mean!, logVar: logVar!, componentMean: componentMean!, componentLogVar: componentLogVar! },
        logJoint: logJoint!,
      }
      // Computed here and not in the gradients that share it: each of those runs in a scope of its own.
      const all: tf.Tensor[] = tf.engine().runKernel(gradientKernel, inputs)
      const nth = (i: number) => () => tf.reshape(all[i]!, all[i]!.shape)
      // The components themselves are set in closed form and have no gradient.
      return { mean: nth(0), logVar: nth(1), logJoint: nth(2) }
    },
  },
})

/**
 * log p(a) - 1/2 sum_j [log 2 pi sigma_aj^2 + (s_j^2 + (mu_j - mu_aj)^2) / sigma_aj^2], [n, C], with gradients by the
 * posterior and by log p(a); null on engines where it is composed of other ops.
 * @param mean mu, [n, l]
 * @param logVar log s^2, [n, l]
 * @param componentMean mu_a, [C, l]
 * @param componentLogVar log sigma_a^2, [C, l]
 * @param logJoint log p(a), [C]
 */
export function mixtureEvidence(
  mean: tf.Tensor2D,
  logVar: tf.Tensor2D,
  componentMean: tf.Tensor2D,
  componentLogVar: tf.Tensor2D,
  logJoint: tf.Tensor1D,
): tf.Tensor2D | null {
  const outputs = op({ mean, logVar, componentMean, componentLogVar, logJoint })
  return outputs === null ? null : (outputs[0] as tf.Tensor2D)
}
