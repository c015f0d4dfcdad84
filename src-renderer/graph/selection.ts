/** What is chosen in a graph: one node, or one edge. */
export type GraphSelection =
  | { readonly kind: 'node'; readonly node: number }
  | { readonly kind: 'edge'; readonly from: number; readonly to: number }

/** What is shown as chosen: the same, or several nodes that are one thing, with the edges between them. */
export type GraphMarked = GraphSelection | { readonly kind: 'nodes'; readonly nodes: readonly number[] }

/** Whether a node or an edge is shown as chosen. */
export function isMarked(marked: GraphMarked | null, one: GraphSelection): boolean {
  if (marked === null) return false
  if (marked.kind === 'nodes') {
    const ends = one.kind === 'node' ? [one.node] : [one.from, one.to]
    return ends.every((node) => marked.nodes.includes(node))
  }
  if (marked.kind === 'node') return one.kind === 'node' && marked.node === one.node
  return one.kind === 'edge' && marked.from === one.from && marked.to === one.to
}
