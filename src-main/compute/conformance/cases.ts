/** Every op and gradient that the models use, over the shapes that matter. */
import * as tf from '@tensorflow/tfjs-core'
import type { ConformanceCase } from './case.ts'
import { opCase } from './case.ts'
import { layerCases } from './layer-cases.ts'

const positive = { domain: (x: number): number => Math.abs(x) + 0.1 }

const unaryCases: ConformanceCase[] = [
  ...Object.entries({
    elu: tf.elu,
    exp: tf.exp,
    softplus: tf.softplus,
    tanh: tf.tanh,
    relu: tf.relu,
    sigmoid: tf.sigmoid,
    square: tf.square,
    neg: tf.neg,
    abs: tf.abs,
  }).flatMap(([name, op]) => [
    opCase(`${name} [1]`, [[1]], (x) => op(x)),
    opCase(`${name} [3, 37]`, [[3, 37]], (x) => op(x), { domain: (x) => 3 * x }),
  ]),
  ...[
    { name: 'sin', op: tf.sin },
    { name: 'cos', op: tf.cos },
  ].map(({ name, op }) => opCase(`${name} [3, 37]`, [[3, 37]], (x) => op(x), { precision: 'trigonometric' })),
  opCase('elu far out [64]', [[64]], (x) => tf.elu(x), { domain: (x) => 60 * x }),
  opCase('exp far out [64]', [[64]], (x) => tf.exp(x), { domain: (x) => 25 * x }),
  opCase('log [5, 7]', [[5, 7]], (x) => tf.log(x), positive),
  opCase('sqrt [5, 7]', [[5, 7]], (x) => tf.sqrt(x), positive),
  opCase('pow [5, 7]', [[5, 7]], (x) => tf.pow(x, 3)),
  opCase('clip [9, 4]', [[9, 4]], (x) => tf.clipByValue(x, -0.5, 0.5)),
]

const broadcasts: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[1], [1]],
  [
    [4, 9],
    [4, 9],
  ],
  [[4, 9], []],
  [[], [4, 9]],
  [[4, 9], [9]],
  [
    [4, 9],
    [4, 1],
  ],
  [
    [1, 9],
    [4, 9],
  ],
  [
    [5, 1, 3],
    [1, 8, 3],
  ],
  [[2, 5, 7, 3], [3]],
  [[2, 5, 7, 32], [32]],
  [
    [6, 1, 1, 1],
    [6, 5, 4, 3],
  ],
  [
    [2, 1, 2],
    [2, 2, 2],
  ],
  [[130, 3], [3]],
]

const arithmeticCases = Object.entries({
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: tf.div,
}).flatMap(([name, op]) =>
  broadcasts.map(([a, b]) => opCase(`${name} [${a.join()}] [${b.join()}]`, [a, b], (x, y) => op(x, y), positive)),
)

/** Its gradient in TensorFlow.js does not know broadcasting. */
const squaredDifferenceCases = broadcasts.map(([a, b]) =>
  opCase(`squaredDifference [${a.join()}] [${b.join()}]`, [a, b], (x, y) => tf.squaredDifference(x, y), {
    gradient: a.join() === b.join(),
  }),
)

const matrixCases = [
  [1, 1, 1],
  [1, 5, 3],
  [7, 5, 3],
  [6, 16, 8],
  [13, 17, 33],
  [5, 40, 330],
  [33, 9, 520],
].flatMap(([m, n, k]) =>
  [false, true].flatMap((transposeA) =>
    [false, true].map((transposeB) =>
      opCase(
        `matMul ${m}x${k}x${n} ${transposeA ? 'T' : 'N'}${transposeB ? 'T' : 'N'}`,
        [transposeA ? [k!, m!] : [m!, k!], transposeB ? [n!, k!] : [k!, n!]],
        (a, b) => tf.matMul(a, b, transposeA, transposeB),
      ),
    ),
  ),
)

const batchedMatrixCases = [
  opCase(
    'matMul of batches',
    [
      [3, 4, 5],
      [3, 5, 6],
    ],
    (a, b) => tf.matMul(a, b),
  ),
  opCase(
    'matMul of a batch and one matrix',
    [
      [3, 4, 5],
      [1, 5, 6],
    ],
    (a, b) => tf.matMul(a, b),
    { gradient: false },
  ),
]

const reductionCases = [
  [[7], [0]],
  [[4, 9], [0]],
  [[4, 9], [1]],
  [
    [4, 9],
    [0, 1],
  ],
  [[3, 5, 7], [1]],
  [
    [3, 5, 7],
    [0, 2],
  ],
  [
    [2, 5, 7, 3],
    [0, 1, 2],
  ],
  [
    [2, 5, 7, 32],
    [1, 2, 3],
  ],
  [[300, 3], [0]],
  [[1, 6], [0]],
].flatMap(([shape, axes]) => {
  const label = `[${shape!.join()}] over ${axes!.join()}`
  return [
    opCase(`sum ${label}`, [shape!], (x) => tf.sum(x, axes)),
    opCase(`sum kept ${label}`, [shape!], (x) => tf.sum(x, axes, true)),
    opCase(`mean ${label}`, [shape!], (x) => tf.mean(x, axes)),
    opCase(`max ${label}`, [shape!], (x) => tf.max(x, axes)),
    opCase(`logSumExp ${label}`, [shape!], (x) => tf.logSumExp(x, axes), { domain: (x) => 30 * x }),
  ]
})

const mask = (rows: number, kept: number): tf.Tensor =>
  tf.tensor2d(
    Float32Array.from({ length: rows }, (_, i) => (i < kept ? 1 : 0)),
    [rows, 1],
  )

const structureCases = [
  opCase('softmax [5, 7]', [[5, 7]], (x) => tf.softmax(x), { domain: (x) => 10 * x }),
  opCase('logSoftmax [5, 7]', [[5, 7]], (x) => tf.logSoftmax(x), { domain: (x) => 10 * x }),
  opCase('slice [6, 7]', [[6, 7]], (x) => tf.slice(x, [1, 2], [3, 4])),
  opCase('slice [5, 3, 2], whole rows', [[5, 3, 2]], (x) => tf.slice(x, [1, 0, 0], [3, -1, -1])),
  opCase('slice [3, 4, 2], a corner', [[3, 4, 2]], (x) => tf.slice(x, [1, 1, 0], [2, 2, 1])),
  opCase('slice [9], its end', [[9]], (x) => tf.slice(x, [4])),
  opCase(
    'concat [3, 2] [3, 5]',
    [
      [3, 2],
      [3, 5],
    ],
    (a, b) => tf.concat([a, b], 1),
  ),
  opCase('stack [4] [4]', [[4], [4]], (a, b) => tf.stack([a, b])),
  opCase('tile [2, 3]', [[2, 3]], (x) => tf.tile(x, [3, 2])),
  opCase('gather [6, 5]', [[6, 5]], (x) => tf.gather(x, tf.tensor1d([0, 2, 2, 5], 'int32'))),
  opCase('transpose [3, 4, 5]', [[3, 4, 5]], (x) => tf.transpose(x, [2, 0, 1])),
  opCase('reshape [6, 4]', [[6, 4]], (x) => tf.mul(tf.reshape(x, [3, 8]), 2)),
  opCase('broadcastTo [3, 1]', [[3, 1]], (x) => tf.broadcastTo(x, [3, 4])),
  opCase(
    'where [5, 3]',
    [
      [5, 3],
      [5, 3],
    ],
    (a, b) => tf.where(tf.tile(tf.greater(mask(5, 2), 0.5), [1, 3]), a, b),
  ),
  opCase('cast of a comparison [9]', [[9]], (x) => tf.cast(tf.greater(x, 0), 'float32'), { gradient: false }),
  ...[0, 1, 4].map((kept) =>
    opCase(`masked mean, ${kept} of 4 rows kept`, [[4, 6]], (x) =>
      tf.div(tf.sum(tf.mul(x, mask(4, kept))), tf.maximum(tf.sum(mask(4, kept)), 1)),
    ),
  ),
]

export const conformanceCases: readonly ConformanceCase[] = [
  ...unaryCases,
  ...arithmeticCases,
  ...squaredDifferenceCases,
  ...matrixCases,
  ...batchedMatrixCases,
  ...reductionCases,
  ...structureCases,
  ...layerCases,
]
