/**
 * A session small enough to know by heart: momentum descent on a quadratic, a few weights a step, with noise from a
 * seeded stream. Its checkpoint is as large as `size` says, its numbers depend on every step before.
 */
import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import * as v from 'valibot'
import { type Advance, NonFiniteLoss, type SessionResult, type Snapshot } from '../../../src-main/models/session.ts'
import type { TrainingSession, Work, WorkBetween } from '../../../src-main/models/session.ts'
import type { SessionRequest } from '../../../src-main/models/method.ts'
import type { Provenance, TrainingPreview } from '../../../src-shared/domain/run.ts'
import { type CausalPimaBody, scoreKind } from '../../../src-shared/methods/causal-pima/result.ts'
import { sampleArrays } from '../example-result.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

const touched = 256
const latent = 2

export const fakeConfigSchema = v.object({
  epochs: v.optional(v.number(), 4),
  stepsPerEpoch: v.optional(v.number(), 10),
  /** Weights; a checkpoint holds as many velocities too. */
  size: v.optional(v.number(), 1000),
  /** The loss is NaN at these steps as long as the learning rate is above `safeRate`. */
  nanAt: v.optional(v.array(v.number()), []),
  safeRate: v.optional(v.number(), 0),
  /** The weights turn NaN at this step with a loss that is still finite. */
  spoilAt: v.optional(v.number(), -1),
  /** Best epochs; every epoch is better than the one before when absent. */
  best: v.optional(v.array(v.number())),
  stopAfterEpoch: v.optional(v.number(), Infinity),
  /** At this step nothing goes on until the file is there; a stage is told meanwhile. */
  hold: v.optional(v.object({ step: v.number(), until: v.string() })),
  /** Work of so many parts is done at this step. */
  parts: v.optional(v.object({ step: v.number(), count: v.number() })),
  /** The parts are work of so many steps, counted beside these. */
  besides: v.optional(v.number()),
  /** Each part takes so many seconds that are none of steps. */
  partSeconds: v.optional(v.number(), 0),
  /** Steps that may come on top until the parts are done. */
  perhaps: v.optional(v.number(), 0),
  throwAt: v.optional(v.object({ step: v.number(), message: v.string() })),
  /** From this step on all memory is taken. */
  hoardAt: v.optional(v.number(), -1),
  training: v.optional(v.unknown()),
})

export type FakeConfig = v.InferInput<typeof fakeConfigSchema>

const stateSchema = v.object({
  step: v.number(),
  epoch: v.number(),
  rate: v.number(),
  stream: v.tuple([v.number(), v.number(), v.number(), v.number()]),
  /** Infinite before the first epoch. */
  best: v.number(),
})

export class FakeSession implements TrainingSession {
  readonly epochs: number
  readonly stepsPerEpoch: number
  step = 0
  epoch = 0
  disposed = false
  rate = 0.1
  weights: Float32Array
  #velocity: Float32Array
  #stream: RandomStream
  #best = -Infinity
  #parts = 0
  readonly #config: v.InferOutput<typeof fakeConfigSchema>
  readonly #request: SessionRequest

  constructor(request: SessionRequest) {
    this.#request = request
    this.#config = v.parse(fakeConfigSchema, request.config)
    this.epochs = this.#config.epochs
    this.stepsPerEpoch = this.#config.stepsPerEpoch
    this.#stream = RandomStream.of(request.seed, 'noise')
    this.weights = Float32Array.from({ length: this.#config.size }, (_, i) => Math.cos(i))
    this.#velocity = new Float32Array(this.#config.size)
  }

  get stepsBeside(): Work {
    const { besides = 0, parts } = this.#config
    return { planned: besides, done: besides * (this.#parts / (parts?.count ?? 1)) }
  }

  get between(): WorkBetween {
    const { partSeconds, parts = { count: 0 } } = this.#config
    const left = partSeconds * (parts.count - this.#parts)
    return { spent: partSeconds * this.#parts, left, again: left > 0 ? partSeconds * parts.count : 0 }
  }

  get stepsPerhaps(): number {
    return this.#parts < (this.#config.parts?.count ?? 0) ? this.#config.perhaps : 0
  }

  async advance(): Promise<Advance> {
    const { hold, parts, nanAt, safeRate, spoilAt, throwAt, stopAfterEpoch, best } = this.#config
    if (this.step === hold?.step && !existsSync(hold.until)) {
      await setTimeout(5)
      return { kind: 'stage', message: `holding at step ${this.step}`, level: 'info' }
    }
    if (this.step === parts?.step && this.#parts < parts.count)
      return { kind: 'part', message: `part ${++this.#parts} of ${parts.count}` }
    if (this.step === throwAt?.step) throw new RangeError(throwAt.message)
    if (this.step === this.#config.hoardAt) this.#hoard()
    if (this.epoch >= Math.min(this.epochs, stopAfterEpoch)) return { kind: 'finished' }
    if (this.step === (this.epoch + 1) * this.stepsPerEpoch) {
      this.epoch++
      const elbo = this.#elbo()
      this.#best = Math.max(this.#best, elbo)
      return {
        kind: 'epoch',
        best: best === undefined || best.includes(this.epoch),
        metrics: {
          epoch: this.epoch,
          phase: 'joint',
          step: this.step,
          seconds: 0,
          score: elbo,
          validationScore: null,
          terms: { reconstruction: elbo },
          figures: { temperature: 1, learningRate: this.rate, klWeight: 1 },
          edges: null,
        },
      }
    }
    if (this.rate > safeRate && nanAt.includes(this.step)) throw new NonFiniteLoss(this.step, 'reconstruction', 'curve')
    for (let k = 0; k < touched; k++) {
      const i = this.#stream.integer(this.weights.length)
      const gradient = this.weights[i]! + 0.1 * this.#stream.normal()
      this.#velocity[i] = 0.9 * this.#velocity[i]! + gradient
      this.weights[i] = this.weights[i]! - this.rate * this.#velocity[i]
    }
    this.step++
    if (this.step === spoilAt && this.rate > safeRate) this.weights[0] = NaN
    else if (Number.isNaN(this.weights[0])) throw new NonFiniteLoss(this.step, 'reconstruction', 'curve')
    return { kind: 'step' }
  }

  #hoard(): never {
    const hoard: number[][] = []
    for (;;) hoard.push(Array.from({ length: 10_000 }, (_, i) => hoard.length + i / 2))
  }

  #elbo(): number {
    let sum = 0
    for (const w of this.weights.subarray(0, 1000)) sum -= w * w
    return sum
  }

  snapshot(): Promise<Snapshot> {
    const shape = [this.weights.length]
    return Promise.resolve({
      state: { step: this.step, epoch: this.epoch, rate: this.rate, stream: this.#stream.state(), best: this.#best },
      arrays: { weights: { shape, values: this.weights }, velocity: { shape, values: this.#velocity } },
    })
  }

  restore({ state, arrays }: Snapshot): Promise<void> {
    const { step, epoch, rate, stream, best } = v.parse(stateSchema, state)
    this.step = step
    this.epoch = epoch
    this.rate = rate
    this.#best = best
    this.#stream = RandomStream.restore(stream)
    this.weights = arrays.weights!.values.slice()
    this.#velocity = arrays.velocity!.values.slice()
    return Promise.resolve()
  }

  halveLearningRate(): void {
    this.rate /= 2
  }

  preview(): Promise<TrainingPreview> {
    return Promise.resolve({
      epoch: this.epoch,
      rows: [0],
      latent: [[...this.weights.subarray(0, latent)]],
      components: [-1],
      reconstructions: [{ modality: 'curve', row: 0, values: [...this.weights.subarray(0, 4)] }],
    })
  }

  finish(provenance: Provenance, seconds: number): Promise<SessionResult> {
    const { ids } = this.#request.dataset
    const n = ids.length
    const elbo = this.#elbo()
    return Promise.resolve({
      result: {
        method: 'causal-pima',
        provenance,
        config: this.#request.config,
        body: {
          graph: {
            nodes: ['shape', 'size'].map((name) => ({
              name,
              categories: ['1', '2'],
              anchor: null,
              standing: 'provisional',
            })),
            strength: [
              [0, 0.9],
              [0, 0],
            ],
            edges: [
              {
                from: 0,
                to: 1,
                fromMark: 'tail',
                toMark: 'tail',
                strength: 0.9,
                support: { posterior: null, replicates: null, restarts: { forward: 1, backward: 0, of: 1 } },
                standing: 'provisional',
              },
            ],
            frequency: [
              [0, 1],
              [0, 0],
            ],
            restarts: 1,
            nodeTables: [],
            logJoint: [],
          },
          components: [],
          decoded: [],
          assignment: null,
        } satisfies CausalPimaBody,
        score: { ...scoreKind, value: elbo, terms: { reconstruction: elbo, best: this.#best } },
        seconds,
        epochs: this.epoch,
        warnings: [],
      },
      arrays: sampleArrays({
        ids,
        responsibilities: new Float32Array(n).fill(1),
        latentMean: this.weights.slice(0, n * latent),
        latentSd: this.#velocity.slice(0, n * latent),
        modalityError: new Float32Array(n),
        components: 1,
        latent,
        modalities: 1,
      }),
    })
  }

  dispose(): void {
    this.disposed = true
  }
}
