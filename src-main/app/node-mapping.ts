/** Which node of another graph is which of this one: by how both divide the same samples, by name where they share none. */
import type { ResponseOf } from '../../src-shared/contract.ts'
import { refused } from '../../src-shared/errors.ts'
import { matchByAgreement } from '../evidence/node-agreement.ts'
import type { NamedGraph } from './graph-comparison.ts'

/** Node of this graph that each of the other's is; null: none. */
export type NodeMapping = readonly (number | null)[]

/** Samples in common below which their agreement says nothing. */
const fewestSamples = 10
/** Agreement beyond chance from which two nodes are proposed as one. */
const leastAgreement = 0.1

const plain = (name: string): string => name.trim().toLowerCase()

/** What is proposed, with the agreement of every node of the other with every node of this one. */
export function proposeMapping(here: NamedGraph, there: NamedGraph): Omit<ResponseOf<'graph.match'>, 'title'> {
  const rowOf = new Map(here.samples.ids.map((id, row) => [id, row]))
  const shared = there.samples.ids.flatMap((id, row) => {
    const own = rowOf.get(id)
    return own === undefined ? [] : [[own, row] as const]
  })
  if (shared.length < fewestSamples) {
    const index = new Map(here.names.map((name, node) => [plain(name), node]))
    const proposed = there.names.map((name) => index.get(plain(name)) ?? null)
    return { samples: 0, nodes: there.names.map((name) => ({ name, agreement: null })), proposed }
  }
  const on = ({ samples }: NamedGraph, side: 0 | 1): Int32Array[] =>
    samples.labels.map((node) => Int32Array.from(shared, (pair) => node[pair[side]]!))
  const { agreement, partner } = matchByAgreement(on(there, 1), on(here, 0))
  return {
    samples: shared.length,
    nodes: there.names.map((name, node) => ({ name, agreement: [...agreement[node]!] })),
    proposed: partner.map((own, node) => (own >= 0 && agreement[node]![own]! >= leastAgreement ? own : null)),
  }
}

/** Throws `refused` for a mapping of other nodes than these, of two to one, or of none at all. */
export function checkMapping(here: NamedGraph, there: NamedGraph, mapping: NodeMapping): void {
  const used = mapping.filter((node) => node !== null)
  const taken = used.find((node, at) => used.indexOf(node) !== at)
  if (mapping.length !== there.names.length || used.some((node) => node >= here.names.length))
    throw refused(`This mapping is not of the nodes of ${there.title}.`, 'Choose what to compare with again.')
  if (taken !== undefined)
    throw refused(
      `Two nodes of ${there.title} cannot both be ${here.names[taken]!}.`,
      'Choose another node for one of them, or none.',
    )
  if (used.length === 0)
    throw refused(
      `No node of ${there.title} is taken for one of this graph: it has ${there.names.join(', ')}.`,
      `Say which of them is ${here.names.join(', ')}.`,
    )
}
