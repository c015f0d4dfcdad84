/**
 * Every modality learnt by itself, pre-trained as the whole is: what such a model learns is where the mixture oracles look
 * for clusters, and how well it rebuilds its modality is what the whole model is measured against.
 */
import type { CausalPimaConfig } from '../../../src-shared/methods/causal-pima/config.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import { subsetOf } from '../../datasets/subset.ts'
import { usedRows } from '../../datasets/used-samples.ts'
import type { StoredArray } from '../nn/parameters.ts'
import type { Advance, Work } from '../session.ts'
import type { AloneLatent } from './mixture/partitions.ts'
import { fewestAlone, modalitiesToLearn, sharesOfWork } from './cost.ts'
import type { TrainingData } from './training-data.ts'

/** What was learnt of one modality by itself. */
export interface Alone extends AloneLatent {
  /** Mean squared error of a value rebuilt from its sample's posterior mean, stored scale. */
  readonly error: number
}

/** What pre-training alone leaves behind. */
export interface Learnt {
  /** Posterior means of all samples, [n, width]. */
  readonly points: Float32Array
  readonly width: number
  /** Mean posterior variance along each latent coordinate, [width]. */
  readonly uncertainty: Float64Array
  readonly error: number
}

/** The part of a session that pre-trains. */
export interface Pretraining {
  readonly pretrained: boolean
  /** Share of pre-training that is done, 0 to 1. */
  readonly progress: number
  advance(): Promise<unknown>
  learnt(): Promise<Learnt>
  dispose(): void
}

type Open = (dataset: Dataset, config: CausalPimaConfig) => Pretraining

/** Learns one modality after another. What is under way is begun anew after a restore; what is learnt stays. */
export class AloneStage {
  readonly #dataset: Dataset
  readonly #config: CausalPimaConfig
  readonly #open: Open
  readonly #learnt: Alone[] = []
  #current: { readonly modality: string; readonly training: Pretraining; readonly at: Int32Array } | null = null

  constructor(dataset: Dataset, config: CausalPimaConfig, open: Open) {
    this.#dataset = dataset
    this.#config = config
    this.#open = open
  }

  /** All of it beside a pre-training of the whole in so many steps, counted in these. */
  work(data: TrainingData, latent: number, steps: number): Work {
    const toLearn = modalitiesToLearn(data, this.#config)
    const shares = sharesOfWork(data.modalities, latent)
    const work = data.modalities.flatMap(({ name }, m) =>
      toLearn.includes(name) ? [{ planned: steps * shares[m]!, done: steps * shares[m]! * this.#progress(name) }] : [],
    )
    return {
      planned: work.reduce((sum, { planned }) => sum + planned, 0),
      done: work.reduce((sum, { done }) => sum + done, 0),
    }
  }

  /** How much of learning the modality by itself is done, 0 to 1. */
  #progress(modality: string): number {
    if (this.#learnt.some((one) => one.modality === modality)) return 1
    return this.#current?.modality === modality ? Math.min(1, this.#current.training.progress) : 0
  }

  get learnt(): readonly Alone[] {
    return this.#learnt
  }

  /** A step of learning the next modality by itself; null when all are learnt. */
  async advance(data: TrainingData, learningRate: number): Promise<Advance | null> {
    const modality = modalitiesToLearn(data, this.#config)[this.#learnt.length]
    if (modality === undefined) return null
    const { training, at } = (this.#current ??= this.#start(modality, learningRate))
    if (!training.pretrained) {
      await training.advance()
      return { kind: 'part', message: `Learning ${modality} alone, ${Math.floor(100 * training.progress)} %.` }
    }
    const { points, width, error } = await training.learnt()
    this.dispose()
    this.#learnt.push({ modality, at, points, width, error })
    return { kind: 'stage', level: 'info', message: `${modality} alone is rebuilt within ${error.toPrecision(3)}.` }
  }

  #start(modality: string, learningRate: number): { modality: string; training: Pretraining; at: Int32Array } {
    const { part, at } = samplesWith(this.#dataset, modality)
    return { modality, training: this.#open(part, configAlone(this.#config, modality, learningRate)), at }
  }

  read(): Readonly<Record<string, StoredArray>> {
    return Object.fromEntries(
      this.#learnt.map(({ modality, points, width }) => [
        modality,
        { shape: [points.length / width, width], values: points },
      ]),
    )
  }

  write(
    learnt: readonly { readonly modality: string; readonly error: number }[],
    arrays: Readonly<Record<string, StoredArray>>,
  ): void {
    this.dispose()
    this.#learnt.length = 0
    for (const { modality, error } of learnt) {
      const points = arrays[modality]
      if (points === undefined) throw new Error(`the checkpoint lacks what was learnt of ${modality} alone`)
      const { at } = samplesWith(this.#dataset, modality)
      this.#learnt.push({ modality, error, points: points.values, width: points.shape[1]!, at })
    }
  }

  /** Gives up what is under way. */
  dispose(): void {
    this.#current?.training.dispose()
    this.#current = null
  }
}

/** The configuration of the model of one modality alone: the run's, without what belongs to others. */
function configAlone(config: CausalPimaConfig, modality: string, learningRate: number): CausalPimaConfig {
  return {
    ...config,
    modalities: [modality],
    nodes: config.nodes.map((node) => ({ ...node, anchor: null })),
    experts: [],
    training: { ...config.training, learningRate },
    mixture: { ...config.mixture, oracles: false },
  }
}

/** The samples that can teach some modalities, all of the data set's or one; null where they are too few. */
export function samplesToLearn(
  dataset: Dataset,
  modalities: readonly string[],
): { readonly part: Dataset; readonly at: Int32Array } | null {
  const [only] = modalities
  if (only === undefined || modalities.length > 1 || dataset.modalities.length === 1)
    return { part: dataset, at: Int32Array.from(dataset.ids.keys()) }
  const found = samplesWith(dataset, only)
  return found.part.ids.length < fewestAlone ? null : found
}

/** The samples of a data set that have a modality, and the row of each sample among them, -1 without. */
function samplesWith(dataset: Dataset, modality: string): { readonly part: Dataset; readonly at: Int32Array } {
  const present = dataset.modalities.find((data) => data.modality.name === modality)!.present
  const rows = usedRows([present]) ?? Int32Array.from(present.keys())
  const at = new Int32Array(present.length).fill(-1)
  rows.forEach((row, i) => (at[row] = i))
  return { part: rows.length === present.length ? dataset : subsetOf(dataset, rows), at }
}
