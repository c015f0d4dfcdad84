/** Questions to a trained model. */

/** One modality for k samples, [k, ...shape] in stored scale. */
export interface Prediction {
  readonly modality: string
  readonly values: Float32Array
}

/** Samples that are not in the data set, measured like them: stored scale of the run's own modalities. */
export interface GivenSamples {
  readonly count: number
  /** Each [count, ...shape]; a modality that is not listed was not measured. */
  readonly modalities: readonly Prediction[]
}

/** What encoders say of the latent points of k samples, each [k, latent]. */
export interface LatentPosterior {
  readonly mean: Float32Array
  readonly sd: Float32Array
}

export interface Inference {
  /** Rows of the data set, or other samples, seen through the modalities that `from` names; null: all they have. */
  encode(samples: readonly number[] | GivenSamples, from: readonly string[] | null): Promise<LatentPosterior>
  /** Latent points [k, latent] to every modality. */
  decode(latents: Float32Array): Promise<readonly Prediction[]>
  /** Samples through the model and back. `from` names the modalities it may see; null: all that a sample has. */
  reconstruct(rows: readonly number[], from: readonly string[] | null): Promise<readonly Prediction[]>
}
