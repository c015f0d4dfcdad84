/** What is known as rules for edges: the one form in which searches, posteriors and orientation rules take it. */
import type { Given } from './knowledge.ts'

/** By node, as bit masks of nodes. */
export interface EdgeConstraints {
  /** Parents that a node may have, [L]. */
  readonly allowed: readonly number[]
  /** Parents that it must have, [L]. */
  readonly required: readonly number[]
  /** Sets of nodes that were set from outside together: what they say of directions is in the samples. */
  readonly targets: readonly number[]
}

const bits = (nodes: readonly number[]): number => nodes.reduce((mask, node) => mask | (1 << node), 0)

/** Is the edge from -> to against the tiers? */
export function againstTiers({ tiers }: Pick<Given, 'tiers'>, from: number, to: number): boolean {
  const tierOf = (node: number): number => tiers.findIndex(({ nodes }) => nodes.includes(node))
  const [earlier, later] = [tierOf(from), tierOf(to)]
  if (earlier < 0 || later < 0) return false
  return earlier > later || (earlier === later && tiers[earlier]!.closed)
}

/** Null where nothing that is given concerns edges. */
export function edgeConstraints(given: Given | null | undefined, size: number): EdgeConstraints | null {
  if (given === null || given === undefined) return null
  const nodes = Array.from({ length: size }, (_, node) => node)
  const required = nodes.map((to) => bits(given.required.filter((arc) => arc[1] === to).map(([from]) => from)))
  const allowed = nodes.map((to) =>
    bits(
      nodes.filter(
        (from) =>
          from !== to &&
          !given.forbidden.some(([a, b]) => a === from && b === to) &&
          !given.required.some(([a, b]) => a === to && b === from) &&
          !againstTiers(given, from, to),
      ),
    ),
  )
  const targets = (given.intervened?.targets ?? []).map((target) => bits(target.nodes)).filter((mask) => mask !== 0)
  const all = nodes.every((node) => allowed[node] === bits(nodes.filter((other) => other !== node)))
  return all && required.every((mask) => mask === 0) && targets.length === 0 ? null : { allowed, required, targets }
}

/** The same without what must be: an edge that is required may be missing, but not point the other way. */
export function withoutRequired(constraints: EdgeConstraints): EdgeConstraints {
  return { ...constraints, required: constraints.required.map(() => 0) }
}

export function isAllowed({ allowed }: EdgeConstraints, from: number, to: number): boolean {
  return ((allowed[to]! >> from) & 1) === 1
}

export function isRequired({ required }: EdgeConstraints, from: number, to: number): boolean {
  return ((required[to]! >> from) & 1) === 1
}

/** May a node have just these parents (a bit mask)? */
export function mayHaveParents({ allowed, required }: EdgeConstraints, node: number, parents: number): boolean {
  return (parents & ~allowed[node]!) === 0 && (required[node]! & ~parents) === 0
}

/**
 * Is the direction of an edge from -> to given, the data apart from its being there? It is where it could not point the
 * other way, or where one end was set in samples in which the other was not (Hauser and Bühlmann 2012).
 */
export function fixesDirection(constraints: EdgeConstraints, from: number, to: number): boolean {
  if (isRequired(constraints, from, to) || !isAllowed(constraints, to, from)) return true
  return constraints.targets.some((set) => ((set >> from) & 1) !== ((set >> to) & 1))
}

/** [L, L] row-major, 1 where an edge may be; null where all may. */
export function allowedEdges(constraints: EdgeConstraints | null): Uint8Array | null {
  if (constraints === null) return null
  const size = constraints.allowed.length
  return Uint8Array.from({ length: size * size }, (_, at) =>
    Number(isAllowed(constraints, Math.floor(at / size), at % size)),
  )
}
