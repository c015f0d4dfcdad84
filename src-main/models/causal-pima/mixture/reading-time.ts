/** How long reading the mixture takes: from the amount of work, and better once readings were made on this machine. */
import type { WorkBetween } from '../../session.ts'
import { countOutcomes } from '../outcomes.ts'
import { namingSeconds } from '../naming/search-effort.ts'
import { linkages, pointsFitted } from './fit-size.ts'

export interface ReadingSize {
  readonly samples: number
  /** K_l */
  readonly categories: readonly number[]
  readonly modalities: number
  /** Modalities learnt by themselves: each is looked at for clusters. */
  readonly alone: number
  /** Readings of the fused latent. */
  readonly readings: number
}

/** One thousand samples and eight outcomes, s on one core: clusters of one modality alone, ... */
const aloneSeconds = 3
/** ... and of one reading of the fused latent. */
const fusedSeconds = 1
/** More outcomes are fitted with fewer starts. */
const outcomesFitted = 64
/** The evidence of the best one's names takes as long as so many readings. */
const naming = 1
/** Work that has taken all that was expected of it takes this share of that again, at least. */
const beyond = 0.3

interface Expected {
  readonly alone: number
  /** Of one reading of the fused latent. */
  readonly each: number
}

function expected({ samples, categories, modalities, alone }: ReadingSize): Expected {
  if (modalities === 0) return { alone: 0, each: 0 }
  const outcomes = Math.min(countOutcomes(categories), outcomesFitted)
  const points = (Math.min(samples, pointsFitted) / 1000) * (outcomes / 8)
  const named = namingSeconds(categories, modalities, linkages.length)
  return { alone: points * aloneSeconds * alone, each: points * fusedSeconds + named }
}

/** Of a run that reads its mixture once, s on one core. */
export function readingSeconds(size: ReadingSize): number {
  const { alone, each } = expected(size)
  return alone + each * (size.readings + naming)
}

function leftOf(seconds: number, spent: number): number {
  return Math.max(seconds - spent, beyond * spent)
}

/** Follows the readings of a run. */
export class ReadingTime {
  readonly #units: number
  readonly #ofAlone: number
  /** Seconds of one reading of the fused latent: as expected, then as the last ones took. */
  #each: number
  #spent = 0
  #alone = { spent: 0, done: false }
  #fused = { spent: 0, made: 0 }

  constructor(size: ReadingSize) {
    const { alone, each } = expected(size)
    this.#units = size.readings + naming
    this.#ofAlone = alone
    this.#each = each
  }

  onAlone(seconds: number, done: boolean): void {
    this.#spent += seconds
    this.#alone = { spent: this.#alone.spent + seconds, done }
  }

  /** @param made readings by now */
  onFused(seconds: number, made: number): void {
    this.#spent += seconds
    const isMore = made > this.#fused.made
    this.#fused = { spent: this.#fused.spent + seconds, made }
    if (isMore) this.#each = this.#fused.spent / made
  }

  /** The fused latent will be read from its first reading on. */
  afresh(): void {
    this.#fused = { spent: 0, made: 0 }
  }

  get work(): WorkBetween {
    const again = this.#each * this.#units
    const alone = this.#alone.done ? 0 : leftOf(this.#ofAlone, this.#alone.spent)
    return { spent: this.#spent, left: alone + leftOf(again, this.#fused.spent), again }
  }
}
