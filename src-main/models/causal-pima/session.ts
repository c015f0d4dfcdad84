/**
 * Training of causalPIMA in the order of causal-pima.md section 5: pre-train as a plain VAE, read the mixture from the
 * latent means, name its components, learn the DAG on their counts, then alternate gradient steps with the closed-form
 * updates. One `advance` is one unit of that work.
 */
import type { CausalPimaConfig } from '../../../src-shared/methods/causal-pima/config.ts'
import type { Provenance, TrainingPreview } from '../../../src-shared/domain/run.ts'
import { edgeText } from '../../../src-shared/graph/edge-words.ts'
import { endsOfClass, named } from '../../../src-shared/graph/marked-graph.ts'
import { thresholds } from '../../../src-shared/methods/causal-pima/thresholds.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import type { Counts } from '../../evidence/counts.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import { type Breathe, breathless } from '../../statistics/piecewise.ts'
import type { StoredArray } from '../nn/parameters.ts'
import { AloneStage, type Learnt, type Pretraining } from './alone.ts'
import type { Advance, SessionResult, Snapshot, TrainingSession, Work, WorkBetween } from '../session.ts'
import type { DagBlock } from './dag/dag-block.ts'
import { likelihoodWeights } from './balance.ts'
import { BatchRoom } from './batch.ts'
import { latentSize, modalitiesToLearn, pretrainingEpochs } from './cost.ts'
import { guideLost, isBetterEpoch } from './best-epoch.ts'
import { type Descent, openDescent } from './descent.ts'
import { epochMetrics, klWeightOf, requireFinite } from './epoch-metrics.ts'
import { EpochTerms } from '../nn/epoch-terms.ts'
import { fitExperts } from './experts/expert-fit.ts'
import { type MeanTerms, meanTerms, readElbo, readPosteriors } from './full-pass.ts'
import { CausalPimaModel } from './model.ts'
import { modelShape } from './model-shape.ts'
import { learnGraph, strengthsOf } from './dag/graph-step.ts'
import { updateMixture } from './mixture/mixture-update.ts'
import { previewOf } from './preview.ts'
import { ReadingStage } from './mixture/reading-stage.ts'
import { mixtureFromMemberships } from './mixture/readings.ts'
import { cautionsOf, earlierIsBetter, keptOf } from './mixture/settled-reading.ts'
import { buildResult, modalityErrors } from './result.ts'
import { openSnapshot, packSnapshot } from './snapshot.ts'
import { initialState, type State } from './state.ts'
import { TrainingData } from './training-data.ts'

type Arrays = Readonly<Record<string, StoredArray>>

export class CausalPimaSession implements TrainingSession, Pretraining {
  readonly #config: CausalPimaConfig
  readonly #data: TrainingData
  readonly #seed: number
  readonly #threads: number
  readonly #latent: number
  #model: CausalPimaModel
  #descent: Descent
  #state: State
  readonly #terms = new EpochTerms()
  readonly #room: BatchRoom
  #order: Int32Array | null = null
  readonly #readings: ReadingStage
  /** Parameters of the best epoch, and those of an earlier pre-training with its memberships. */
  #best: Arrays | null = null
  #kept: { readonly parameters: Arrays; readonly memberships: Float32Array } | null = null
  readonly #alone: AloneStage
  /** Memberships that guide the joint phase, [rows, C]. */
  #guide: Float32Array | null = null

  constructor(dataset: Dataset, config: CausalPimaConfig, seed: number, threads = 1, breathe: Breathe = breathless) {
    this.#config = config
    this.#seed = seed
    this.#data = new TrainingData(dataset, config, seed, breathe)
    this.#latent = latentSize(config, this.#data.categories.length, this.#data.modalities)
    this.#readings = new ReadingStage(this.#data, config, seed, modalitiesToLearn(this.#data, config).length)
    const open = (part: Dataset, alone: CausalPimaConfig) => new CausalPimaSession(part, alone, seed, threads, breathe)
    this.#alone = new AloneStage(dataset, config, open)
    // A model of tables alone has too little to do for several threads.
    this.#threads = this.#data.modalities.length > 0 ? threads : 1
    this.#model = this.#newModel(0)
    this.#descent = openDescent(this.#model, seed, this.#threads, breathe)
    this.#room = new BatchRoom(this.#threads > 1)
    const stage = this.#pretrainEpochs > 0 ? 'pretrain' : 'mixture'
    this.#state = initialState(stage, this.#model.components, config.training.learningRate)
  }

  get epochs(): number {
    return this.#pretrainEpochs * (this.#state.attempt + 1) + this.#config.training.epochs
  }

  get #pretrainEpochs(): number {
    return this.#data.modalities.length === 0 ? 0 : pretrainingEpochs(this.#config, this.#data.training.length)
  }

  get stepsPerEpoch(): number {
    return Math.ceil(this.#data.training.length / this.#config.training.batchSize)
  }

  get step(): number {
    return this.#state.step
  }

  /** Pre-training again begins with the whole: what was learnt of each modality alone stays. */
  get stepsBeside(): Work {
    return this.#alone.work(this.#data, this.#latent, this.#pretrainEpochs * this.stepsPerEpoch)
  }

  /** Of pre-training again, where what was read of the first is not believed. */
  get stepsPerhaps(): number {
    const { stage, attempt } = this.#state
    if (stage === 'joint' || stage === 'finished') return 0
    return Math.max(0, this.#config.mixture.retries - attempt) * this.#pretrainEpochs * this.stepsPerEpoch
  }

  /** Reading the mixture. */
  get between(): WorkBetween {
    const { stage, attempt } = this.#state
    const { spent, left, again } = this.#readings.time
    if (stage === 'joint' || stage === 'finished') return { spent, left: 0, again: 0 }
    return { spent, left, again: again * Math.max(0, this.#config.mixture.retries - attempt) }
  }

  get epoch(): number {
    return this.#state.epoch
  }

  #newModel(attempt: number): CausalPimaModel {
    const shape = modelShape(this.#data, this.#config, {
      latent: this.#latent,
      likelihoodWeights: likelihoodWeights(this.#data.modalities, this.#config.training.balance),
      regimes: this.#data.regimes?.targets ?? null,
    })
    return new CausalPimaModel(shape, this.#seed, attempt)
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
    const { stage } = this.#state
    switch (stage) {
      case 'pretrain':
        if (this.#state.stepInEpoch < this.stepsPerEpoch) return this.#step('pretrain')
        return this.#closePretrainEpoch()
      case 'alone':
        return this.#learnAlone()
      case 'mixture':
        return this.#readMixtureStage()
      case 'joint':
        if (this.#state.stageEpoch >= this.#config.training.epochs) return this.#settle()
        if (this.#state.stepInEpoch < this.stepsPerEpoch) return this.#step('joint')
        return this.#closeJointEpoch()
      case 'finished':
        return { kind: 'finished' }
    }
  }

  async #step(phase: 'pretrain' | 'joint'): Promise<Advance> {
    const state = this.#state
    const { batchSize, modalityDropout } = this.#config.training
    this.#order ??= this.#data.shuffled(state.epoch)
    const start = state.stepInEpoch * batchSize
    const rows = this.#order.subarray(start, start + batchSize)
    const random = RandomStream.of(this.#seed, `batch/${state.epoch}/${state.stepInEpoch}`)
    // Pre-training fuses all: clusters come out sharper, and cross-modal encoders are learnt with the mixture there.
    const dropout = phase === 'joint' ? modalityDropout : 0
    const batch = this.#data.batchArrays(rows, this.#latent, { random, dropout }, this.#room)
    const { temperature, lambda } = this.#config.dag
    // Halved together: the DAG keeps its lead over the networks.
    const dagRate = this.#config.dag.learningRate * (state.learningRate / this.#config.training.learningRate)
    const guidance = this.#data.guidance(state.guidanceGrowth)
    const klWeight = klWeightOf(state, this.#config.training.klWarmupEpochs)
    const aim = phase === 'pretrain' ? { phase, klWeight } : { phase, temperature, lambda, guidance }
    // Between epochs the mixture, the graph and the experts are written.
    if (state.stepInEpoch === 0) this.#descent.parametersChanged()
    const terms = await this.#descent.step({ batch, aim }, (name) =>
      name.startsWith('dag/') ? dagRate : state.learningRate,
    )
    this.#terms.add(terms, rows.length)
    state.rowsInEpoch += rows.length
    state.stepInEpoch++
    state.step++
    return { kind: 'step' }
  }

  /** Mean terms of the epoch by name, and the ELBO they add up to. */
  async #readTerms(phase: 'pretrain' | 'joint'): Promise<MeanTerms> {
    const names = this.#model.termNames(phase)
    const sums = (await this.#terms.read()) ?? new Float32Array(names.length)
    this.#terms.dispose()
    const mean = meanTerms(names, sums, Math.max(this.#state.rowsInEpoch, 1))
    this.#state.rowsInEpoch = 0
    requireFinite(mean, this.#state.step)
    return mean
  }

  #nextEpoch(): void {
    this.#state.epoch++
    this.#state.stageEpoch++
    this.#state.stepInEpoch = 0
    this.#order = null
  }

  async #closePretrainEpoch(): Promise<Advance> {
    const mean = await this.#readTerms('pretrain')
    const metrics = epochMetrics(this.#state, this.#config, mean, await this.#validate('pretrain'), null)
    this.#nextEpoch()
    if (this.#state.stageEpoch >= this.#pretrainEpochs) this.#enter('alone')
    return { kind: 'epoch', metrics, best: false }
  }

  #enter(stage: State['stage']): void {
    this.#state.stage = stage
    this.#state.stageEpoch = 0
  }

  /**
   * Mean ELBO of the validation rows with every modality fused, null without a validation part. The noise is drawn as in
   * training and for the result, or the figures would not compare; it is the same in every epoch, so that epochs do.
   */
  async #validate(phase: 'pretrain' | 'joint'): Promise<number | null> {
    const rows = this.#data.validation
    if (rows.length === 0) return null
    const random = RandomStream.of(this.#seed, 'validation/noise')
    return (await readElbo(this.#model, this.#data, rows, phase, this.#config.dag.temperature, random)).elbo
  }

  async #learnAlone(): Promise<Advance> {
    const advance = await this.#alone.advance(this.#data, this.#state.learningRate)
    this.#state.alone = this.#alone.learnt.map(({ modality, error }) => ({ modality, error }))
    if (advance !== null) return advance
    this.#enter('mixture')
    return { kind: 'part', message: 'Every modality is learnt.' }
  }

  /** Pre-training is done. */
  get pretrained(): boolean {
    return this.#state.stage !== 'pretrain'
  }

  get progress(): number {
    return this.#state.step / (this.#pretrainEpochs * this.stepsPerEpoch)
  }

  /** What pre-training learnt of all samples. */
  async learnt(): Promise<Learnt> {
    const rows = Int32Array.from({ length: this.#data.samples }, (_, row) => row)
    const { mean, logVar, latent } = await readPosteriors(this.#model, this.#data, rows)
    const uncertainty = new Float64Array(latent)
    logVar.forEach((value, at) => (uncertainty[at % latent]! += Math.exp(value) / rows.length))
    const errors = await modalityErrors(this.#model, this.#data, rows)
    const known = errors.filter((error) => !Number.isNaN(error))
    return {
      points: mean,
      width: latent,
      uncertainty,
      error: known.reduce((sum, error) => sum + error, 0) / known.length,
    }
  }

  /** A part of a reading of the mixture a call; after the last, the best one starts the joint phase or pre-training begins anew. */
  async #readMixtureStage(): Promise<Advance> {
    const state = this.#state
    const step = await this.#readings.advance(this.#model, state.attempt, this.#alone.learnt)
    if (step.kind !== 'read') return step
    const { reading } = step
    const { retries } = this.#config.mixture
    if (reading.misfit !== null && state.attempt < retries) {
      if (!earlierIsBetter(state.kept, reading)) {
        state.kept = keptOf(reading)
        this.#kept = { parameters: await this.#model.parameters.read(), memberships: reading.memberships }
      }
      state.attempt++
      this.#restartNetworks()
      this.#enter('pretrain')
      return { kind: 'stage', level: 'warning', message: `${reading.misfit}: pre-training again from another draw.` }
    }
    let [chosen, memberships] = [keptOf(reading), reading.memberships]
    if (state.kept !== null && this.#kept !== null && earlierIsBetter(state.kept, reading)) {
      chosen = state.kept
      memberships = this.#kept.memberships
      this.#model.parameters.write(this.#kept.parameters)
    }
    const { assignment, guides, misfit } = chosen
    const gap = this.#data.modalities.length > 0 ? chosen.gap : null
    state.cautions.push(...cautionsOf({ gap, misfit }))
    state.kept = this.#kept = null
    state.assignment = assignment
    state.gap = gap
    const block = await this.#startJoint(memberships)
    if (guides) this.#guideBy(memberships)
    const named =
      assignment === null
        ? 'Components named'
        : `Components named with residual ${assignment.chosen.residual.toFixed(3)}`
    return { kind: 'stage', level: 'info', message: `${named}; edges on the counts: ${this.#edgeNames(block)}.` }
  }

  #guideBy(memberships: Float32Array | null): void {
    this.#guide = memberships
    // What a finished model is read from knows no guide; a training that goes on with it does.
    this.#data.guideBy(this.#state.stage === 'finished' ? null : memberships)
  }

  #restartNetworks(): void {
    this.#descent.dispose()
    this.#model.dispose()
    this.#model = this.#newModel(this.#state.attempt)
    this.#descent = openDescent(this.#model, this.#seed, this.#threads, this.#data.breathe)
  }

  #edgeNames(block: DagBlock): string {
    const edges = named(endsOfClass(block.graph, this.#data.constraints), (node) => this.#data.nodes[node]!.name)
    return edges.map(edgeText).join(', ') || 'none'
  }

  async #startJoint(memberships: Float32Array): Promise<DagBlock> {
    const rows = this.#data.training
    const posteriors = await readPosteriors(this.#model, this.#data, rows)
    const { mixture, counts } = mixtureFromMemberships(posteriors, memberships, this.#config.mixture.varianceFloor)
    if (this.#data.modalities.length > 0) this.#model.setMixture(mixture)
    await fitExperts(this.#model, this.#data, rows, memberships)
    const block = await this.#learnDag(this.#data.countsOfRows(counts, rows, memberships), 'start')
    this.#enter('joint')
    return block
  }

  async #learnDag(counts: Counts, moment: 'start' | 'between'): Promise<DagBlock> {
    const random = RandomStream.of(this.#seed, `dag/${this.#state.epoch}`)
    const block = await learnGraph(this.#model, counts, this.#config, moment, random, this.#data.breathe)
    this.#descent.forget('dag/')
    return block
  }

  async #closeJointEpoch(): Promise<Advance> {
    const state = this.#state
    const mean = await this.#readTerms('joint')
    const { counts, held } = await updateMixture(this.#model, this.#data, this.#config, state)
    const block = await this.#learnDag(counts, 'between')
    const validationElbo = await this.#validate('joint')
    const metrics = epochMetrics(state, this.#config, mean, validationElbo, strengthsOf(block))
    state.last = { score: validationElbo ?? mean.elbo, epoch: state.epoch, elbo: mean.elbo, terms: mean.terms, held }
    const best = state.best === null || isBetterEpoch(state.last, state.best, this.#data.guideHeld)
    if (best) {
      state.best = state.last
      this.#best = await this.#model.parameters.read()
    }
    if (held < this.#data.guideHeld)
      state.guidanceGrowth = Math.min(2 * state.guidanceGrowth, 2 * thresholds.guidanceGrowth)
    this.#nextEpoch()
    const { patience } = this.#config.training
    if (patience > 0 && state.last.epoch - Math.max(state.best!.epoch, state.wentOnAt - 1) >= patience)
      state.stageEpoch = this.#config.training.epochs
    return { kind: 'epoch', metrics, best }
  }

  /** Goes back to the best epoch's model; graph and clusters are then read from all samples by `finish`. */
  #settle(): Advance {
    const { best } = this.#state
    if (best !== null && this.#best !== null) this.#model.parameters.write(this.#best)
    const lost = best === null ? null : guideLost(best, this.#data.guideHeld)
    if (lost !== null) this.#state.cautions.push(lost)
    this.#state.stage = 'finished'
    this.#state.keepsGuide = true
    this.#guideBy(this.#guide)
    const from = best === null ? '' : `The result is the model of epoch ${best.epoch + 1}. `
    return { kind: 'stage', level: 'info', message: `${from}Graph and clusters are read from all samples.` }
  }

  /** Of a finished session without what only goes on without a break, moments of Adam and the best epoch's copy: three quarters of it. */
  async snapshot(): Promise<Snapshot> {
    const finished = this.#state.stage === 'finished'
    return packSnapshot({
      state: this.#state,
      parameters: await this.#model.parameters.read(),
      adam: finished ? { steps: {}, arrays: {} } : await this.#descent.read(),
      terms: await this.#terms.read(),
      best: finished ? null : this.#best,
      kept: this.#kept,
      alone: this.#alone.read(),
      guide: this.#guide,
    })
  }

  restore(snapshot: Snapshot): Promise<void> {
    const { state, parameters, adam, terms, best, kept, alone, guide } = openSnapshot(snapshot)
    this.#state = state
    this.#model.parameters.write(parameters)
    this.#descent.write(adam)
    this.#descent.parametersChanged()
    this.#terms.write(terms)
    this.#best = best
    this.#kept = kept
    this.#alone.write(state.alone, alone)
    this.#guideBy(guide)
    this.#order = null
    this.#readings.forget()
    return Promise.resolve()
  }

  /** From the best epoch's model, with fresh moments of Adam. */
  async goOn(): Promise<void> {
    this.#state.stage = 'joint'
    this.#state.wentOnAt = this.#state.epoch
    this.#best = await this.#model.parameters.read()
    this.#guideBy(this.#guide)
  }

  halveLearningRate(): void {
    this.#state.learningRate /= 2
  }

  preview(): Promise<TrainingPreview> {
    return previewOf(this.#model, this.#data, this.#state, this.#config.dag.temperature)
  }

  async finish(provenance: Provenance, seconds: number): Promise<SessionResult> {
    return buildResult(this.#model, this.#data, this.#config, this.#state, this.#seed, provenance, seconds)
  }

  dispose(): void {
    this.#alone.dispose()
    this.#descent.dispose()
    this.#model.dispose()
    this.#terms.dispose()
  }
}
