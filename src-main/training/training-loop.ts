/**
 * Drives a session from where it stands to its end: pacing, checkpoints, recovery, and what is told on the way. Knows
 * nothing of processes, so that it can be followed step by step in a test.
 */
import { setImmediate } from 'node:timers/promises'
import type { EpochMetrics, TrainerEvent } from '../../src-shared/domain/run.ts'
import { type CausalscopeError, failed, toErrorData } from '../../src-shared/errors.ts'
import { type Advance, NonFiniteLoss, type Snapshot, type TrainingSession } from '../models/session.ts'
import type { Checkpoint, RunIdentity } from './checkpoint-file.ts'
import type { CheckpointFolder, CheckpointOccasion } from './checkpoint-folder.ts'
import { type Clock, Interval, Stopwatch, TimeLeft } from './pace.ts'
import { standStill, type TrainingControl } from './training-control.ts'

const progressEveryMs = 100
const previewEveryMs = 1000
/** A preview may cost this share of the training's time at most. */
const previewShare = 0.1
/** Work between epochs is worth a checkpoint of its own when the last one is older than this. */
const stageCheckpointMs = 20_000
/** Long work looks up so often at most. */
const breatheEveryMs = 50
/** Between two lines of the log on where a long piece of work stands, and before the first. */
const newsEveryMs = 10_000

export interface TrainingLoopParts {
  readonly session: TrainingSession
  readonly checkpoints: CheckpointFolder
  readonly control: TrainingControl
  readonly emit: (event: TrainerEvent) => void
  readonly run: RunIdentity
  /** The checkpoint the session was restored from; null at the start of a run. */
  readonly resumedFrom: Checkpoint | null
  /** Steps between checkpoints within an epoch; 0: only at each epoch's end. */
  readonly checkpointSteps: number
  /** As `Engine.fault`: asked after each step and before each checkpoint. */
  readonly engineFault?: (() => CausalscopeError | null) | undefined
  readonly clock?: Clock
}

export type TrainingEnd =
  | { readonly kind: 'finished'; readonly seconds: number }
  /** The last checkpoint is at this step. */
  | { readonly kind: 'interrupted'; readonly step: number }

/** Work after training was left because the person wants the run to end; it begins anew when the run goes on. */
export class LeftOff extends Error {
  override readonly name = 'LeftOff'
}

const midEpoch: CheckpointOccasion = { epochEnd: null, best: false }

/** The first array that holds a NaN or an infinity: restoring such a snapshot would only fail again. */
function arrayNotFinite({ arrays }: Snapshot): string | null {
  for (const [name, { values }] of Object.entries(arrays)) {
    for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return name
  }
  return null
}

function stepsDone({ step, stepsBeside }: TrainingSession): number {
  return step + (stepsBeside?.done ?? 0)
}

function lossNeverFinite({ step, term, modality }: NonFiniteLoss, rateHalved: boolean): CausalscopeError {
  const what = `${term}${modality === null ? '' : ` of ${modality}`}`
  const where = modality === null ? 'the data' : `the values of ${modality}`
  return failed(
    `The ${what} was not a finite number at step ${step}${rateHalved ? ', with half the learning rate too' : ''}.`,
    `Look for extreme values in ${where}, or start a run with a lower training.learningRate.`,
    { step, term, modality },
  )
}

export class TrainingLoop {
  readonly #parts: TrainingLoopParts
  readonly #clock: Clock
  readonly #watch: Stopwatch
  readonly #timeLeft: TimeLeft
  readonly #progress: Interval
  readonly #previews: Interval
  readonly #stages: Interval
  readonly #news: Interval
  #rateHalved: boolean
  #told: EpochMetrics | null
  /** When others last had their turn in the midst of long work. */
  #breathed = -Infinity
  #finished = false
  /** Step of the newest checkpoint that stands, and whether anything was done since. */
  #savedStep: number | null
  #dirty: boolean

  constructor(parts: TrainingLoopParts) {
    const { session, resumedFrom, clock = () => performance.now() } = parts
    this.#parts = parts
    this.#clock = clock
    this.#watch = new Stopwatch(clock, resumedFrom?.seconds ?? 0)
    this.#timeLeft = new TimeLeft(this.#watch.seconds, stepsDone(session))
    this.#progress = new Interval(clock)
    this.#previews = new Interval(clock)
    this.#stages = new Interval(clock)
    this.#news = new Interval(clock)
    this.#rateHalved = resumedFrom?.rateHalved ?? false
    this.#told = resumedFrom?.told ?? null
    this.#savedStep = resumedFrom?.step ?? null
    this.#dirty = resumedFrom === null
  }

  /**
   * @throws CausalscopeError `failed` when the loss stays non-finite or the run's folder cannot be written at all; the
   *   engine's fault as soon as it has one: nothing computed since the last checkpoint is to be believed then.
   */
  async run(): Promise<TrainingEnd> {
    const { session, control, emit } = this.#parts
    // A host that died when this was told may not have heard it; one that did hears the same again.
    if (this.#told !== null) emit({ type: 'epoch', metrics: this.#told })
    for (;;) {
      // Lets messages in, also when the session never waits for anything.
      await setImmediate()
      try {
        // Recovery needs a good checkpoint to go back to, and a full disk is better known now than after an hour.
        if (this.#savedStep === null) await this.#save(midEpoch)
        if (control.wish === 'pause') await this.#pause()
        if (control.wish === 'interrupt') return await this.#interrupt()
        const advance = await session.advance()
        this.#requireSoundEngine()
        this.#dirty ||= advance.kind !== 'finished' && advance.kind !== 'part'
        await this.#follow(advance)
        if (advance.kind === 'finished') {
          this.#finished = true
          return { kind: 'finished', seconds: this.#watch.seconds }
        }
      } catch (error) {
        // A lost device yields nonsense and errors of its own: the fault is the cause to tell.
        this.#requireSoundEngine()
        if (!(error instanceof NonFiniteLoss)) throw error
        await this.#recover(error)
      }
    }
  }

  #requireSoundEngine(): void {
    const fault = this.#parts.engineFault?.() ?? null
    if (fault !== null) throw fault
  }

  async #follow(advance: Advance): Promise<void> {
    const { session, emit, checkpointSteps } = this.#parts
    switch (advance.kind) {
      case 'step':
        if (this.#progress.isDue(progressEveryMs)) this.#tellProgress()
        if (checkpointSteps > 0 && session.step % checkpointSteps === 0) await this.#saveOrWarn(midEpoch)
        break
      case 'epoch':
        this.#news.rest(newsEveryMs)
        // Told before it is saved: should the process die between the two, the resumed run tells it again.
        this.#told = { ...advance.metrics, seconds: this.#watch.seconds }
        emit({ type: 'epoch', metrics: this.#told })
        this.#tellProgress()
        await this.#saveOrWarn({ epochEnd: session.epoch, best: advance.best })
        await this.#tellPreview()
        break
      case 'part':
        if (this.#progress.isDue(progressEveryMs)) this.#tellProgress()
        if (this.#news.isDue(newsEveryMs)) emit({ type: 'log', level: 'info', message: advance.message })
        break
      case 'stage':
        this.#news.rest(newsEveryMs)
        emit({ type: 'log', level: advance.level, message: advance.message })
        if (this.#stages.isDue(stageCheckpointMs)) await this.#saveOrWarn(midEpoch)
        break
      case 'finished':
        if (this.#dirty) await this.#saveOrWarn(midEpoch)
        break
    }
  }

  #tellProgress(): void {
    const { session, emit } = this.#parts
    const steps = Math.max(1, session.epochs * session.stepsPerEpoch + (session.stepsBeside?.planned ?? 0))
    const done = stepsDone(session)
    const fraction = Math.min(1, done / steps)
    const stepsLeft = Math.max(0, steps - done)
    const { spent, left, again } = session.between ?? { spent: 0, left: 0, again: 0 }
    const ofSteps = this.#timeLeft.estimate(this.#watch.seconds - spent, done, stepsLeft)
    const secondsLeft = ofSteps === null ? null : ofSteps + left
    const secondsAgain = stepsLeft > 0 ? ((ofSteps ?? 0) / stepsLeft) * (session.stepsPerhaps ?? 0) + again : 0
    emit({ type: 'progress', epoch: session.epoch, step: session.step, fraction, secondsLeft, secondsAgain })
  }

  async #tellPreview(): Promise<void> {
    if (!this.#previews.isDue(previewEveryMs)) return
    const before = this.#clock()
    this.#parts.emit({ type: 'preview', preview: await this.#parts.session.preview() })
    this.#previews.rest((this.#clock() - before) / previewShare)
  }

  /** Writes a checkpoint of where the session stands and tells of it. */
  async #save(occasion: CheckpointOccasion): Promise<void> {
    const { session, checkpoints, run, emit } = this.#parts
    const snapshot = await session.snapshot()
    this.#requireSoundEngine()
    const bad = arrayNotFinite(snapshot)
    if (bad !== null) throw new NonFiniteLoss(session.step, `array ${bad}`, null)
    const { step, epoch } = session
    const seconds = this.#watch.seconds
    const checkpoint = await checkpoints.save(
      { step, epoch, seconds, rateHalved: this.#rateHalved, told: this.#told, run, snapshot },
      occasion,
    )
    this.#savedStep = step
    this.#dirty = false
    this.#stages.rest(stageCheckpointMs)
    emit({ type: 'checkpoint', checkpoint })
  }

  /** A checkpoint that cannot be written is no reason to stop: the one before stands, and the next may succeed. */
  async #saveOrWarn(occasion: CheckpointOccasion): Promise<void> {
    try {
      await this.#save(occasion)
    } catch (error) {
      this.#requireSoundEngine()
      if (error instanceof NonFiniteLoss) throw error
      const { message } = toErrorData(error)
      const kept = `The checkpoint at step ${this.#savedStep ?? 0} is kept, training goes on.`
      this.#parts.emit({ type: 'log', level: 'warning', message: `${message} ${kept}` })
    }
  }

  async #pause(): Promise<void> {
    const { control, emit } = this.#parts
    this.#watch.stop()
    // A paused run may stay so for days: nothing should be lost if the machine is switched off meanwhile.
    if (this.#dirty) await this.#saveOrWarn(midEpoch)
    await standStill(control, emit)
    this.#watch.go()
  }

  /**
   * For work that is longer than a person waits, between its parts. A pause in the midst of a step saves nothing: the last
   * checkpoint stands. Throws LeftOff where a result is being read that the person no longer waits for.
   */
  async breathe(): Promise<void> {
    if (this.#clock() - this.#breathed < breatheEveryMs) return
    await setImmediate()
    this.#breathed = this.#clock()
    const { control, emit } = this.#parts
    if (control.wish === 'pause') {
      this.#watch.stop()
      await standStill(control, emit)
      this.#watch.go()
    }
    if (this.#finished && control.wish === 'interrupt') throw new LeftOff()
  }

  async #interrupt(): Promise<TrainingEnd> {
    if (this.#dirty) {
      try {
        await this.#save(midEpoch)
      } catch (error) {
        if (error instanceof NonFiniteLoss) throw error
        const { message, hint, details } = toErrorData(error)
        const kept = `The run was interrupted; its last checkpoint is at step ${this.#savedStep ?? 0}.`
        throw failed(`${message} ${kept}`, hint, details, error)
      }
    }
    return { kind: 'interrupted', step: this.#savedStep ?? 0 }
  }

  /** Back to the last good checkpoint with half the learning rate; the second time the run fails. */
  async #recover(loss: NonFiniteLoss): Promise<void> {
    const { session, checkpoints, emit } = this.#parts
    const { checkpoint } = await checkpoints.newestGood()
    if (this.#rateHalved || checkpoint === null) throw lossNeverFinite(loss, this.#rateHalved)
    await session.restore(checkpoint.snapshot)
    session.halveLearningRate()
    this.#rateHalved = true
    this.#dirty = true
    const back = `Back to step ${checkpoint.step} with half the learning rate.`
    emit({ type: 'log', level: 'warning', message: `${loss.message.replace(/^t/, 'T')}. ${back}` })
  }
}
