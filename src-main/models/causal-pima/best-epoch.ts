/** Which epoch's model is the result. */
import { thresholds } from '../../../src-shared/methods/causal-pima/thresholds.ts'
import type { State } from './state.ts'

type ScoredEpoch = NonNullable<State['best']>

/**
 * A model that holds what guides it goes before one that does not, whatever its ELBO: where the ELBO rises more by a nuisance
 * than it falls by a factor, the best by it would be one that lost what modalities alone had shown.
 * @param enough share of the samples that count as held
 */
export function isBetterEpoch(
  one: Pick<ScoredEpoch, 'score' | 'held'>,
  other: Pick<ScoredEpoch, 'score' | 'held'>,
  enough: number,
): boolean {
  const [held, before] = [Math.min(one.held, enough), Math.min(other.held, enough)]
  return held > before || (held === before && one.score > other.score)
}

/**
 * What the result of that epoch has to say where it lost what guided it; null where it did not.
 * @param enough as above
 */
export function guideLost({ held }: Pick<ScoredEpoch, 'held'>, enough: number): string | null {
  return held < enough - thresholds.guideLost
    ? `The model puts ${(100 * (1 - held)).toFixed(0)} % of the samples elsewhere than the clusters do that modalities alone show: the nodes say less than could be told. Train for longer (training.epochs) or give the latent more room (latent.size).`
    : null
}
