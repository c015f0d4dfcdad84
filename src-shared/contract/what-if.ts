/** What would be if nodes were set, and what one measurement says of the others. */
import * as v from 'valibot'
import { annotations } from './graphs.ts'
import { id, modalityArray, path, type ReadonlyDeep, row, task, text, whole } from './shapes.ts'

const setting = v.strictObject({ node: whole, value: whole })
const settings = v.pipe(v.array(setting), v.minLength(1), v.maxLength(12))
const shares = v.array(v.number())

/** What setting nodes does to the joint distribution, beside what it is and what it is among samples seen with these categories. */
export const effect = v.object({
  settings: v.array(setting),
  /** What of all this may not be stated: to be said first. */
  cautions: v.array(v.string()),
  /** The answer in sentences. */
  text: v.array(v.string()),
  /** Every joint outcome; `set` is the mean over the graphs of the class, with the lowest and highest. */
  outcomes: v.array(
    v.object({
      categories: v.array(whole),
      before: v.number(),
      seen: v.nullable(v.number()),
      set: v.number(),
      low: v.number(),
      high: v.number(),
    }),
  ),
  /** The same of each node's categories. */
  nodes: v.array(
    v.object({
      name: v.string(),
      categories: v.array(v.string()),
      before: shares,
      seen: v.nullable(shares),
      set: shares,
      low: shares,
      high: shares,
    }),
  ),
  /** Graphs of the class that differ in what drives the set nodes, the one that was read out first, with [L][K] of `set` in each. */
  answers: v.array(v.object({ edges: v.array(v.string()), set: v.array(shares) })),
  complete: v.boolean(),
})
export type Effect = ReadonlyDeep<v.InferOutput<typeof effect>>

/** A sample as it would have been. */
export const counterfactual = v.object({
  sample: v.string(),
  settings: v.array(setting),
  cautions: v.array(v.string()),
  /** Which noise is kept and what is assumed, in sentences. */
  assumptions: v.array(v.string()),
  text: v.array(v.string()),
  /** Probability of each node's categories as the sample is, and as it would have been. */
  nodes: v.array(v.object({ name: v.string(), categories: v.array(v.string()), was: shares, would: shares })),
})
export type Counterfactual = ReadonlyDeep<v.InferOutput<typeof counterfactual>>

/** What some modalities say of the nodes. */
export const told = v.object({
  from: v.array(v.string()),
  nodes: v.array(v.object({ name: v.string(), categories: v.array(v.string()), probabilities: shares })),
  cautions: v.array(v.string()),
})
export type ToldByModalities = ReadonlyDeep<v.InferOutput<typeof told>>

const drawn = { count: v.pipe(whole, v.minValue(1), v.maxValue(64)), seed: whole, task }

const seen = v.pipe(v.array(text(200)), v.minLength(1), v.maxLength(64))
/** New samples that the window is told of at once. */
export const mostNewSamples = 12

export const whatIfRequests = {
  'intervene.effect': {
    request: v.strictObject({ run: id, settings, ...drawn }),
    response: v.object({
      effect,
      /** Draws of every modality: [count, ...shape] each; `seen` is empty where the categories are never seen together. */
      before: v.array(modalityArray),
      seen: v.array(modalityArray),
      set: v.array(modalityArray),
    }),
  },
  /** Keeps the question with the run, as a step of undo: its report answers it. */
  'intervene.keep': { request: v.strictObject({ run: id, settings }), response: annotations },
  /** `row` is one of the run's samples. */
  'intervene.sample': {
    request: v.strictObject({ run: id, row, settings, ...drawn }),
    response: v.object({
      counterfactual,
      /** As the model rebuilds the sample, one each. */
      rebuilt: v.array(modalityArray),
      /** Draws of what it would have been. */
      would: v.array(modalityArray),
    }),
  },
  /** What these modalities of a sample say of its nodes, and draws of every modality. */
  'infer.told': {
    request: v.strictObject({ run: id, row, from: seen, ...drawn }),
    response: v.object({ told, draws: v.array(modalityArray) }),
  },
  /** The same of samples that are in no data set, read from a file or folder; nothing is stored. The first few are told. */
  'infer.new': {
    request: v.strictObject({ run: id, source: path, from: seen, ...drawn }),
    response: v.object({
      samples: v.array(v.object({ id: v.string(), told, draws: v.array(modalityArray) })),
      /** How many there are. */
      total: whole,
    }),
  },
} as const
