/** All readings of the mixture, a part a call: those of the modalities alone, then some of the fused latent. */
import type { CausalPimaConfig } from '../../../../src-shared/methods/causal-pima/config.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import { type Piecewise, piecesFor } from '../../../statistics/piecewise.ts'
import type { Advance } from '../../session.ts'
import type { CausalPimaModel } from '../model.ts'
import type { TrainingData } from '../training-data.ts'
import type { ShownClusters } from '../naming/shown-structure.ts'
import type { AloneLatent } from './oracles.ts'
import { bestReading, type OracleReadings, type Reading, readMixture, readOracles, weighed } from './readings.ts'

/** How much of a reading is made in one call. */
const partMs = 200

/** Readings made so far are not kept: after a restore they are made again, alike. */
export class ReadingStage {
  readonly #data: TrainingData
  readonly #config: CausalPimaConfig
  readonly #seed: number
  #readings: Reading[] = []
  #made = 0
  /** Clusters of modalities alone; null until they are read. */
  #shown: readonly ShownClusters[] | null = null
  #alone: Piecewise<OracleReadings> | null = null
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
    this.#shown = null
    this.#alone = null
    this.#weighing = null
  }

  /** The next part, or the best of all readings once they are made. */
  async advance(
    model: CausalPimaModel,
    attempt: number,
    alone: readonly AloneLatent[],
  ): Promise<Advance | { readonly kind: 'read'; readonly reading: Reading }> {
    if (alone.length === 0) this.#shown = []
    if (this.#shown === null) return this.#readAlone(alone)
    const fused = this.#data.modalities.length === 0 ? 1 : this.#config.mixture.readings
    const index = this.#made
    if (index < fused) {
      const random = RandomStream.of(this.#seed, `mixture/${attempt}/${index}`)
      this.#current ??= await readMixture(model, this.#data, this.#config, this.#shown, random)
      const piece = piecesFor(this.#current, partMs)
      const what = `Mixture ${index + 1} of ${fused}`
      if (piece.done !== true) return { kind: 'part', message: `${what}: ${piece.value}.` }
      this.#current = null
      this.#made++
      return this.#add(piece.value, what)
    }
    const random = RandomStream.of(this.#seed, `naming/${attempt}`)
    this.#weighing ??= weighed(bestReading(this.#readings), this.#data, this.#config, random)
    const piece = piecesFor(this.#weighing, partMs)
    if (piece.done !== true) return { kind: 'part', message: `Names of the components: ${piece.value}.` }
    this.forget()
    return { kind: 'read', reading: piece.value }
  }

  /** What modalities alone show comes first: it says how the fused latent's clusters may be named. */
  #readAlone(alone: readonly AloneLatent[]): Advance {
    this.#alone ??= readOracles(alone, this.#data, this.#config, RandomStream.of(this.#seed, 'mixture/alone'))
    const piece = piecesFor(this.#alone, partMs)
    if (piece.done !== true) return { kind: 'part', message: `Modalities alone: ${piece.value}.` }
    this.#alone = null
    this.#shown = piece.value.shown
    return this.#add(piece.value.readings, 'Modalities alone')
  }

  #add(readings: readonly Reading[], what: string): Advance {
    this.#readings.push(...readings)
    const words = readings.map(({ description }) => description).join('; ') || 'no clusters that fit the outcomes'
    return { kind: 'stage', level: 'info', message: `${what}: ${words}.` }
  }
}
