/**
 * Training of the partial causal model: layers scaled by a batch, then Adam on the contrastive loss with a rate that
 * decays along a cosine; the unmixing follows when training has ended. One `advance` is one step.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { EpochMetrics, Provenance, TrainingPreview } from '../../../src-shared/domain/run.ts'
import { learningRateOf, type PartialCausalConfig } from '../../../src-shared/methods/partial-causal/config.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import type { Breathe } from '../../statistics/piecewise.ts'
import { cosineRate } from '../nn/cosine-rate.ts'
import { EpochTerms } from '../nn/epoch-terms.ts'
import type { StoredArray } from '../nn/parameters.ts'
import { type Advance, NonFiniteLoss, type SessionResult, type Snapshot, type TrainingSession } from '../session.ts'
import { tensorsOf } from './batch.ts'
import { type Descent, openDescent } from './descent.ts'
import { readEmbeddings, readLosses } from './embeddings.ts'
import { PartialCausalModel } from './model.ts'
import { pairsOf } from './pairs.ts'
import { buildResult } from './result.ts'
import { type Schedule, scheduleOf } from './schedule.ts'
import { isCollapsed, sharedInformation } from './shared-information.ts'
import { firstState, openSnapshot, packSnapshot, type State } from './state.ts'
import { TrainingData } from './training-data.ts'

/** Rows shown while training runs. */
const shownRows = 300
/** Rows that layers are scaled by, at most. */
const initialRows = 1024

export class PartialCausalSession implements TrainingSession {
  readonly #config: PartialCausalConfig
  readonly #seed: number
  readonly #data: TrainingData
  readonly #schedule: Schedule
  readonly #model: PartialCausalModel
  readonly #descent: Descent
  readonly #terms = new EpochTerms()
  #state: State = structuredClone(firstState)
  /** Parameters of the best epoch. */
  #best: Readonly<Record<string, StoredArray>> | null = null

  /** @param learntFrom rows that may be learnt from, ascending; the others are only read */
  constructor(
    dataset: Dataset,
    config: PartialCausalConfig,
    seed: number,
    threads = 1,
    learntFrom?: Int32Array,
    breathe?: Breathe,
  ) {
    this.#config = config
    this.#seed = seed
    this.#data = new TrainingData(dataset, config, seed, learntFrom, breathe)
    this.#schedule = scheduleOf(config.training.steps, this.#data.batchesPerPass)
    this.#model = new PartialCausalModel({ modalities: this.#data.modalities, config }, seed)
    const { batchSize } = this.#data
    // Parts of a few rows cost more to hand out than they save.
    this.#descent = openDescent(this.#model, seed, batchSize, batchSize >= 16 * threads ? threads : 1, breathe)
  }

  get epochs(): number {
    return this.#schedule.epochs
  }

  get stepsPerEpoch(): number {
    return this.#schedule.stepsPerEpoch
  }

  get step(): number {
    return this.#state.step
  }

  get epoch(): number {
    return this.#state.epoch
  }

  async advance(): Promise<Advance> {
    const started = performance.now()
    try {
      return await this.#advance()
    } finally {
      this.#state.trainingSeconds += (performance.now() - started) / 1000
    }
  }

  async #advance(): Promise<Advance> {
    const state = this.#state
    if (state.finished) return { kind: 'finished' }
    if (!state.initialised) return this.#initialise()
    if (state.stepInEpoch === this.stepsPerEpoch || state.step === this.#schedule.steps) {
      if (state.stepInEpoch > 0) return this.#closeEpoch()
      return this.#settle()
    }
    await this.#takeStep()
    return { kind: 'step' }
  }

  #initialise(): Advance {
    const rows = this.#data.training.subarray(0, initialRows)
    const x = tensorsOf(this.#data.batch(rows), this.#data.modalities)
    x.forEach((values, m) => this.#model.initialise(m, values))
    tf.dispose(x)
    this.#descent.parametersChanged()
    this.#state.initialised = true
    return { kind: 'stage', level: 'info', message: `Layers were scaled by ${rows.length} samples.` }
  }

  get #learningRate(): number {
    const start = learningRateOf(this.#config) * this.#state.rateFactor
    return cosineRate(start, this.#state.step, this.#schedule)
  }

  async #takeStep(): Promise<void> {
    const state = this.#state
    const rows = this.#data.rowsOfStep(state.step)
    const rate = this.#learningRate
    this.#terms.add(await this.#descent.step(this.#data.batch(rows), () => rate), 1)
    state.step++
    state.stepInEpoch++
  }

  async #closeEpoch(): Promise<Advance> {
    const state = this.#state
    const sums = (await this.#terms.read()) ?? new Float32Array()
    this.#terms.dispose()
    const losses = Array.from(sums, (sum) => sum / state.stepInEpoch)
    const bad = losses.findIndex((loss) => !Number.isFinite(loss))
    if (bad >= 0) throw new NonFiniteLoss(state.step, `contrastive loss of ${this.#pairNames[bad]!}`, null)
    state.losses = losses
    const { validation, batchSize } = this.#data
    const size = Math.min(batchSize, validation.length)
    const held = validation.length === 0 ? null : await readLosses(this.#model, this.#data, validation, size)
    const score = this.#information(losses, batchSize)
    const validationScore = held === null ? null : this.#information(held, size)
    const metrics: EpochMetrics = {
      ...{ epoch: state.epoch, phase: 'contrast', step: state.step, seconds: state.trainingSeconds },
      ...{ score, validationScore, edges: null },
      terms: Object.fromEntries(losses.map((loss, p) => [`loss/${this.#pairNames[p]!}`, loss])),
      figures: { temperature: await this.#model.temperature(), learningRate: this.#learningRate },
    }
    const best = state.best === null || (validationScore ?? score) > state.best.score
    if (best) {
      state.best = { score: validationScore ?? score, epoch: state.epoch }
      this.#best = await this.#model.parameters.read()
    }
    state.epoch++
    state.stepInEpoch = 0
    return { kind: 'epoch', metrics, best }
  }

  get #pairNames(): string[] {
    const names = this.#data.modalities.map(({ name }) => name)
    return pairsOf(names.length).map(([m, k]) => `${names[m]!} and ${names[k]!}`)
  }

  /** Mean over pairs, nats. */
  #information(losses: readonly number[], batch: number): number {
    const each = losses.map((loss) => sharedInformation(loss, this.#config.profile, batch))
    return each.reduce((sum, value) => sum + value, 0) / each.length
  }

  /** Goes back to the best epoch's encoders; components are then read from all samples by `finish`. */
  #settle(): Advance {
    const { best, losses, epoch } = this.#state
    if (best !== null && this.#best !== null) this.#model.parameters.write(this.#best)
    this.#state.finished = true
    const collapsed = (losses ?? []).some((loss) => isCollapsed(loss, this.#config.profile, this.#data.batchSize))
    if (collapsed)
      return {
        ...{ kind: 'stage', level: 'warning' },
        message: 'The loss never left that of equal outputs: nothing was learnt (collapse).',
      }
    const from = best === null || best.epoch + 1 === epoch ? '' : `The result is the model of epoch ${best.epoch + 1}. `
    return { kind: 'stage', level: 'info', message: `${from}Components are read from all samples.` }
  }

  /** Of a finished session without what only goes on with training. */
  async snapshot(): Promise<Snapshot> {
    const { finished } = this.#state
    return packSnapshot({
      state: this.#state,
      parameters: await this.#model.parameters.read(),
      descent: finished ? { steps: {}, arrays: {} } : await this.#descent.read(),
      terms: await this.#terms.read(),
      best: finished ? null : this.#best,
    })
  }

  restore(snapshot: Snapshot): Promise<void> {
    const { state, parameters, descent, terms, best } = openSnapshot(snapshot)
    this.#state = state
    this.#model.parameters.write(parameters)
    this.#descent.write(descent)
    this.#descent.parametersChanged()
    this.#terms.write(terms)
    this.#best = best
    return Promise.resolve()
  }

  halveLearningRate(): void {
    this.#state.rateFactor /= 2
  }

  async preview(): Promise<TrainingPreview> {
    const { training } = this.#data
    const count = Math.min(shownRows, training.length)
    const rows = Int32Array.from({ length: count }, (_, i) => training[Math.floor((i * training.length) / count)]!)
    const latent = this.#config.latent.size
    const values = await readEmbeddings(this.#model, this.#data, 0, rows)
    return {
      epoch: this.#state.epoch,
      rows: Array.from(rows),
      latent: Array.from(rows, (_, i) => Array.from(values.subarray(i * latent, (i + 1) * latent))),
      components: Array.from(rows, () => -1),
      reconstructions: [],
    }
  }

  finish(provenance: Provenance, seconds: number): Promise<SessionResult> {
    const parts = { model: this.#model, data: this.#data, config: this.#config, state: this.#state, seed: this.#seed }
    return buildResult(parts, provenance, seconds)
  }

  dispose(): void {
    this.#descent.dispose()
    this.#model.dispose()
    this.#terms.dispose()
  }
}
