/** Edges that a refusal of what is known is about, so that they are marked where they were written. */
import * as v from 'valibot'
import type { ErrorData } from '../errors.ts'
import type { Knowledge } from './knowledge.ts'

/** [from, to], by their nodes' names. */
export type Edges = Knowledge['required']

const edges = v.array(v.tuple([v.string(), v.string()]))

/** None where it is about no edge. */
export function edgesConcerned({ details }: Pick<ErrorData, 'details'>): Edges {
  const parsed = v.safeParse(edges, details.edges)
  return parsed.success ? parsed.output : []
}
