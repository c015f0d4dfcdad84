/** The configuration of a run of the causal complete cause (causal-complete.md): one schema, every default filled in. */
import * as v from 'valibot'

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0))
const weight = (fallback: number) => v.optional(v.pipe(v.number(), v.finite(), v.minValue(0)), fallback)
const count = (fallback: number, minimum = 1, maximum = Number.MAX_SAFE_INTEGER) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(minimum), v.maxValue(maximum)), fallback)
const share = (fallback: number) => v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(0.5)), fallback)

const profiles = ['paper', 'released'] as const
const fusions = ['late', 'concatenation'] as const
const directions = ['away', 'towards'] as const

export const causalCompleteConfig = v.strictObject({
  /** `paper`: the published method, rebuilt; `released`: what the authors' code does otherwise (section 6). */
  profile: v.optional(v.picklist(profiles), 'paper'),
  /** Names of the modalities used; empty: all. */
  modalities: v.optional(v.array(v.string()), []),
  /** The metadata column that is to be told. */
  label: v.optional(v.string(), ''),
  features: v.optional(
    v.strictObject({
      /** A finished run whose representation is learnt on, as it is, instead of the measurements; null: the measurements. */
      run: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))), null),
    }),
    {},
  ),
  networks: v.optional(
    v.strictObject({
      /** `late`: each modality is judged by itself and their mean counts; `concatenation`: their features side by side. */
      fusion: v.optional(v.picklist(fusions), 'late'),
      /** d, of each modality. */
      features: count(64, 1, 4096),
      /** Widths of the layers from features to the representation. */
      hidden: v.optional(
        v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8192))), v.maxLength(12)),
        [64, 32, 128],
      ),
      /** h. */
      representation: count(64, 2, 4096),
    }),
    {},
  ),
  /** Which terms of the regulariser count: the ablation. All off: the base. */
  terms: v.optional(
    v.strictObject({
      necessity: v.optional(v.boolean(), true),
      instrument: v.optional(v.boolean(), true),
      feasibility: v.optional(v.boolean(), true),
    }),
    {},
  ),
  weights: v.optional(
    v.strictObject({
      /** Measured on MMLSynData: at 1 the label is told worse than without, at 0.1 as well or better. */
      necessity: weight(0.1),
      /** lambda_v */
      instrument: weight(0.1),
      /** lambda_fe */
      feasibility: weight(0.1),
      /** lambda_d, of the distance between query and key. */
      distance: weight(0.1),
    }),
    {},
  ),
  counterfactual: v.optional(
    v.strictObject({
      /** From the true label, or towards it as the paper prints; null: away in `paper`, towards in `released`. */
      direction: v.optional(v.nullable(v.picklist(directions)), null),
      /** Length of the first step, and how often it may double until the label is lost. */
      radius: v.optional(positive, 0.5),
      doublings: count(6, 0, 20),
      /** epsilon: most that KL(softmax Z || softmax Zbar) may come to, nats. */
      bound: v.optional(positive, 1),
    }),
    {},
  ),
  robustness: v.optional(
    v.strictObject({
      /** Draws of each corruption that the finished model is measured under; 0: none. */
      draws: count(3, 0, 100),
    }),
    {},
  ),
  training: v.optional(
    v.strictObject({
      epochs: count(40),
      batchSize: count(128, 2),
      /** Of Adam at the start, decaying to 0 along a cosine. */
      learningRate: v.optional(positive, 1e-3),
      /** Column that says what each sample is for: train, validation or test; empty: it is drawn. */
      split: v.optional(v.string(), ''),
      /** Chance that a sample's modality is left out of a step, one at least stays. */
      leaveOut: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(0.9)), 0),
      /** Of each class, kept for measuring. */
      testFraction: share(0.2),
      /** Of each class, kept for choosing the best epoch and for calibration. */
      validationFraction: share(0.1),
      /** The same network without the regulariser is trained first, on the same samples, to compare with. */
      base: v.optional(v.boolean(), true),
      /** Steps between checkpoints; 0: only at each epoch's end. */
      checkpointSteps: count(0, 0),
      /** Keep one checkpoint every so many epochs besides the last and the best; 0: none. */
      checkpointKeepEvery: count(10, 0),
    }),
    {},
  ),
})

export type CausalCompleteConfig = v.InferOutput<typeof causalCompleteConfig>

/** What each term is multiplied by, 0 where it is switched off; the authors' code has no gradient of necessity. */
export function effectiveWeights({
  profile,
  terms,
  weights,
}: Pick<CausalCompleteConfig, 'profile' | 'terms' | 'weights'>): {
  necessity: number
  instrument: number
  feasibility: number
} {
  const released = profile === 'released'
  return {
    necessity: terms.necessity && !released ? weights.necessity : 0,
    instrument: terms.instrument ? weights.instrument : 0,
    feasibility: terms.feasibility ? weights.feasibility : 0,
  }
}

export function directionOf({
  profile,
  counterfactual,
}: Pick<CausalCompleteConfig, 'profile' | 'counterfactual'>): 'away' | 'towards' {
  return counterfactual.direction ?? (profile === 'paper' ? 'away' : 'towards')
}
