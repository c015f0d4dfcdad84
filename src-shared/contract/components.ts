/** Components that modalities share: how strongly, what people call them, and the samples along each. */
import * as v from 'valibot'
import { estimate } from '../domain/judgement.ts'
import { standing } from '../graph/edge-schema.ts'
import { empty, id, path, type ReadonlyDeep, text, whole } from './shapes.ts'

/** Rows of samples from its lowest to its highest value, evenly by rank, with their values. */
const along = v.array(v.object({ row: whole, value: v.number() }))

export const componentsView = v.object({
  run: id,
  samples: whole,
  /** Couplings were measured on samples kept from training, and on how many. */
  heldOut: v.boolean(),
  measured: whole,
  headline: v.string(),
  /** Done; and how far all components agree in them, null without any. */
  replicates: whole,
  mcc: v.nullable(estimate),
  /** Cautions first. */
  details: v.array(v.object({ severity: v.picklist(['info', 'warning']), text: v.string() })),
  modalities: v.array(v.object({ name: v.string(), samples: whole })),
  pairs: v.array(v.object({ first: v.string(), second: v.string(), information: v.number() })),
  components: v.array(
    v.object({
      /** What it is called without anybody having named it. */
      name: v.string(),
      /** The shown name. */
      title: v.string(),
      strength: v.number(),
      /** Agreement with its partner in the replicates; null without any. */
      replicability: v.nullable(estimate),
      standing,
      coupling: v.array(v.number()),
      along,
    }),
  ),
  /** What modalities vary in alone; a name is given by their place after the components. */
  privates: v.array(
    v.object({
      modality: v.string(),
      name: v.string(),
      title: v.string(),
      /** Share of the modality's variance. */
      explained: v.number(),
      replicability: v.nullable(estimate),
      standing,
      along,
    }),
  ),
})
export type ComponentsView = ReadonlyDeep<v.InferOutput<typeof componentsView>>

export const componentsEvaluation = v.object({
  /** Samples that the truth knows. */
  samples: whole,
  /** Held-out R2 of a linear map from the shared components to the latents, and mean |correlation| after matching. */
  r2: v.nullable(v.number()),
  mcc: v.nullable(v.number()),
  /** Each latent with the component it comes back as, and the R2 of all components. */
  latents: v.array(
    v.object({
      latent: v.string(),
      component: v.nullable(v.string()),
      correlation: v.number(),
      r2: v.nullable(v.number()),
    }),
  ),
})
export type ComponentsEvaluation = ReadonlyDeep<v.InferOutput<typeof componentsEvaluation>>

export const componentRequests = {
  /** Refused while the run has no result, and for a run without coupled components. */
  'components.get': { request: v.strictObject({ run: id }), response: componentsView },
  /** Held against known latents, in a truth.json as `synth` writes it. Refused for other files, and where it knows no sample. */
  'components.evaluate': { request: v.strictObject({ run: id, truth: path }), response: componentsEvaluation },
  /** An empty name gives the component its own back. */
  'components.rename': {
    request: v.strictObject({ run: id, component: whole, name: v.union([v.literal(''), text(80)]) }),
    response: empty,
  },
} as const
