/** What passes between the host and the process that tells labels of new samples, checked on both sides. */
import * as v from 'valibot'
import { errorData } from '../../src-shared/contract/shapes.ts'
import { modelEntries } from './messages.ts'

const floats = v.custom<Float32Array>((value) => value instanceof Float32Array, 'a Float32Array')

const jobSchema = v.object({
  ...modelEntries,
  /** The new samples. */
  samplesFile: v.string(),
  samplesSha256: v.string(),
})
export type PredictJob = Readonly<v.InferOutput<typeof jobSchema>>

const replySchema = v.variant('type', [
  v.object({
    type: v.literal('done'),
    told: v.object({
      label: v.string(),
      classes: v.array(v.string()),
      ids: v.array(v.string()),
      probabilities: floats,
      fragility: floats,
      unlike: floats,
      notes: v.array(v.string()),
    }),
  }),
  v.object({ type: v.literal('error'), error: errorData }),
])
export type PredictReply = v.InferOutput<typeof replySchema>

export function parseJob(message: unknown): PredictJob {
  return v.parse(jobSchema, message)
}

export function parseReply(message: unknown): PredictReply {
  return v.parse(replySchema, message)
}
