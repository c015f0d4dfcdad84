/** Samples in the latent space, and questions to the trained model about them. */
import * as v from 'valibot'
import { standing } from '../graph/edge-schema.ts'
import { arrayRef, finite, id, modalityArray, type ReadonlyDeep, row, task, text, whole } from './shapes.ts'

export const clustersView = v.object({
  run: id,
  /** n */
  samples: whole,
  latent: whole,
  /** JSON array of n strings at this URL. */
  idsUrl: v.string(),
  /** [n, latent] float32 */
  mean: arrayRef,
  /** [n, latent] float32 */
  sd: arrayRef,
  /** Two principal directions of the means, [n, 2] float32, and the share of variance each explains. */
  projection: v.object({ points: arrayRef, explained: v.tuple([v.number(), v.number()]) }),
  /** Most responsible component of each sample, index into `components`, [n] int32. */
  component: arrayRef,
  /** [n, C] float32 */
  responsibilities: arrayRef,
  components: v.array(
    v.object({
      outcome: whole,
      categories: v.array(whole),
      /** Shown names: "octet, thick, stiff". */
      title: v.string(),
      weight: v.number(),
    }),
  ),
  /** Category of each sample in each node, [n] int32, shown names; how firmly the node may be stated. */
  nodes: v.array(v.object({ name: v.string(), standing, categories: v.array(v.string()), values: arrayRef })),
  /** Mean squared error of each sample in stored scale, NaN where absent, [n] float32. */
  errors: v.array(v.object({ modality: v.string(), values: arrayRef })),
  /** Categories: codes with -1 for missing; numbers: NaN for missing; [n] float32. */
  labels: v.array(
    v.object({
      column: v.string(),
      kind: v.picklist(['category', 'number']),
      categories: v.array(v.string()),
      values: arrayRef,
    }),
  ),
})
export type ClustersView = ReadonlyDeep<v.InferOutput<typeof clustersView>>

export const sampleDetail = v.object({
  row: whole,
  id: v.string(),
  component: whole,
  /** [C] */
  responsibilities: v.array(v.number()),
  mean: v.array(v.number()),
  sd: v.array(v.number()),
  metadata: v.array(v.object({ column: v.string(), value: v.union([v.string(), v.number(), v.null()]) })),
  /** What was measured, [1, ...shape]; absent modalities are not listed. */
  measured: v.array(modalityArray),
})
export type SampleDetail = ReadonlyDeep<v.InferOutput<typeof sampleDetail>>

const ofRun = v.strictObject({ run: id })
const rows = v.pipe(
  v.array(row),
  v.minLength(1, 'choose at least one sample.'),
  v.maxLength(64, 'at most 64 samples are shown at once.'),
)
const answer = v.object({ decoded: v.array(modalityArray) })

export const clusterRequests = {
  /** Refused while the run has no result. */
  'clusters.get': { request: ofRun, response: clustersView },
  'clusters.sample': { request: v.strictObject({ run: id, row }), response: sampleDetail },
  /** An empty name gives the cluster its own back. Answers what all are called, in the order of `components`. */
  'clusters.rename': {
    request: v.strictObject({ run: id, outcome: whole, name: v.union([v.literal(''), text(80)]) }),
    response: v.object({ titles: v.array(v.string()) }),
  },
  /** Measured values of these samples for the gallery, [rows, ...shape]; rows of absent samples are 0. */
  'clusters.gallery': {
    request: v.strictObject({ run: id, rows }),
    response: v.object({ ids: v.array(v.string()), modalities: v.array(modalityArray) }),
  },

  // Inference in the trainer process. The first question to a run starts it: a second or two; later ones are quick.
  /** Latent points to every modality, [k, ...shape]. */
  'infer.decode': {
    request: v.strictObject({
      run: id,
      latents: v.pipe(v.array(v.pipe(v.array(finite), v.maxLength(64))), v.minLength(1), v.maxLength(64)),
      task,
    }),
    response: answer,
  },
  /** Samples through the model and back. `from` names the modalities it may see: another one is then predicted. */
  'infer.reconstruct': {
    request: v.strictObject({ run: id, rows, from: v.nullable(v.array(text(200))), task }),
    response: answer,
  },
  /** New samples of a component, [count, ...shape], and their latents [count, latent]. */
  'infer.draw': {
    request: v.strictObject({
      run: id,
      component: whole,
      count: v.pipe(whole, v.minValue(1), v.maxValue(64)),
      seed: whole,
      task,
    }),
    response: v.object({ decoded: v.array(modalityArray), latents: arrayRef }),
  },
} as const
