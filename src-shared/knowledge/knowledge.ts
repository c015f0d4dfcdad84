/**
 * What is known of the nodes before the counts are looked at (docs/causal-pima.md section 1): edges that cannot be or must
 * be, an order in time, what a node acts on, and which node was set from outside in which samples.
 */
import * as v from 'valibot'
import type { ReadonlyDeep } from '../readonly-deep.ts'

const name = v.pipe(v.string(), v.trim(), v.minLength(1))
const arc = v.tuple([name, name])

/** As people write it, by the nodes' names. */
export const knowledgeSchema = v.strictObject({
  /** Edges [from, to] that no graph may have. */
  forbidden: v.optional(v.array(arc), []),
  /** Edges [from, to] that every graph has. */
  required: v.optional(v.array(arc), []),
  /** Earlier ones first: no edge leads from a later tier to an earlier one. Nodes in none are free. */
  tiers: v.optional(
    v.array(
      v.strictObject({
        nodes: v.array(name),
        /** No edge joins two nodes of this tier. */
        closed: v.optional(v.boolean(), false),
      }),
    ),
    [],
  ),
  /** Nodes that act on these modalities and on no others. */
  scopes: v.optional(
    v.array(v.strictObject({ node: name, modalities: v.pipe(v.array(v.string()), v.minLength(1)) })),
    [],
  ),
  /** Metadata column that names the node which was set from outside in a sample; empty: none was. */
  intervened: v.optional(v.nullable(v.string()), null),
})

type WrittenKnowledge = v.InferOutput<typeof knowledgeSchema>
export type Knowledge = ReadonlyDeep<WrittenKnowledge>

export const nothingKnown: Knowledge = { forbidden: [], required: [], tiers: [], scopes: [], intervened: null }

const index = v.pipe(v.number(), v.integer(), v.minValue(0))
const pair = v.tuple([index, index])

/** The same by the nodes' indices, as it stands with a learned graph. */
export const givenSchema = v.object({
  forbidden: v.array(pair),
  required: v.array(pair),
  tiers: v.array(v.object({ nodes: v.array(index), closed: v.boolean() })),
  scopes: v.array(v.object({ node: index, modalities: v.array(v.string()) })),
  /** The column, and the sets of nodes that were set together with the number of samples in which they were. */
  intervened: v.nullable(
    v.object({ column: v.string(), targets: v.array(v.object({ nodes: v.array(index), samples: v.number() })) }),
  ),
})

export type Given = ReadonlyDeep<v.InferOutput<typeof givenSchema>>

/** By index; a name that no node has is left out: `knowledgeProblems` refuses it. */
export function givenOf(
  knowledge: Knowledge,
  nodes: readonly string[],
  targets: readonly { readonly nodes: readonly number[]; readonly samples: number }[] = [],
): Given {
  const at = (node: string): number => nodes.indexOf(node)
  const pairs = (arcs: Knowledge['forbidden']): [number, number][] =>
    arcs.map(([from, to]): [number, number] => [at(from), at(to)]).filter((ends) => !ends.includes(-1))
  return {
    forbidden: pairs(knowledge.forbidden),
    required: pairs(knowledge.required),
    tiers: knowledge.tiers.map(({ nodes: names, closed }) => ({
      nodes: names.map(at).filter((node) => node >= 0),
      closed,
    })),
    scopes: knowledge.scopes.flatMap(({ node, modalities }) =>
      at(node) < 0 ? [] : [{ node: at(node), modalities: [...modalities] }],
    ),
    intervened:
      knowledge.intervened === null
        ? null
        : {
            column: knowledge.intervened,
            targets: targets.map(({ nodes: set, samples }) => ({ nodes: [...set], samples })),
          },
  }
}

/** By name again, as the settings of a run hold it. */
export function knowledgeOf(given: Given, nodes: readonly string[]): WrittenKnowledge {
  const name = (node: number): string => nodes[node]!
  const arcs = (pairs: Given['forbidden']): [string, string][] => pairs.map(([from, to]) => [name(from), name(to)])
  return {
    forbidden: arcs(given.forbidden),
    required: arcs(given.required),
    tiers: given.tiers.map((tier) => ({ nodes: tier.nodes.map(name), closed: tier.closed })),
    scopes: given.scopes.map(({ node, modalities }) => ({ node: name(node), modalities: [...modalities] })),
    intervened: given.intervened?.column ?? null,
  }
}

/** What was known when a graph was learnt, under the names that its nodes have now. */
export function knowledgeOfGraph({
  given,
  nodes,
}: {
  readonly given?: Given
  readonly nodes: readonly { readonly name: string }[]
}): WrittenKnowledge {
  if (given === undefined) return v.parse(knowledgeSchema, {})
  return knowledgeOf(
    given,
    nodes.map(({ name: own }) => own),
  )
}

/** What is left of it, or what it says, once nodes go by other names; null: the node is gone. */
export function renamed(knowledge: Knowledge, nameOf: (node: string) => string | null): Knowledge {
  const arcs = (pairs: Knowledge['forbidden']): Knowledge['forbidden'] =>
    pairs.flatMap(([from, to]) => {
      const [a, b] = [nameOf(from), nameOf(to)]
      return a === null || b === null ? [] : [[a, b] as const]
    })
  return {
    ...knowledge,
    forbidden: arcs(knowledge.forbidden),
    required: arcs(knowledge.required),
    tiers: knowledge.tiers.map((tier) => ({ ...tier, nodes: tier.nodes.map(nameOf).filter((name) => name !== null) })),
    scopes: knowledge.scopes.flatMap((scope) => {
      const node = nameOf(scope.node)
      return node === null ? [] : [{ ...scope, node }]
    }),
  }
}

/** Does it say nothing at all? */
export function isEmpty(knowledge: Knowledge | Given): boolean {
  const { forbidden, required, tiers, scopes, intervened } = knowledge
  return (
    forbidden.length + required.length + scopes.length === 0 &&
    tiers.every(({ nodes }) => nodes.length === 0) &&
    intervened === null
  )
}
