/**
 * The network and objective that engines are compared on: a convolutional VAE over images [n, 28, 28, 3] with a mixture
 * of the 8 outcomes of three binary nodes as its prior, and the full negative ELBO as its loss.
 */
import * as tf from '@tensorflow/tfjs-core'
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { relaxedJoint } from '../kernels/relaxed-joint.ts'
import type { PartGradients, Replica } from '../../../compute/data-parallel/replica.ts'
import { logSumExp, squaredError } from '../../../compute/differentiable.ts'
import { type Activation, affine, convolution, transposedConvolution } from '../../../compute/layers.ts'
import { mixtureEvidence } from '../kernels/mixture-evidence.ts'

export const latent = 4
const outcomes = 8
const nodes = 3
const log2Pi = Math.log(2 * Math.PI)
const values = 28 * 28 * 3

export interface ReferenceInit {
  /** Images in a batch; every thread draws all of them. */
  readonly batch: number
}

/** Images first .. first + rows of the batch, with the latent noise [rows, 4] of this step. */
export interface ReferencePart {
  readonly first: number
  readonly rows: number
  readonly noise: Float32Array
}

class ReferenceNetwork implements Replica<ReferencePart> {
  readonly parameters = new Map<string, tf.Variable>()
  readonly #random = RandomStream.of(0, 'reference network')
  readonly #images: tf.Tensor4D
  readonly #means: tf.Tensor2D
  readonly #logVariances: tf.Tensor2D
  readonly #loss: (images: tf.Tensor4D, noise: tf.Tensor2D) => tf.Scalar

  constructor(batch: number) {
    const images = Float32Array.from({ length: batch * values }, () => this.#random.uniform())
    this.#images = tf.tensor(images, [batch, 28, 28, 3])
    this.#means = tf.tensor(this.#random.normals(outcomes * latent), [outcomes, latent])
    this.#logVariances = tf.zeros([outcomes, latent])
    this.#loss = this.#build()
  }

  gradients(part: ReferencePart): PartGradients {
    const [loss, gradients] = tf.tidy(() => {
      const whole = part.rows === this.#images.shape[0]
      const images = whole ? this.#images : tf.slice(this.#images, [part.first, 0, 0, 0], [part.rows, -1, -1, -1])
      const noise = tf.tensor2d(part.noise, [part.rows, latent])
      const { value, grads } = tf.variableGrads(() => this.#loss(images, noise), [...this.parameters.values()])
      return [tf.reshape<tf.Rank.R1>(value, [1]), grads]
    })
    const byName = Array.from(this.parameters, ([name, variable]) => [name, gradients[variable.name]!] as const)
    return { gradients: Object.fromEntries(byName), terms: loss }
  }

  dispose(): void {
    tf.dispose([...this.parameters.values(), this.#images, this.#means, this.#logVariances])
  }

  #parameter<R extends tf.Rank>(name: string, shape: tf.ShapeMap[R], scale: number): tf.Variable<R> {
    const draws = Float32Array.from(this.#random.normals(tf.util.sizeFromShape(shape)), (x) => x * scale)
    const variable = tf.tidy(() => tf.variable(tf.tensor<R>(draws, shape)))
    this.parameters.set(name, variable)
    return variable
  }

  #dense(name: string, inputs: number, units: number, activation: Activation): (x: tf.Tensor2D) => tf.Tensor2D {
    const kernel = this.#parameter<tf.Rank.R2>(`${name}/kernel`, [inputs, units], Math.sqrt(1 / inputs))
    const bias = this.#parameter<tf.Rank.R1>(`${name}/bias`, [units], 0)
    return (x) => affine(x, kernel, bias, activation)
  }

  #filter(name: string, inputs: number, outputs: number, scale: number): tf.Variable<tf.Rank.R4> {
    return this.#parameter<tf.Rank.R4>(`${name}/filter`, [3, 3, inputs, outputs], scale)
  }

  #build(): (images: tf.Tensor4D, noise: tf.Tensor2D) => tf.Scalar {
    const encode = this.#encoder()
    const decode = this.#decoder()
    const logNoise = this.#parameter<tf.Rank.R0>('noise', [], 0)
    const logJoint = this.#dag()
    return (images, noise) => {
      const { mean, logVariance } = encode(images)
      const z = tf.add<tf.Tensor2D>(mean, tf.mul(tf.exp(tf.mul(0.5, logVariance)), noise))
      const squares = squaredError(images, decode(z))
      const constant = tf.mul(values, tf.add(log2Pi, logNoise))
      const reconstruction = tf.mul(-0.5, tf.add(tf.div(squares, tf.exp(logNoise)), constant))
      const { logProbability, edges } = logJoint()
      const evidence = this.#clusterEvidence(mean, logVariance, logProbability)
      const entropy = tf.mul(0.5, tf.sum(tf.add(1 + log2Pi, logVariance), 1))
      const elbo = tf.add(tf.add(reconstruction, evidence), entropy)
      return tf.add(tf.neg(tf.mean(elbo)), tf.mul(0.003, edges))
    }
  }

  /** logsumexp_a A_a, [n] */
  #clusterEvidence(mean: tf.Tensor2D, logVariance: tf.Tensor2D, logProbability: tf.Tensor1D): tf.Tensor {
    const fused = mixtureEvidence(mean, logVariance, this.#means, this.#logVariances, logProbability)
    if (fused !== null) return logSumExp(fused)
    const distance = tf.square(tf.sub(tf.expandDims(mean, 1), tf.expandDims(this.#means, 0)))
    const spread = tf.div(tf.add(tf.expandDims(tf.exp(logVariance), 1), distance), tf.exp(this.#logVariances))
    const density = tf.sum(tf.add(tf.add(log2Pi, this.#logVariances), spread), 2)
    return logSumExp(tf.sub(logProbability, tf.mul(0.5, density)))
  }

  #encoder(): (images: tf.Tensor4D) => { mean: tf.Tensor2D; logVariance: tf.Tensor2D } {
    const filter1 = this.#filter('encoder/0', 3, 32, 0.2)
    const bias1 = this.#parameter<tf.Rank.R1>('encoder/0/bias', [32], 0)
    const filter2 = this.#filter('encoder/1', 32, 64, 0.06)
    const bias2 = this.#parameter<tf.Rank.R1>('encoder/1/bias', [64], 0)
    const dense = this.#dense('encoder/2', 3136, 128, 'elu')
    const heads = this.#dense('encoder/3', 128, 2 * latent, 'linear')
    return (images) => {
      const rows = images.shape[0]
      const h1 = convolution(images, filter1, bias1, [2, 2], 'elu')
      const h2 = convolution(h1, filter2, bias2, [2, 2], 'elu')
      const both = heads(dense(tf.reshape(h2, [rows, 3136])))
      const mean = tf.slice(both, [0, 0], [rows, latent])
      const logVariance = tf.slice(both, [0, latent], [rows, latent])
      return { mean, logVariance: tf.clipByValue<tf.Tensor2D>(logVariance, -8, 4) }
    }
  }

  #decoder(): (z: tf.Tensor2D) => tf.Tensor4D {
    const dense1 = this.#dense('decoder/0', latent, 128, 'elu')
    const dense2 = this.#dense('decoder/1', 128, 3136, 'elu')
    const filter1 = this.#filter('decoder/2', 32, 64, 0.06)
    const bias1 = this.#parameter<tf.Rank.R1>('decoder/2/bias', [32], 0)
    const filter2 = this.#filter('decoder/3', 3, 32, 0.06)
    const bias2 = this.#parameter<tf.Rank.R1>('decoder/3/bias', [3], 0)
    return (z) => {
      const h1 = tf.reshape<tf.Rank.R4>(dense2(dense1(z)), [z.shape[0], 7, 7, 64])
      const h2 = transposedConvolution(h1, filter1, bias1, [14, 14], [2, 2], 'elu')
      return transposedConvolution(h2, filter2, bias2, [28, 28], [2, 2], 'linear')
    }
  }

  /** log p(outcome) [8] under the relaxed graph over three binary nodes, and the sum of edge strengths. */
  #dag(): () => { logProbability: tf.Tensor1D; edges: tf.Tensor } {
    const order = this.#parameter<tf.Rank.R1>('dag/order', [nodes], 0.1)
    const strength = this.#parameter<tf.Rank.R2>('dag/strength', [nodes, nodes], 0)
    const logits = this.#parameter<tf.Rank.R2>('dag/logits', [nodes, outcomes], 0.1)
    return () => {
      const fused = relaxedJoint(order, strength, logits, [2, 2, 2], 1)
      if (fused !== null) return { logProbability: fused.logJoint, edges: tf.sum(fused.edges) }
      const tables = tf.unstack(tf.reshape(logits, [nodes, 2, 2, 2]))
      const open = tf.softplus(tf.mul(0.5, tf.add(strength, tf.transpose(strength))))
      const edges = tf.relu(tf.tanh(tf.mul(open, tf.sub(tf.expandDims(order, 0), tf.expandDims(order, 1)))))
      const joint = tables
        .map((table, node) => {
          const parents = [0, 1, 2].filter((axis) => axis !== node)
          const last = [...parents, node]
          const back = last.map((_, axis) => last.indexOf(axis))
          const softmax = tf.transpose(tf.softmax(tf.transpose(table, last)), back)
          return parents.reduce<tf.Tensor>((conditional, parent) => {
            const edge = tf.reshape(tf.slice(edges, [parent, node], [1, 1]), [1, 1, 1])
            const averaged = tf.mul(tf.sub(1, edge), tf.mean(conditional, parent, true))
            return tf.add(tf.mul(edge, conditional), averaged)
          }, softmax)
        })
        .reduce((product, conditional) => tf.mul(product, conditional))
      return { logProbability: tf.log(tf.add(tf.reshape<tf.Rank.R1>(joint, [outcomes]), 1e-12)), edges: tf.sum(edges) }
    }
  }
}

export function createReplica({ batch }: ReferenceInit): Replica<ReferencePart> {
  return new ReferenceNetwork(batch)
}
