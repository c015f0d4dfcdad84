/** All readings of the mixture, a part a call: those of the modalities alone, then some of the fused latent. */
import type { CausalPimaConfig } from '../../../../src-shared/methods/causal-pima/config.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { type Piecewise, piecesFor } from '../../../statistics/piecewise.ts'
import type { Advance, WorkBetween } from '../../session.ts'
import type { CausalPimaModel } from '../model.ts'
import type { TrainingData } from '../training-data.ts'
import type { AloneLatent } from './partitions.ts'
import { ReadingTime } from './reading-time.ts'
import { bestReading, type OracleReadings, type Reading, readMixture, readOracles, weighed } from './readings.ts'

/** How much of a reading is made in one call. */
const partMs = 200

/** Readings made so far are in no checkpoint: after a restore they are made again, alike. */
export class ReadingStage {
  readonly #data: TrainingData
  readonly #config: CausalPimaConfig
  readonly #seed: number
  readonly #time: ReadingTime
  /** Of the fused latent of the attempt in work. */
  #fused: Reading[] = []
  #made = 0
  /** What modalities alone show, which no other attempt changes; null until it is read. */
  #oracles: OracleReadings | null = null
  #alone: Piecewise<OracleReadings> | null = null
  /** The reading being made. */
  #current: Piecewise<Reading[]> | null = null
  /** The evidence of the best reading's names, in the making. */
  #weighing: Piecewise<Reading> | null = null

  /** @param alone how many modalities are learnt by themselves */
  constructor(data: TrainingData, config: CausalPimaConfig, seed: number, alone: number) {
    this.#data = data
    this.#config = config
    this.#seed = seed
    this.#time = new ReadingTime({
      samples: data.training.length,
      categories: data.categories,
      modalities: data.modalities.length,
      alone,
      readings: this.#fusedReadings,
    })
  }

  get #fusedReadings(): number {
    return this.#data.modalities.length === 0 ? 1 : this.#config.mixture.readings
  }

  get time(): WorkBetween {
    return this.#time.work
  }

  forget(): void {
    this.#oracles = null
    this.#alone = null
    this.#time.onAlone(0, false)
    this.#begin()
  }

  #begin(): void {
    this.#fused = []
    this.#made = 0
    this.#current = null
    this.#weighing = null
    this.#time.afresh()
  }

  /** The next part, or the best of all readings once they are made. */
  async advance(
    model: CausalPimaModel,
    attempt: number,
    alone: readonly AloneLatent[],
  ): Promise<Advance | { readonly kind: 'read'; readonly reading: Reading }> {
    const started = performance.now()
    const spent = (): number => (performance.now() - started) / 1000
    if (this.#oracles === null) {
      const advance = this.#readAlone(alone)
      this.#time.onAlone(spent(), this.#alone === null)
      if (advance !== null) return advance
    }
    const step = await this.#readFused(model, attempt, this.#oracles!)
    this.#time.onFused(spent(), this.#made)
    if (step.kind === 'read') this.#begin()
    return step
  }

  async #readFused(
    model: CausalPimaModel,
    attempt: number,
    oracles: OracleReadings,
  ): Promise<Advance | { readonly kind: 'read'; readonly reading: Reading }> {
    const index = this.#made
    if (index < this.#fusedReadings) {
      const random = RandomStream.of(this.#seed, `mixture/${attempt}/${index}`)
      this.#current ??= await readMixture(model, this.#data, this.#config, oracles.shown, random)
      const piece = piecesFor(this.#current, partMs)
      const what = `Mixture ${index + 1} of ${this.#fusedReadings}`
      if (piece.done !== true) return { kind: 'part', message: `${what}: ${piece.value}.` }
      this.#current = null
      this.#made++
      this.#fused.push(...piece.value)
      return told(piece.value, what)
    }
    const random = RandomStream.of(this.#seed, `naming/${attempt}`)
    this.#weighing ??= weighed(bestReading([...oracles.readings, ...this.#fused]), this.#data, this.#config, random)
    const piece = piecesFor(this.#weighing, partMs)
    if (piece.done !== true) return { kind: 'part', message: `Names of the components: ${piece.value}.` }
    return { kind: 'read', reading: piece.value }
  }

  /** What modalities alone show comes first: it says how the fused latent's clusters may be named. Null where none is learnt. */
  #readAlone(alone: readonly AloneLatent[]): Advance | null {
    if (alone.length === 0) {
      this.#oracles = { readings: [], shown: [] }
      return null
    }
    this.#alone ??= readOracles(alone, this.#data, this.#config, RandomStream.of(this.#seed, 'mixture/alone'))
    const piece = piecesFor(this.#alone, partMs)
    if (piece.done !== true) return { kind: 'part', message: `Modalities alone: ${piece.value}.` }
    this.#alone = null
    this.#oracles = piece.value
    return told(piece.value.readings, 'Modalities alone')
  }
}

function told(readings: readonly Reading[], what: string): Advance {
  const words = readings.map(({ description }) => description).join('; ') || 'no clusters that fit the outcomes'
  return { kind: 'stage', level: 'info', message: `${what}: ${words}.` }
}
