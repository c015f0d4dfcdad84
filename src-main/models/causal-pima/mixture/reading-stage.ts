/** All readings of the mixture, a part a call: some of the fused latent, then those of the modalities alone. */
import type { CausalPimaConfig } from '../../../../src-shared/methods/causal-pima/config.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { type Piecewise, piecesFor } from '../../../statistics/piecewise.ts'
import type { Advance } from '../../session.ts'
import type { CausalPimaModel } from '../model.ts'
import type { TrainingData } from '../training-data.ts'
import type { AloneLatent } from './oracles.ts'
import { bestReading, type Reading, readMixture, readOracles, weighed } from './readings.ts'

/** How much of a reading is made in one call. */
const partMs = 200

/** Readings made so far are not kept: after a restore they are made again, alike. */
export class ReadingStage {
  readonly #data: TrainingData
  readonly #config: CausalPimaConfig
  readonly #seed: number
  #readings: Reading[] = []
  #made = 0
  /** The reading being made. */
  #current: Piecewise<Reading[]> | null = null
  /** The evidence of the best reading's names, in the making. */
  #weighing: Piecewise<Reading> | null = null

  constructor(data: TrainingData, config: CausalPimaConfig, seed: number) {
    this.#data = data
    this.#config = config
    this.#seed = seed
  }

  forget(): void {
    this.#readings = []
    this.#made = 0
    this.#current = null
    this.#weighing = null
  }

  /** The next part, or the best of all readings once they are made. */
  async advance(
    model: CausalPimaModel,
    attempt: number,
    alone: readonly AloneLatent[],
  ): Promise<Advance | { readonly kind: 'read'; readonly reading: Reading }> {
    const fused = this.#data.modalities.length === 0 ? 1 : this.#config.mixture.readings
    const index = this.#made
    if (index < fused) {
      const random = RandomStream.of(this.#seed, `mixture/${attempt}/${index}`)
      this.#current ??= await readMixture(model, this.#data, this.#config, random)
      return this.#goOn(this.#current, `Mixture ${index + 1} of ${fused}`)
    }
    if (index === fused && alone.length > 0) {
      const random = RandomStream.of(this.#seed, 'mixture/alone')
      this.#current ??= readOracles(alone, this.#data, this.#config, random)
      return this.#goOn(this.#current, 'Modalities alone')
    }
    const random = RandomStream.of(this.#seed, `naming/${attempt}`)
    this.#weighing ??= weighed(bestReading(this.#readings), this.#data, this.#config, random)
    const piece = piecesFor(this.#weighing, partMs)
    if (piece.done !== true) return { kind: 'part', message: `Names of the components: ${piece.value}.` }
    this.forget()
    return { kind: 'read', reading: piece.value }
  }

  #goOn(current: Piecewise<Reading[]>, what: string): Advance {
    const piece = piecesFor(current, partMs)
    if (piece.done !== true) return { kind: 'part', message: `${what}: ${piece.value}.` }
    this.#current = null
    this.#readings.push(...piece.value)
    this.#made++
    const words = piece.value.map(({ description }) => description).join('; ') || 'no clusters that fit the outcomes'
    return { kind: 'stage', level: 'info', message: `${what}: ${words}.` }
  }
}
