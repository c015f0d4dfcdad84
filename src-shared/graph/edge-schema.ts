/** The shapes of edges as they are stored and cross processes. */
import * as v from 'valibot'
import { type Edge, type NamedEdge, standings } from './edge.ts'

const index = v.pipe(v.number(), v.integer(), v.minValue(0))
const probability = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

export const endMark = v.picklist(['tail', 'arrow', 'circle'])
export const standing = v.picklist(standings)

export const edgeSupport = v.object({
  posterior: v.nullable(v.object({ joined: probability, forward: probability, backward: probability })),
  replicates: v.nullable(v.object({ agreeing: index, of: index })),
  restarts: v.nullable(v.object({ forward: probability, backward: probability, of: index })),
})

export const edge = v.object({
  from: index,
  to: index,
  fromMark: endMark,
  toMark: endMark,
  strength: probability,
  support: edgeSupport,
  standing,
}) satisfies v.GenericSchema<unknown, Edge>

/** An edge by its nodes' names, where it travels without its graph. */
export const namedEdge = v.object({
  from: v.string(),
  to: v.string(),
  fromMark: endMark,
  toMark: endMark,
  // Runs from before edges had a standing were never replicated.
  standing: v.optional(standing, 'provisional'),
}) satisfies v.GenericSchema<unknown, NamedEdge>
