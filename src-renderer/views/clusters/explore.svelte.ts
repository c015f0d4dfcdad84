/** What the Explore tab asks the model for: a walk along one latent coordinate, or new samples of a cluster. */

/** Never off the data: a sample, or the middle of those of a cluster. */
export type Start = 'picked' | `component:${number}`

export class Exploration {
  kind = $state<'walk' | 'draw'>('walk')
  /** Null: the largest cluster. */
  start = $state<Start | null>(null)
  coordinate = $state(0)
  component = $state(0)
  seed = $state(1)
}
