/** What passes between the host and the inference process, checked on both sides. */
import * as v from 'valibot'
import { errorData, whole } from '../../src-shared/contract/shapes.ts'
import { modelEntries } from './messages.ts'

const floats = v.custom<Float32Array>((value) => value instanceof Float32Array, 'a Float32Array')

const modelSchema = v.object(modelEntries)
/** Everything that makes the trained model of a finished run. */
export type TrainedModel = Readonly<v.InferOutput<typeof modelSchema>>

const questionSchema = v.variant('kind', [
  v.object({ kind: v.literal('decode'), latents: floats }),
  v.object({ kind: v.literal('reconstruct'), rows: v.array(whole), from: v.nullable(v.array(v.string())) }),
])
export type Question = v.InferOutput<typeof questionSchema>

const requestSchema = v.object({ id: whole, model: modelSchema, question: questionSchema })
export type InferenceRequest = v.InferOutput<typeof requestSchema>

const replySchema = v.variant('type', [
  v.object({
    type: v.literal('answer'),
    id: whole,
    predictions: v.array(v.object({ modality: v.string(), values: floats })),
  }),
  v.object({ type: v.literal('error'), id: whole, error: errorData }),
])
export type InferenceReply = v.InferOutput<typeof replySchema>

export function parseRequest(message: unknown): InferenceRequest {
  return v.parse(requestSchema, message)
}

export function parseReply(message: unknown): InferenceReply {
  return v.parse(replySchema, message)
}
