/**
 * The network, batch and objective that engines are compared on: a convolutional VAE over images [n, 28, 28, 3] with a
 * mixture of 8 outcomes of three binary nodes as its prior, trained by Adam on the full ELBO.
 */
import * as tf from '@tensorflow/tfjs-core'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { affine, convolution, transposedConvolution, type Activation } from '../layers.ts'
import { adamStep, type AdamState } from '../adam-step.ts'

const latent = 4
const outcomes = 8
const nodes = 3
const log2Pi = Math.log(2 * Math.PI)
const pixels = 28 * 28 * 3

/** One training step at a time of the reference network; owns its tensors until `dispose`. */
export class ReferenceStep {
  readonly #variables: tf.Variable[] = []
  readonly #random = RandomStream.of(0, 'reference-step')
  readonly #images: tf.Tensor4D
  readonly #noise: tf.Tensor2D
  readonly #means: tf.Tensor2D
  readonly #logVariances: tf.Tensor2D
  readonly #states: readonly AdamState[]
  #step = 0
  readonly #loss: () => tf.Scalar

  constructor(batch: number) {
    this.#images = tf.tensor(
      Float32Array.from({ length: batch * pixels }, () => this.#random.uniform()),
      [batch, 28, 28, 3],
    )
    this.#noise = tf.tensor(this.#random.normals(batch * latent), [batch, latent])
    this.#means = tf.tensor(this.#random.normals(outcomes * latent), [outcomes, latent])
    this.#logVariances = tf.zeros([outcomes, latent])
    this.#loss = this.#build()
    const zeros = (shape: number[]): tf.Variable => tf.tidy(() => tf.variable(tf.zeros(shape), false))
    this.#states = this.#variables.map((parameter) => ({
      parameter,
      first: zeros(parameter.shape),
      second: zeros(parameter.shape),
    }))
  }

  /** Parameters of the network. */
  get parameters(): number {
    return this.#variables.reduce((sum, variable) => sum + variable.size, 0)
  }

  /** One step: loss, gradients, Adam. */
  step(): void {
    tf.tidy(() => {
      const { grads } = tf.variableGrads(this.#loss, this.#variables)
      this.#step++
      for (const state of this.#states)
        adamStep(state, grads[state.parameter.name]!, { learningRate: 1e-3, step: this.#step })
    })
  }

  /** The negative ELBO of the batch at the current parameters. */
  loss(): number {
    return tf.tidy(() => this.#loss().dataSync()[0]!)
  }

  dispose(): void {
    for (const { first, second } of this.#states) tf.dispose([first, second])
    tf.dispose([this.#variables, this.#images, this.#noise, this.#means, this.#logVariances])
  }

  #variable<R extends tf.Rank>(shape: tf.ShapeMap[R], scale: number): tf.Variable<R> {
    const size = tf.util.sizeFromShape(shape)
    const values = Float32Array.from(this.#random.normals(size), (x) => x * scale)
    const variable = tf.variable(tf.tensor<R>(values, shape))
    this.#variables.push(variable)
    return variable
  }

  #dense(inputs: number, units: number, activation: Activation): (x: tf.Tensor2D) => tf.Tensor2D {
    const kernel = this.#variable<tf.Rank.R2>([inputs, units], Math.sqrt(1 / inputs))
    const bias = this.#variable<tf.Rank.R1>([units], 0)
    return (x) => affine(x, kernel, bias, activation)
  }

  #build(): () => tf.Scalar {
    const encoder1 = this.#variable<tf.Rank.R4>([3, 3, 3, 32], 0.2)
    const encoder1Bias = this.#variable<tf.Rank.R1>([32], 0)
    const encoder2 = this.#variable<tf.Rank.R4>([3, 3, 32, 64], 0.06)
    const encoder2Bias = this.#variable<tf.Rank.R1>([64], 0)
    const encoder3 = this.#dense(3136, 128, 'elu')
    const encoder4 = this.#dense(128, 2 * latent, 'linear')
    const decoder1 = this.#dense(latent, 128, 'elu')
    const decoder2 = this.#dense(128, 3136, 'elu')
    const decoder3 = this.#variable<tf.Rank.R4>([3, 3, 32, 64], 0.06)
    const decoder3Bias = this.#variable<tf.Rank.R1>([32], 0)
    const decoder4 = this.#variable<tf.Rank.R4>([3, 3, 3, 32], 0.06)
    const decoder4Bias = this.#variable<tf.Rank.R1>([3], 0)
    const logNoise = tf.variable(tf.scalar(-3))
    this.#variables.push(logNoise)
    const logJoint = this.#dag()
    return () => {
      const n = this.#images.shape[0]
      const h1 = convolution(this.#images, encoder1, encoder1Bias, [2, 2], 'elu')
      const h2 = convolution(h1, encoder2, encoder2Bias, [2, 2], 'elu')
      const heads = encoder4(encoder3(tf.reshape(h2, [n, 3136])))
      const mean = tf.slice(heads, [0, 0], [n, latent])
      const logVariance = tf.clipByValue(tf.slice(heads, [0, latent], [n, latent]), -8, 4)
      const z = tf.add<tf.Tensor2D>(mean, tf.mul(tf.exp(tf.mul(0.5, logVariance)), this.#noise))
      const d1 = tf.reshape<tf.Rank.R4>(decoder2(decoder1(z)), [n, 7, 7, 64])
      const d2 = transposedConvolution(d1, decoder3, decoder3Bias, [14, 14], [2, 2], 'elu')
      const decoded = transposedConvolution(d2, decoder4, decoder4Bias, [28, 28], [2, 2], 'linear')
      const squares = tf.sum(tf.square(tf.sub(this.#images, decoded)), [1, 2, 3])
      const reconstruction = tf.mul(
        -0.5,
        tf.add(tf.div(squares, tf.exp(logNoise)), tf.mul(pixels, tf.add(log2Pi, logNoise))),
      )
      const { logProbability, penalty } = logJoint()
      const distance = tf.square(tf.sub(tf.expandDims(mean, 1), tf.expandDims(this.#means, 0)))
      const spread = tf.div(tf.add(tf.expandDims(tf.exp(logVariance), 1), distance), tf.exp(this.#logVariances))
      const evidence = tf.sub(
        logProbability,
        tf.mul(0.5, tf.sum(tf.add(tf.add(log2Pi, this.#logVariances), spread), 2)),
      )
      const entropy = tf.mul(0.5, tf.sum(tf.add(1 + log2Pi, logVariance), 1))
      const elbo = tf.add(tf.add(reconstruction, tf.logSumExp(evidence, 1)), entropy)
      return tf.add(tf.neg(tf.mean(elbo)), tf.mul(0.003, penalty))
    }
  }

  /** log p(outcome) [8] under the relaxed graph over three binary nodes, and the sum of edge strengths. */
  #dag(): () => { logProbability: tf.Tensor; penalty: tf.Tensor } {
    const order = this.#variable<tf.Rank.R1>([nodes], 0.1)
    const strength = this.#variable<tf.Rank.R2>([nodes, nodes], 0)
    const tables = Array.from({ length: nodes }, () => this.#variable<tf.Rank.R3>([2, 2, 2], 0.1))
    return () => {
      const open = tf.softplus(tf.mul(0.5, tf.add(strength, tf.transpose(strength))))
      const gap = tf.sub(tf.expandDims(order, 0), tf.expandDims(order, 1))
      const edges = tf.relu(tf.tanh(tf.mul(open, gap)))
      const joint = tables
        .map((table, node) => {
          const perm = [0, 1, 2].filter((axis) => axis !== node).concat(node)
          const back = perm.map((_, axis) => perm.indexOf(axis))
          let conditional = tf.transpose(tf.softmax(tf.transpose(table, perm)), back)
          for (let parent = 0; parent < nodes; parent++) {
            if (parent === node) continue
            const edge = tf.slice(edges, [parent, node], [1, 1])
            const scalar = tf.reshape(edge, [1, 1, 1])
            conditional = tf.add(
              tf.mul(scalar, conditional),
              tf.mul(tf.sub(1, scalar), tf.mean(conditional, parent, true)),
            )
          }
          return conditional
        })
        .reduce((product, conditional) => tf.mul(product, conditional))
      const logProbability = tf.log(tf.add(tf.reshape<tf.Rank.R1>(joint, [outcomes]), 1e-12))
      return { logProbability, penalty: tf.sum(edges) }
    }
  }
}
