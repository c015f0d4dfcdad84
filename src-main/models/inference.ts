/** Questions to a trained model. */

/** One modality for k samples, [k, ...shape] in stored scale. */
export interface Prediction {
  readonly modality: string
  readonly values: Float32Array
}

export interface Inference {
  /** Latent points [k, latent] to every modality. */
  decode(latents: Float32Array): Promise<readonly Prediction[]>
  /** Samples through the model and back. `from` names the modalities it may see; null: all that a sample has. */
  reconstruct(rows: readonly number[], from: readonly string[] | null): Promise<readonly Prediction[]>
}
