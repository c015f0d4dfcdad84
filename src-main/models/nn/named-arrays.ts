/** Stores of arrays side by side in one, each under a prefix, as a checkpoint holds them. */
import type { StoredArray } from './parameters.ts'

type Arrays = Readonly<Record<string, StoredArray>>

/** The store's arrays as `prefix:name`; none of no store. */
export function prefixed(prefix: string, arrays: Arrays | null): [string, StoredArray][] {
  return Object.entries(arrays ?? {}).map(([name, array]) => [`${prefix}:${name}`, array])
}

/** The arrays under a prefix, without it. */
export function unprefixed(prefix: string, arrays: Arrays): Record<string, StoredArray> {
  const start = `${prefix}:`
  const own = Object.entries(arrays).filter(([name]) => name.startsWith(start))
  return Object.fromEntries(own.map(([name, array]) => [name.slice(start.length), array]))
}
