/**
 * The supervised model: an encoder a modality, their fusion into a representation, a linear classifier, and the regulariser
 * on all of them (causal-complete.md section 2).
 */
import * as tf from '@tensorflow/tfjs-core'
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import type { CausalCompleteConfig } from '../../../src-shared/methods/causal-complete/config.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import type { PartGradients } from '../../compute/data-parallel/replica.ts'
import { initialiseFromData } from '../nn/data-initialisation.ts'
import { buildLayers, type LayerContext } from '../nn/layers.ts'
import type { LayerSpec } from '../nn/layer-specs.ts'
import { Parameters } from '../nn/parameters.ts'
import type { BatchTensors } from './batch.ts'
import { regulariserForm, withoutRegulariser } from './form.ts'
import { featureSpec, fusionSpecs, gateSpec } from './networks.ts'
import { type Classifier, logitsOf } from './regulariser/classifier.ts'
import { type Instrument, instrumentOf, type Projections } from './regulariser/instrument.ts'
import { regularise, type RegulariserForm } from './regulariser/regulariser.ts'

export interface ModelShape {
  readonly modalities: readonly Modality[]
  readonly classes: number
  readonly config: Pick<CausalCompleteConfig, 'profile' | 'networks' | 'terms' | 'weights' | 'counterfactual'>
  /** Numbers that a finished run makes of a sample, where it is learnt on. */
  readonly fused: number | null
  /** Whether the regulariser counts; the base has the same parameters from the same draws. */
  readonly regularised: boolean
}

type Network = (x: tf.Tensor) => tf.Tensor

/** What the model makes of a batch. */
export interface Encoded {
  /** x, [n, M, d]; 0 where absent. */
  readonly features: tf.Tensor3D
  /** Z, [n, h] */
  readonly representation: tf.Tensor2D
}

export class CausalCompleteModel {
  readonly shape: ModelShape
  readonly parameters = new Parameters()
  readonly form: RegulariserForm
  readonly #encoders: readonly Network[]
  /** One a modality in the form of the authors, else none. */
  readonly #gates: readonly Network[]
  readonly #fusion: readonly Network[]

  constructor(shape: ModelShape, seed: number) {
    this.shape = shape
    const { modalities, classes, config, fused, regularised } = shape
    const form = regulariserForm(config)
    this.form = regularised ? form : withoutRegulariser(form)
    const random = RandomStream.of(seed, 'initialisation/networks')
    const context: LayerContext = { parameters: this.parameters, random }
    const build = (specs: readonly LayerSpec[]): Network => buildLayers(context, specs)
    this.#encoders = modalities.map((modality) => build(featureSpec(modality, config)))
    this.#gates = modalities.map((modality) => gateSpec(modality, config)).flatMap((specs) => (specs.length === 0 ? [] : [build(specs)])) // prettier-ignore
    this.#fusion = fusionSpecs(modalities, config, fused).map(build)
    const { features, representation } = config.networks
    this.parameters.addUniform('classifier/kernel', [representation, classes], representation, random)
    this.parameters.addUniform('classifier/bias', [classes], representation, random)
    for (const name of ['query', 'key', 'value'])
      this.parameters.addUniform(`instrument/${name}`, [features, representation], features, random)
  }

  get #late(): boolean {
    const { profile, networks } = this.shape.config
    return profile === 'paper' && networks.fusion === 'late'
  }

  /** Scales the encoder of modality `m` by what it makes of a batch of it, [n, ...shape]. */
  initialiseEncoder(m: number, x: tf.Tensor): void {
    initialiseFromData(this.parameters, featureSpec(this.shape.modalities[m]!, this.shape.config), x)
  }

  /** Scales what fuses, once the encoders are scaled, by a batch of samples that have every modality. */
  initialiseFusion(x: readonly tf.Tensor[], fused: tf.Tensor2D | null): void {
    tf.tidy(() => {
      const specs = fusionSpecs(this.shape.modalities, this.shape.config, this.shape.fused)
      if (fused !== null) {
        initialiseFromData(this.parameters, specs[0]!, fused)
        return
      }
      const features = this.#features(x, null)
      if (this.#late) specs.forEach((head, m) => initialiseFromData(this.parameters, head, slice(features, m)))
      else initialiseFromData(this.parameters, specs[0]!, sideBySide(features))
    })
  }

  get classifier(): Classifier {
    return {
      weight: this.parameters.get('classifier/kernel') as tf.Tensor as tf.Tensor2D,
      bias: this.parameters.get('classifier/bias') as tf.Tensor as tf.Tensor1D,
    }
  }

  get #projections(): Projections {
    const projection = (name: string): tf.Tensor2D =>
      this.parameters.get(`instrument/${name}`) as tf.Tensor as tf.Tensor2D
    return { query: projection('query'), key: projection('key'), value: projection('value') }
  }

  #features(x: readonly tf.Tensor[], mask: tf.Tensor2D | null): tf.Tensor3D {
    const each = x.map((values, m) => {
      const features = this.#encoders[m]!(values) as tf.Tensor2D
      const gate = this.#gates[m]
      return gate === undefined ? features : tf.mul<tf.Tensor2D>(features, tf.sigmoid(gate(features)))
    })
    const all = tf.stack<tf.Tensor>(each, 1) as tf.Tensor3D
    if (mask === null) return all
    return tf.mul(all, tf.reshape(mask, [...mask.shape, 1]))
  }

  /** Absent modalities are left out of the mean of late fusion; side by side they are 0. */
  encode({ x, mask, fused }: Pick<BatchTensors, 'x' | 'mask' | 'fused'>): Encoded {
    const features = this.#features(x, mask)
    if (fused !== null) return { features, representation: this.#fusion[0]!(fused) as tf.Tensor2D }
    if (!this.#late) {
      const [first, second] = this.#fusion
      const joined = first!(sideBySide(features)) as tf.Tensor2D
      return { features, representation: second === undefined ? joined : (second(tf.relu(joined)) as tf.Tensor2D) }
    }
    const heads = this.#fusion.map((head, m) => head(slice(features, m)) as tf.Tensor2D)
    if (mask === null) return { features, representation: tf.div(tf.addN<tf.Tensor2D>(heads), heads.length) }
    const present = heads.map((head, m) => tf.mul<tf.Tensor2D>(head, tf.slice(mask, [0, m], [mask.shape[0], 1])))
    return { features, representation: tf.div(tf.addN<tf.Tensor2D>(present), tf.maximum(tf.sum(mask, 1, true), 1)) }
  }

  logits(representation: tf.Tensor2D): tf.Tensor2D {
    return logitsOf(representation, this.classifier)
  }

  instrument({ features }: Encoded, mask: tf.Tensor2D | null): Instrument {
    return instrumentOf(features, this.#projections, this.form.instrument, mask)
  }

  #regularise(batch: BatchTensors): ReturnType<typeof regularise> {
    const { features, representation } = this.encode(batch)
    const { mask, labels } = batch
    return regularise(
      { features, mask, representation, labels, classifier: this.classifier },
      this.#projections,
      this.form,
    )
  }

  /** The terms of a batch and, last, its loss, without gradients, [7]; the caller owns them. */
  terms(batch: BatchTensors): tf.Tensor1D {
    return tf.tidy(() => {
      const { loss, terms } = this.#regularise(batch)
      return tf.concat([terms, tf.reshape(loss, [1])])
    })
  }

  /** Whether training moves the parameter: what makes the instrument has no gradient where its term is switched off. */
  isMoved(name: string): boolean {
    return !name.startsWith('instrument/') || this.form.weights.instrument > 0
  }

  /** Means over the rows of a batch or of a part of one; the parts' add up by their share of the rows. */
  gradients(batch: BatchTensors): PartGradients {
    const entries = this.parameters.entries().filter(([name]) => this.isMoved(name))
    let kept: tf.Tensor1D | null = null
    const { value, grads } = tf.variableGrads(
      () => {
        const { loss, terms } = this.#regularise(batch)
        kept = tf.keep(terms)
        return loss
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

  dispose(): void {
    this.parameters.dispose()
  }
}

/** Features of modality `m`, [n, d]. */
function slice(features: tf.Tensor3D, m: number): tf.Tensor2D {
  const [n, , d] = features.shape
  return tf.reshape(tf.slice(features, [0, m, 0], [n, 1, d]), [n, d])
}

/** [n, M d] */
function sideBySide(features: tf.Tensor3D): tf.Tensor2D {
  return tf.reshape(features, [features.shape[0], -1])
}
