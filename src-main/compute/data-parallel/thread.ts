/** One thread's part in a data-parallel step: the same on the main thread and on workers. */
import * as tf from '@tensorflow/tfjs-core'
import { own } from '../wasm/adam-step.ts'
import { WasmDevice } from '../wasm/device.ts'
import { type Arena, control, termRoom } from './arena.ts'
import { arrive, waitUnlessFailed } from './barrier.ts'
import type { Replica, Update } from './replica.ts'

export class Thread<Part> {
  readonly #index: number
  readonly #arena: Arena
  readonly #replica: Replica<Part>
  #combinations = 0

  constructor(index: number, arena: Arena, replica: Replica<Part>) {
    this.#index = index
    this.#arena = arena
    this.#replica = replica
    for (const [name, { size }] of arena.places)
      if (replica.parameters.get(name)?.size !== size) throw new Error(`The replicas differ in the parameter ${name}.`)
  }

  /** Leaves the gradient and the terms of `part` in this thread's slots, and arrives. */
  contribute(part: Part, updates: ReadonlyMap<string, Update>): void {
    try {
      this.#fillSlots(part, updates)
    } catch (error) {
      Atomics.store(this.#arena.control, control.failed, 1)
      throw error
    } finally {
      // Also after a failure: the others would wait for ever.
      arrive(this.#arena.control, control.arrived)
    }
  }

  #fillSlots(part: Part, updates: ReadonlyMap<string, Update>): void {
    const { gradients, terms } = this.#replica.gradients(part, (means) => this.#combine(means))
    const device = WasmDevice.of(tf.backend())
    for (const name of updates.keys()) {
      const slot = this.#arena.gradient(this.#index, name)
      const gradient = gradients[name]
      if (gradient === undefined) slot.fill(0)
      else slot.set(device.floats(gradient))
    }
    if (terms.size > termRoom) throw new Error(`${terms.size} terms do not fit into ${termRoom}.`)
    this.#arena.terms(this.#index).set(device.floats(terms))
    if (this.#index === 0) Atomics.store(this.#arena.control, control.terms, terms.size)
    tf.dispose([Object.values(gradients), terms])
  }

  #combine(means: readonly number[]): number[] {
    const arena = this.#arena
    const round = this.#combinations++
    arena.means(this.#index, round).set(means)
    arrive(arena.control, control.combined)
    waitUnlessFailed(arena.control, control.combined, (round + 1) * arena.threads, control.failed)
    const total = new Array<number>(means.length).fill(0)
    arena.weights.forEach((weight, thread) => {
      const part = arena.means(thread, round)
      for (let i = 0; i < total.length; i++) total[i]! += weight * part[i]!
    })
    return total
  }

  /** Once all gradients are there: moves this thread's share of the parameters, and arrives. */
  descend(updates: ReadonlyMap<string, Update>): void {
    if (Atomics.load(this.#arena.control, control.failed) === 0) this.#arena.descend(this.#index, updates)
    arrive(this.#arena.control, control.arrived)
  }

  /** Copies the shared parameters into the replica's. */
  load(): void {
    const device = WasmDevice.of(tf.backend())
    for (const [name, variable] of this.#replica.parameters) {
      own(device, variable)
      device.floats(variable).set(this.#arena.parameter(name))
    }
    arrive(this.#arena.control, control.loaded)
  }

  /** Copies the replica's parameters into the shared ones. */
  publish(): void {
    const device = WasmDevice.of(tf.backend())
    for (const [name, variable] of this.#replica.parameters) this.#arena.parameter(name).set(device.floats(variable))
  }
}
