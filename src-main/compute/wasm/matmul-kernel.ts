/** Matrix multiplication, batched and with either operand transposed. */
import * as tf from '@tensorflow/tfjs-core'
import * as v from 'valibot'
import { sizeOf, type WasmDevice } from './device.ts'
import { input, type KernelArguments } from './kernel-call.ts'

const attributesSchema = v.object({ transposeA: v.boolean(), transposeB: v.boolean() })

/** c [..., m, n] = op(a) op(b); a batch of one is broadcast over the other's. */
export function batchMatMul(device: WasmDevice, call: KernelArguments): tf.TensorInfo | null {
  const a = input(call, 'a')
  const b = input(call, 'b')
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return null
  const { transposeA, transposeB } = v.parse(attributesSchema, call.attrs)
  const [rowsA, columnsA] = a.shape.slice(-2)
  const [rowsB, columnsB] = b.shape.slice(-2)
  if (rowsA === undefined || columnsA === undefined || rowsB === undefined || columnsB === undefined) return null
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA]
  const [depth, n] = transposeB ? [columnsB, rowsB] : [rowsB, columnsB]
  if (k !== depth) throw new Error(`Matrices [${a.shape.join()}] and [${b.shape.join()}] do not fit together.`)
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2))
  const products = sizeOf(batch)
  const [batchA, batchB] = [sizeOf(a.shape) / (m * k), sizeOf(b.shape) / (k * n)]
  // Broadcasting other than of one matrix over all is not worth a path of its own.
  if ((batchA !== products && batchA !== 1) || (batchB !== products && batchB !== 1)) return null
  const c = device.make([...batch, m, n])
  const space = device.scratch(device.kernels.gemmScratch(n, k))
  const [fromA, fromB, to] = [device.address(a), device.address(b), device.address(c)]
  for (let i = 0; i < products; i++) {
    const left = fromA + (batchA === 1 ? 0 : i * m * k * 4)
    const right = fromB + (batchB === 1 ? 0 : i * k * n * 4)
    device.kernels.gemm(m, n, k, left, Number(transposeA), right, Number(transposeB), to + i * m * n * 4, 0, 0, space)
  }
  return c
}
