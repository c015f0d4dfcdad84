/**
 * The life of a trainer process: it takes one job, answers commands while it works, gives a sign of life every few
 * seconds, and ends when the host has its last event, or when the host is gone and a checkpoint is written.
 */
import { toErrorData } from '../../src-shared/errors.ts'
import type { TrainerEvent, TrainJob } from '../../src-shared/domain/run.ts'
import type { TrainingSession } from '../models/session.ts'
import { type EventMessage, parseCommand, parseEvent, type TrainerMemory } from './messages.ts'
import type { ParentPort } from './parent-port.ts'
import { runJob, type TrainerParts } from './run-job.ts'
import { TrainingControl } from './training-control.ts'
import { explainOutOfMemory } from './out-of-memory.ts'

const aliveEveryMs = 2000

/** How long a trainer that has to go may take for its last step and checkpoint. */
const leaveWithinMs = 120_000

export class Trainer {
  readonly #port: ParentPort
  readonly #parts: TrainerParts
  readonly #exit: (code: number) => void
  readonly #control = new TrainingControl()
  #session: TrainingSession | null = null
  #job: Promise<void> | null = null

  /** `exit` ends the process. */
  constructor(port: ParentPort, parts: TrainerParts, exit: (code: number) => void) {
    this.#port = port
    this.#parts = parts
    this.#exit = exit
  }

  /** Starts to listen. */
  serve(): void {
    this.#port.onMessage((message) => this.#obey(message))
    this.#port.onClosed(() => this.leave())
    setInterval(() => this.#sendAlive(), aliveEveryMs).unref()
  }

  /** Ends after a checkpoint: the host is gone, or the system asks for it. */
  leave(): void {
    this.#control.interrupt()
    // Work that never comes to its next step (a stuck driver, say) must not outlive the host for ever.
    setTimeout(() => this.#exit(1), leaveWithinMs).unref()
    void (this.#job ?? Promise.resolve()).then(() => this.#exit(0))
  }

  /** Whatever was not foreseen: the host hears of it, and the process ends when the host has. */
  fail(error: unknown): void {
    this.#send({ type: 'failed', error: toErrorData(explainOutOfMemory(error)) })
  }

  #obey(message: unknown): void {
    const command = parseCommand(message)
    switch (command.type) {
      case 'start':
        this.#job ??= this.#work(command.job)
        break
      case 'pause':
        this.#control.pause()
        break
      case 'continue':
        this.#control.continue()
        break
      case 'interrupt':
        this.#control.interrupt()
        break
      case 'close':
        this.#exit(0)
        break
    }
  }

  async #work(job: TrainJob): Promise<void> {
    try {
      const end = await runJob(job, {
        parts: this.#parts,
        control: this.#control,
        emit: (event: TrainerEvent) => this.#send(event),
        onSession: (session) => {
          this.#session = session
        },
      })
      this.#send(end)
    } catch (error) {
      this.fail(error)
    }
  }

  #send(event: EventMessage): void {
    this.#port.send(parseEvent(event))
  }

  #sendAlive(): void {
    this.#send({ type: 'alive', step: this.#session?.step ?? 0, memory: this.#memory() })
  }

  #memory(): TrainerMemory {
    const { rss, heapUsed, external } = process.memoryUsage()
    // Before there is a session, the engine may not be open yet.
    const tensors = this.#session === null ? null : this.#parts.tensorMemory()
    return { rss, heapUsed, external, tensors: tensors?.tensors ?? null, tensorBytes: tensors?.bytes ?? null }
  }
}
