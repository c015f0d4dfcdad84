/** What a finished run says (causal-pima.md section 7), read from all samples under the model as it stands. */
import * as tf from '@tensorflow/tfjs-core'
import type { CausalPimaConfig } from '../../../src-shared/methods/causal-pima/config.ts'
import { namedMatrix } from '../../../src-shared/domain/result.ts'
import {
  arrayNames,
  type CausalPimaBody,
  type LawFit,
  scoreKind,
} from '../../../src-shared/methods/causal-pima/result.ts'
import type { ComponentSummary, DecodedModality } from '../../../src-shared/methods/facets.ts'
import { learnedEdges, type LearnedGraph } from '../../../src-shared/graph/learned-graph.ts'
import type { Provenance } from '../../../src-shared/domain/run.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { sizeOf } from '../../datasets/dataset.ts'
import type { SessionResult } from '../session.ts'
import type { Mixture, Posteriors } from './mixture/components.ts'
import type { DagBlock } from './dag/dag-block.ts'
import { expectation, readElbo, readPosteriors } from './full-pass.ts'
import { learnGraph, readPriors, strengthsOf } from './dag/graph-step.ts'
import { type CausalPimaModel, disposeBatch } from './model.ts'
import { lawFit } from './experts/law-fit.ts'
import { modalityFits } from './modality-fit.ts'
import { categoryOf } from './outcomes.ts'
import type { State } from './state.ts'
import type { TrainingData } from './training-data.ts'

const nearestShown = 8

export async function buildResult(
  model: CausalPimaModel,
  data: TrainingData,
  config: CausalPimaConfig,
  state: State,
  seed: number,
  provenance: Provenance,
  seconds: number,
): Promise<SessionResult> {
  const { temperature } = config.dag
  const rows = Int32Array.from({ length: data.samples }, (_, i) => i)
  const posteriors = await readPosteriors(model, data, rows)
  const mixture = await model.mixture()
  const before = await expectation(model, data, rows, posteriors, mixture, await readPriors(model, temperature))
  const random = RandomStream.of(seed, 'dag/final')
  const block = await learnGraph(model, before.counts, config, 'end', random, data.breathe)
  const priors = await readPriors(model, temperature)
  const { logJoint } = priors
  const { sums, responsibilities } = await expectation(model, data, rows, posteriors, mixture, priors, true)
  const gamma = responsibilities!
  // Measured anew: the epoch's own figures were taken while the parameters moved and modalities dropped out.
  const { elbo, terms } = await readElbo(model, data, rows, 'joint', temperature, RandomStream.of(seed, 'result/noise'))
  const errors = await modalityErrors(model, data, rows)
  const { alone } = state
  const fits = await modalityFits({ model, data, mixture, priors, gamma, errors, alone })
  return {
    result: {
      method: 'causal-pima',
      provenance,
      config,
      score: { ...scoreKind, value: elbo, terms },
      seconds,
      epochs: state.epoch,
      warnings: state.warnings,
      cautions: state.cautions,
      body: {
        graph: await describeGraph(model, data, block, logJoint, temperature),
        components: describeComponents(data, mixture, posteriors, gamma, sums.counts),
        decoded: await decodeComponents(model, data),
        assignment: state.assignment,
        separation: state.gap,
        modalities: fits,
        laws: await lawFits(model, data),
      } satisfies CausalPimaBody,
    },
    arrays: {
      ids: data.ids,
      named: {
        [arrayNames.responsibilities]: namedMatrix(gamma, data.samples, model.components),
        [arrayNames.mean]: namedMatrix(posteriors.mean, data.samples, posteriors.latent),
        [arrayNames.sd]: namedMatrix(
          posteriors.logVar.map((x) => Math.exp(x / 2)),
          data.samples,
          posteriors.latent,
        ),
        [arrayNames.error]: namedMatrix(errors, data.samples, data.modalities.length),
      },
    },
  }
}

/** Of each expert on the samples that have its modality. */
async function lawFits(model: CausalPimaModel, data: TrainingData): Promise<LawFit[]> {
  const fits: LawFit[] = []
  for (const config of model.shape.experts) {
    const m = data.modalities.findIndex(({ name }) => name === config.modality)
    const { grid, scaling } = data.modalities[m]!
    const rows = Int32Array.from({ length: data.samples }, (_, row) => row).filter((row) => data.isPresent(m, row))
    const { values } = data.rowsOf(m, rows)
    const fit = await lawFit(
      config,
      { values, grid: grid!, offset: scaling.offset[0]! / scaling.scale[0]! },
      data.breathe,
    )
    if (fit !== null) fits.push(fit)
  }
  return fits
}

async function describeGraph(
  model: CausalPimaModel,
  data: TrainingData,
  block: DagBlock,
  logJoint: Float64Array,
  temperature: number,
): Promise<LearnedGraph> {
  const tables = tf.tidy(() => model.nodeTables(model.edges(temperature)))
  const flat = await tables.data()
  tables.dispose()
  const search = { strength: strengthsOf(block), frequency: block.frequency, restarts: block.agreeing }
  return {
    nodes: data.nodes.map(({ name, categories, anchor }) => ({ name, categories, anchor, standing: 'provisional' })),
    edges: learnedEdges(block.graph, search, data.constraints),
    ...search,
    nodeTables: data.nodes.map((_, l) => Array.from(flat.subarray(l * model.components, (l + 1) * model.components))),
    logJoint: Array.from(logJoint),
    ...(data.given === null ? {} : { given: data.given }),
  }
}

function describeComponents(
  data: TrainingData,
  mixture: Mixture,
  posteriors: Posteriors,
  gamma: Float32Array,
  counts: Float64Array,
): ComponentSummary[] {
  const { components, latent } = mixture
  return Array.from({ length: components }, (_, a) => {
    const mean = Array.from(mixture.mean.subarray(a * latent, (a + 1) * latent))
    const variance = Array.from(mixture.variance.subarray(a * latent, (a + 1) * latent))
    const distances: { row: number; distance: number }[] = []
    if (data.modalities.length > 0)
      for (let row = 0; row < posteriors.rows; row++) {
        if (gamma[row * components + a]! < 0.5) continue
        let distance = 0
        for (let j = 0; j < latent; j++) distance += (posteriors.mean[row * latent + j]! - mean[j]!) ** 2 / variance[j]!
        distances.push({ row, distance })
      }
    distances.sort((p, q) => p.distance - q.distance || p.row - q.row)
    return {
      outcome: a,
      categories: data.categories.map((_k, node) => categoryOf(data.categories, a, node)),
      weight: counts[a]! / Math.max(data.samples, 1),
      mean,
      variance,
      nearest: distances.slice(0, nearestShown).map(({ row }) => data.ids[row]!),
    }
  })
}

/** Every modality decoded from each component's mean; an expert's modality is its curve. */
async function decodeComponents(model: CausalPimaModel, data: TrainingData): Promise<DecodedModality[]> {
  if (data.modalities.length === 0) return []
  const tensors = tf.tidy(() => {
    const decoded = model.decode(model.parameters.get('mixture/mean') as tf.Tensor as tf.Tensor2D)
    return decoded.map((tensor, m) => {
      const expert = model.experts.find((e) => e.modality === data.modalities[m]!.name)
      return expert === undefined ? tensor : expert.curves()
    })
  })
  const out: DecodedModality[] = []
  for (const [m, tensor] of tensors.entries()) {
    const values = await tensor.data()
    const size = sizeOf(data.modalities[m]!.shape)
    out.push({
      modality: data.modalities[m]!.name,
      values: Array.from({ length: model.components }, (_, a) => Array.from(values.subarray(a * size, (a + 1) * size))),
    })
    tensor.dispose()
  }
  return out
}

/** Mean squared reconstruction error of each sample and modality from its posterior mean, NaN where absent: [n, M]. */
export async function modalityErrors(
  model: CausalPimaModel,
  data: TrainingData,
  rows: Int32Array,
): Promise<Float32Array> {
  const modalities = data.modalities.length
  const errors = new Float32Array(rows.length * modalities)
  if (modalities === 0) return errors
  for (let start = 0; start < rows.length; start += 512) {
    const part = rows.subarray(start, start + 512)
    const batch = data.batch(part, model.shape.latent, { random: null, dropout: 0 })
    const means = tf.tidy(() =>
      model
        .decode(model.posterior(batch).mean)
        .map((prediction, m) =>
          tf.mean(tf.reshape(tf.squaredDifference(prediction, batch.x[m]!), [part.length, -1]), 1),
        ),
    )
    for (const [m, tensor] of means.entries()) {
      const values = await tensor.data()
      part.forEach((row, i) => (errors[row * modalities + m] = data.isPresent(m, row) ? values[i]! : Number.NaN))
      tensor.dispose()
    }
    disposeBatch(batch)
    await data.breathe()
  }
  return errors
}
