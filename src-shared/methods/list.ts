/** The methods: ids, titles, choices, schemas and words all follow from this list. */
import type * as v from 'valibot'
import { causalComplete } from './causal-complete/method.ts'
import { causalPima } from './causal-pima/method.ts'
import type { MethodDefinition } from './method.ts'
import { partialCausal } from './partial-causal/method.ts'

export const methods = [causalPima, partialCausal, causalComplete] as const satisfies readonly MethodDefinition[]

type Known = (typeof methods)[number]

export type Method = Known['id']

/** A method's whole configuration. */
export type ConfigOf<M extends Method> = v.InferOutput<Extract<Known, { readonly id: M }>['settings']['config']>
