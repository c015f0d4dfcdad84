/** The contrastive loss (partial-causal.md section 1) as one op of the wasm engine, with its gradient. */
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { fusedOp } from '../../../compute/fused-op.ts'
import type { WasmDevice } from '../../../compute/wasm/device.ts'
import { input, type KernelArguments } from '../../../compute/wasm/kernel-call.ts'
import { kernel } from '../../../kernels/compiled.ts'
import { type LossForm, lossForms } from '../loss-form.ts'

const gradientKernel = 'ContrastiveLossGradient'

const kernelsSchema = v.object({ pairGradient: kernel<13>(), pairLogSums: kernel<11>(), setTable: kernel<1>() })
const attributes = v.object({ geometry: v.picklist(['sphere', 'box']), form: v.picklist(['paper', 'released']) })

const loaded = new WeakMap<WasmDevice, v.InferOutput<typeof kernelsSchema>>()

function kernelsOf(device: WasmDevice): v.InferOutput<typeof kernelsSchema> {
  const kernels = loaded.get(device) ?? device.modelKernels('partial-causal', kernelsSchema)
  loaded.set(device, kernels)
  return kernels
}

const wholeVectors = (floats: number): number => Math.ceil(floats / 4) * 4

/** Scratch as addresses: one side transposed, the gradient by it, the diagonal, a row. */
interface Room {
  readonly side: number
  readonly bySide: number
  readonly diagonal: number
  readonly row: number
}

interface Layout {
  readonly n: number
  readonly l: number
  readonly stride: number
  readonly box: number
  readonly inverseTau: number
  readonly own: number
  readonly share: number
}

function layoutOf(device: WasmDevice, call: KernelArguments): Layout {
  const [n, l] = input(call, 'x').shape as [number, number]
  const { geometry, form } = v.parse(attributes, call.attrs)
  const inverseTau = Math.exp(-device.floats(input(call, 'logTau'))[0]!)
  const { own, share } = lossForms[form]
  return { n, l, stride: wholeVectors(n), box: Number(geometry === 'box'), inverseTau, own, share }
}

/** Lays out scratch, and the constants that the kernels read. */
function roomFor(device: WasmDevice, { l, stride }: Layout): Room {
  const start = device.scratch(64 + (2 * l + 2) * stride * 4)
  kernelsOf(device).setTable(start)
  const side = start + 64
  const bySide = side + l * stride * 4
  const diagonal = bySide + l * stride * 4
  return { side, bySide, diagonal, row: diagonal + stride * 4 }
}

/** from [n, l] to [l, stride] at an address, zeros beyond the last. */
function transpose(from: Float32Array, to: number, { n, l, stride }: Layout): void {
  const out = new Float32Array(from.buffer, to, l * stride)
  for (let k = 0; k < l; k++) {
    for (let i = 0; i < n; i++) out[k * stride + i] = from[i * l + k]!
    out.fill(0, k * stride + n, (k + 1) * stride)
  }
}

/** The loss, and the log sums of rows and of columns [stride] that its gradient needs. */
function loss(device: WasmDevice, call: KernelArguments): tf.TensorInfo[] {
  const layout = layoutOf(device, call)
  const { n, l, stride, box, inverseTau, own, share } = layout
  const outputs = [device.make([]), device.make([stride]), device.make([stride])]
  const room = roomFor(device, layout)
  const [x, t] = [input(call, 'x'), input(call, 't')]
  const shape = [n, l, stride, box, inverseTau, own, room.row, room.diagonal] as const
  const { pairLogSums } = kernelsOf(device)
  transpose(device.floats(t), room.side, layout)
  pairLogSums(device.address(x), room.side, ...shape, device.address(outputs[1]!))
  transpose(device.floats(x), room.side, layout)
  pairLogSums(device.address(t), room.side, ...shape, device.address(outputs[2]!))
  const [out, byRow, byColumn] = outputs.map((tensor) => device.floats(tensor))
  const diagonal = new Float32Array(out!.buffer, room.diagonal, n)
  let total = 0
  for (let i = 0; i < n; i++) total += byRow![i]! + byColumn![i]! - 2 * diagonal[i]!
  byRow!.fill(0, n)
  byColumn!.fill(0, n)
  out![0] = (share * total) / n
  return outputs
}

function lossGradient(device: WasmDevice, call: KernelArguments): tf.TensorInfo[] {
  const [x, t] = [input(call, 'x'), input(call, 't')]
  const outputs = [device.make(x.shape), device.make(t.shape), device.make([])]
  const layout = layoutOf(device, call)
  const { n, l, stride, box, inverseTau, own, share } = layout
  const room = roomFor(device, layout)
  transpose(device.floats(t), room.side, layout)
  const [byRow, byColumn] = [device.address(input(call, 'byRow')), device.address(input(call, 'byColumn'))]
  const shape = [n, l, stride, box, inverseTau, own, room.row, byRow, byColumn] as const
  const to = device.address(outputs[0]!)
  const byLogTau = kernelsOf(device).pairGradient(device.address(x), room.side, ...shape, to, room.bySide)
  const scale = (device.floats(input(call, 'dy'))[0]! * share) / n
  const byX = device.floats(outputs[0]!)
  for (let i = 0; i < byX.length; i++) byX[i]! *= scale
  const transposed = new Float32Array(byX.buffer, room.bySide, l * stride)
  const byT = device.floats(outputs[1]!)
  for (let i = 0; i < n; i++) for (let k = 0; k < l; k++) byT[i * l + k] = scale * transposed[k * stride + i]!
  device.floats(outputs[2]!)[0] = scale * byLogTau
  return outputs
}

const op = fusedOp({
  name: 'ContrastiveLoss',
  kernels: { ContrastiveLoss: loss, [gradientKernel]: lossGradient },
  gradient: {
    inputsToSave: ['x', 't', 'logTau'],
    outputsToSave: [false, true, true],
    gradFunc(dy, [x, t, logTau, byRow, byColumn], attrs) {
      if (!Array.isArray(dy)) throw new Error('The loss comes with its log sums.')
      const inputs = { dy: dy[0]!, x: x!, t: t!, logTau: logTau!, byRow: byRow!, byColumn: byColumn! }
      // Computed here and not in the gradients that share it: each of those runs in a scope of its own.
      const all: tf.Tensor[] = tf.engine().runKernel(gradientKernel, inputs, attrs)
      const nth = (i: number) => () => tf.reshape(all[i]!, all[i]!.shape)
      return { x: nth(0), t: nth(1), logTau: nth(2) }
    },
  },
})

/** As `contrastiveLoss` of ../loss.ts; null on engines where it is composed of other ops. */
export function fusedContrastiveLoss(
  x: tf.Tensor2D,
  t: tf.Tensor2D,
  logTau: tf.Scalar,
  form: LossForm,
): tf.Scalar | null {
  const outputs = op({ x, t, logTau }, { geometry: form.geometry, form: form.form })
  return outputs === null ? null : (outputs[0] as tf.Scalar)
}
