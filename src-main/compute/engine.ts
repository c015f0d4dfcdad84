/**
 * A tensor engine is a TensorFlow.js backend that was opened, probed and made the current one. Models are written once
 * against TensorFlow.js ops and never ask which engine they run on.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { EngineName } from '../../src-shared/domain/run.ts'
import { type CausalscopeError, failed, refused, toErrorData } from '../../src-shared/errors.ts'
import { loadGradients } from './gradients.ts'
import { type EngineEntry, engineEntries } from './registry.ts'
import { defaultThreads } from './threads.ts'

export interface EngineOptions {
  /** Threads for data-parallel training; only the wasm engine uses more than one. Default: `defaultThreads()`. */
  readonly threads?: number
  /** With `auto`: only engines that come after this one in the registry's order, because its device failed. */
  readonly after?: EngineName
}

export interface Engine {
  readonly name: EngineName
  /** The device and the code path, for the run's provenance: e.g. `WebAssembly SIMD, relaxed`. */
  readonly detail: string
  readonly threads: number
  /**
   * What has befallen the device, e.g. a GPU that was lost or is out of memory; null while all is well. GPUs tell of it
   * after the fact: ask between steps, and go on from the last checkpoint on another engine.
   */
  readonly fault?: () => CausalscopeError | null
  /** With `auto`: why engines that are present and come before this one could not be opened. */
  readonly passedOver?: readonly string[]
}

/** Makes an engine's backend the current one of this process. */
async function open(entry: EngineEntry): Promise<string> {
  // Otherwise every op validates its arguments again and the CPU backend advertises another package.
  tf.enableProdMode()
  await loadGradients()
  const detail = await entry.open()
  await tf.ready()
  return detail
}

/**
 * Opens the named engine, or with `auto` the first of the registry's order that is present and opens, and makes it the
 * current TensorFlow.js backend of this process.
 *
 * @throws CausalscopeError `refused` when the named engine is not present on this machine, with the reason;
 *   `failed` when it cannot be opened, or when `auto` finds none.
 */
export async function openEngine(name: EngineName | 'auto', options: EngineOptions = {}): Promise<Engine> {
  const threads = options.threads ?? defaultThreads()
  if (!Number.isInteger(threads) || threads < 1) {
    throw refused(`${threads} threads cannot be used.`, 'Give a whole number of threads, 1 or more.', {
      field: 'threads',
    })
  }
  const first = engineEntries.findIndex((entry) => entry.name === options.after) + 1
  const passedOver: string[] = []
  for (const entry of engineEntries.slice(first)) {
    if (name !== 'auto' && entry.name !== name) continue
    const presence = await entry.probe()
    if (!presence.present || (name === 'auto' && presence.software)) {
      if (name === 'auto') continue
      const reason = presence.present ? '' : presence.reason
      throw refused(`The engine ${name} is not available here: ${reason}`, 'Run `causalscope engines` for the others.')
    }
    try {
      const detail = await open(entry)
      return { name: entry.name, detail, threads: entry.threaded ? threads : 1, fault: entry.fault, passedOver }
    } catch (error) {
      if (name !== 'auto') throw error
      passedOver.push(`The engine ${entry.name} could not be opened: ${toErrorData(error).message}`)
    }
  }
  if (options.after !== undefined)
    throw failed(
      [`No other engine comes after ${options.after} on this machine.`, ...passedOver].join(' '),
      'Run `causalscope engines` to see all.',
    )
  throw failed(
    ['No tensor engine could be opened.', ...passedOver].join(' '),
    'Install the program again: even the plain engine is missing.',
  )
}
