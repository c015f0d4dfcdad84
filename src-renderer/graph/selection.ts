/** What is chosen in a graph: one node, or one edge. */
export type GraphSelection =
  | { readonly kind: 'node'; readonly node: number }
  | { readonly kind: 'edge'; readonly from: number; readonly to: number }

export function isSame(a: GraphSelection | null, b: GraphSelection | null): boolean {
  if (a === null || b === null) return a === b
  if (a.kind === 'node') return b.kind === 'node' && a.node === b.node
  return b.kind === 'edge' && a.from === b.from && a.to === b.to
}
