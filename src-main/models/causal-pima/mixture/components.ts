/**
 * Closed-form updates of the mixture (causal-pima.md section 4), in float64 on the host: the sums over all samples are
 * where single precision would be lost, and they are a small share of an epoch.
 */

/** Fused posteriors of n samples, row-major [n, l]. */
export interface Posteriors {
  readonly rows: number
  readonly latent: number
  readonly mean: Float32Array
  readonly logVar: Float32Array
}

export interface Mixture {
  readonly components: number
  readonly latent: number
  /** mu_a, [C, l] */
  readonly mean: Float64Array
  /** sigma_a^2, [C, l] */
  readonly variance: Float64Array
}

const log2pi = Math.log(2 * Math.PI)

/** Evaluates A_a (causal-pima.md section 3) for one sample after another under a fixed mixture. */
export class EvidencePass {
  readonly #mixture: Mixture
  readonly #precision: Float64Array
  readonly #normaliser: Float64Array
  readonly #spread: Float64Array

  constructor(mixture: Mixture) {
    const { components, latent } = mixture
    this.#mixture = mixture
    this.#precision = mixture.variance.map((v) => 1 / v)
    this.#spread = new Float64Array(latent)
    this.#normaliser = new Float64Array(components)
    for (let a = 0; a < components; a++)
      for (let j = 0; j < latent; j++)
        this.#normaliser[a]! += 0.5 * (log2pi + Math.log(mixture.variance[a * latent + j]!))
  }

  /**
   * `prior` holds log p(a) plus whatever else is known of the sample (experts, anchors), [C]. Writes the
   * responsibilities gamma into `out` [C] and returns the cluster evidence logsumexp_a A_a.
   */
  responsibilities(posteriors: Posteriors, row: number, prior: Float64Array, out: Float64Array): number {
    const { components, latent, mean: centre } = this.#mixture
    const base = row * latent
    for (let j = 0; j < latent; j++) this.#spread[j] = Math.exp(posteriors.logVar[base + j]!)
    let highest = -Infinity
    for (let a = 0; a < components; a++) {
      let quadratic = 0
      for (let j = 0; j < latent; j++) {
        const d = posteriors.mean[base + j]! - centre[a * latent + j]!
        quadratic += (this.#spread[j]! + d * d) * this.#precision[a * latent + j]!
      }
      const evidence = prior[a]! - this.#normaliser[a]! - 0.5 * quadratic
      out[a] = evidence
      if (evidence > highest) highest = evidence
    }
    let total = 0
    for (let a = 0; a < components; a++) total += out[a] = Math.exp(out[a]! - highest)
    for (let a = 0; a < components; a++) out[a]! /= total
    return highest + Math.log(total)
  }
}

/** Sums over samples from which the update follows; filled row by row, so that responsibilities need not be stored. */
export class ComponentSums {
  readonly components: number
  readonly latent: number
  /** N_a, [C] */
  readonly counts: Float64Array
  /** sum_d gamma_da mu_d, [C, l] */
  readonly first: Float64Array
  /** sum_d gamma_da (mu_d^2 + s_d^2), [C, l] */
  readonly second: Float64Array

  constructor(components: number, latent: number) {
    this.components = components
    this.latent = latent
    this.counts = new Float64Array(components)
    this.first = new Float64Array(components * latent)
    this.second = new Float64Array(components * latent)
  }

  /** Adds sample `row` with its responsibilities gamma [C]. */
  add(posteriors: Posteriors, row: number, gamma: ArrayLike<number>): void {
    const { latent } = this
    for (let a = 0; a < this.components; a++) {
      const weight = gamma[a]!
      if (weight < 1e-12) continue
      this.counts[a]! += weight
      for (let j = 0; j < latent; j++) {
        const mean = posteriors.mean[row * latent + j]!
        this.first[a * latent + j]! += weight * mean
        this.second[a * latent + j]! += weight * (mean * mean + Math.exp(posteriors.logVar[row * latent + j]!))
      }
    }
  }
}

export interface UpdateOptions {
  /** Share of the new values in the updated ones: 1 replaces. */
  readonly damping: number
  readonly varianceFloor: number
  /** Components with N_a below this share of all samples keep their values. */
  readonly minimumShare: number
}

/**
 * mu_a = sum gamma mu / N_a; sigma_a^2 = sum gamma [(mu - mu_a)^2 + s^2] / N_a, damped and floored.
 * Returns the updated mixture; components that are nearly empty keep their values.
 */
export function updateComponents(mixture: Mixture, sums: ComponentSums, options: UpdateOptions): Mixture {
  const { components, latent } = mixture
  const mean = Float64Array.from(mixture.mean)
  const variance = Float64Array.from(mixture.variance)
  const samples = sums.counts.reduce((a, b) => a + b, 0)
  for (let a = 0; a < components; a++) {
    const count = sums.counts[a]!
    if (count <= 0 || count < options.minimumShare * samples) continue
    for (let j = 0; j < latent; j++) {
      const at = a * latent + j
      const mu = sums.first[at]! / count
      const spread = Math.max(sums.second[at]! / count - mu * mu, options.varianceFloor)
      mean[at] = (1 - options.damping) * mean[at]! + options.damping * mu
      variance[at] = (1 - options.damping) * variance[at]! + options.damping * spread
    }
  }
  return { components, latent, mean, variance }
}

/**
 * Re-seeds an empty component from the widest one: half a standard deviation along that component's longest axis, both
 * keep its spread. Returns the mixture and the index of the component it was taken from.
 */
export function reseedComponent(
  mixture: Mixture,
  empty: number,
  counts: Float64Array,
): { mixture: Mixture; from: number } {
  const { components, latent } = mixture
  let from = -1
  let widest = -1
  for (let a = 0; a < components; a++) {
    if (a === empty || counts[a]! <= 0) continue
    let width = 0
    for (let j = 0; j < latent; j++) width += mixture.variance[a * latent + j]!
    if (width * counts[a]! > widest) {
      widest = width * counts[a]!
      from = a
    }
  }
  if (from < 0) return { mixture, from: empty }
  const mean = Float64Array.from(mixture.mean)
  const variance = Float64Array.from(mixture.variance)
  let axis = 0
  for (let j = 1; j < latent; j++) if (variance[from * latent + j]! > variance[from * latent + axis]!) axis = j
  for (let j = 0; j < latent; j++) {
    mean[empty * latent + j] = mean[from * latent + j]!
    variance[empty * latent + j] = variance[from * latent + j]!
  }
  const step = 0.5 * Math.sqrt(variance[from * latent + axis]!)
  mean[empty * latent + axis]! += step
  mean[from * latent + axis]! -= step
  return { mixture: { components, latent, mean, variance }, from }
}
