/** A session's whole state as a snapshot and back: scalars in JSON, every tensor among the arrays under a prefix. */
import * as v from 'valibot'
import { prefixed, unprefixed } from '../nn/named-arrays.ts'
import type { StoredArray } from '../nn/parameters.ts'
import type { Snapshot } from '../session.ts'
import { type State, stateSchema } from './state.ts'

type Arrays = Readonly<Record<string, StoredArray>>

export interface SessionParts {
  readonly state: State
  readonly parameters: Arrays
  readonly adam: { readonly steps: Readonly<Record<string, number>>; readonly arrays: Arrays }
  /** Sums of the running epoch's terms. */
  readonly terms: Float32Array | null
  readonly best: Arrays | null
  readonly kept: { readonly parameters: Arrays; readonly memberships: Float32Array } | null
  /** Posterior means of each modality learnt by itself, [present, width]. */
  readonly alone: Arrays
  /** Memberships that guide the joint phase, [rows, C]. */
  readonly guide: Float32Array | null
}

const schema = v.object({ state: stateSchema, adamSteps: v.record(v.string(), v.number()) })

const flat = (values: Float32Array): StoredArray => ({ shape: [values.length], values })

export function packSnapshot({ state, parameters, adam, terms, best, kept, alone, guide }: SessionParts): Snapshot {
  const single = [
    ...(terms === null ? [] : [['terms', flat(terms)] as const]),
    ...(kept === null ? [] : [['keptMemberships', flat(kept.memberships)] as const]),
    ...(guide === null ? [] : [['guide', flat(guide)] as const]),
  ]
  return {
    state: { state: structuredClone(state), adamSteps: adam.steps },
    arrays: Object.fromEntries([
      ...prefixed('parameter', parameters),
      ...prefixed('adam', adam.arrays),
      ...prefixed('best', best),
      ...prefixed('kept', kept?.parameters ?? null),
      ...prefixed('alone', alone),
      ...single,
    ]),
  }
}

/** Throws when the checkpoint is of another version's form. */
export function openSnapshot({ state: raw, arrays }: Snapshot): SessionParts {
  const { state, adamSteps } = v.parse(schema, raw)
  const best = unprefixed('best', arrays)
  const memberships = arrays.keptMemberships
  return {
    state,
    parameters: unprefixed('parameter', arrays),
    adam: { steps: adamSteps, arrays: unprefixed('adam', arrays) },
    terms: arrays.terms?.values ?? null,
    best: Object.keys(best).length === 0 ? null : best,
    kept:
      memberships === undefined ? null : { parameters: unprefixed('kept', arrays), memberships: memberships.values },
    alone: unprefixed('alone', arrays),
    guide: arrays.guide?.values ?? null,
  }
}

/** What a finished model lacks to be trained on with, in words; null: nothing. */
export function lacksToGoOn({ state }: Snapshot): string | null {
  const kept = v.safeParse(schema, state)
  return kept.success && kept.output.state.keepsGuide
    ? null
    : 'it was finished by an earlier version of the program, which did not keep all that training goes on with.'
}
