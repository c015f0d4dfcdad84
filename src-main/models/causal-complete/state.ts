/** What a session remembers besides tensors, and all of it as a snapshot and back. */
import * as v from 'valibot'
import type { DescentState } from '../nn/descent.ts'
import { prefixed, unprefixed } from '../nn/named-arrays.ts'
import type { StoredArray } from '../nn/parameters.ts'
import type { Snapshot } from '../session.ts'

const stateSchema = v.object({
  /** Place among the phases: the base, where it is trained, then the whole. */
  phase: v.number(),
  /** Layers were scaled by a batch. */
  initialised: v.boolean(),
  /** Epochs and steps of all phases. */
  epoch: v.number(),
  step: v.number(),
  stepInEpoch: v.number(),
  trainingSeconds: v.number(),
  /** 1, halved after a loss that was not finite. */
  rateFactor: v.number(),
  /** The best epoch of the phase by its validation; its parameters lie among the arrays. */
  best: v.nullable(v.object({ loss: v.number(), epoch: v.number() })),
  finished: v.boolean(),
})

export type State = v.InferOutput<typeof stateSchema>

export const firstState: State = {
  ...{ phase: 0, initialised: false, epoch: 0, step: 0, stepInEpoch: 0, trainingSeconds: 0, rateFactor: 1 },
  ...{ best: null, finished: false },
}

type Arrays = Readonly<Record<string, StoredArray>>

export interface SessionParts {
  readonly state: State
  readonly parameters: Arrays
  readonly descent: DescentState
  /** Sums of the running epoch's terms. */
  readonly terms: Float32Array | null
  readonly best: Arrays | null
  /** Parameters of the base when its training had ended. */
  readonly base: Arrays | null
}

const schema = v.object({ state: stateSchema, steps: v.record(v.string(), v.number()) })

/** Null where nothing was stored. */
const stored = (arrays: Arrays): Arrays | null => (Object.keys(arrays).length === 0 ? null : arrays)

export function packSnapshot({ state, parameters, descent, terms, best, base }: SessionParts): Snapshot {
  return {
    state: { state: structuredClone(state), steps: descent.steps },
    arrays: Object.fromEntries([
      ...prefixed('parameter', parameters),
      ...prefixed('adam', descent.arrays),
      ...prefixed('best', best),
      ...prefixed('base', base),
      ...(terms === null ? [] : [['terms', { shape: [terms.length], values: terms }] as const]),
    ]),
  }
}

/** Throws when the checkpoint is of another version's form. */
export function openSnapshot({ state: raw, arrays }: Snapshot): SessionParts {
  const { state, steps } = v.parse(schema, raw)
  return {
    state,
    parameters: unprefixed('parameter', arrays),
    descent: { steps, arrays: unprefixed('adam', arrays) },
    terms: arrays.terms?.values ?? null,
    best: stored(unprefixed('best', arrays)),
    base: stored(unprefixed('base', arrays)),
  }
}
