/** One question to a process of its own, which is gone once it is answered, given up or failed. */
import { refused } from '../../src-shared/errors.ts'
import type { ProcessExit, Spawn, SpawnOptions } from './spawn.ts'

export interface Asking<T> {
  readonly spawn: Spawn
  readonly options: SpawnOptions
  /** What the process is told; one that knows without begins by itself. */
  readonly job?: () => object
  /** The answer, undefined while it is none yet; throws what the process says went wrong. */
  readonly hear: (message: unknown) => T | undefined
  /** Why there is no answer where the process ended without. */
  readonly endedEarly: (exit: ProcessExit) => Error
  /** Aborting ends the process at once. */
  readonly signal?: AbortSignal
  readonly patience?: { readonly milliseconds: number; readonly tooLong: () => Error }
}

/** Throws `refused` when it is given up, before or after the process has begun. */
export async function askOnce<T>(entry: string, asking: Asking<T>): Promise<T> {
  const { spawn, options, job, hear, endedEarly, signal, patience } = asking
  if (signal?.aborted === true) throw refused('Cancelled.')
  const child = spawn(entry, options)
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  // The process ends after the answer as well, and when nobody waits any more: that is no rejection that nobody hears.
  promise.catch(() => undefined)
  child.onMessage((message) => {
    try {
      const answer = hear(message)
      if (answer !== undefined) resolve(answer)
    } catch (error) {
      reject(error)
    }
  })
  child.onExit((exit) => reject(endedEarly(exit)))
  const cancel = (): void => reject(refused('Cancelled.'))
  signal?.addEventListener('abort', cancel, { once: true })
  const timer = patience === undefined ? undefined : setTimeout(() => reject(patience.tooLong()), patience.milliseconds)
  try {
    if (job !== undefined) child.send(job())
    return await promise
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
    child.kill()
  }
}

/** The last line that a process wrote to its standard error. */
export function lastWords({ stderr }: ProcessExit): string {
  const trimmed = stderr.trim()
  return trimmed.slice(trimmed.lastIndexOf('\n') + 1)
}
