/**
 * Expert (physics) decoders: a curve as a known function of its grid with one parameter set per component
 * (causal-pima.md section 6). Grids are scaled to t in [0, 1]; values are in the modality's stored scale times its range,
 * offset removed, so that a law through the origin stays one.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { CausalPimaConfig } from '../../../../src-shared/methods/causal-pima/config.ts'
import type { RandomStream } from '../../../../src-shared/random/stream.ts'
import type { Parameters } from '../../nn/parameters.ts'
import type { ExpertLaw } from './expert-law.ts'
import { noiseName } from './formula-syntax.ts'
import { compileFormula } from './formula.ts'

export type ExpertConfig = CausalPimaConfig['experts'][number]

interface Law {
  /** Parameter names with their starting values. */
  readonly start: Readonly<Record<string, number>>
  readonly law: ExpertLaw
}

const positive = (x: tf.Tensor2D): tf.Tensor2D => tf.softplus(x)

/** x0 kept in (0.02, 0.98) by a sigmoid. */
function yieldStrainFrom(raw: tf.Tensor2D): tf.Tensor2D {
  return tf.add<tf.Tensor2D>(tf.mul(tf.sigmoid(raw), 0.96), 0.02)
}

/** (y0 / x0) t below the yield strain x0, then y0 + theta (t - x0). [1, N], [C, 1] x 3 -> [C, N] */
export function elasticPlastic(
  t: tf.Tensor2D,
  yieldStrain: tf.Tensor2D,
  yieldStress: tf.Tensor2D,
  hardening: tf.Tensor2D,
): tf.Tensor2D {
  // Without a comparison, which has no gradient: what lies beyond the yield strain, and the strain up to it.
  const beyond = tf.relu<tf.Tensor2D>(tf.sub(t, yieldStrain))
  const elastic = tf.mul<tf.Tensor2D>(tf.div(yieldStress, yieldStrain), tf.sub(t, beyond))
  return tf.add<tf.Tensor2D>(elastic, tf.mul(hardening, beyond))
}

const laws: Readonly<Record<Exclude<ExpertConfig['kind'], 'formula'>, Law>> = {
  line: { start: { theta: 0.5 }, law: (t, p) => tf.mul<tf.Tensor2D>(p.theta!, t) },
  'elastic-plastic': {
    start: { yieldStrain: 0, yieldStress: 0.5, hardening: 0.5 },
    law: (t, p) => elasticPlastic(t, yieldStrainFrom(p.yieldStrain!), p.yieldStress!, p.hardening!),
  },
  'exponential-decay': {
    start: { amplitude: 1, rate: 0.5, offset: 0 },
    law: (t, p) => tf.add<tf.Tensor2D>(tf.mul(p.amplitude!, tf.exp(tf.neg(tf.mul(positive(p.rate!), t)))), p.offset!),
  },
  'power-law': {
    start: { amplitude: 1, exponent: 0.5 },
    law: (t, p) =>
      tf.mul<tf.Tensor2D>(p.amplitude!, tf.exp(tf.mul(positive(p.exponent!), tf.log(tf.maximum(t, 1e-6))))),
  },
  'damped-oscillation': {
    start: { amplitude: 1, rate: 0.5, frequency: 6, phase: 0 },
    law: (t, p) =>
      tf.mul(
        tf.mul(p.amplitude!, tf.exp(tf.neg(tf.mul(positive(p.rate!), t)))),
        tf.cos(tf.add(tf.mul(p.frequency!, t), p.phase!)),
      ),
  },
}

function lawOf(config: ExpertConfig): Law {
  if (config.kind !== 'formula') return laws[config.kind]
  const { parameters, evaluate } = compileFormula(config.formula ?? '', config.modality)
  return { start: Object.fromEntries(parameters.map((name) => [name, 0.5])), law: evaluate }
}

export class Expert {
  readonly modality: string
  readonly #prefix: string
  readonly #parameters: Parameters
  readonly #law: Law
  readonly #t: tf.Tensor2D
  readonly #offset: number

  /**
   * @param grid the modality's grid, [points]
   * @param offset stored-scale offset: stored = law(t) - offset
   */
  constructor(
    config: ExpertConfig,
    parameters: Parameters,
    random: RandomStream,
    grid: readonly number[],
    offset: number,
    components: number,
  ) {
    this.modality = config.modality
    this.#prefix = `expert/${config.modality}`
    this.#parameters = parameters
    this.#law = lawOf(config)
    this.#offset = offset
    const first = grid[0]!
    const span = grid.at(-1)! - first
    this.#t = tf.tensor2d([grid.map((x) => (x - first) / span)])
    for (const [name, value] of Object.entries(this.#law.start)) {
      const values = random.normals(components).map((e) => value + 0.1 * e)
      parameters.add(`${this.#prefix}/${name}`, [components, 1], values)
    }
    parameters.add(`${this.#prefix}/${noiseName}`, [components, 1], new Float32Array(components).fill(-3))
  }

  /** expert(t; theta_a) in stored scale: [C, points]; the caller owns it. */
  curves(): tf.Tensor2D {
    return tf.tidy(() => {
      const theta = Object.fromEntries(
        Object.keys(this.#law.start).map((name) => [
          name,
          this.#parameters.get(`${this.#prefix}/${name}`) as tf.Tensor2D,
        ]),
      )
      return tf.sub(this.#law.law(this.#t, theta), this.#offset)
    })
  }

  /** log sigma_ma^2: [C, 1]; the store keeps it. */
  logVar(): tf.Tensor2D {
    return this.#parameters.get(`${this.#prefix}/${noiseName}`) as tf.Tensor2D
  }

  dispose(): void {
    this.#t.dispose()
  }
}

/**
 * log N(x; curve_a, sigma_a^2 I) for each sample and component: [n, N], [C, N], [C, 1] -> [n, C]; the caller owns it.
 * |x - c|^2 is expanded into products so that no [n, C, N] array is ever made.
 */
export function expertEvidence(x: tf.Tensor2D, curves: tf.Tensor2D, logVar: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const points = x.shape[1]
    const squares = tf.add(tf.sum(tf.square(x), 1, true), tf.transpose(tf.sum(tf.square(curves), 1, true)))
    const distance = tf.maximum(tf.sub(squares, tf.mul(tf.matMul(x, curves, false, true), 2)), 0)
    const flat = tf.transpose(logVar)
    const normaliser = tf.mul(tf.add(flat, Math.log(2 * Math.PI)), points)
    return tf.mul(tf.add(tf.mul(distance, tf.exp(tf.neg(flat))), normaliser), -0.5)
  })
}
