/** Asking a finished run's model: one process is kept ready for the run last asked about. */
import { fileURLToPath } from 'node:url'
import { CausalscopeError, failed, refused } from '../../src-shared/errors.ts'
import type { LatentPosterior, Prediction } from '../models/inference.ts'
import { runFolder } from '../project/folders.ts'
import { packFor } from '../project/packs.ts'
import { contentOf } from '../project/preparations.ts'
import type { ReadableProject } from '../project/project.ts'
import { readRunRecord } from '../project/runs.ts'
import {
  type EncodeQuestion,
  type InferenceReply,
  type InferenceRequest,
  parseReply,
  type Question,
  type TrainedModel,
  type ValueQuestion,
} from '../training/inference-messages.ts'
import { lastWords } from '../training/ask-once.ts'
import { type Spawn, type SpawnedProcess, spawnNode } from '../training/spawn.ts'

function processFile(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return fileURLToPath(new URL(`../training/inference-process.${extension}`, import.meta.url))
}

const closedProject = (): Error => refused('The project was closed.')

type Answer = Exclude<InferenceReply, { type: 'error' }>

interface Waiting {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
}

/** A process with one model in it. */
class ModelProcess {
  readonly #child: SpawnedProcess
  readonly #model: TrainedModel
  readonly #waiting = new Map<number, Waiting>()
  #asked = 0
  #over = false

  constructor(model: TrainedModel, spawn: Spawn) {
    this.#model = model
    this.#child = spawn(processFile(), { heapLimitMb: null })
    this.#child.onMessage((message) => this.#hear(message))
    this.#child.onExit((exit) => {
      this.#over = true
      this.#giveUp(
        failed(
          `The process that asks the model ended unexpectedly. ${lastWords(exit)}`.trim(),
          'Ask again; if it happens again, train the run again.',
        ),
      )
    })
  }

  get isOver(): boolean {
    return this.#over
  }

  /** Aborting gives this question up; the process ends when it was the only one, for it may be long at work on it. */
  async ask(question: Question, signal: AbortSignal): Promise<Answer> {
    const id = ++this.#asked
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.#waiting.set(id, { resolve, reject })
    const cancel = (): void => {
      const cancelled = refused('Cancelled.')
      this.#waiting.delete(id)
      reject(cancelled)
      if (this.#waiting.size === 0) this.end(cancelled)
    }
    signal.addEventListener('abort', cancel, { once: true })
    this.#child.send({ id, model: this.#model, question } satisfies InferenceRequest)
    try {
      return await promise
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }

  end(why: Error): void {
    this.#over = true
    this.#giveUp(why)
    this.#child.kill()
  }

  #hear(message: unknown): void {
    const reply = parseReply(message)
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if (reply.type === 'error') waiting?.reject(new CausalscopeError(reply.error))
    else waiting?.resolve(reply)
  }

  #giveUp(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

/** The process of one run, from the moment it is wanted. */
interface Model {
  readonly runId: number
  readonly process: Promise<ModelProcess>
  /** Once it is there. */
  ready: ModelProcess | null
  /** Questions that wait for it or for its answer. */
  questions: number
}

export class ModelQuestions {
  readonly #project: ReadableProject
  readonly #spawn: Spawn
  /** Of the run last asked about. One that another has followed goes with its last answer. */
  #model: Model | null = null
  readonly #models = new Set<Model>()
  #closed = false

  constructor(project: ReadableProject, spawn: Spawn = spawnNode) {
    this.#project = project
    this.#spawn = spawn
  }

  /**
   * Every modality that the run used, [k, ...shape] in stored scale. Questions to one run are answered one after the
   * other. Throws `refused` while the run is not done.
   */
  async ask(runId: number, question: ValueQuestion, signal: AbortSignal): Promise<readonly Prediction[]> {
    const answer = await this.#ask(runId, question, signal)
    if (answer.type !== 'answer') throw new Error('a question for values was not answered with values')
    return answer.predictions
  }

  /** What encoders say of the latent points of samples, each [k, latent]. Throws as `ask` does. */
  async encode(runId: number, question: EncodeQuestion, signal: AbortSignal): Promise<LatentPosterior> {
    const answer = await this.#ask(runId, question, signal)
    if (answer.type !== 'encoded') throw new Error('a question for latent points was not answered with them')
    return { mean: answer.mean, sd: answer.sd }
  }

  async #ask(runId: number, question: Question, signal: AbortSignal): Promise<Answer> {
    const model = this.#modelOf(runId)
    model.questions++
    try {
      const process = await model.process
      signal.throwIfAborted()
      return await process.ask(question, signal)
    } finally {
      model.questions--
      this.#letGo()
    }
  }

  /** Lets go of the processes there are. */
  close(): void {
    this.#closed = true
    this.#model = null
    for (const { process } of this.#models)
      process.then(
        (started) => started.end(closedProject()),
        () => undefined,
      )
    this.#models.clear()
  }

  #modelOf(runId: number): Model {
    const before = this.#model
    if (before?.runId === runId && before.ready?.isOver !== true) return before
    const model: Model = { runId, process: this.#start(runId), ready: null, questions: 0 }
    this.#model = model
    this.#models.add(model)
    model.process.then(
      (process) => (model.ready = process),
      () => {
        this.#models.delete(model)
        if (this.#model === model) this.#model = null
      },
    )
    this.#letGo()
    return model
  }

  /** Ends the processes that nobody asks any more. */
  #letGo(): void {
    for (const model of this.#models) {
      if (model === this.#model || model.questions > 0) continue
      model.ready?.end(refused('Another run was asked.'))
      if (model.ready !== null) this.#models.delete(model)
    }
  }

  async #start(runId: number): Promise<ModelProcess> {
    if (this.#closed) throw closedProject()
    const { database, file } = this.#project
    const record = readRunRecord(database, runId)
    const { summary: run } = record
    if (run.status !== 'done')
      throw refused(`${run.name} is ${run.status}: only a finished run's model can be asked.`, '', {
        id: String(runId),
      })
    const { packFile, sha256 } = await packFor(database, run.datasetId, contentOf(database, record))
    return new ModelProcess(
      {
        method: run.method,
        packFile,
        packSha256: sha256,
        runFolder: runFolder(file, runId),
        config: run.config,
        seed: run.seed,
        engine: run.engine ?? 'auto',
      },
      this.#spawn,
    )
  }
}
