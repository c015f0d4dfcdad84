/**
 * The partial causal model as one differentiable objective: an encoder a modality, outputs on the sphere or in a box, and
 * the contrastive loss over every pair of modalities (partial-causal.md section 1).
 */
import * as tf from '@tensorflow/tfjs-core'
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import { type PartialCausalConfig, temperatureOf } from '../../../src-shared/methods/partial-causal/config.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import type { PartGradients } from '../../compute/data-parallel/replica.ts'
import { initialiseFromData } from '../nn/data-initialisation.ts'
import { buildLayers } from '../nn/layers.ts'
import { Parameters } from '../nn/parameters.ts'
import { contrastiveLoss } from './loss.ts'
import { contrastiveEncoder } from './networks.ts'
import { pairsOf } from './pairs.ts'

export interface ModelShape {
  readonly modalities: readonly Modality[]
  readonly config: Pick<PartialCausalConfig, 'profile' | 'geometry' | 'latent' | 'networks' | 'temperature'>
}

/** tau stays within. */
const lowestTau = 0.01
const highestTau = 10
const logTauName = 'temperature/logTau'

/** Where these rows are one part of a batch on several threads. */
export interface Whole {
  /** Rows of the whole batch, and the first of this part. */
  readonly rows: number
  readonly start: number
  readonly combine: (means: readonly number[]) => readonly number[]
}

export class PartialCausalModel {
  readonly shape: ModelShape
  readonly parameters = new Parameters()
  readonly #encoders: readonly ((x: tf.Tensor) => tf.Tensor)[]

  constructor(shape: ModelShape, seed: number) {
    this.shape = shape
    const { modalities, config } = shape
    const context = { parameters: this.parameters, random: RandomStream.of(seed, 'initialisation/networks') }
    this.#encoders = modalities.map((modality) => buildLayers(context, contrastiveEncoder(modality, config)))
    this.parameters.add(logTauName, [], Float32Array.of(Math.log(temperatureOf(config).start)))
    if (config.geometry === 'box')
      for (const { name } of modalities)
        this.parameters.add(`bound/${name}`, [config.latent.size], new Float32Array(config.latent.size))
  }

  /** Scales every layer by what it makes of a batch of modality `m`, [n, ...shape]. */
  initialise(m: number, x: tf.Tensor): void {
    initialiseFromData(this.parameters, contrastiveEncoder(this.shape.modalities[m]!, this.shape.config), x)
  }

  /** Outputs of modality `m`, [n, l]: of unit length, or in the box between 0 and its bounds. */
  encode(m: number, x: tf.Tensor): tf.Tensor2D {
    const out = this.#encoders[m]!(x) as tf.Tensor2D
    if (this.shape.config.geometry === 'box') {
      const bound = tf.exp(this.parameters.get(`bound/${this.shape.modalities[m]!.name}`))
      return tf.mul(tf.sigmoid(out), bound)
    }
    return tf.div(out, tf.sqrt(tf.add(tf.sum(tf.square(out), 1, true), 1e-12)))
  }

  /** log tau, within its bounds. */
  logTau(): tf.Scalar {
    return tf.clipByValue(
      this.parameters.get(logTauName) as tf.Tensor as tf.Scalar,
      Math.log(lowestTau),
      Math.log(highestTau),
    )
  }

  /** Whether training moves the parameter. */
  isMoved(name: string): boolean {
    return name !== logTauName || temperatureOf(this.shape.config).learnt
  }

  /** Loss of every pair of modalities on outputs that are there already, each []. */
  #losses(outputs: readonly tf.Tensor2D[], logTau: tf.Scalar): tf.Scalar[] {
    const { geometry, profile: form } = this.shape.config
    return pairsOf(outputs.length).map(([m, k]) =>
      contrastiveLoss(outputs[m]!, outputs[k]!, logTau, { geometry, form }),
    )
  }

  /** The pairs' losses of a batch without gradients, [pairs]; the caller owns it. */
  losses(x: readonly tf.Tensor[]): tf.Tensor1D {
    return tf.tidy(() => {
      const outputs = x.map((values, m) => this.encode(m, values))
      return tf.stack<tf.Tensor>(this.#losses(outputs, this.logTau())) as tf.Tensor1D
    })
  }

  /**
   * The sum of the pairs' losses with its gradients, and each pair's loss. Where the rows are a part of a batch, the loss
   * is that of the whole, and the gradients are scaled so that the parts' means add up to it.
   * @param x per modality [rows, ...shape]
   */
  gradients(x: readonly tf.Tensor[], whole: Whole | null = null): PartGradients {
    const entries = this.parameters.entries().filter(([name]) => this.isMoved(name))
    let kept: tf.Tensor1D | null = null
    const { value, grads } = tf.variableGrads(
      () => {
        const own = x.map((values, m) => this.encode(m, values))
        const share = whole === null ? 1 : own[0]!.shape[0] / whole.rows
        const outputs = whole === null ? own : gather(own, whole, share)
        const logTau = this.logTau()
        // Every part sees the gradient by tau of the whole: its own share of it is what adds up.
        const shared = share === 1 ? logTau : tf.add<tf.Scalar>(tf.mul(logTau, share), constant(logTau, 1 - share))
        const losses = this.#losses(outputs, shared)
        kept = tf.keep(tf.stack<tf.Tensor>(losses)) as tf.Tensor1D
        return tf.div<tf.Scalar>(tf.addN(losses), share)
      },
      entries.map(([, variable]) => variable),
    )
    value.dispose()
    const gradients: Record<string, tf.Tensor> = {}
    for (const [name, variable] of entries) {
      const gradient = grads[variable.name]
      if (gradient !== undefined) gradients[name] = gradient
    }
    return { gradients, terms: kept! }
  }

  async temperature(): Promise<number> {
    const logTau = tf.tidy(() => this.logTau())
    const [value] = await logTau.data<'float32'>()
    logTau.dispose()
    return Math.exp(value!)
  }

  dispose(): void {
    this.parameters.dispose()
  }
}

/** A number times `factor`, without a gradient. */
function constant(x: tf.Scalar, factor: number): tf.Scalar {
  return tf.scalar(x.dataSync<'float32'>()[0]! * factor)
}

/** The outputs of all threads, [rows, l] each; gradients go to this part's rows alone. */
function gather(own: readonly tf.Tensor2D[], { rows, start, combine }: Whole, share: number): tf.Tensor2D[] {
  const latent = own[0]!.shape[1]
  const count = own[0]!.shape[0]
  const mine = new Array<number>(own.length * rows * latent).fill(0)
  own.forEach((outputs, m) => {
    const offset = (m * rows + start) * latent
    // Combining weighs each part by its share of the rows.
    outputs.dataSync<'float32'>().forEach((value, at) => (mine[offset + at] = value / share))
  })
  const all = Float32Array.from(combine(mine))
  return own.map((outputs, m) => {
    const from = (row: number, to: number): tf.Tensor2D =>
      tf.tensor2d(all.slice((m * rows + row) * latent, (m * rows + to) * latent), [to - row, latent])
    return tf.concat([
      ...(start > 0 ? [from(0, start)] : []),
      outputs,
      ...(start + count < rows ? [from(start + count, rows)] : []),
    ])
  })
}
