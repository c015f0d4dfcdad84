/** A graph as it is drawn: boxes with category bars, edges with a width, a dash and words. Pure; drawn by canvas or SVG. */
import type { GraphView } from '../../src-shared/contract/graphs.ts'
import type { ResponseOf } from '../../src-shared/contract.ts'
import { percent } from '../words/quantities.ts'

export type Comparison = ResponseOf<'graph.compare'>

export interface PictureNode {
  readonly node: number
  readonly name: string
  readonly categories: readonly PictureCategory[]
  readonly pinned: boolean
}

export interface PictureCategory {
  readonly name: string
  /** Share of the samples, 0 to 1; null where it is not known yet. */
  readonly share: number | null
}

/** How an edge stands to the graph it is compared with; `plain` without a comparison. */
export type Standing = 'plain' | 'shared' | 'reversed' | 'only-here' | 'only-there'

export interface PictureEdge {
  readonly from: number
  readonly to: number
  /** E, 0 to 1. */
  readonly strength: number
  /** False: drawn dashed and without an arrow head. */
  readonly directed: boolean
  /** Words on the edge; empty: none. */
  readonly label: string
  readonly standing: Standing
}

export interface GraphPicture {
  readonly nodes: readonly PictureNode[]
  readonly edges: readonly PictureEdge[]
}

export interface Position {
  readonly x: number
  readonly y: number
}

/** Line width of an edge of strength E in (0.5, 1): from 1.5 to 4 units; weaker ones, while they form, are thinner. */
export function edgeWidth(strength: number): number {
  const firm = Math.min(1, Math.max(0, (strength - 0.5) / 0.5))
  return strength < 0.5 ? 0.75 + 1.5 * Math.max(0, strength) : 1.5 + 2.5 * firm
}

function has(edges: readonly (readonly [number, number])[], from: number, to: number): boolean {
  return edges.some(([a, b]) => a === from && b === to)
}

function standing(comparison: Comparison | null, from: number, to: number): Standing {
  if (comparison === null) return 'plain'
  if (has(comparison.shared, from, to)) return 'shared'
  return has(comparison.reversed, from, to) ? 'reversed' : 'only-here'
}

/** The learned graph under its shown names; edges that only the other graph has are added where one is compared with. */
export function pictureOf(view: GraphView, comparison: Comparison | null): GraphPicture {
  const { annotations } = view
  const nodes = view.nodes.map((node, i): PictureNode => ({
    node: i,
    name: annotations.names[i] ?? node.name,
    categories: node.categories.map((name, k) => ({
      name: annotations.categories[i]?.[k] ?? name,
      share: node.marginal[k] ?? 0,
    })),
    pinned: annotations.positions[i] != null,
  }))
  const own = view.edges.map(({ from, to, strength, frequency, directed }): PictureEdge => ({
    from,
    to,
    strength,
    directed,
    // Without a restart that scores as well, shares of restarts say nothing.
    label: view.restarts > 1 ? percent(frequency) : '',
    standing: standing(comparison, from, to),
  }))
  const missing = (comparison?.onlyThere ?? []).map(([from, to]): PictureEdge => ({
    from,
    to,
    strength: 0.6,
    directed: true,
    label: 'missing',
    standing: 'only-there',
  }))
  return { nodes, edges: [...own, ...missing] }
}

/** A graph in the making: edges by strength alone, categories not yet known. */
export function formingPicture(
  nodes: readonly { readonly name: string; readonly categories: number }[],
  strength: readonly (readonly number[])[] | null,
): GraphPicture {
  const noticeable = 0.05
  const edges = (strength ?? []).flatMap((row, from) =>
    row.flatMap((value, to): PictureEdge[] =>
      value < noticeable
        ? []
        : [{ from, to, strength: value, directed: true, label: value.toFixed(2), standing: 'plain' }],
    ),
  )
  return {
    nodes: nodes.map(({ name, categories }, node) => ({
      node,
      name,
      categories: Array.from({ length: categories }, (_, k) => ({ name: String(k), share: null })),
      pinned: false,
    })),
    edges,
  }
}

/** What the picture shows, in words, for those who do not see it. */
export function describePicture({ nodes, edges }: GraphPicture): string {
  const name = (node: number): string => nodes[node]?.name ?? String(node)
  const said = edges
    .filter((edge) => edge.standing !== 'only-there')
    .map(({ from, to, directed }) =>
      directed ? `${name(from)} to ${name(to)}` : `${name(from)} with ${name(to)}, direction open`,
    )
  const count = `${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}: ${nodes.map((n) => n.name).join(', ')}.`
  return `${count} ${said.length === 0 ? 'No edges.' : `Edges: ${said.join('; ')}.`}`
}
