/** What the list says of a method by its id. */
import { refused } from '../errors.ts'
import { type AvailableMethod, type Method, methods } from './list.ts'
import type { MethodDefinition, MethodSettings } from './method.ts'

const byId: ReadonlyMap<string, MethodDefinition> = new Map(methods.map((method) => [method.id, method]))

export const methodIds = methods.map(({ id }) => id)

export function definitionOf(method: Method): MethodDefinition {
  return byId.get(method)!
}

export function settingsOf(method: AvailableMethod): MethodSettings {
  return definitionOf(method).settings!
}

/** Why a method cannot be used, or null when it can. */
export function unavailable(method: Method): string | null {
  const { settings, title } = definitionOf(method)
  return settings === null
    ? `The method ${method} (${title}) is not available yet in this version of Causalscope.`
    : null
}

function isAvailable(method: Method): method is AvailableMethod {
  return definitionOf(method).settings !== null
}

/** Ids of the methods that can be trained. */
export const trainable = methodIds.filter(isAvailable)

/** The method if this version can train it; throws `refused` otherwise. */
export function availableMethod(method: Method): AvailableMethod {
  if (isAvailable(method)) return method
  throw refused(unavailable(method) ?? '', `Use ${trainable.join(' or ')}.`, { field: 'method' })
}
