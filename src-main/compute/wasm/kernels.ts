/** The training kernels in the wasm backend's registry: those it lacks, and faster ones for those that cost the most. */
import * as tf from '@tensorflow/tfjs-core'
import { conv2d, conv2dBackpropFilter, conv2dBackpropInput } from './convolution-kernels.ts'
import { arithmeticKernel, arithmeticKernels, elu, eluGrad, exp, identity } from './elementwise-kernels.ts'
import { replaceKernel } from './kernel-call.ts'
import { registerLayerKernels } from './layer-kernels.ts'
import { batchMatMul } from './matmul-kernel.ts'
import { sum } from './reduction-kernels.ts'
import { slice } from './slice-kernel.ts'
import { unsortedSegmentSum } from './segment-sum-kernel.ts'

let registered = false

/** Registers every training kernel with the wasm backend, once a process. */
export function registerTrainingKernels(): void {
  if (registered) return
  registered = true
  replaceKernel(tf.Conv2D, conv2d)
  replaceKernel(tf.Conv2DBackpropFilter, conv2dBackpropFilter)
  replaceKernel(tf.Conv2DBackpropInput, conv2dBackpropInput)
  replaceKernel(tf.BatchMatMul, batchMatMul)
  arithmeticKernels.forEach((name, op) => replaceKernel(name, arithmeticKernel(op)))
  replaceKernel(tf.Elu, elu)
  replaceKernel(tf.EluGrad, eluGrad)
  replaceKernel(tf.Exp, exp)
  replaceKernel(tf.Identity, identity)
  replaceKernel(tf.Slice, slice)
  replaceKernel(tf.Sum, sum)
  replaceKernel(tf.UnsortedSegmentSum, unsortedSegmentSum)
  registerLayerKernels()
}
