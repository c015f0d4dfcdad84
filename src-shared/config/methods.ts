/** The methods and the schema of each one's configuration. */
import type * as v from 'valibot'
import type { Method } from '../domain/run.ts'
import { refused } from '../errors.ts'
import { type CausalPimaConfig, causalPimaConfigSchema } from './causal-pima.ts'

const titles: Readonly<Record<Method, string>> = {
  'causal-pima': 'causalPIMA',
  'partial-causal': 'partial causal discovery',
  'causal-complete': 'CausalComplete',
}

export const methods = ['causal-pima', 'partial-causal', 'causal-complete'] as const satisfies readonly Method[]

export type AvailableMethod = 'causal-pima'

/** Methods that this version can train, with what their configuration must look like. */
export const methodSchemas = {
  'causal-pima': causalPimaConfigSchema,
} as const satisfies Record<AvailableMethod, v.GenericSchema<unknown, CausalPimaConfig>>

/** Why a method cannot be used, or null when it can. */
export function unavailable(method: Method): string | null {
  return method === 'causal-pima'
    ? null
    : `The method ${method} (${titles[method]}) is not available yet in this version of Causalscope.`
}

/** The method if this version can train it; throws `refused` otherwise. */
export function availableMethod(method: Method): AvailableMethod {
  if (method === 'causal-pima') return method
  throw refused(unavailable(method) ?? '', 'Use causal-pima.', { field: 'method' })
}
