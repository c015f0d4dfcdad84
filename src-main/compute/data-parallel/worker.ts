/** Entry of a worker thread: builds its replica, then steps whenever the main thread announces one. */
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import * as v from 'valibot'
import { toErrorData } from '../../../src-shared/errors.ts'
import { openEngine } from '../engine.ts'
import { type CompiledKernels, provideKernels } from '../wasm/kernel-module.ts'
import { Arena, type ArenaHandle, control } from './arena.ts'
import { AnotherThreadFailed, waitFor } from './barrier.ts'
import type { ReplicaModule, Update } from './replica.ts'
import { Thread } from './thread.ts'

export interface WorkerInit {
  readonly index: number
  /** URL of the module that exports `createReplica`. */
  readonly replica: string
  readonly init: unknown
  readonly arena: ArenaHandle
  readonly kernels: CompiledKernels
  /** Where steps are posted before they are announced. */
  readonly steps: MessagePort
}

/** What the main thread posts before it announces a step. Null in its place ends the thread. */
export interface Step {
  readonly part: unknown
  readonly updates: ReadonlyMap<string, Update>
  /** The main thread has changed the shared parameters since the last step. */
  readonly reload: boolean
}

// Both come from data-parallel.ts of the same program; the guards only tell a message from none.
const initSchema = v.custom<WorkerInit>((value) => typeof value === 'object' && value !== null && 'arena' in value)
const messageSchema = v.object({ message: v.nullable(v.custom<Step>((value) => typeof value === 'object')) })
const moduleSchema = v.object({
  createReplica: v.custom<ReplicaModule<unknown, unknown>['createReplica']>((value) => typeof value === 'function'),
})

async function work({ index, replica: url, init, arena: handle, kernels, steps }: WorkerInit): Promise<void> {
  provideKernels(kernels)
  await openEngine('wasm')
  const { createReplica } = v.parse(moduleSchema, await import(url))
  const arena = Arena.join(handle)
  const replica = await createReplica(init)
  const thread = new Thread(index, arena, replica)
  parentPort!.postMessage('ready')
  for (let step = 1; ; step++) {
    waitFor(arena.control, control.step, step)
    const { message } = v.parse(messageSchema, receiveMessageOnPort(steps))
    if (message === null) break
    const { part, updates, reload } = message
    if (reload) thread.load()
    try {
      thread.contribute(part, updates)
    } catch (error) {
      if (!(error instanceof AnotherThreadFailed)) parentPort!.postMessage(toErrorData(error))
    }
    waitFor(arena.control, control.arrived, (2 * step - 1) * arena.threads)
    thread.descend(updates)
    waitFor(arena.control, control.arrived, 2 * step * arena.threads)
    thread.load()
  }
  replica.dispose()
}

await work(v.parse(initSchema, workerData))
