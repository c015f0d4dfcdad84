/**
 * The host's side of training: one trainer process at a time, watched. Whatever becomes of the process, its run ends
 * with exactly one of 'done', 'interrupted' and 'failed', and the host goes on.
 */
import { fileURLToPath } from 'node:url'
import type { TrainerEvent, TrainJob } from '../../src-shared/domain/run.ts'
import { refused } from '../../src-shared/errors.ts'
import { newestCheckpointStep } from './checkpoint-folder.ts'
import { outOfMemoryKills, unexpectedEnd, type Verdict } from './exit-reason.ts'
import { type CommandMessage, type EventMessage, parseEvent, type TrainerAlive } from './messages.ts'
import { type ProcessExit, type Spawn, type SpawnedProcess, spawnNode } from './spawn.ts'

export type RunEnd = Extract<TrainerEvent, { type: 'done' | 'interrupted' | 'failed' }>

export interface SupervisorOptions {
  /** File of the trainer process; by default the one beside this file. */
  readonly entry?: string
  readonly spawn?: Spawn
  /** The trainer is ended when it takes more memory than this, MiB; null: no limit. */
  readonly memoryLimitMb?: number | null
  /** The trainer is ended after so long without a sign of life, its engine stuck; generous, for a step may be long. */
  readonly silenceMinutes?: number
}

export interface RunListener {
  /** Every event in order, the end included. */
  event(event: TrainerEvent): void
  /** The sign of life that comes every few seconds, with the memory in use. */
  alive?(alive: TrainerAlive): void
}

/** A process that has said its last word has so long to go. */
const graceMs = 10_000
/** Looks at silence so many times until its limit is reached. */
const looksPerSilence = 20

function isEnd(event: EventMessage): event is RunEnd {
  return event.type === 'done' || event.type === 'interrupted' || event.type === 'failed'
}

function trainerFile(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return fileURLToPath(new URL(`./trainer-process.${extension}`, import.meta.url))
}

/** A run whose trainer is at work. Commands to one that has ended do nothing. */
export class SupervisedRun {
  readonly job: TrainJob
  /** How the run ended; never rejects. Resolves when the process has gone too. */
  readonly ended: Promise<RunEnd>
  readonly #child: SpawnedProcess
  readonly #listener: RunListener
  readonly #memoryLimitMb: number | null
  readonly #silenceMinutes: number
  readonly #watch: NodeJS.Timeout
  #grace: NodeJS.Timeout | undefined
  readonly #killsBefore = outOfMemoryKills()
  #silentLooks = 0
  #step: number | null = null
  #verdict: Verdict | null = null
  #end: RunEnd | null = null
  #over = false

  constructor(job: TrainJob, listener: RunListener, options: Required<SupervisorOptions>) {
    this.job = job
    this.#listener = listener
    this.#memoryLimitMb = options.memoryLimitMb
    this.#silenceMinutes = options.silenceMinutes
    this.#child = options.spawn(options.entry, { heapLimitMb: options.memoryLimitMb, steady: true })
    this.#child.onMessage((message) => this.#hear(message))
    this.ended = new Promise((resolve) => {
      this.#child.onExit((exit) => void this.#bury(exit).then(resolve))
    })
    // Looks are counted, not time: a laptop that slept for hours has missed one look.
    this.#watch = setInterval(() => this.#look(), (options.silenceMinutes * 60_000) / looksPerSilence)
    this.#tell({ type: 'start', job })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** The process has gone: true before the listener hears of the end, so that it may start the next run. */
  get isOver(): boolean {
    return this.#over
  }

  pause(): void {
    this.#tell({ type: 'pause' })
  }

  continue(): void {
    this.#tell({ type: 'continue' })
  }

  /** Asks for a checkpoint and the end; the run then ends 'interrupted'. */
  interrupt(): void {
    this.#tell({ type: 'interrupt' })
  }

  /** At once: the run ends 'failed', to be resumed from its last checkpoint. */
  kill(): void {
    this.#endBy({ kind: 'killed' })
  }

  #tell(command: CommandMessage): void {
    this.#child.send(command)
  }

  #endBy(verdict: Verdict): void {
    this.#verdict ??= verdict
    this.#child.kill()
  }

  #hear(message: unknown): void {
    // Once it is to be ended for a reason, nothing it still says can change how the run ended.
    if (this.#end !== null || this.#verdict !== null) return
    this.#silentLooks = 0
    let event: EventMessage
    try {
      event = parseEvent(message)
    } catch (error) {
      this.#endBy({ kind: 'senseless', message: error instanceof Error ? error.message : String(error) })
      return
    }
    if (event.type === 'alive') {
      if (event.step > 0) this.#step = event.step
      this.#listener.alive?.(event)
      this.#weigh(event)
      return
    }
    if (event.type === 'progress') this.#step = event.step
    if (event.type === 'checkpoint') this.#step = event.checkpoint.step
    if (event.type === 'epoch') this.#step = event.metrics.step
    if (isEnd(event)) {
      this.#end = event
      clearInterval(this.#watch)
      this.#tell({ type: 'close' })
      this.#grace = setTimeout(() => this.#child.kill(), graceMs)
    } else {
      this.#listener.event(event)
    }
  }

  #weigh({ memory }: TrainerAlive): void {
    const rssMb = Math.round(memory.rss / 2 ** 20)
    if (this.#memoryLimitMb !== null && rssMb > this.#memoryLimitMb)
      this.#endBy({ kind: 'too-large', limitMb: this.#memoryLimitMb, rssMb })
  }

  #look(): void {
    this.#silentLooks++
    if (this.#silentLooks >= looksPerSilence) this.#endBy({ kind: 'hung', minutes: this.#silenceMinutes })
  }

  async #bury(exit: ProcessExit): Promise<RunEnd> {
    clearInterval(this.#watch)
    clearTimeout(this.#grace)
    this.#end ??= { type: 'failed', error: await this.#explain(exit) }
    this.#over = true
    this.#listener.event(this.#end)
    return this.#end
  }

  async #explain(exit: ProcessExit): Promise<Extract<RunEnd, { type: 'failed' }>['error']> {
    const kills = outOfMemoryKills()
    const systemOutOfMemory = kills !== null && this.#killsBefore !== null && kills > this.#killsBefore
    // Asked of the folder, not of the events: a checkpoint may stand whose event never came.
    const checkpointStep = await newestCheckpointStep(this.job.runFolder).catch(() => null)
    return unexpectedEnd({ exit, verdict: this.#verdict, systemOutOfMemory, step: this.#step, checkpointStep })
  }
}

export class RunSupervisor {
  readonly #options: Required<SupervisorOptions>
  #run: SupervisedRun | null = null

  constructor(options: SupervisorOptions = {}) {
    const { entry = trainerFile(), spawn = spawnNode, memoryLimitMb = null, silenceMinutes = 10 } = options
    this.#options = { entry, spawn, memoryLimitMb, silenceMinutes }
  }

  /** The run at work, null when there is none. */
  get run(): SupervisedRun | null {
    return this.#run === null || this.#run.isOver ? null : this.#run
  }

  /**
   * Starts a trainer for the job.
   *
   * @throws CausalscopeError `refused` while another run is at work: two would share the same cores and memory.
   */
  start(job: TrainJob, listener: RunListener): SupervisedRun {
    const before = this.run
    if (before !== null)
      throw refused(
        `Run ${before.job.runId} is still training.`,
        'Wait for its end or interrupt it, then start this one.',
        { run: before.job.runId },
      )
    this.#run = new SupervisedRun(job, listener, this.#options)
    return this.#run
  }
}
