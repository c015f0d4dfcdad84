/** What the Explore tab asks the model for: a walk along one latent coordinate, or new samples of a cluster. */

export type Start = 'picked' | 'centre' | `component:${number}`

export class Exploration {
  kind = $state<'walk' | 'draw'>('walk')
  start = $state<Start>('centre')
  coordinate = $state(0)
  component = $state(0)
  seed = $state(1)
}
