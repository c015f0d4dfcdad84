/** Passes over all samples between epochs: posteriors through the encoders, then responsibilities and sums on the host. */
import * as tf from '@tensorflow/tfjs-core'
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import type { Counts } from '../../evidence/counts.ts'
import type { Priors } from './dag/graph-step.ts'
import { sizeOf } from '../../datasets/dataset.ts'
import { likeliest } from '../../statistics/likeliest.ts'
import { ComponentSums, EvidencePass, type Mixture, type Posteriors } from './mixture/components.ts'
import { type CausalPimaModel, disposeBatch } from './model.ts'
import type { TrainingData } from './training-data.ts'

const passBatch = 512

/** Posterior of each of `rows`, in their order: of all its modalities fused, or of the one given. */
export async function readPosteriors(
  model: CausalPimaModel,
  data: TrainingData,
  rows: Int32Array,
  only: number | null = null,
): Promise<Posteriors> {
  const latent = model.shape.latent
  const mean = new Float32Array(rows.length * latent)
  const logVar = new Float32Array(rows.length * latent)
  if (data.modalities.length === 0) return { rows: rows.length, latent, mean, logVar }
  for (let start = 0; start < rows.length; start += passBatch) {
    const batch = data.batch(rows.subarray(start, start + passBatch), latent, { random: null, dropout: 0, only })
    const posterior = tf.tidy(() => {
      const { mean, logVar } = model.posterior(batch)
      return [mean, logVar] as const
    })
    mean.set(await posterior[0].data<'float32'>(), start * latent)
    logVar.set(await posterior[1].data<'float32'>(), start * latent)
    tf.dispose([...posterior])
    disposeBatch(batch)
    await data.breathe()
  }
  return { rows: rows.length, latent, mean, logVar }
}

export interface MeanTerms {
  /** What the terms add up to, nats a sample. */
  readonly elbo: number
  readonly terms: Readonly<Record<string, number>>
}

/** Mean terms by name from their sums over `rows` samples. */
export function meanTerms(names: readonly string[], sums: ArrayLike<number>, rows: number): MeanTerms {
  const terms = Object.fromEntries(names.map((name, i) => [name, sums[i]! / rows]))
  const elbo = Object.entries(terms).reduce((sum, [name, value]) => sum + (name === 'kl' ? -value : value), 0)
  return { elbo, terms }
}

/**
 * The ELBO of the given rows and its terms, every modality fused.
 * @param random the noise eps; null: none, the posterior mean is decoded
 */
export async function readElbo(
  model: CausalPimaModel,
  data: TrainingData,
  rows: Int32Array,
  phase: 'pretrain' | 'joint',
  temperature: number,
  random: RandomStream | null,
): Promise<MeanTerms> {
  const names = model.termNames(phase)
  const sums = new Float64Array(names.length)
  for (let start = 0; start < rows.length; start += passBatch) {
    const part = rows.subarray(start, start + passBatch)
    const batch = data.batch(part, model.shape.latent, { random, dropout: 0 })
    const terms = model.terms(batch, phase, temperature)
    const means = await terms.data()
    for (let i = 0; i < sums.length; i++) sums[i]! += means[i]! * part.length
    terms.dispose()
    disposeBatch(batch)
    await data.breathe()
  }
  return meanTerms(names, sums, rows.length)
}

interface ExpertCurves {
  readonly m: number
  readonly points: number
  /** [C, points] */
  readonly curves: Float32Array
  /** [C] */
  readonly logVar: Float32Array
}

async function readExperts(model: CausalPimaModel): Promise<ExpertCurves[]> {
  const out: ExpertCurves[] = []
  for (const expert of model.experts) {
    const curves = expert.curves()
    out.push({
      m: model.shape.modalities.findIndex((modality) => modality.name === expert.modality),
      points: curves.shape[1],
      curves: Float32Array.from(await curves.data()),
      logVar: Float32Array.from(await expert.logVar().data()),
    })
    curves.dispose()
  }
  return out
}

function addExpertEvidence(
  experts: readonly ExpertCurves[],
  data: TrainingData,
  row: number,
  prior: Float64Array,
): void {
  for (const { m, points, curves, logVar } of experts) {
    if (!data.isPresent(m, row)) continue
    const x = data.values(m)
    for (let a = 0; a < prior.length; a++) {
      let squares = 0
      for (let j = 0; j < points; j++) squares += (x[row * points + j]! - curves[a * points + j]!) ** 2
      prior[a]! -= 0.5 * (squares * Math.exp(-logVar[a]!) + points * (Math.log(2 * Math.PI) + logVar[a]!))
    }
  }
}

export interface Expectation {
  readonly sums: ComponentSums
  /** N_a, kept apart by what was set. */
  readonly counts: Counts
  /** Mean of logsumexp_a A_a over the rows. */
  readonly clusterEvidence: number
  /** gamma, [rows, C], when asked for. */
  readonly responsibilities: Float32Array | null
  /** Share of the samples with a guide that lie where it puts them without being told; 1 where there is no guide. */
  readonly held: number
}

/** Responsibilities of every row under the mixture and what p(a) is where it was taken, summed for the closed-form update. */
export async function expectation(
  model: CausalPimaModel,
  data: TrainingData,
  rows: Int32Array,
  posteriors: Posteriors,
  mixture: Mixture,
  priors: Priors,
  keep = false,
): Promise<Expectation> {
  const { components, latent } = mixture
  const pass = new EvidencePass(mixture)
  const experts = await readExperts(model)
  const sums = new ComponentSums(components, latent)
  const prior = new Float64Array(components)
  const gamma = new Float64Array(components)
  const byRegime = (data.regimes?.targets ?? []).map(() => new Float64Array(components))
  const kept = keep ? new Float32Array(rows.length * components) : null
  let total = 0
  let guided = 0
  let held = 0
  for (let i = 0; i < rows.length; i++) {
    const regime = data.regimes?.of[rows[i]!] ?? 0
    prior.set(priors.byRegime?.[regime] ?? priors.logJoint)
    addExpertEvidence(experts, data, rows[i]!, prior)
    const guide = data.guidedTo(rows[i]!)
    if (guide >= 0) {
      pass.responsibilities(posteriors, i, prior, gamma)
      guided++
      if (likeliest(gamma, components)[0] === guide) held++
    }
    data.addKnown(rows[i]!, prior)
    total += pass.responsibilities(posteriors, i, prior, gamma)
    sums.add(posteriors, i, gamma)
    const part = byRegime[regime]
    if (part !== undefined) for (let a = 0; a < components; a++) part[a]! += gamma[a]!
    kept?.set(gamma, i * components)
    if (i % passBatch === 0) await data.breathe()
  }
  const counts = data.countsOf(sums.counts, byRegime)
  return {
    sums,
    counts,
    clusterEvidence: rows.length === 0 ? 0 : total / rows.length,
    responsibilities: kept,
    held: guided === 0 ? 1 : held / guided,
  }
}

/**
 * The responsibility-weighted mean of a modality's data per component, [C, values], over the rows that have it. A component
 * without such rows gets the mean of them all.
 * @param memberships [rows, C]
 */
export function observationMeans(
  data: TrainingData,
  m: number,
  rows: Int32Array,
  memberships: ArrayLike<number>,
  components: number,
): Float64Array {
  const size = sizeOf(data.modalities[m]!.shape)
  const values = data.values(m)
  const means = new Float64Array(components * size)
  const weights = new Float64Array(components)
  const overall = new Float64Array(size)
  let present = 0
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    if (!data.isPresent(m, row)) continue
    present++
    for (let j = 0; j < size; j++) overall[j]! += values[row * size + j]!
    for (let a = 0; a < components; a++) {
      const weight = memberships[i * components + a]!
      if (weight < 1e-6) continue
      weights[a]! += weight
      for (let j = 0; j < size; j++) means[a * size + j]! += weight * values[row * size + j]!
    }
  }
  for (let a = 0; a < components; a++)
    for (let j = 0; j < size; j++)
      means[a * size + j] = weights[a]! > 0 ? means[a * size + j]! / weights[a]! : overall[j]! / Math.max(present, 1)
  return means
}
