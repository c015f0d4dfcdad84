/** The regulariser as a configuration asks for it. */
import {
  type CausalCompleteConfig,
  directionOf,
  effectiveWeights,
} from '../../../src-shared/methods/causal-complete/config.ts'
import type { RegulariserForm } from './regulariser/regulariser.ts'

type Asked = Pick<CausalCompleteConfig, 'profile' | 'terms' | 'weights' | 'counterfactual'>

export function regulariserForm(config: Asked): RegulariserForm {
  const { profile, weights, counterfactual } = config
  const direction = directionOf(config)
  const common = { terms: profile, weights: effectiveWeights(config) }
  if (profile === 'released')
    return {
      ...common,
      instrument: { distanceWeight: 0, over: 'sum' },
      counterfactual: { direction, radius: null, doublings: 0, bound: Infinity },
    }
  const { radius, doublings, bound } = counterfactual
  return {
    ...common,
    instrument: { distanceWeight: weights.distance, over: 'mean' },
    counterfactual: { direction, radius, doublings, bound },
  }
}

/** The base: the cross-entropy alone. The risk is measured all the same, by the same counterfactual. */
export function withoutRegulariser(form: RegulariserForm): RegulariserForm {
  return { ...form, weights: { necessity: 0, instrument: 0, feasibility: 0 } }
}
