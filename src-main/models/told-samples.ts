/** Samples that a trained model has told a label of. */
export interface ToldSamples {
  readonly label: string
  readonly classes: readonly string[]
  readonly ids: readonly string[]
  /** Calibrated, [n, C]; NaN where a sample has nothing to tell from, as below. */
  readonly probabilities: Float32Array
  /** Distance to another label, [n]: 1 is the spread of the samples that were learnt from. */
  readonly fragility: Float32Array
  /**
   * How unlike the training set a sample is, [n]: 1 is where 99 % of the samples that nothing was learnt from lie within, so
   * above 1 it is farther than nearly all of them. NaN where none was kept to compare with.
   */
  readonly unlike: Float32Array
  /** What to know of all of them, in words. */
  readonly notes: readonly string[]
}
