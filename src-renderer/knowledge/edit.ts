/** Editing what is known of the nodes, by their names. */
import type { Knowledge } from '../../src-shared/knowledge/knowledge.ts'

export type EdgeRule = 'free' | 'forbidden' | 'required'

type Arcs = Knowledge['forbidden']
const is = (from: string, to: string) => (arc: Arcs[number]) => arc[0] === from && arc[1] === to

export function isAmong(edges: Arcs, from: string, to: string): boolean {
  return edges.some(is(from, to))
}

export function ruleOf({ forbidden, required }: Knowledge, from: string, to: string): EdgeRule {
  if (isAmong(required, from, to)) return 'required'
  return isAmong(forbidden, from, to) ? 'forbidden' : 'free'
}

export function withRule(knowledge: Knowledge, from: string, to: string, rule: EdgeRule): Knowledge {
  const without = (arcs: Arcs): Arcs => arcs.filter((arc) => !is(from, to)(arc))
  const plus = (arcs: Arcs, here: boolean): Arcs => (here ? [...without(arcs), [from, to]] : without(arcs))
  return {
    ...knowledge,
    forbidden: plus(knowledge.forbidden, rule === 'forbidden'),
    required: plus(knowledge.required, rule === 'required'),
  }
}

/** The next one when a cell is pressed. */
export const ruleAfter: Readonly<Record<EdgeRule, EdgeRule>> = {
  free: 'forbidden',
  forbidden: 'required',
  required: 'free',
}

/** Tier of a node, from 0; -1: in none. */
export function tierOf({ tiers }: Knowledge, node: string): number {
  return tiers.findIndex(({ nodes }) => nodes.includes(node))
}

/** The node in another tier, a new last one where there is none so late; -1: in none. Empty tiers at the end go. */
export function inTier(knowledge: Knowledge, node: string, tier: number): Knowledge {
  const count = Math.max(knowledge.tiers.length, tier + 1)
  const tiers = Array.from({ length: count }, (_, at) => {
    const { nodes, closed } = knowledge.tiers[at] ?? { nodes: [], closed: false }
    const others = nodes.filter((other) => other !== node)
    return { nodes: at === tier ? [...others, node] : others, closed }
  })
  const last = tiers.findLastIndex(({ nodes }) => nodes.length > 0)
  return { ...knowledge, tiers: tiers.slice(0, last + 1) }
}

/** Nodes of these edges of whose ends the tiers say something. */
export function orderedOf(knowledge: Knowledge, edges: Arcs): string[] {
  return edges.flatMap((ends) => {
    const [from, to] = [tierOf(knowledge, ends[0]), tierOf(knowledge, ends[1])]
    const told = from >= 0 && to >= 0 && (from !== to || knowledge.tiers[from]!.closed)
    return told ? ends : []
  })
}

export function withClosed(knowledge: Knowledge, tier: number, closed: boolean): Knowledge {
  return { ...knowledge, tiers: knowledge.tiers.map((one, at) => (at === tier ? { ...one, closed } : one)) }
}

/** Does the node act on a modality, as far as is known? */
export function actsOn({ scopes }: Knowledge, node: string, modality: string): boolean {
  return scopes.find((scope) => scope.node === node)?.modalities.includes(modality) ?? true
}

/** @param all names of the modalities: a node that acts on all of them has no scope */
export function withScope(
  knowledge: Knowledge,
  all: readonly string[],
  node: string,
  modality: string,
  acts: boolean,
): Knowledge {
  const modalities = all.filter((name) => (name === modality ? acts : actsOn(knowledge, node, name)))
  const others = knowledge.scopes.filter((scope) => scope.node !== node)
  const free = modalities.length === 0 || modalities.length === all.length
  return { ...knowledge, scopes: free ? others : [...others, { node, modalities }] }
}
