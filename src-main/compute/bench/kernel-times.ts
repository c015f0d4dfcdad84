/** How long the kernels take that a training step is made of, at the sizes of the reference network, on the open engine. */
import * as tf from '@tensorflow/tfjs-core'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { affine, convolution, transposedConvolution } from '../layers.ts'
import { timeMicroKernel } from '../wasm/peak.ts'

export interface KernelTime {
  readonly kernel: string
  readonly medianMs: number
  /** Multiply-adds count as two operations; null where there is next to no arithmetic. */
  readonly gigaflops: number | null
}

interface KernelCase {
  readonly kernel: string
  /** Operations of the forward pass; a gradient costs twice as many on top. */
  readonly flop: number | null
  readonly inputs: readonly tf.Tensor[]
  readonly op: (...inputs: tf.Tensor[]) => tf.Tensor
}

const random = (shape: number[]): tf.Tensor =>
  tf.tensor(RandomStream.of(0, `kernel ${shape.join(' ')}`).normals(tf.util.sizeFromShape(shape)), shape)

function cases(batch: number): KernelCase[] {
  const matrix = (rows: number, columns: number) => tf.reshape<tf.Rank.R2>(random([rows, columns]), [rows, columns])
  const bias = (size: number) => tf.reshape<tf.Rank.R1>(random([size]), [size])
  return [
    {
      kernel: 'dense 3136 -> 128',
      flop: 2 * batch * 3136 * 128,
      inputs: [matrix(batch, 3136), matrix(3136, 128), bias(128)],
      op: (x, w, b) => affine(tf.reshape(x, [batch, 3136]), tf.reshape(w, [3136, 128]), tf.reshape(b, [128]), 'elu'),
    },
    {
      kernel: 'convolution 28 x 28 x 3 -> 14 x 14 x 32',
      flop: 2 * batch * 14 * 14 * 32 * 27,
      inputs: [random([batch, 28, 28, 3]), random([3, 3, 3, 32]), bias(32)],
      op: (x, w, b) =>
        convolution(
          tf.reshape(x, [batch, 28, 28, 3]),
          tf.reshape(w, [3, 3, 3, 32]),
          tf.reshape(b, [32]),
          [2, 2],
          'elu',
        ),
    },
    {
      kernel: 'convolution 14 x 14 x 32 -> 7 x 7 x 64',
      flop: 2 * batch * 7 * 7 * 64 * 288,
      inputs: [random([batch, 14, 14, 32]), random([3, 3, 32, 64]), bias(64)],
      op: (x, w, b) =>
        convolution(
          tf.reshape(x, [batch, 14, 14, 32]),
          tf.reshape(w, [3, 3, 32, 64]),
          tf.reshape(b, [64]),
          [2, 2],
          'elu',
        ),
    },
    {
      kernel: 'transposed convolution 7 x 7 x 64 -> 14 x 14 x 32',
      flop: 2 * batch * 7 * 7 * 64 * 288,
      inputs: [random([batch, 7, 7, 64]), random([3, 3, 32, 64]), bias(32)],
      op: (x, w, b) =>
        transposedConvolution(
          tf.reshape(x, [batch, 7, 7, 64]),
          tf.reshape(w, [3, 3, 32, 64]),
          tf.reshape(b, [32]),
          [14, 14],
          [2, 2],
          'elu',
        ),
    },
    {
      kernel: 'logsumexp over 8 components',
      flop: null,
      inputs: [random([batch, 8])],
      op: (x) => tf.logSumExp(x, 1),
    },
  ]
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

/** Median time of `work`; reading one number back makes an engine that works ahead finish. */
async function timed(repeats: number, work: () => tf.Tensor): Promise<number> {
  const times: number[] = []
  // Twice unmeasured: code is compiled and memory laid out.
  for (let i = -2; i < repeats; i++) {
    const start = performance.now()
    const last = tf.tidy(() => tf.slice(tf.reshape(work(), [-1]), [0], [1]))
    await last.data()
    if (i >= 0) times.push(performance.now() - start)
    last.dispose()
  }
  return median(times)
}

/** What the others can reach at most. */
function limit(repeats: number): KernelTime {
  const runs = Array.from({ length: repeats }, timeMicroKernel)
  const medianMs = median(runs.map(({ milliseconds }) => milliseconds))
  const kernel = 'limit: multiply-adds on operands in the first-level cache'
  return { kernel, medianMs, gigaflops: runs[0]!.operations / medianMs / 1e6 }
}

/** Each kernel forward, then with the gradients of all its inputs. An engine must be open. */
export async function kernelTimes(batch: number, repeats: number): Promise<KernelTime[]> {
  const found: KernelTime[] = tf.getBackend() === 'wasm' ? [limit(repeats)] : []
  const speed = (flop: number | null, ms: number): number | null => (flop === null ? null : flop / ms / 1e6)
  for (const { kernel, flop, inputs, op } of cases(batch)) {
    const forward = await timed(repeats, () => op(...inputs))
    found.push({ kernel, medianMs: forward, gigaflops: speed(flop, forward) })
    const gradients = tf.grads(op)
    const both = await timed(repeats, () => gradients([...inputs]).at(-1)!)
    const all = flop === null ? null : 3 * flop
    found.push({ kernel: `${kernel}, with gradients`, medianMs: both, gigaflops: speed(all, both) })
    tf.dispose([...inputs])
  }
  return found
}
