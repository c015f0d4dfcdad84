/** Which epoch's model is the result. */
import type { State } from './state.ts'

/**
 * A model that holds what guides it goes before one that does not, whatever its ELBO: where the ELBO rises more by a nuisance
 * than it falls by a factor, the best by it would be one that lost what modalities alone had shown.
 * @param enough share of the samples that count as held
 */
export function isBetterEpoch(
  one: Pick<NonNullable<State['best']>, 'score' | 'held'>,
  other: Pick<NonNullable<State['best']>, 'score' | 'held'>,
  enough: number,
): boolean {
  const [held, before] = [Math.min(one.held, enough), Math.min(other.held, enough)]
  return held > before || (held === before && one.score > other.score)
}
