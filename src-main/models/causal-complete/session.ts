/**
 * Training of the causal complete cause: the base first where it is to be compared with, then the same network from the same
 * draws with the regulariser. One `advance` is one step.
 */
import type { EpochMetrics, Provenance, TrainingPreview } from '../../../src-shared/domain/run.ts'
import type { CausalCompleteConfig } from '../../../src-shared/methods/causal-complete/config.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import * as tf from '@tensorflow/tfjs-core'
import type { Dataset } from '../../datasets/dataset.ts'
import type { Breathe } from '../../statistics/piecewise.ts'
import { cosineRate } from '../nn/cosine-rate.ts'
import { EpochTerms } from '../nn/epoch-terms.ts'
import type { StoredArray } from '../nn/parameters.ts'
import { type Advance, NonFiniteLoss, type SessionResult, type Snapshot, type TrainingSession } from '../session.ts'
import type { OpenFeatures } from '../features.ts'
import { disposeBatch, tensorsOf } from './batch.ts'
import { type Descent, openDescent } from './descent.ts'
import { leaveOut } from './leave-out.ts'
import { CausalCompleteModel } from './model.ts'
import { readOutputs, readTerms } from './outputs.ts'
import { termNames } from './regulariser/regulariser.ts'
import { buildResult } from './result.ts'
import { firstState, openSnapshot, packSnapshot, type State } from './state.ts'
import { TrainingData } from './training-data.ts'

/** Rows shown while training runs. */
const shownRows = 300
/** Rows that layers are scaled by, at most. */
const initialRows = 1024

const atTerm = (name: (typeof termNames)[number]): number => termNames.indexOf(name)

export class CausalCompleteSession implements TrainingSession {
  readonly #config: CausalCompleteConfig
  readonly #seed: number
  readonly #threads: number
  readonly #data: TrainingData
  readonly #phases: readonly ('base' | 'whole')[]
  readonly #terms = new EpochTerms()
  #model: CausalCompleteModel
  #descent: Descent
  #state: State = structuredClone(firstState)
  /** Parameters of the phase's best epoch. */
  #best: Readonly<Record<string, StoredArray>> | null = null
  /** Parameters of the base. */
  #base: Readonly<Record<string, StoredArray>> | null = null

  constructor(
    dataset: Dataset,
    config: CausalCompleteConfig,
    seed: number,
    threads = 1,
    features?: OpenFeatures,
    breathe?: Breathe,
  ) {
    this.#config = config
    this.#seed = seed
    this.#data = new TrainingData(dataset, config, seed, features, breathe)
    this.#phases = config.training.base ? ['base', 'whole'] : ['whole']
    // Parts of a few rows cost more to hand out than they save.
    this.#threads = this.#data.batchSize >= 16 * threads ? threads : 1
    this.#model = this.#newModel()
    this.#descent = openDescent(this.#model, seed, this.#threads, breathe)
  }

  #newModel(): CausalCompleteModel {
    const { modalities, classes, fused } = this.#data
    const regularised = this.#phase === 'whole'
    return new CausalCompleteModel({ modalities, classes, fused, config: this.#config, regularised }, this.#seed)
  }

  /** Closes the phase's model and opens that of the phase where the state stands. */
  #reopen(): void {
    this.#descent.dispose()
    this.#model.dispose()
    this.#model = this.#newModel()
    this.#descent = openDescent(this.#model, this.#seed, this.#threads, this.#data.breathe)
    this.#best = null
  }

  get #phase(): 'base' | 'whole' {
    return this.#phases[this.#state.phase]!
  }

  get epochs(): number {
    return this.#phases.length * this.#config.training.epochs
  }

  get stepsPerEpoch(): number {
    return this.#data.batchesPerPass
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
    if (state.stepInEpoch === this.stepsPerEpoch) return this.#closeEpoch()
    if (state.epoch === (state.phase + 1) * this.#config.training.epochs) return this.#closePhase()
    await this.#takeStep()
    return { kind: 'step' }
  }

  #initialise(): Advance {
    const { modalities, classes, split } = this.#data
    const some = (rows: Int32Array): Int32Array => rows.subarray(0, initialRows)
    modalities.forEach(({ shape }, m) => {
      const rows = some(this.#data.rowsWith(m, split.training))
      const x = tf.tensor(this.#data.values(m, rows), [rows.length, ...shape])
      this.#model.initialiseEncoder(m, x)
      x.dispose()
    })
    const whole = some(modalities.reduce((rows, _, m) => this.#data.rowsWith(m, rows), split.training))
    if (whole.length > 1) {
      const batch = tensorsOf(this.#data.batch(whole), modalities, classes)
      this.#model.initialiseFusion(batch.x, batch.fused)
      disposeBatch(batch)
    }
    this.#descent.parametersChanged()
    this.#state.initialised = true
    const message =
      this.#phase === 'base'
        ? 'The base, without the regulariser, is trained first.'
        : 'The network with the regulariser is trained.'
    return { kind: 'stage', level: 'info', message }
  }

  get #stepInPhase(): number {
    return this.#state.step - this.#state.phase * this.#config.training.epochs * this.stepsPerEpoch
  }

  get #learningRate(): number {
    const { learningRate, epochs } = this.#config.training
    const steps = epochs * this.stepsPerEpoch
    return cosineRate(learningRate * this.#state.rateFactor, this.#stepInPhase, { steps })
  }

  async #takeStep(): Promise<void> {
    const state = this.#state
    const rows = this.#data.rowsOfStep(this.#stepInPhase)
    const rate = this.#learningRate
    const chance = this.#config.training.leaveOut
    const whole = this.#data.batch(rows)
    const batch = chance === 0 ? whole : leaveOut(whole, chance, RandomStream.of(this.#seed, `left-out/${this.#stepInPhase}`)) // prettier-ignore
    this.#terms.add(await this.#descent.step(batch, () => rate), rows.length)
    state.step++
    state.stepInEpoch++
  }

  async #closeEpoch(): Promise<Advance> {
    const state = this.#state
    const sums = (await this.#terms.read()) ?? new Float32Array()
    this.#terms.dispose()
    const means = Array.from(sums, (sum) => sum / this.#data.split.training.length)
    const bad = means.findIndex((value) => !Number.isFinite(value))
    if (bad >= 0) throw new NonFiniteLoss(state.step, `${termNames[bad] ?? 'loss'} term`, null)
    const { validation } = this.#data.split
    const held = validation.length === 0 ? null : await readTerms(this.#model, this.#data, validation)
    const loss = (held ?? means)[atTerm('crossEntropy')]!
    const risk = (terms: ArrayLike<number>): number =>
      terms[atTerm('sufficiencyRisk')]! + terms[atTerm('necessityRisk')]!
    const metrics: EpochMetrics = {
      ...{ epoch: state.epoch, phase: this.#phase, step: state.step, seconds: state.trainingSeconds },
      ...{ score: risk(means), validationScore: held === null ? null : risk(held), edges: null },
      terms: Object.fromEntries(termNames.map((name, at) => [name, means[at]!])),
      figures: {
        accuracy: 1 - (held ?? means)[atTerm('sufficiencyRisk')]!,
        validationLoss: loss,
        learningRate: this.#learningRate,
      },
    }
    const best = state.best === null || loss < state.best.loss
    if (best) {
      state.best = { loss, epoch: state.epoch }
      this.#best = await this.#model.parameters.read()
    }
    state.epoch++
    state.stepInEpoch = 0
    return { kind: 'epoch', metrics, best }
  }

  /** Goes back to the phase's best epoch; the base is read and gives way to the whole. */
  async #closePhase(): Promise<Advance> {
    const state = this.#state
    if (this.#best !== null) this.#model.parameters.write(this.#best)
    const from = state.best === null ? '' : `The result is the model of epoch ${state.best.epoch + 1}.`
    if (this.#phase === 'whole') {
      state.finished = true
      return { kind: 'stage', level: 'info', message: from }
    }
    const terms = await readTerms(this.#model, this.#data, this.#data.judged.rows)
    this.#base = this.#best
    Object.assign(state, { phase: state.phase + 1, initialised: false, rateFactor: 1, best: null })
    this.#reopen()
    const told = 1 - terms[atTerm('sufficiencyRisk')]!
    return { kind: 'stage', level: 'info', message: `The base tells ${Math.round(100 * told)} % of the ${this.#data.judged.part} samples. ${from}` } // prettier-ignore
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
      base: this.#base,
    })
  }

  restore(snapshot: Snapshot): Promise<void> {
    const { state, parameters, descent, terms, best, base } = openSnapshot(snapshot)
    this.#state = state
    this.#reopen()
    this.#model.parameters.write(parameters)
    this.#descent.write(descent)
    this.#descent.parametersChanged()
    this.#terms.write(terms)
    this.#best = best
    this.#base = base
    return Promise.resolve()
  }

  halveLearningRate(): void {
    this.#state.rateFactor /= 2
  }

  async preview(): Promise<TrainingPreview> {
    const { training } = this.#data.split
    const count = Math.min(shownRows, training.length)
    const rows = Int32Array.from({ length: count }, (_, i) => training[Math.floor((i * training.length) / count)]!)
    const { representation } = await readOutputs(this.#model, this.#data, rows)
    const width = this.#config.networks.representation
    return {
      epoch: this.#state.epoch,
      rows: Array.from(rows),
      latent: Array.from(rows, (_, i) => Array.from(representation.subarray(i * width, (i + 1) * width))),
      components: Array.from(rows, (row) => this.#data.labels.values[row]!),
      reconstructions: [],
    }
  }

  async finish(provenance: Provenance, seconds: number): Promise<SessionResult> {
    const { modalities, classes, fused } = this.#data
    const shape = { modalities, classes, fused, config: this.#config, regularised: false }
    const base = new CausalCompleteModel(shape, this.#seed)
    if (this.#base !== null) base.parameters.write(this.#base)
    const parts = {
      model: this.#model,
      data: this.#data,
      config: this.#config,
      base: this.#base === null ? null : base,
    }
    try {
      return await buildResult(parts, { epochs: this.#state.epoch, seconds, provenance })
    } finally {
      base.dispose()
    }
  }

  dispose(): void {
    this.#descent.dispose()
    this.#model.dispose()
    this.#terms.dispose()
    this.#data.dispose()
  }
}
