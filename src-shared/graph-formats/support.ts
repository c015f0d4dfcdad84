/** What speaks for an edge as plain numbers by name, for formats that know attributes alone; what is unknown is left out. */
import type { Edge } from '../graph/edge.ts'

export const supportNames = [
  'probabilityJoined',
  'probabilityForward',
  'probabilityBackward',
  'replicatesAgreeing',
  'replicates',
] as const

export function supportNumbers(edge: Edge): Partial<Record<(typeof supportNames)[number], number>> {
  const { posterior, replicates } = edge.support
  return {
    ...(posterior === null
      ? {}
      : {
          probabilityJoined: posterior.joined,
          probabilityForward: posterior.forward,
          probabilityBackward: posterior.backward,
        }),
    ...(replicates === null ? {} : { replicatesAgreeing: replicates.agreeing, replicates: replicates.of }),
  }
}
