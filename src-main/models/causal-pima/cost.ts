/** What a causalPIMA model costs, told from its configuration and data alone. */
import type { CausalPimaConfig } from '../../../src-shared/methods/causal-pima/config.ts'
import { usedModalities } from '../../../src-shared/config/used-modalities.ts'
import { componentCount } from '../../../src-shared/methods/causal-pima/fit.ts'
import type { DatasetSummary, Modality } from '../../../src-shared/domain/dataset.ts'
import { sizeOf } from '../../datasets/dataset.ts'
import { type Cost, together } from '../nn/layer-specs.ts'
import { networkCost } from '../nn/network-specs.ts'
import { countOutcomes } from './outcomes.ts'

/** Directions of the latent space for what one of several modalities shows besides the nodes; few values hold few. */
const ownDirections = 2
const valuesADirection = 3

/**
 * l of a model of so many nodes: 0 stands for max(L, 2) + 1 (causal-pima.md section 6) and, where there are several
 * modalities, two directions more for each, at most 16. What each of them shows besides the nodes needs room, or it takes
 * a node's: on cells-growth (L = 4) a linear probe reads the stain from 5 directions in .92 of the samples, from 8 in all.
 */
export function latentSize(
  { latent }: Pick<CausalPimaConfig, 'latent'>,
  nodes: number,
  modalities: readonly Pick<Modality, 'shape'>[],
): number {
  if (latent.size > 0) return latent.size
  const own = modalities.map(({ shape }) => Math.min(ownDirections, Math.floor((sizeOf(shape) - 1) / valuesADirection)))
  const together = modalities.length > 1 ? own.reduce((sum, size) => sum + size, 0) : 0
  return Math.min(Math.max(nodes, 2) + 1 + together, 16)
}

/** Of one sample through the whole model once: every network, and its evidence under each component. */
export function modelCost(dataset: Pick<DatasetSummary, 'modalities'>, config: CausalPimaConfig): Cost {
  const names = usedModalities(config, dataset)
  const components = componentCount(config)
  const used = dataset.modalities.filter(({ name }) => names.includes(name))
  const latent = latentSize(config, config.nodes.length, used)
  return together(
    { work: components * latent * 4, parameters: components * 2 * latent },
    ...used.map((modality) => networkCost(modality, latent)),
  )
}

/**
 * Epochs of pre-training for so many training samples: few samples make few steps an epoch, so they take more epochs
 * (causal-pima.md section 5).
 */
export function pretrainingEpochs({ training }: Pick<CausalPimaConfig, 'training'>, samples: number): number {
  const { pretrainEpochs, pretrainSteps, batchSize } = training
  return pretrainEpochs === 0 ? 0 : Math.max(pretrainEpochs, Math.ceil(pretrainSteps / Math.ceil(samples / batchSize)))
}

/** Fewer samples than this with a modality are too few to learn it by itself. */
export const fewestAlone = 64

/** Names of those learnt by themselves: where there are several, and clusters to be found without labels. */
export function modalitiesToLearn(
  {
    modalities,
    anchors,
    categories,
  }: {
    readonly modalities: readonly Pick<Modality, 'name' | 'present'>[]
    readonly anchors: readonly unknown[]
    /** K_l */
    readonly categories: readonly number[]
  },
  { mixture }: CausalPimaConfig,
): string[] {
  if (!mixture.oracles || modalities.length < 2 || anchors.length === categories.length) return []
  const fewest = Math.max(fewestAlone, 2 * countOutcomes(categories))
  return modalities.filter(({ present }) => present >= fewest).map(({ name }) => name)
}

/** What each modality's networks take of the work of all, summing to 1: what one learnt by itself costs beside the whole. */
export function sharesOfWork(modalities: readonly Modality[], latent: number): number[] {
  const work = modalities.map((modality) => networkCost(modality, latent).work)
  const all = work.reduce((sum, one) => sum + one, 0)
  return work.map((one) => one / all)
}

/** Modalities that a run will learn by themselves. */
export function toLearnAlone(config: CausalPimaConfig, dataset: Pick<DatasetSummary, 'modalities'>): string[] {
  const used = usedModalities(config, dataset)
  return modalitiesToLearn(
    {
      modalities: dataset.modalities.filter(({ name }) => used.includes(name)),
      anchors: config.nodes.filter(({ anchor }) => anchor !== null),
      categories: config.nodes.map(({ categories }) => categories),
    },
    config,
  )
}

/** How often the whole model sees every sample in a run; every modality alone together is the work of the whole once. */
export function epochsOfWork(
  config: CausalPimaConfig,
  dataset: Pick<DatasetSummary, 'samples' | 'modalities'>,
): number {
  const used = usedModalities(config, dataset)
  // A table alone has nothing to pre-train.
  if (used.length === 0) return config.training.epochs
  const pretrainings = 1 + toLearnAlone(config, dataset).length / used.length
  return pretrainings * pretrainingEpochs(config, dataset.samples) + config.training.epochs
}
