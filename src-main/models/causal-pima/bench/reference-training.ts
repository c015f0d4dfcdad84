/** Training of the reference network, one batch again and again, on one thread or several. */
import * as tf from '@tensorflow/tfjs-core'
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import type { AdamState } from '../../../compute/adam.ts'
import { adamStep } from '../../../compute/adam-step.ts'
import { DataParallel } from '../../../compute/data-parallel/data-parallel.ts'
import type { Replica } from '../../../compute/data-parallel/replica.ts'
import * as network from './reference-network.ts'

const learningRate = 1e-3

export interface ReferenceTraining {
  /** Numbers that training moves. */
  readonly parameters: number
  /** One step; the loss, the negative ELBO per sample before it, stays on the engine unless asked for. */
  step(): Promise<void>
  loss(): Promise<number>
  dispose(): Promise<void>
}

function count({ parameters }: Replica<network.ReferencePart>): number {
  return Array.from(parameters.values()).reduce((sum, { size }) => sum + size, 0)
}

/** The wasm engine, or any other with one thread, must be open. */
export async function openReferenceTraining(batch: number, threads = 1): Promise<ReferenceTraining> {
  return threads === 1 ? new OneThread(batch) : ManyThreads.open(batch, threads)
}

class OneThread implements ReferenceTraining {
  readonly #batch: number
  readonly #noise = RandomStream.of(0, 'reference noise')
  readonly #replica: Replica<network.ReferencePart>
  readonly #states: ReadonlyMap<string, AdamState>
  #steps = 0

  constructor(batch: number) {
    this.#batch = batch
    this.#replica = network.createReplica({ batch })
    const zeros = (shape: number[]): tf.Variable => tf.tidy(() => tf.variable(tf.zeros(shape), false))
    this.#states = new Map(
      Array.from(this.#replica.parameters, ([name, parameter]) => {
        return [name, { parameter, first: zeros(parameter.shape), second: zeros(parameter.shape) }] as const
      }),
    )
  }

  get parameters(): number {
    return count(this.#replica)
  }

  #gradients() {
    const noise = this.#noise.normals(this.#batch * network.latent)
    return this.#replica.gradients({ first: 0, rows: this.#batch, noise }, (means) => means)
  }

  step(): Promise<void> {
    this.#steps++
    const { gradients, terms } = this.#gradients()
    for (const [name, state] of this.#states) adamStep(state, gradients[name]!, { learningRate, step: this.#steps })
    tf.dispose([Object.values(gradients), terms])
    return Promise.resolve()
  }

  async loss(): Promise<number> {
    const { gradients, terms } = this.#gradients()
    const [loss] = await terms.data<'float32'>()
    tf.dispose([Object.values(gradients), terms])
    return loss!
  }

  dispose(): Promise<void> {
    for (const { first, second } of this.#states.values()) tf.dispose([first, second])
    this.#replica.dispose()
    return Promise.resolve()
  }
}

class ManyThreads implements ReferenceTraining {
  readonly #batch: number
  readonly #noise = RandomStream.of(0, 'reference noise')
  readonly #parallel: DataParallel<network.ReferencePart>
  #steps = 0

  private constructor(batch: number, parallel: DataParallel<network.ReferencePart>) {
    this.#batch = batch
    this.#parallel = parallel
  }

  static async open(batch: number, threads: number): Promise<ManyThreads> {
    const url = new URL('./reference-network.ts', import.meta.url)
    const replica = network.createReplica({ batch })
    return new ManyThreads(batch, await DataParallel.open({ threads, replica, url, init: { batch } }))
  }

  get parameters(): number {
    return count(this.#parallel.replica)
  }

  async #step(rate: number): Promise<number> {
    const { threads } = this.#parallel
    const noise = this.#noise.normals(this.#batch * network.latent)
    const bounds = Array.from({ length: threads + 1 }, (_, t) => Math.round((t * this.#batch) / threads))
    const parts = bounds.slice(1).map((end, t) => {
      const first = bounds[t]!
      return { first, rows: end - first, noise: noise.slice(first * network.latent, end * network.latent) }
    })
    const update = { learningRate: rate, step: this.#steps }
    const updates = new Map(Array.from(this.#parallel.replica.parameters.keys(), (name) => [name, update] as const))
    const shares = parts.map(({ rows }) => rows / this.#batch)
    return (await this.#parallel.step(parts, shares, rate === 0 ? new Map() : updates))[0]!
  }

  async step(): Promise<void> {
    this.#steps++
    await this.#step(learningRate)
  }

  loss(): Promise<number> {
    return this.#step(0)
  }

  async dispose(): Promise<void> {
    await this.#parallel.dispose()
    this.#parallel.replica.dispose()
  }
}
