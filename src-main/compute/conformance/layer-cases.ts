/** Convolutions, transposed convolutions and whole layers, with their gradients, and the optimiser's step. */
import * as tf from '@tensorflow/tfjs-core'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { adamStep } from '../adam-step.ts'
import { affine, convolution, transposedConvolution } from '../layers.ts'
import { type ConformanceCase, opCase } from './case.ts'

type Pair = readonly [number, number]

interface Geometry {
  readonly images: number
  readonly size: Pair
  readonly channels: readonly [number, number]
  readonly kernel: Pair
  readonly strides: Pair
}

const geometries: readonly Geometry[] = [
  { images: 1, size: [7, 5], channels: [1, 1], kernel: [3, 3], strides: [2, 2] },
  { images: 3, size: [7, 5], channels: [2, 3], kernel: [3, 3], strides: [1, 1] },
  { images: 2, size: [8, 9], channels: [3, 32], kernel: [3, 3], strides: [2, 2] },
  { images: 3, size: [6, 6], channels: [32, 20], kernel: [3, 3], strides: [2, 2] },
  { images: 2, size: [1, 11], channels: [1, 16], kernel: [1, 5], strides: [1, 2] },
  { images: 1, size: [5, 6], channels: [4, 6], kernel: [2, 4], strides: [3, 2] },
  { images: 2, size: [4, 4], channels: [5, 7], kernel: [1, 1], strides: [1, 1] },
  { images: 1, size: [5, 5], channels: [48, 9], kernel: [3, 3], strides: [1, 1] },
]

const outSize = (size: number, stride: number): number => Math.ceil(size / stride)

function convolutionCases(geometry: Geometry): ConformanceCase[] {
  const { images, size, channels, kernel } = geometry
  const strides: [number, number] = [...geometry.strides]
  const [inputs, outputs] = channels
  const x = [images, ...size, inputs]
  const filter = [...kernel, inputs, outputs]
  const y = [images, outSize(size[0], strides[0]), outSize(size[1], strides[1]), outputs]
  const label = `[${x.join()}] by [${filter.join()}], strides ${strides.join()}`
  type Image = tf.Tensor4D
  return [
    ...(['same', 'valid'] as const).map((pad) =>
      opCase(`conv2d ${label}, ${pad}`, [x, filter], (a, f) => tf.conv2d(a as Image, f as Image, strides, pad)),
    ),
    opCase(`conv2dTranspose onto ${label}`, [y, filter], (a, f) =>
      tf.conv2dTranspose(a as Image, f as Image, [images, ...size, inputs], strides, 'same'),
    ),
    ...(['linear', 'elu', 'leaky'] as const).flatMap((activation) => [
      opCase(`convolution layer ${label}, ${activation}`, [x, filter, [outputs]], (a, f, b) =>
        convolution(a as Image, f as Image, b as tf.Tensor1D, strides, activation),
      ),
      opCase(`transposed convolution layer onto ${label}, ${activation}`, [y, filter, [inputs]], (a, f, b) =>
        transposedConvolution(a as Image, f as Image, b as tf.Tensor1D, size, strides, activation),
      ),
    ]),
  ]
}

const affineCases = [
  [1, 4, 8],
  [5, 3, 1],
  [9, 33, 17],
  [3, 330, 20],
].flatMap(([rows, inputs, units]) =>
  (['linear', 'elu', 'leaky'] as const).map((activation) =>
    opCase(
      `affine layer ${rows}x${inputs}x${units}, ${activation}`,
      [[rows!, inputs!], [inputs!, units!], [units!]],
      (x, k, b) => affine(x as tf.Tensor2D, k as tf.Tensor2D, b as tf.Tensor1D, activation),
    ),
  ),
)

/** Three steps of Adam on 37 parameters: their values and running means. */
const adamCase: ConformanceCase = {
  name: 'three steps of Adam',
  precision: 'usual',
  run: async () => {
    const random = RandomStream.of(1, 'adam')
    const variables = ['parameter', 'first', 'second'].map((_, i) =>
      tf.tidy(() => tf.variable(i === 0 ? tf.tensor1d(random.normals(37)) : tf.zeros<tf.Rank.R1>([37]))),
    )
    const [parameter, first, second] = variables
    for (let step = 1; step <= 3; step++)
      tf.tidy(() => {
        const gradient = tf.tensor1d(random.normals(37))
        adamStep({ parameter: parameter!, first: first!, second: second! }, gradient, { learningRate: 0.01, step })
      })
    const values = await Promise.all(variables.map((variable) => variable.data<'float32'>()))
    tf.dispose(variables)
    return values
  },
}

export const layerCases: readonly ConformanceCase[] = [
  ...geometries.flatMap(convolutionCases),
  ...affineCases,
  adamCase,
]
