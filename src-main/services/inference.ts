/** Asking a finished run's model: one process is kept ready for the run last asked about. */
import { fileURLToPath } from 'node:url'
import { CausalscopeError, failed, refused } from '../../src-shared/errors.ts'
import type { Prediction } from '../models/inference.ts'
import { runFolder } from '../project/folders.ts'
import { packFor } from '../project/packs.ts'
import type { ReadableProject } from '../project/project.ts'
import { readRun } from '../project/runs.ts'
import { type InferenceRequest, parseReply, type Question, type TrainedModel } from '../training/inference-messages.ts'
import { type Spawn, type SpawnedProcess, spawnNode } from '../training/spawn.ts'

function processFile(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return fileURLToPath(new URL(`../training/inference-process.${extension}`, import.meta.url))
}

function lastLine(text: string): string {
  const trimmed = text.trim()
  return trimmed.slice(trimmed.lastIndexOf('\n') + 1)
}

interface Waiting {
  readonly resolve: (predictions: readonly Prediction[]) => void
  readonly reject: (error: Error) => void
}

/** A process with one model in it. */
class ModelProcess {
  readonly runId: number
  readonly #child: SpawnedProcess
  readonly #model: TrainedModel
  readonly #waiting = new Map<number, Waiting>()
  #asked = 0
  #over = false

  constructor(runId: number, model: TrainedModel, spawn: Spawn) {
    this.runId = runId
    this.#model = model
    this.#child = spawn(processFile(), { heapLimitMb: null })
    this.#child.onMessage((message) => this.#hear(message))
    this.#child.onExit(({ stderr }) => {
      this.#over = true
      this.#giveUp(
        failed(
          `The process that asks the model ended unexpectedly. ${lastLine(stderr)}`.trim(),
          'Ask again; if it happens again, train the run again.',
        ),
      )
    })
  }

  get isOver(): boolean {
    return this.#over
  }

  ask(question: Question): Promise<readonly Prediction[]> {
    const id = ++this.#asked
    const { promise, resolve, reject } = Promise.withResolvers<readonly Prediction[]>()
    this.#waiting.set(id, { resolve, reject })
    this.#child.send({ id, model: this.#model, question } satisfies InferenceRequest)
    return promise
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
    if (reply.type === 'answer') waiting?.resolve(reply.predictions)
    else waiting?.reject(new CausalscopeError(reply.error))
  }

  #giveUp(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

export class ModelQuestions {
  readonly #project: ReadableProject
  readonly #spawn: Spawn
  #process: ModelProcess | null = null

  constructor(project: ReadableProject, spawn: Spawn = spawnNode) {
    this.#project = project
    this.#spawn = spawn
  }

  /**
   * Every modality that the run used, [k, ...shape] in stored scale. Aborting ends the process: the next question starts
   * another. Throws `refused` while the run is not done.
   */
  async ask(runId: number, question: Question, signal: AbortSignal): Promise<readonly Prediction[]> {
    const process = await this.#processFor(runId)
    signal.throwIfAborted()
    const cancel = (): void => process.end(refused('Cancelled.'))
    signal.addEventListener('abort', cancel, { once: true })
    try {
      return await process.ask(question)
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }

  /** Lets go of the process, if there is one. */
  close(): void {
    this.#process?.end(refused('The project was closed.'))
    this.#process = null
  }

  async #processFor(runId: number): Promise<ModelProcess> {
    if (this.#process !== null && !this.#process.isOver && this.#process.runId === runId) return this.#process
    const { database, file } = this.#project
    const run = readRun(database, runId)
    if (run.status !== 'done')
      throw refused(`${run.name} is ${run.status}: only a finished run's model can be asked.`, '', {
        id: String(runId),
      })
    const { packFile, sha256 } = await packFor(database, run.datasetId)
    this.#process?.end(refused('Another run was asked.'))
    this.#process = new ModelProcess(
      runId,
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
    return this.#process
  }
}
