/** How firmly components are named without labels (causal-pima.md section 5.3). */
import * as v from 'valibot'

/** What one modality says about the names. */
const modalityVote = v.object({
  modality: v.string(),
  /** False where the components do not differ in it beyond noise: it has no vote. */
  counted: v.boolean(),
  /** Share of the squared distances between the components' means that noise would make, in [0, 1]. */
  noiseShare: v.number(),
  /** Probability of means as far apart where the components do not differ in it. */
  pValue: v.number(),
  /** Cost of the chosen names by this modality alone, 1 for names by chance; null without a vote. */
  residual: v.nullable(v.number()),
  /** Would it alone choose the same names? Null without a vote. */
  agrees: v.nullable(v.boolean()),
})

export const namingEvidence = v.object({
  /** By what share the next best reading costs more; null where there is no other. */
  margin: v.nullable(v.number()),
  /** Probability that means without product structure are named as well; null where it was not tried. */
  nullP: v.nullable(v.number()),
  /** Do the effects of nodes and at least one kind of distances prefer these names to all others that were tried? */
  measuresAgree: v.boolean(),
  /** Do the clusters spread in as many directions as there are nodes? Pieces of a line would not. */
  distinct: v.boolean(),
  /** Margin, null, measures and directions together. */
  decided: v.boolean(),
  votes: v.pipe(v.array(modalityVote), v.readonly()),
})

export type NamingEvidence = v.InferOutput<typeof namingEvidence>
