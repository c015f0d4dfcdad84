/** The configuration of a run of the partial causal model (partial-causal.md): one schema, every default filled in. */
import * as v from 'valibot'

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0))
const count = (fallback: number, minimum = 1) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(minimum)), fallback)

const geometries = ['sphere', 'box'] as const
const profiles = ['paper', 'released'] as const

/** What is used where a setting says 0 or nothing, by geometry: measured (partial-causal.md section 5). */
const usual = {
  sphere: { learningRate: 1e-3, temperature: 0.2, learnt: true },
  box: { learningRate: 5e-4, temperature: 0.1, learnt: false },
} as const

export const partialCausalConfig = v.strictObject({
  /** `paper`: the published loss, unmixing fitted on training rows; `released`: what the authors' code does. */
  profile: v.optional(v.picklist(profiles), 'paper'),
  /** Names of the modalities used, two or more; empty: all. */
  modalities: v.optional(v.array(v.string()), []),
  /** Outputs of unit length compared by their inner product, or outputs in a box compared by their L1 distance. */
  geometry: v.optional(v.picklist(geometries), 'sphere'),
  latent: v.optional(
    v.strictObject({
      /** n, of each modality. */
      size: v.optional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(256)), 5),
    }),
    {},
  ),
  temperature: v.optional(
    v.strictObject({
      /** tau at the start; null: 0.2 on the sphere, 0.1 in the box. */
      start: v.optional(v.nullable(positive), null),
      /** Whether it is learnt; null: on the sphere alone. */
      learnt: v.optional(v.nullable(v.boolean()), null),
    }),
    {},
  ),
  networks: v.optional(
    v.strictObject({
      /** Widths of the layers between a vector and its outputs; empty: 10 n, four times 20 n, 10 n. */
      hidden: v.optional(
        v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8192))), v.maxLength(12)),
        [],
      ),
    }),
    {},
  ),
  training: v.optional(
    v.strictObject({
      steps: count(5000),
      batchSize: count(512, 2),
      /** Of Adam at the start, decaying to 0 along a cosine; null: 1e-3 on the sphere, 5e-4 in the box. */
      learningRate: v.optional(v.nullable(positive), null),
      validationFraction: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(0.5)), 0.1),
      /** Steps between checkpoints; 0: only at each epoch's end. */
      checkpointSteps: count(0, 0),
      /** Keep one checkpoint every so many epochs besides the last and the best; 0: none. */
      checkpointKeepEvery: count(10, 0),
    }),
    {},
  ),
  unmixing: v.optional(
    v.strictObject({
      /** Components of each modality; 0: as many as outputs. */
      components: count(0, 0),
      maxIterations: count(200),
      tolerance: v.optional(positive, 1e-4),
    }),
    {},
  ),
})

export type PartialCausalConfig = v.InferOutput<typeof partialCausalConfig>

type Chosen = Pick<PartialCausalConfig, 'geometry' | 'training' | 'temperature'>

export function learningRateOf({ geometry, training }: Pick<Chosen, 'geometry' | 'training'>): number {
  return training.learningRate ?? usual[geometry].learningRate
}

export function temperatureOf({ geometry, temperature }: Pick<Chosen, 'geometry' | 'temperature'>): {
  start: number
  learnt: boolean
} {
  const { start, learnt } = temperature
  return { start: start ?? usual[geometry].temperature, learnt: learnt ?? usual[geometry].learnt }
}

/** Widths of the layers between a vector and its n outputs. */
export function hiddenWidths({
  networks,
  latent,
}: Pick<PartialCausalConfig, 'networks' | 'latent'>): readonly number[] {
  if (networks.hidden.length > 0) return networks.hidden
  const n = latent.size
  return [10 * n, 20 * n, 20 * n, 20 * n, 20 * n, 10 * n]
}
