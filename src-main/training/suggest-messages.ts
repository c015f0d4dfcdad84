/** What passes between the host and the process that compares nodes and categories, checked on both sides. */
import * as v from 'valibot'
import { engineChoice, errorData, method, whole } from '../../src-shared/contract/shapes.ts'
import { suggestion } from '../../src-shared/domain/suggestion.ts'

const jobSchema = v.object({
  method,
  packFile: v.string(),
  packSha256: v.string(),
  config: v.unknown(),
  seed: v.pipe(v.number(), v.safeInteger()),
  engine: engineChoice,
  /** Null: the engine's own choice. */
  threads: v.nullable(whole),
  mostNodes: whole,
})
export type SuggestJob = Readonly<v.InferOutput<typeof jobSchema>>

const replySchema = v.variant('type', [
  v.object({ type: v.literal('progress'), label: v.string(), fraction: v.number() }),
  v.object({ type: v.literal('done'), suggestion }),
  v.object({ type: v.literal('error'), error: errorData }),
])
export type SuggestReply = v.InferOutput<typeof replySchema>

export function parseJob(message: unknown): SuggestJob {
  return v.parse(jobSchema, message)
}

export function parseReply(message: unknown): SuggestReply {
  return v.parse(replySchema, message)
}
