/**
 * Training on several threads: each computes the gradient of its part of a batch on a replica of its own, the gradients
 * are summed in the order of the threads, and each thread moves its share of the parameters one step of Adam. The result
 * depends on the number of threads in its last digits, and on nothing else; over the steps of a run these digits grow.
 */
import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { type ErrorData, failed } from '../../../src-shared/errors.ts'
import { compiledKernels } from '../wasm/kernel-module.ts'
import { Arena, control } from './arena.ts'
import { AnotherThreadFailed, waitOnMain } from './barrier.ts'
import type { Moments, Replica, Update } from './replica.ts'
import { Thread } from './thread.ts'
import type { Step, WorkerInit } from './worker.ts'

export interface DataParallelOptions<Init, Part> {
  readonly threads: number
  /** The replica of this thread; it stays the caller's. */
  readonly replica: Replica<Part>
  /** Where worker threads find the module that makes theirs (`ReplicaModule`), and what they make them from. */
  readonly url: URL
  readonly init: Init
  /** Most numbers that threads combine at once; a few hundred by default. */
  readonly combined?: number
}

interface Member {
  readonly worker: Worker
  readonly steps: MessagePort
  /** Why the worker is no more, once it is. */
  gone: Error | null
}

export class DataParallel<Part> {
  /** The main thread's: its parameters are always the current ones. */
  readonly replica: Replica<Part>
  readonly #arena: Arena
  readonly #thread: Thread<Part>
  readonly #members: readonly Member[]
  readonly #errors: ErrorData[] = []
  #steps = 0
  #loads = 0
  #changed = true
  #broken = false

  private constructor(replica: Replica<Part>, arena: Arena, members: readonly Member[]) {
    this.replica = replica
    this.#arena = arena
    this.#members = members
    this.#thread = new Thread(0, arena, replica)
    for (const member of members) {
      member.worker.on('message', (message: ErrorData) => this.#errors.push(message))
      member.worker.on('error', (error) => (member.gone = error instanceof Error ? error : new Error(String(error))))
      member.worker.on('exit', (code) => (member.gone ??= new Error(`a worker thread ended with code ${code}`)))
    }
  }

  /** Builds the workers' replicas; the wasm engine must be open on this thread. */
  static async open<Init, Part>(options: DataParallelOptions<Init, Part>): Promise<DataParallel<Part>> {
    const { replica } = options
    const parameters = Array.from(replica.parameters, ([name, { size }]) => ({ name, size }))
    const { threads, combined } = options
    const arena = Arena.create({ threads, parameters, ...(combined === undefined ? {} : { combined }) })
    const members: Member[] = []
    for (let index = 1; index < options.threads; index++) {
      const { port1, port2 } = new MessageChannel()
      const workerData: WorkerInit = {
        index,
        replica: options.url.href,
        init: options.init,
        arena: arena.handle,
        kernels: compiledKernels(),
        steps: port2,
      }
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData, transferList: [port2] })
      members.push({ worker, steps: port1, gone: null })
    }
    // Once rejects when a worker fails before it is ready.
    await Promise.all(members.map(({ worker }) => once(worker, 'message')))
    return new DataParallel(replica, arena, members)
  }

  get threads(): number {
    return this.#arena.threads
  }

  /**
   * One step: `parts[t]` is the part of thread t and `weights[t]` its share of the batch's rows. Parameters that `updates`
   * does not name stay as they are.
   * @returns the weighted sum of the parts' terms
   */
  async step(
    parts: readonly Part[],
    weights: readonly number[],
    updates: ReadonlyMap<string, Update>,
  ): Promise<Float32Array> {
    const { threads } = this.#arena
    if (parts.length !== threads || weights.length !== threads)
      throw new Error(`${threads} threads need as many parts and weights.`)
    try {
      await this.#step(parts, weights, updates)
    } catch (error) {
      this.#broken = true
      if (error instanceof AnotherThreadFailed) return await this.#explain()
      throw error
    }
    return this.#sumTerms(weights)
  }

  async #step(parts: readonly Part[], weights: readonly number[], updates: ReadonlyMap<string, Update>): Promise<void> {
    const { control: words, threads } = this.#arena
    const reload = this.#changed
    if (reload) await this.#shareParameters()
    this.#arena.weights.set(weights)
    this.#steps++
    this.#members.forEach(({ steps }, i) => {
      steps.postMessage({ part: parts[i + 1], updates, reload } satisfies Step)
    })
    Atomics.store(words, control.step, this.#steps)
    Atomics.notify(words, control.step)
    if (reload) this.#loads += threads - 1
    this.#thread.contribute(parts[0]!, updates)
    await this.#wait(control.arrived, (2 * this.#steps - 1) * threads)
    this.#thread.descend(updates)
    await this.#wait(control.arrived, 2 * this.#steps * threads)
    if (Atomics.load(words, control.failed) !== 0) await this.#explain()
    this.#thread.load()
    this.#loads += threads
  }

  /** To be called after writing to the main replica's parameters: the next step then starts from them on all threads. */
  parametersChanged(): void {
    this.#changed = true
  }

  /** Adam's running means of a parameter, in place. */
  moments(name: string): Moments {
    return this.#arena.moments(name)
  }

  async dispose(): Promise<void> {
    this.#steps++
    for (const { steps } of this.#members) steps.postMessage(null)
    Atomics.store(this.#arena.control, control.step, this.#steps)
    Atomics.notify(this.#arena.control, control.step)
    // A thread that waits for one that failed would never read the farewell.
    const alive = this.#members.filter(({ gone }) => gone === null)
    await Promise.all(alive.map(({ worker }) => (this.#broken ? worker.terminate() : once(worker, 'exit'))))
    for (const { steps } of this.#members) steps.close()
  }

  async #shareParameters(): Promise<void> {
    // A worker may still be reading the parameters of the last step.
    await this.#wait(control.loaded, this.#loads)
    this.#thread.publish()
    this.#changed = false
  }

  #wait(word: number, target: number): Promise<void> {
    return waitOnMain(this.#arena.control, word, target, () => {
      const lost = this.#members.find(({ gone }) => gone !== null)
      if (lost !== undefined)
        throw failed('A worker thread of the training ended.', 'Use fewer threads or smaller batches.', {}, lost.gone)
    })
  }

  /** A part failed: passes its reason on. */
  async #explain(): Promise<never> {
    for (;;) {
      const error = this.#errors.shift()
      if (error !== undefined) throw failed(error.message, error.hint, error.details)
      await nextTurn()
    }
  }

  #sumTerms(weights: readonly number[]): Float32Array {
    const terms = new Float32Array(Atomics.load(this.#arena.control, control.terms))
    weights.forEach((weight, thread) => {
      const part = this.#arena.terms(thread)
      for (let i = 0; i < terms.length; i++) terms[i]! += weight * part[i]!
    })
    return terms
  }
}
