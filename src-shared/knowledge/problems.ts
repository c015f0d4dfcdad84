/** Where what is said to be known contradicts itself, or speaks of nodes and data that are not there. */
import { nearestName } from '../config/nearest.ts'
import type { DatasetSummary } from '../domain/dataset.ts'
import { type CausalscopeError, refused } from '../errors.ts'
import { digraph, findCycle } from '../graph/digraph.ts'
import type { ConfigProblem } from '../methods/method.ts'
import { againstTiers } from './constraints.ts'
import type { Edges } from './concerned.ts'
import { type Given, givenOf, type Knowledge } from './knowledge.ts'
import { targetsOfValue } from './intervened.ts'

interface KnowledgeProblem extends ConfigProblem {
  /** Edges that it is about, by their nodes' names; none: it is about no edge between two nodes. */
  readonly edges: Edges
}

/**
 * Whatever the data. Fields are places in `knowledge`.
 * @param nodes names of the nodes there are
 */
export function knowledgeProblems(knowledge: Knowledge, nodes: readonly string[]): KnowledgeProblem[] {
  const missing = unknownNodes(knowledge, nodes)
  return missing.length > 0 ? missing.map((problem) => ({ ...problem, edges: [] })) : contradictions(knowledge, nodes)
}

/** What refuses it, with the edges that it is about. */
export function contradicted({ message, hint, field, edges }: KnowledgeProblem): CausalscopeError {
  return refused(message, hint, { field, edges })
}

function unknownNodes({ forbidden, required, tiers, scopes }: Knowledge, nodes: readonly string[]): ConfigProblem[] {
  const named = [
    ...forbidden.flatMap((arc, i) => arc.map((node) => ({ node, field: `forbidden.${i}` }))),
    ...required.flatMap((arc, i) => arc.map((node) => ({ node, field: `required.${i}` }))),
    ...tiers.flatMap((tier, i) => tier.nodes.map((node) => ({ node, field: `tiers.${i}` }))),
    ...scopes.map(({ node }, i) => ({ node, field: `scopes.${i}` })),
  ]
  const unknown = named.filter(({ node }) => !nodes.includes(node))
  return unknown
    .filter(({ node }, i) => unknown.findIndex((other) => other.node === node) === i)
    .map(({ node, field }) => {
      const nearest = nearestName(node, nodes)
      return {
        field: `knowledge.${field}`,
        message: `What is known speaks of "${node}", and no node is called that${nearest === null ? '' : ` (did you mean "${nearest}"?)`}.`,
        hint: `The nodes are ${nodes.join(', ')}.`,
      }
    })
}

function contradictions(knowledge: Knowledge, nodes: readonly string[]): KnowledgeProblem[] {
  const given = givenOf(knowledge, nodes)
  const name = (node: number): string => nodes[node]!
  const edge = ([from, to]: readonly [number, number]): string => `${name(from)} → ${name(to)}`
  const named = ([from, to]: readonly [number, number]): Edges => [[name(from), name(to)]]
  const at = (i: number, kind: 'forbidden' | 'required'): string => `knowledge.${kind}.${i}`
  const toItself = (['forbidden', 'required'] as const).flatMap((kind) =>
    given[kind].flatMap(([from, to], i) =>
      from === to
        ? [
            {
              field: at(i, kind),
              message: `An edge from ${name(from)} to itself is ${kind}.`,
              hint: 'An edge joins two different nodes: leave this one out.',
              edges: [],
            },
          ]
        : [],
    ),
  )
  if (toItself.length > 0) return toItself
  const both = given.required.flatMap((arc, i) =>
    given.forbidden.some(([a, b]) => a === arc[0] && b === arc[1])
      ? [
          {
            field: at(i, 'required'),
            message: `${edge(arc)} is both required and forbidden.`,
            hint: 'Decide for one of the two.',
            edges: named(arc),
          },
        ]
      : [],
  )
  const untimely = given.required.flatMap((arc, i) =>
    againstTiers(given, ...arc)
      ? [{ ...againstTime(arc, given, edge, name, at(i, 'required')), edges: named(arc) }]
      : [],
  )
  return [...both, ...untimely, ...circles(given, name), ...twice(knowledge)]
}

function againstTime(
  [from, to]: readonly [number, number],
  { tiers }: Given,
  edge: (arc: readonly [number, number]) => string,
  name: (node: number) => string,
  field: string,
): ConfigProblem {
  const tier = (node: number): number => tiers.findIndex(({ nodes }) => nodes.includes(node)) + 1
  return {
    field,
    message:
      tier(from) === tier(to)
        ? `${edge([from, to])} is required, but tier ${tier(from)} has both and no edges within it.`
        : `${edge([from, to])} is required, but ${name(from)} is in tier ${tier(from)}, after ${name(to)} in tier ${tier(to)}.`,
    hint: 'Move one of the two to another tier, or do not require the edge.',
  }
}

function circles(given: Given, name: (node: number) => string): KnowledgeProblem[] {
  const size = 1 + Math.max(-1, ...given.required.flat())
  const cycle = findCycle(digraph(size, given.required))
  if (cycle === null) return []
  return [
    {
      field: 'knowledge.required',
      message: `The required edges run in a circle: ${[...cycle, cycle[0]!].map(name).join(' → ')}.`,
      hint: 'Nothing causes itself: leave one of these edges out.',
      edges: cycle.map((node, i): Edges[number] => [name(node), name(cycle[(i + 1) % cycle.length]!)]),
    },
  ]
}

function twice({ tiers, scopes }: Knowledge): KnowledgeProblem[] {
  const listed = tiers.flatMap(({ nodes }, i) =>
    nodes.map((node) => ({ node, field: `knowledge.tiers.${i}`, tier: i })),
  )
  const again = listed.filter(({ node }, i) => listed.findIndex((other) => other.node === node) < i)
  const scoped = scopes.flatMap(({ node }, i) => (scopes.findIndex((other) => other.node === node) < i ? [i] : []))
  return [
    ...again.map(({ node, field }) => ({
      field,
      message: `${node} is listed twice in the tiers.`,
      hint: 'Put each node into one tier at most.',
      edges: [],
    })),
    ...scoped.map((i) => ({
      field: `knowledge.scopes.${i}`,
      message: `What ${scopes[i]!.node} acts on is said twice.`,
      hint: 'Give each node one list of modalities.',
      edges: [],
    })),
  ]
}

/**
 * What of it does not fit the data set.
 * @param nodes with the column that each is anchored to
 * @param used names of the modalities that the run uses
 */
export function knowledgeMisfits(
  { scopes, intervened }: Knowledge,
  nodes: readonly { readonly name: string; readonly anchor: string | null }[],
  used: readonly string[],
  { metadata }: Pick<DatasetSummary, 'metadata'>,
): ConfigProblem[] {
  const unseen = scopes.flatMap(({ node, modalities }, i) =>
    modalities
      .filter((modality) => !used.includes(modality))
      .map((modality) => ({
        field: `knowledge.scopes.${i}`,
        message: `${node} is said to act on "${modality}", which the run does not use.`,
        hint: used.length === 0 ? 'The run uses no modality.' : `It uses ${used.join(', ')}.`,
      })),
  )
  return [...unseen, ...(intervened === null ? [] : columnProblems(intervened, nodes, metadata))]
}

function columnProblems(
  intervened: string,
  nodes: readonly { readonly name: string; readonly anchor: string | null }[],
  metadata: DatasetSummary['metadata'],
): ConfigProblem[] {
  const field = 'knowledge.intervened'
  const usable = metadata.filter(({ kind }) => kind === 'category').map(({ column }) => column)
  const found = metadata.find(({ column }) => column === intervened)
  if (found === undefined) {
    const nearest = nearestName(intervened, usable)
    return [
      {
        field,
        message: `The data set has no column "${intervened}" that could say which node was set.`,
        hint: nearest === null ? 'It has no category column at all.' : `Did you mean "${nearest}"?`,
      },
    ]
  }
  if (found.kind !== 'category')
    return [
      {
        field,
        message: `The column "${intervened}" holds numbers, not names of nodes that were set.`,
        hint: usable.length === 0 ? '' : `Its category columns are ${usable.join(', ')}.`,
      },
    ]
  const wrong = (found.categories ?? []).filter((value) => targetsOfValue(value, nodes) === null)
  if (wrong.length === 0) return []
  return [
    {
      field,
      message: `The column "${intervened}" says that ${wrong.map((value) => `"${value}"`).join(', ')} ${wrong.length === 1 ? 'was' : 'were'} set, and no node is called that.`,
      hint: `Its values must be names of nodes (${nodes.map(({ name }) => name).join(', ')}), several joined by +; empty or "none" where none was set.`,
    },
  ]
}
