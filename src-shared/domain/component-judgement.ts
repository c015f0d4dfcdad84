/** How firmly each component of a run may be stated: what of it returns in the run's replicates, and how it is coupled there. */
import * as v from 'valibot'
import { standing } from '../graph/edge-schema.ts'
import type { ReadonlyDeep } from '../readonly-deep.ts'
import { estimate } from './judgement.ts'

const index = v.pipe(v.number(), v.integer(), v.minValue(0))

export const componentReturn = v.object({
  /**
   * |Correlation| with its partner in each replicate, on samples that the replicate did not train on; mean over replicates
   * and modalities. Null without replicates.
   */
  replicability: v.nullable(estimate),
  /**
   * Correlation of the partner as two modalities tell it, on the same samples; mean over replicates and pairs. Null also of
   * what one modality varies in alone.
   */
  coupling: v.nullable(estimate),
  standing,
})
export type ComponentReturn = ReadonlyDeep<v.InferOutput<typeof componentReturn>>

export const componentJudgement = v.object({
  /** Replicates done, and planned. */
  replicates: index,
  planned: index,
  /** Mean |correlation| of all components with their partners (MCC), mean over replicates; null without any. */
  mcc: v.nullable(estimate),
  /**
   * R2 of a linear map from all of a replicate's components to the run's, on the same samples; mean over replicates and
   * modalities: what returns whatever the axes.
   */
  space: v.nullable(estimate),
  /** In the run's order. */
  components: v.array(componentReturn),
  /** Of what modalities vary in alone: those that have any, in the run's order. */
  privates: v.array(v.array(componentReturn)),
})
export type ComponentJudgement = ReadonlyDeep<v.InferOutput<typeof componentJudgement>>
