/** The evidence of mixture components and sums of exponentials as kernels of the wasm backend, and their gradients. */
import * as tf from '@tensorflow/tfjs-core'
import type { WasmDevice } from './device.ts'
import { addKernels, input, type KernelArguments } from './kernel-call.ts'

export const mixtureEvidenceKernel = 'MixtureEvidence'
const mixtureEvidenceGradientKernel = 'MixtureEvidenceGradient'
export const logSumExpRowsKernel = 'LogSumExpRows'
const softmaxProductKernel = 'SoftmaxProduct'

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

function mixtureEvidence(device: WasmDevice, call: KernelArguments): tf.TensorInfo {
  const layout = layoutOf(call)
  const { n, l, c, stride } = layout
  const result = device.make([n, c])
  const { variances, means, precisions, offset, row } = prepare(device, call, layout, scratchFor(device, layout))
  const logJoint = device.floats(input(call, 'logJoint'))
  const offsets = new Float32Array(logJoint.buffer, offset, c)
  for (let a = 0; a < c; a++) offsets[a]! += logJoint[a]!
  const [from, to] = [device.address(input(call, 'mean')), device.address(result)]
  device.kernels.mixtureEvidence(from, variances, means, precisions, offset, n, l, c, stride, row, to)
  return result
}

function mixtureEvidenceGradient(device: WasmDevice, call: KernelArguments): tf.TensorInfo[] {
  const layout = layoutOf(call)
  const { n, l, c, stride } = layout
  const outputs = [device.make([n, l]), device.make([n, l]), device.make([c])]
  const { variances, means, precisions, offset, row } = prepare(device, call, layout, scratchFor(device, layout))
  const [dy, mean] = [device.address(input(call, 'dy')), device.address(input(call, 'mean'))]
  const [byMean, byLogVar] = [device.address(outputs[0]!), device.address(outputs[1]!)]
  device.kernels.mixtureEvidenceGradient(
    ...[dy, mean, variances, means, precisions, n, l, c, stride, row, byMean, byLogVar, offset],
  )
  const byLogJoint = device.floats(outputs[2]!)
  byLogJoint.set(new Float32Array(byLogJoint.buffer, offset, c))
  return outputs
}

function logSumExpRows(device: WasmDevice, call: KernelArguments): tf.TensorInfo {
  const x = input(call, 'x')
  const [n, c] = x.shape as [number, number]
  const result = device.make([n])
  const row = device.scratch(wholeVectors(c) * 4)
  device.kernels.logSumExpRows(device.address(x), n, c, row, device.address(result))
  return result
}

function softmaxProduct(device: WasmDevice, call: KernelArguments): tf.TensorInfo {
  const x = input(call, 'x')
  const [n, c] = x.shape as [number, number]
  const result = device.make([n, c])
  const row = device.scratch(wholeVectors(c) * 4)
  const [from, y, dy] = [x, input(call, 'y'), input(call, 'dy')].map((tensor) => device.address(tensor))
  device.kernels.softmaxProduct(from!, y!, dy!, n, c, row, device.address(result))
  return result
}

export function registerMixtureKernels(): void {
  addKernels({
    [mixtureEvidenceKernel]: mixtureEvidence,
    [mixtureEvidenceGradientKernel]: mixtureEvidenceGradient,
    [logSumExpRowsKernel]: logSumExpRows,
    [softmaxProductKernel]: softmaxProduct,
  })
  tf.registerGradient({
    kernelName: mixtureEvidenceKernel,
    inputsToSave: ['mean', 'logVar', 'componentMean', 'componentLogVar', 'logJoint'],
    gradFunc(dy, [mean, logVar, componentMean, componentLogVar, logJoint]) {
      if (Array.isArray(dy)) throw new Error('The evidence is one output.')
      const inputs = {
        ...{ dy, mean: mean!, logVar: logVar!, componentMean: componentMean!, componentLogVar: componentLogVar! },
        logJoint: logJoint!,
      }
      // Computed here and not in the gradients that share it: each of those runs in a scope of its own.
      const all: tf.Tensor[] = tf.engine().runKernel(mixtureEvidenceGradientKernel, inputs)
      const nth = (i: number) => () => tf.reshape(all[i]!, all[i]!.shape)
      // The components themselves are set in closed form and have no gradient.
      return { mean: nth(0), logVar: nth(1), logJoint: nth(2) }
    },
  })
  tf.registerGradient({
    kernelName: logSumExpRowsKernel,
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc(dy, [x, y]) {
      if (Array.isArray(dy)) throw new Error('The sum is one output.')
      return { x: () => tf.engine().runKernel(softmaxProductKernel, { x: x!, y: y!, dy }) }
    },
  })
}
