/** Kernels that training needs and the WebAssembly backend lacks. */
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { floats, integers, sizeOf } from './heap.ts'

type KernelArguments = Parameters<tf.KernelFunc>[0]

const padSchema = v.union([v.literal('valid'), v.literal('same'), v.number()])
const pairSchema = v.union([v.number(), v.tuple([v.number(), v.number()])])
const filterGradientSchema = v.object({
  strides: pairSchema,
  pad: padSchema,
  filterShape: v.tuple([v.number(), v.number(), v.number(), v.number()]),
})

function backendOf({ backend }: KernelArguments): BackendWasm {
  if (!(backend instanceof BackendWasm)) throw new Error('A WebAssembly kernel was called on another backend.')
  return backend
}

function input({ inputs }: KernelArguments, name: string): tf.TensorInfo {
  const tensor = inputs[name]
  if (tensor === undefined) throw new Error(`The kernel's input ${name} is missing.`)
  return tensor
}

function shape4D(tensor: tf.TensorInfo): [number, number, number, number] {
  const [a, b, c, d] = tensor.shape
  if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error('Not a 4-D tensor.')
  return [a, b, c, d]
}

/** dL/dfilter [kh, kw, in, out] of conv2d over x [n, h, w, in], from dy [n, oh, ow, out]. */
function conv2dBackpropFilter(call: KernelArguments): tf.TensorInfo {
  const backend = backendOf(call)
  const x = input(call, 'x')
  const dy = input(call, 'dy')
  const { strides, pad, filterShape } = v.parse(filterGradientSchema, call.attrs)
  const info = tf.backend_util.computeConv2DInfo(shape4D(x), filterShape, strides, 1, pad)
  const out = backend.makeOutput(filterShape, 'float32')
  const [dw, xs, dys] = [floats(backend, out), floats(backend, x), floats(backend, dy)]
  const { inChannels, outChannels } = info
  dw.fill(0)
  for (let n = 0; n < info.batchSize; n++)
    for (let oy = 0; oy < info.outHeight; oy++)
      for (let ox = 0; ox < info.outWidth; ox++) {
        const dyAt = ((n * info.outHeight + oy) * info.outWidth + ox) * outChannels
        for (let ky = 0; ky < info.filterHeight; ky++) {
          const y = oy * info.strideHeight + ky - info.padInfo.top
          if (y < 0 || y >= info.inHeight) continue
          for (let kx = 0; kx < info.filterWidth; kx++) {
            const xx = ox * info.strideWidth + kx - info.padInfo.left
            if (xx < 0 || xx >= info.inWidth) continue
            const xAt = ((n * info.inHeight + y) * info.inWidth + xx) * inChannels
            const dwAt = (ky * info.filterWidth + kx) * inChannels * outChannels
            for (let c = 0; c < inChannels; c++)
              for (let o = 0; o < outChannels; o++) dw[dwAt + c * outChannels + o]! += xs[xAt + c]! * dys[dyAt + o]!
          }
        }
      }
  return out
}

/** Sums rows of x [n, ...] that share a segment into [numSegments, ...]; rows with a negative segment are dropped. */
function unsortedSegmentSum(call: KernelArguments): tf.TensorInfo {
  const backend = backendOf(call)
  const x = input(call, 'x')
  const segmentIds = input(call, 'segmentIds')
  const { numSegments } = v.parse(v.object({ numSegments: v.number() }), call.attrs)
  const segments = sizeOf(segmentIds)
  const rest = x.shape.slice(segmentIds.shape.length)
  const row = rest.reduce((product, n) => product * n, 1)
  const out = backend.makeOutput([numSegments, ...rest], 'float32')
  const [sum, values, ids] = [floats(backend, out), floats(backend, x), integers(backend, segmentIds)]
  sum.fill(0)
  for (let i = 0; i < segments; i++) {
    const id = ids[i]!
    if (id < 0) continue
    for (let j = 0; j < row; j++) sum[id * row + j]! += values[i * row + j]!
  }
  return out
}

/** Registers every training kernel with the wasm backend; calling it again changes nothing. */
export function registerTrainingKernels(): void {
  const registered = new Set(tf.getKernelsForBackend('wasm').map(({ kernelName }) => kernelName))
  if (registered.has('Conv2DBackpropFilter')) return
  tf.registerKernel({ kernelName: 'Conv2DBackpropFilter', backendName: 'wasm', kernelFunc: conv2dBackpropFilter })
  tf.registerKernel({ kernelName: 'UnsortedSegmentSum', backendName: 'wasm', kernelFunc: unsortedSegmentSum })
}
