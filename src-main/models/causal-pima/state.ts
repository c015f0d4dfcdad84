/** What a session remembers besides tensors: plain data, checked when it comes back from a checkpoint. */
import * as v from 'valibot'
import { namingEvidence } from '../../../src-shared/methods/naming-evidence.ts'

const readingSchema = v.object({ order: v.pipe(v.array(v.number()), v.readonly()), residual: v.number() })

export const assignmentSchema = v.object({
  chosen: readingSchema,
  rivals: v.pipe(v.array(readingSchema), v.readonly()),
  /** How firmly the names stand; null where labels give them or it was not asked. */
  evidence: v.nullable(namingEvidence),
})

export type Assignment = v.InferOutput<typeof assignmentSchema>

const scoredSchema = v.object({
  score: v.number(),
  epoch: v.number(),
  elbo: v.number(),
  terms: v.record(v.string(), v.number()),
  /** How well the model held a guide, as a share of the samples; earlier versions did not ask. */
  held: v.optional(v.number(), 1),
})

export const stateSchema = v.object({
  stage: v.picklist(['pretrain', 'alone', 'mixture', 'joint', 'finished']),
  /** Pre-trainings begun anew because the clusters fitted no assignment. */
  attempt: v.number(),
  /** Epochs closed since the run began, and since this stage began. */
  epoch: v.number(),
  stageEpoch: v.number(),
  stepInEpoch: v.number(),
  step: v.number(),
  trainingSeconds: v.number(),
  learningRate: v.number(),
  rowsInEpoch: v.number(),
  /** The best epoch so far; its parameters lie among the arrays. */
  best: v.nullable(scoredSchema),
  last: v.nullable(scoredSchema),
  /** Consecutive epochs each component has been empty, [C]. */
  emptyEpochs: v.array(v.number()),
  assignment: v.nullable(assignmentSchema),
  /** How clearly the clusters stood apart (mixture.ts), null before they were read. */
  gap: v.nullable(v.number()),
  /** The reading of an earlier pre-training, kept for comparison; its arrays lie beside. */
  kept: v.nullable(
    v.object({
      cost: v.number(),
      assignment: v.nullable(assignmentSchema),
      /** Its memberships guide the joint phase. */
      guides: v.optional(v.boolean(), false),
      /** As of the reading itself; earlier versions did not keep them. */
      gap: v.optional(v.nullable(v.number()), null),
      misfit: v.optional(v.nullable(v.string()), null),
    }),
  ),
  /** Modalities learnt by themselves so far, with how well each was rebuilt; what was learnt lies among the arrays. */
  alone: v.optional(v.array(v.object({ modality: v.string(), error: v.number() })), []),
  /** A finished snapshot holds the guide of its joint phase, or there was none; earlier versions let it go. */
  keepsGuide: v.optional(v.boolean(), false),
  /** How much more than at first the guide counts. */
  guidanceGrowth: v.optional(v.number(), 1),
  /** First epoch after a finished training went on; patience begins there anew. */
  wentOnAt: v.optional(v.number(), 0),
  warnings: v.array(v.string()),
  /** What speaks against the finding. */
  cautions: v.optional(v.array(v.string()), []),
})

export type State = v.InferOutput<typeof stateSchema>

/** Of a run that begins. */
export function initialState(stage: State['stage'], components: number, learningRate: number): State {
  return {
    stage,
    attempt: 0,
    epoch: 0,
    stageEpoch: 0,
    stepInEpoch: 0,
    step: 0,
    trainingSeconds: 0,
    learningRate,
    rowsInEpoch: 0,
    best: null,
    last: null,
    guidanceGrowth: 1,
    emptyEpochs: new Array<number>(components).fill(0),
    assignment: null,
    gap: null,
    kept: null,
    alone: [],
    keepsGuide: false,
    wentOnAt: 0,
    warnings: [],
    cautions: [],
  }
}
