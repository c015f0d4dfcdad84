/** What passes between the host and the inference process, checked on both sides. */
import * as v from 'valibot'
import { errorData, whole } from '../../src-shared/contract/shapes.ts'
import { modelEntries } from './messages.ts'

const floats = v.custom<Float32Array>((value) => value instanceof Float32Array, 'a Float32Array')

const modelSchema = v.object(modelEntries)
/** Everything that makes the trained model of a finished run. */
export type TrainedModel = Readonly<v.InferOutput<typeof modelSchema>>

const values = v.object({ modality: v.string(), values: floats })

const questionSchema = v.variant('kind', [
  v.object({ kind: v.literal('decode'), latents: floats }),
  v.object({
    kind: v.literal('encode'),
    samples: v.union([v.array(whole), v.object({ count: whole, modalities: v.array(values) })]),
    from: v.nullable(v.array(v.string())),
  }),
  v.object({ kind: v.literal('reconstruct'), rows: v.array(whole), from: v.nullable(v.array(v.string())) }),
])
export type Question = v.InferOutput<typeof questionSchema>
/** Answered with values of modalities. */
export type ValueQuestion = Exclude<Question, { kind: 'encode' }>
/** Answered with what encoders say of the latent points. */
export type EncodeQuestion = Extract<Question, { kind: 'encode' }>

const requestSchema = v.object({ id: whole, model: modelSchema, question: questionSchema })
export type InferenceRequest = v.InferOutput<typeof requestSchema>

const replySchema = v.variant('type', [
  v.object({ type: v.literal('answer'), id: whole, predictions: v.array(values) }),
  v.object({ type: v.literal('encoded'), id: whole, mean: floats, sd: floats }),
  v.object({ type: v.literal('error'), id: whole, error: errorData }),
])
export type InferenceReply = v.InferOutput<typeof replySchema>

export function parseRequest(message: unknown): InferenceRequest {
  return v.parse(requestSchema, message)
}

export function parseReply(message: unknown): InferenceReply {
  return v.parse(replySchema, message)
}
