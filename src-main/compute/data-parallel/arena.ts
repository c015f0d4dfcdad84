/**
 * The memory that the threads share. In floats: parameters, Adam's two running means, one gradient slot a thread, one
 * row of terms a thread, the threads' weights; and 32-bit control words beside it.
 */
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { adamRates } from '../adam.ts'
import { type Kernel, kernel, kernelFile } from '../../kernels/compiled.ts'
import type { Moments, Update } from './replica.ts'

/** Room for the terms that a part reports, and for means that threads combine where nothing else is asked for. */
export const termRoom = 256

export interface Parameter {
  readonly name: string
  readonly size: number
}

export interface ArenaLayout {
  readonly threads: number
  readonly parameters: readonly Parameter[]
  /** Most numbers that threads combine at once; default `termRoom`. */
  readonly combined?: number
}

/** What a thread needs to see the same arena; travels by structured clone. */
export interface ArenaHandle {
  readonly layout: ArenaLayout
  readonly memory: WebAssembly.Memory
  readonly control: SharedArrayBuffer
}

/**
 * Control words: a step is announced, threads arrive at barriers, have loaded parameters, have left means to combine; some
 * thread has failed; how many terms a part reports.
 */
export const control = { step: 0, arrived: 1, loaded: 2, combined: 3, failed: 4, terms: 5, words: 8 } as const

const schema = v.object({ adam: kernel<10>(), sumSlots: kernel<6>() })

/** Parameters begin at multiples of 16 floats: no two share a cache line, and kernels may run over whole vectors. */
const aligned = (floats: number): number => Math.ceil(floats / 16) * 16

interface Place extends Parameter {
  readonly offset: number
}

export class Arena {
  readonly handle: ArenaHandle
  readonly control: Int32Array
  readonly places: ReadonlyMap<string, Place>
  readonly #floats: Float32Array
  readonly #total: number
  readonly #kernels: { adam: Kernel<10>; sumSlots: Kernel<6> }

  private constructor(handle: ArenaHandle) {
    this.handle = handle
    this.control = new Int32Array(handle.control)
    const places = new Map<string, Place>()
    let offset = 0
    for (const { name, size } of handle.layout.parameters) {
      places.set(name, { name, size, offset })
      offset += aligned(size)
    }
    this.places = places
    this.#total = offset
    this.#floats = new Float32Array(handle.memory.buffer)
    const module = new WebAssembly.Module(readFileSync(kernelFile('shared')))
    this.#kernels = v.parse(schema, new WebAssembly.Instance(module, { env: { memory: handle.memory } }).exports)
  }

  static create(layout: ArenaLayout): Arena {
    const total = layout.parameters.reduce((sum, { size }) => sum + aligned(size), 0)
    const combined = layout.combined ?? termRoom
    const floats = total * (3 + layout.threads) + (termRoom + 2 * combined + 1) * layout.threads + 16
    const pages = Math.ceil((floats * 4) / 65536)
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
    return new Arena({ layout, memory, control: new SharedArrayBuffer(control.words * 4) })
  }

  static join(handle: ArenaHandle): Arena {
    return new Arena(handle)
  }

  get threads(): number {
    return this.handle.layout.threads
  }

  #view(start: number, size: number): Float32Array {
    return this.#floats.subarray(start, start + size)
  }

  #place(name: string): Place {
    const place = this.places.get(name)
    if (place === undefined) throw new Error(`There is no parameter ${name}.`)
    return place
  }

  parameter(name: string): Float32Array {
    const { offset, size } = this.#place(name)
    return this.#view(offset, size)
  }

  moments(name: string): Moments {
    const { offset, size } = this.#place(name)
    return { first: this.#view(this.#total + offset, size), second: this.#view(2 * this.#total + offset, size) }
  }

  /** Where `thread` leaves its gradient of a parameter. */
  gradient(thread: number, name: string): Float32Array {
    const { offset, size } = this.#place(name)
    return this.#view((3 + thread) * this.#total + offset, size)
  }

  /** Where `thread` leaves its terms. */
  terms(thread: number): Float32Array {
    return this.#view((3 + this.threads) * this.#total + thread * termRoom, termRoom)
  }

  /** Where `thread` leaves the means of its `round`th combination; two take turns, for threads that are still reading. */
  means(thread: number, round: number): Float32Array {
    const start = this.#meansAt + (round % 2) * this.threads * this.#combined
    return this.#view(start + thread * this.#combined, this.#combined)
  }

  /** Each thread's share of the batch. */
  get weights(): Float32Array {
    return this.#view(this.#weightsAt, this.threads)
  }

  get #combined(): number {
    return this.handle.layout.combined ?? termRoom
  }

  get #meansAt(): number {
    return (3 + this.threads) * this.#total + this.threads * termRoom
  }

  get #weightsAt(): number {
    return this.#meansAt + 2 * this.threads * this.#combined
  }

  /**
   * Sums the gradients of `thread`'s share of the parameters and moves those one step of Adam. Shares are cut by position,
   * whatever parameter lies there, so that threads have equal work.
   */
  descend(thread: number, updates: ReadonlyMap<string, Update>): void {
    const total = this.#total
    const share = aligned(Math.ceil(total / this.threads))
    const [from, to] = [Math.min(total, thread * share), Math.min(total, (thread + 1) * share)]
    if (to === from) return
    const slots = 3 * total * 4
    for (const { name, offset, size } of this.places.values()) {
      const update = updates.get(name)
      if (update === undefined) continue
      const [start, end] = [Math.max(from, offset), Math.min(to, offset + size)]
      if (end <= start) continue
      // A share may end inside a parameter but never inside a cache line; the padding after a parameter is all zeros.
      this.#kernels.sumSlots(slots, total, this.threads, this.#weightsAt * 4, start, aligned(end - start))
      const { rate, beta1, beta2, scale, epsilon } = adamRates(update)
      this.#kernels.adam(
        start * 4,
        slots + start * 4,
        (total + start) * 4,
        (2 * total + start) * 4,
        end - start,
        rate,
        beta1,
        beta2,
        scale,
        epsilon,
      )
    }
  }
}
