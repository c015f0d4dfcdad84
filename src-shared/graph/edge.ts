/**
 * An edge and what its ends mean, in the notation of the field (Richardson & Spirtes 2002; Tetrad, causal-learn). A tail
 * at a node: it is a cause of the other. An arrow head: it is no cause of the other. A circle: the data leave it open.
 * Two tails, as in a CPDAG: one of the two causes the other, the data do not say which.
 */
export type EndMark = 'tail' | 'arrow' | 'circle'

/** Two joined nodes and the mark at each end. `Node` is an index, or a name where edges travel without their graph. */
export interface Ends<Node = number> {
  readonly from: Node
  readonly to: Node
  readonly fromMark: EndMark
  readonly toMark: EndMark
}

/**
 * How firmly a node or an edge may be stated: decided by whether it returns when the data are looked at again.
 * `provisional`: nobody has looked yet.
 */
export const standings = ['supported', 'tentative', 'unsupported', 'provisional'] as const
export type Standing = (typeof standings)[number]

/** An edge as it travels without its graph. */
export interface NamedEdge extends Ends<string> {
  readonly standing: Standing
}

/** What speaks for an edge; null where it has not been worked out. */
export interface EdgeSupport {
  /** Probabilities, given the counts, that the pair is joined, as from -> to, and as to -> from. */
  readonly posterior: { readonly joined: number; readonly forward: number; readonly backward: number } | null
  /** Trainings on other samples that hold the edge, of all there are. */
  readonly replicates: { readonly agreeing: number; readonly of: number } | null
  /** Shares of the search's restarts that score as well which hold from -> to, and to -> from; their number. */
  readonly restarts: { readonly forward: number; readonly backward: number; readonly of: number } | null
}

export interface Edge extends Ends {
  /** Weight of the edge as its method reads it out, in [0, 1]. */
  readonly strength: number
  readonly support: EdgeSupport
  readonly standing: Standing
}

type Marks = Pick<Ends, 'fromMark' | 'toMark'>

/** from is a cause of to. */
export function isDirected({ fromMark, toMark }: Marks): boolean {
  return fromMark === 'tail' && toMark === 'arrow'
}

/** Neither causes the other: something unmeasured acts on both. */
export function isBidirected({ fromMark, toMark }: Marks): boolean {
  return fromMark === 'arrow' && toMark === 'arrow'
}

/**
 * The marks that may be shown of an edge nobody has looked at again: a head would say more than is known. What was learned
 * keeps its marks in the result; comparisons and evaluations read them there.
 */
export function withoutHeads<E extends Ends<unknown>>(edge: E): E {
  return isOpen(edge) ? edge : { ...edge, fromMark: 'tail', toMark: 'tail' }
}

/** Neither end has an arrow head. */
export function isOpen({ fromMark, toMark }: Marks): boolean {
  return fromMark !== 'arrow' && toMark !== 'arrow'
}

export function sameMarks(first: Marks, second: Marks): boolean {
  return first.fromMark === second.fromMark && first.toMark === second.toMark
}

/** The same edge told from its other end. */
export function turned<Node>({ from, to, fromMark, toMark }: Ends<Node>): Ends<Node> {
  return { from: to, to: from, fromMark: toMark, toMark: fromMark }
}

/** The edge between two nodes, told from `from`; undefined where they are not joined. */
export function edgeBetween<Node>(edges: readonly Ends<Node>[], from: Node, to: Node): Ends<Node> | undefined {
  const edge = edges.find((e) => (e.from === from && e.to === to) || (e.from === to && e.to === from))
  return edge === undefined || edge.from === from ? edge : turned(edge)
}

/** The edge as it may be shown: what is not supported has no arrow head anywhere. */
export function shown<E extends Marks & { readonly standing: Standing }>(edge: E): E {
  return edge.standing === 'unsupported' ? { ...edge, fromMark: 'tail', toMark: 'tail' } : edge
}

/** How probable it is, given the counts of all trainings, that the two nodes are joined; null before it is worked out. */
export function probabilityJoined({ support: { posterior } }: Pick<Edge, 'support'>): number | null {
  return posterior?.joined ?? null
}

/** How probable it is that the edge is what it says: its direction where it has one, else that the two are joined. */
export function probabilityStated(edge: Pick<Edge, 'support' | 'fromMark' | 'toMark'>): number | null {
  return isDirected(edge) ? (edge.support.posterior?.forward ?? null) : probabilityJoined(edge)
}
