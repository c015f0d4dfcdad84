/** What came from JSON, or is about to become it, before a schema has seen it. */
export type JsonObject = Readonly<Record<string, unknown>>

/** An object with keys: no list, not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
