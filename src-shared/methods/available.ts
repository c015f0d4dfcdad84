/** What the list says of a method by its id. */
import { type Method, methods } from './list.ts'
import type { MethodDefinition, MethodSettings } from './method.ts'

const byId: ReadonlyMap<string, MethodDefinition> = new Map(methods.map((method) => [method.id, method]))

export const methodIds = methods.map(({ id }) => id)

export function definitionOf(method: Method): MethodDefinition {
  return byId.get(method)!
}

export function settingsOf(method: Method): MethodSettings {
  return definitionOf(method).settings
}
