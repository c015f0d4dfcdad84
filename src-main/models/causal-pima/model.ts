/**
 * The causalPIMA model as one differentiable objective: encoders, fusion, decoders, Gaussian-mixture prior and DAG in one
 * ELBO (causal-pima.md sections 1-3). The model owns its parameters; batches and gradients are the caller's.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { CausalPimaConfig } from '../../../src-shared/methods/causal-pima/config.ts'
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import type { Gaussian } from '../nn/gaussian.ts'
import { Parameters } from '../nn/parameters.ts'
import type { RelaxedJoint } from './kernels/relaxed-joint.ts'
import { allowedEdges, type EdgeConstraints } from '../../../src-shared/knowledge/constraints.ts'
import { edgeIndicator, jointDistribution, logJoint, logJointOfRegimes, nodeTables } from './dag/dag.ts'
import {
  clusterEvidence,
  type Combine,
  componentEvidence,
  logReconstruction,
  logReconstructionAtOptimum,
  posteriorEntropy,
  productOfExperts,
  reparameterise,
  sampledClusterEvidence,
  standardNormalDivergence,
} from './elbo.ts'
import { withoutGradient } from '../../compute/differentiable.ts'
import { Expert, expertEvidence } from './experts/experts.ts'
import { buildDecoder, buildEncoder, type Decoder, type Encoder } from '../nn/networks.ts'
import { countOutcomes } from './outcomes.ts'
import type { Mixture } from './mixture/components.ts'

export interface ModelShape {
  readonly modalities: readonly Modality[]
  /** K_l of each node. */
  readonly categories: readonly number[]
  /** l */
  readonly latent: number
  /** What each modality's likelihood counts in the objective (balance.ts), [M] */
  readonly likelihoodWeights: readonly number[]
  readonly noise: CausalPimaConfig['noise']
  readonly experts: CausalPimaConfig['experts']
  readonly responsibilities: CausalPimaConfig['mixture']['responsibilities']
  /** What is known of the edges. */
  readonly constraints: EdgeConstraints | null
  /** Nodes that were set from outside in each regime of the samples; null where none was in any. */
  readonly regimes: readonly (readonly number[])[] | null
}

/** The joint distribution as the samples of each regime have it. */
export interface RegimeJoint extends RelaxedJoint {
  /** log p(a) less the terms of the nodes that were set, [R, C]; null where none was. */
  readonly byRegime: tf.Tensor2D | null
}

/** One batch as tensors; `dispose` frees them. */
export interface Batch {
  readonly rows: number
  /** Per modality [rows, ...shape]. */
  readonly x: readonly tf.Tensor[]
  /** Which modalities enter the fusion, [rows, M]; null with a single, complete modality. */
  readonly fusion: tf.Tensor2D | null
  /** Which modalities a sample has, [rows, M]; null when none is missing. */
  readonly present: tf.Tensor2D | null
  /** 0 where an outcome agrees with a sample's anchors, hugely negative elsewhere, [rows, C]; null without anchors. */
  readonly known: tf.Tensor2D | null
  /** 1 in the column of a sample's regime, [rows, R]; null where no node was set in any. */
  readonly regime: tf.Tensor2D | null
  /** eps, [rows, l] */
  readonly noise: tf.Tensor2D
  /** Where these rows are one part of a batch on several threads: means over the part in, over the whole batch out. */
  readonly combine?: Combine
}

export function disposeBatch(batch: Batch): void {
  tf.dispose(
    [...batch.x, batch.fusion, batch.present, batch.known, batch.regime, batch.noise].filter((t) => t !== null),
  )
}

export interface JointOptions {
  /** beta */
  readonly temperature: number
  readonly lambda: number
  /** alpha: what the classification of samples counts whose outcomes a guide tells; none without. */
  readonly guidance?: number
}

/** What one evaluation of the objective yields; the caller owns the tensors. */
export interface Objective {
  readonly gradients: Readonly<Record<string, tf.Tensor>>
  /** Batch means of the terms, in the order of `termNames`. */
  readonly terms: tf.Tensor1D
}

/** What each sample's log p(a) loses with the terms of nodes that were set in it, [rows, C]; null where none was in any. */
function cutTerms(
  regime: tf.Tensor2D | null,
  logJointOutcomes: tf.Tensor1D,
  byRegime: tf.Tensor2D | null,
): tf.Tensor2D | null {
  if (regime === null || byRegime === null) return null
  return tf.matMul(regime, tf.sub<tf.Tensor2D>(byRegime, tf.expandDims(logJointOutcomes, 0)))
}

/**
 * log q(what is known | sample) = logsumexp_a (A_a + known_a) - logsumexp_a A_a, the classification term of semi-supervised
 * autoencoders (Kingma et al. 2014, eq. 9), for samples of which every modality was fused; the DAG learns nothing of it.
 * @param open A without what is known, [rows, C]
 * @returns [rows]
 */
function logTold(batch: Batch, open: tf.Tensor2D, outcomes: tf.Tensor1D): tf.Tensor1D {
  const { known, fusion, present, rows } = batch
  if (known === null) return tf.zeros([rows])
  const still = tf.add<tf.Tensor2D>(open, tf.sub(withoutGradient(outcomes), outcomes))
  const told = tf.sub<tf.Tensor1D>(clusterEvidence(tf.add(still, known)), clusterEvidence(still))
  if (fusion === null) return told
  const whole = tf.equal(tf.sum(fusion, 1), present === null ? fusion.shape[1] : tf.sum(present, 1))
  return tf.mul(told, tf.cast(whole, 'float32'))
}

export class CausalPimaModel {
  readonly shape: ModelShape
  /** C */
  readonly components: number
  readonly parameters = new Parameters()
  readonly experts: readonly Expert[]
  readonly #encoders: readonly Encoder[]
  readonly #decoders: readonly Decoder[]

  /** `draw` numbers the attempts of one seed: another draw is another start. */
  constructor(shape: ModelShape, seed: number, draw = 0) {
    this.shape = shape
    this.components = countOutcomes(shape.categories)
    const { modalities, latent, categories } = shape
    const context = { parameters: this.parameters, random: RandomStream.of(seed, `initialisation/networks/${draw}`) }
    this.#encoders = modalities.map((modality) => buildEncoder(context, modality, latent))
    this.#decoders = modalities.map((modality) => buildDecoder(context, modality, latent))
    for (const modality of modalities) this.parameters.add(`noise/${modality.name}`, [], Float32Array.of(-3))
    const random = RandomStream.of(seed, `initialisation/dag/${draw}`)
    const nodes = categories.length
    this.parameters.add(
      'dag/scores',
      [nodes],
      random.normals(nodes).map((x) => 0.1 * x),
    )
    this.parameters.add('dag/metric', [nodes, nodes], new Float32Array(nodes * nodes))
    this.parameters.add(
      'dag/logits',
      [nodes, this.components],
      random.normals(nodes * this.components).map((x) => 0.1 * x),
    )
    this.experts = shape.experts.map((config) => {
      const modality = modalities.find((m) => m.name === config.modality)!
      const { offset, scale } = modality.scaling
      return new Expert(config, this.parameters, random, modality.grid!, offset[0]! / scale[0]!, this.components)
    })
    this.parameters.add('mixture/mean', [this.components, latent], new Float32Array(this.components * latent))
    this.parameters.add('mixture/logVar', [this.components, latent], new Float32Array(this.components * latent))
  }

  /** Names of the terms an objective reports, reconstruction of each modality first. */
  termNames(phase: 'pretrain' | 'joint'): string[] {
    const reconstruction = this.shape.modalities
      .filter((m) => phase === 'pretrain' || !this.#isExpert(m))
      .map((m) => `reconstruction/${m.name}`)
    return phase === 'pretrain' ? [...reconstruction, 'kl'] : [...reconstruction, 'clusterEvidence', 'posteriorEntropy']
  }

  #isExpert(modality: Modality): boolean {
    return this.experts.some((expert) => expert.modality === modality.name)
  }

  /** Fused posterior of a batch: [rows, l] twice. */
  posterior(batch: Pick<Batch, 'x' | 'fusion'>): Gaussian {
    return productOfExperts(
      this.#encoders.map((encode, m) => encode(batch.x[m]!)),
      batch.fusion,
    )
  }

  /** Predictions of every modality, each [rows, ...shape]. */
  decode(z: tf.Tensor2D): tf.Tensor[] {
    return this.#decoders.map((decoder) => decoder(z))
  }

  /** E, [L, L] */
  edges(temperature: number): tf.Tensor2D {
    return edgeIndicator(
      this.parameters.get('dag/scores') as tf.Tensor as tf.Tensor1D,
      this.parameters.get('dag/metric') as tf.Tensor as tf.Tensor2D,
      temperature,
      allowedEdges(this.shape.constraints),
    )
  }

  /** log p(a), [C], E, [L, L], and what is left of log p(a) where nodes were set, [R, C] */
  jointDistribution(temperature: number): RegimeJoint {
    const { regimes } = this.shape
    if (regimes !== null) {
      const edges = this.edges(temperature)
      const tables = this.nodeTables(edges)
      return { edges, logJoint: logJoint(tables), byRegime: logJointOfRegimes(tables, regimes) }
    }
    const joint = jointDistribution(
      this.parameters.get('dag/scores') as tf.Tensor as tf.Tensor1D,
      this.parameters.get('dag/metric') as tf.Tensor as tf.Tensor2D,
      this.parameters.get('dag/logits') as tf.Tensor as tf.Tensor2D,
      this.shape.categories,
      temperature,
      allowedEdges(this.shape.constraints),
    )
    return { ...joint, byRegime: null }
  }

  /** P_l, [L, C] */
  nodeTables(edges: tf.Tensor2D): tf.Tensor2D {
    return nodeTables(this.parameters.get('dag/logits') as tf.Tensor as tf.Tensor2D, edges, this.shape.categories)
  }

  #reconstructions(batch: Batch, z: tf.Tensor2D, phase: 'pretrain' | 'joint'): tf.Tensor1D[] {
    const terms: tf.Tensor1D[] = []
    this.shape.modalities.forEach((modality, m) => {
      if (phase === 'joint' && this.#isExpert(modality)) return
      const prediction = this.#decoders[m]!(z)
      const x = batch.x[m]!
      const present =
        batch.present === null
          ? null
          : tf.reshape<tf.Rank.R1>(tf.slice(batch.present, [0, m], [batch.rows, 1]), [batch.rows])
      const term =
        this.shape.noise === 'optimal'
          ? logReconstructionAtOptimum(x, prediction, present, batch.combine)
          : logReconstruction(x, prediction, this.parameters.get(`noise/${modality.name}`))
      terms.push(present === null ? term : tf.mul(term, present))
    })
    return terms
  }

  /** The reconstructions as the objective counts them (balance.ts), each [n]. */
  #balanced(reconstructions: readonly tf.Tensor1D[], phase: 'pretrain' | 'joint'): tf.Tensor[] {
    const weights = this.shape.modalities.flatMap((modality, m) =>
      phase === 'joint' && this.#isExpert(modality) ? [] : [this.shape.likelihoodWeights[m]!],
    )
    return reconstructions.map((term, i) => (weights[i] === 1 ? term : tf.mul(term, weights[i]!)))
  }

  /** A, [rows, C]: the evidence of every component, experts and anchors included. */
  evidence(
    batch: Pick<Batch, 'x' | 'present' | 'known' | 'rows'> & Partial<Pick<Batch, 'regime'>>,
    posterior: Gaussian,
    logJointOutcomes: tf.Tensor1D,
    byRegime: tf.Tensor2D | null = null,
  ): tf.Tensor2D {
    const parts: tf.Tensor2D[] = [
      componentEvidence(
        posterior,
        this.parameters.get('mixture/mean') as tf.Tensor as tf.Tensor2D,
        this.parameters.get('mixture/logVar') as tf.Tensor as tf.Tensor2D,
        logJointOutcomes,
      ),
    ]
    for (const expert of this.experts) {
      const m = this.shape.modalities.findIndex((modality) => modality.name === expert.modality)
      const term = expertEvidence(batch.x[m] as tf.Tensor2D, expert.curves(), expert.logVar())
      parts.push(batch.present === null ? term : tf.mul(term, tf.slice(batch.present, [0, m], [batch.rows, 1])))
    }
    if (batch.known !== null) parts.push(batch.known)
    const cut = cutTerms(batch.regime ?? null, logJointOutcomes, byRegime)
    if (cut !== null) parts.push(cut)
    return parts.reduce((sum, part) => tf.add(sum, part))
  }

  /** Loss of the plain VAE of pre-training, -(reconstruction - klWeight KL), with its gradients. */
  pretrainObjective(batch: Batch, klWeight: number): Objective {
    return this.#differentiate(['encoder/', 'decoder/', 'noise/'], () => {
      const { gain, terms } = this.#pretrainTerms(batch, klWeight)
      return { loss: tf.neg(tf.mean(gain)), terms }
    })
  }

  /** Loss -(L - lambda sum E) with its gradients; the mixture's parameters are closed-form and get none. */
  jointObjective(batch: Batch, options: JointOptions): Objective {
    return this.#differentiate(['encoder/', 'decoder/', 'noise/', 'dag/', 'expert/'], () => {
      const joint = this.jointDistribution(options.temperature)
      const { gain, terms } = this.#jointTerms(batch, joint, options.guidance)
      return { loss: tf.sub(tf.mul(tf.sum(joint.edges), options.lambda), tf.mean(gain)), terms }
    })
  }

  /** Batch means of the terms without gradients, in the order of `termNames`, [terms]; the caller owns it. */
  terms(batch: Batch, phase: 'pretrain' | 'joint', temperature: number): tf.Tensor1D {
    return tf.tidy(() => {
      const { terms } =
        phase === 'pretrain'
          ? this.#pretrainTerms(batch, 1)
          : this.#jointTerms(batch, this.jointDistribution(temperature))
      return tf.stack<tf.Tensor>(terms.map((term) => tf.mean(term))) as tf.Tensor1D
    })
  }

  #pretrainTerms(batch: Batch, klWeight: number): { gain: tf.Tensor; terms: tf.Tensor1D[] } {
    const posterior = this.posterior(batch)
    const reconstructions = this.#reconstructions(batch, reparameterise(posterior, batch.noise), 'pretrain')
    const divergence = standardNormalDivergence(posterior)
    const gain = tf.sub(tf.addN(this.#balanced(reconstructions, 'pretrain')), tf.mul(divergence, klWeight))
    return { gain, terms: [...reconstructions, divergence] }
  }

  #jointTerms(
    batch: Batch,
    { logJoint: outcomes, byRegime }: RegimeJoint,
    guidance = 0,
  ): { gain: tf.Tensor; terms: tf.Tensor1D[] } {
    if (this.shape.modalities.length === 0) {
      // Nothing but a table: the model is a Bayesian network and the ELBO its log likelihood.
      const known = tf.add<tf.Tensor2D>(tf.expandDims(outcomes, 0), batch.known!)
      const cut = cutTerms(batch.regime, outcomes, byRegime)
      const cluster = clusterEvidence(cut === null ? known : tf.add(known, cut))
      return { gain: cluster, terms: [cluster, tf.zerosLike(cluster)] }
    }
    const posterior = this.posterior(batch)
    const z = reparameterise(posterior, batch.noise)
    const reconstructions = this.#reconstructions(batch, z, 'joint')
    const open = this.evidence({ ...batch, known: null }, posterior, outcomes, byRegime)
    const evidence = batch.known === null ? open : tf.add<tf.Tensor2D>(open, batch.known)
    const cluster =
      this.shape.responsibilities === 'exact'
        ? clusterEvidence(evidence)
        : sampledClusterEvidence(evidence, this.#sampledEvidence(batch, z, outcomes, byRegime))
    const entropy = posteriorEntropy(posterior)
    const told = guidance === 0 ? [] : [tf.mul(logTold(batch, open, outcomes), guidance)]
    const gain = tf.addN([...this.#balanced(reconstructions, 'joint'), cluster, entropy, ...told])
    return { gain, terms: [...reconstructions, cluster, entropy] }
  }

  /** log p(a) + log N(z; mu_a, sigma_a^2) (+ experts, anchors): a posterior of no width at the drawn z. */
  #sampledEvidence(batch: Batch, z: tf.Tensor2D, outcomes: tf.Tensor1D, byRegime: tf.Tensor2D | null): tf.Tensor2D {
    return this.evidence(batch, { mean: z, logVar: tf.fill([...z.shape], -1e4) }, outcomes, byRegime)
  }

  #differentiate(
    prefixes: readonly string[],
    build: () => { loss: tf.Tensor; terms: readonly tf.Tensor1D[] },
  ): Objective {
    const entries = prefixes.flatMap((prefix) => this.parameters.entries(prefix))
    let kept: tf.Tensor1D | null = null
    const { value, grads } = tf.variableGrads(
      () => {
        const { loss, terms } = build()
        kept = tf.keep(tf.stack(terms.map((term) => tf.mean(term)))) as tf.Tensor1D
        return loss as tf.Scalar
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

  /** Writes mu_a and log sigma_a^2. */
  setMixture({ mean, variance }: Mixture): void {
    this.parameters.set('mixture/mean', Float32Array.from(mean))
    this.parameters.set(
      'mixture/logVar',
      Float32Array.from(variance, (v) => Math.log(v)),
    )
  }

  /** mu_a and sigma_a^2 as they stand on the engine. */
  async mixture(): Promise<Mixture> {
    const mean = await this.parameters.get('mixture/mean').data<'float32'>()
    const logVar = await this.parameters.get('mixture/logVar').data<'float32'>()
    return {
      components: this.components,
      latent: this.shape.latent,
      mean: Float64Array.from(mean),
      variance: Float64Array.from(logVar, (x) => Math.exp(x)),
    }
  }

  dispose(): void {
    this.parameters.dispose()
    this.experts.forEach((expert) => expert.dispose())
  }
}
