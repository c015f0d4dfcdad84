/** A graph as it is drawn: boxes with category bars, edges with a width, marks at their ends and words. Pure; drawn by canvas or SVG. */
import type { GraphView } from '../../src-shared/contract/graphs.ts'
import type { ResponseOf } from '../../src-shared/contract.ts'
import { type Ends, shareAgreeing, shown, type Standing } from '../../src-shared/graph/edge.ts'
import { edgeWords, standingWords } from '../../src-shared/graph/edge-words.ts'
import { named } from '../../src-shared/graph/marked-graph.ts'
import { percent } from '../words/quantities.ts'

export type Comparison = ResponseOf<'graph.compare'>

export interface PictureNode {
  readonly node: number
  readonly name: string
  readonly categories: readonly PictureCategory[]
  readonly pinned: boolean
  readonly standing: Standing
}

export interface PictureCategory {
  readonly name: string
  /** Share of the samples, 0 to 1; null where it is not known yet. */
  readonly share: number | null
}

/** How an edge stands to the graph it is compared with; `plain` without a comparison. */
export type Match = 'plain' | 'shared' | 'loose' | 'reversed' | 'only-here' | 'only-there'

export interface PictureEdge extends Ends {
  /** E, 0 to 1. */
  readonly strength: number
  /** Words on the edge; empty: none. */
  readonly label: string
  readonly standing: Standing
  readonly match: Match
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

function match(comparison: Comparison | null, { from, to }: Ends): Match {
  const among = (edges: readonly Ends[]): boolean => edges.some((edge) => edge.from === from && edge.to === to)
  if (comparison === null) return 'plain'
  if (among(comparison.shared)) return 'shared'
  if (among(comparison.loose)) return 'loose'
  return among(comparison.reversed) ? 'reversed' : 'only-here'
}

/** Share of the restarts that hold the edge, and how firmly it stands. */
function edgeLabel(edge: GraphView['edges'][number]): string {
  const share = (edge.support.restarts?.of ?? 0) > 1 ? shareAgreeing(edge) : null
  const standing = edge.standing === 'provisional' ? '' : standingWords[edge.standing]
  return [...(share === null ? [] : [percent(share)]), ...(standing === '' ? [] : [standing])].join(', ')
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
    standing: node.standing,
  }))
  const own = view.edges.map(shown).map((edge): PictureEdge => ({
    ...bare(edge),
    strength: edge.strength,
    label: edgeLabel(edge),
    standing: edge.standing,
    match: match(comparison, edge),
  }))
  const missing = (comparison?.onlyThere ?? []).map((edge): PictureEdge => ({
    ...edge,
    strength: 0.6,
    label: 'missing',
    standing: 'supported',
    match: 'only-there',
  }))
  return { nodes, edges: [...own, ...missing] }
}

function bare({ from, to, fromMark, toMark }: Ends): Ends {
  return { from, to, fromMark, toMark }
}

/**
 * A graph in the making: edges by strength alone, categories not yet known. Which directions the data fix is known of a
 * finished graph only: until then no edge has a head.
 */
export function formingPicture(
  nodes: readonly { readonly name: string; readonly categories: number }[],
  strength: readonly (readonly number[])[] | null,
): GraphPicture {
  const noticeable = 0.05
  const edges = (strength ?? []).flatMap((row, from) =>
    row.flatMap((value, to): PictureEdge[] =>
      value < noticeable
        ? []
        : [
            {
              from,
              to,
              fromMark: 'tail',
              toMark: 'tail',
              strength: value,
              label: value.toFixed(2),
              standing: 'provisional',
              match: 'plain',
            },
          ],
    ),
  )
  return {
    nodes: nodes.map(({ name, categories }, node) => ({
      node,
      name,
      categories: Array.from({ length: categories }, (_, k) => ({ name: String(k), share: null })),
      pinned: false,
      standing: 'provisional',
    })),
    edges,
  }
}

function firmness(standing: Standing): string {
  return standing === 'tentative' || standing === 'unsupported' ? ` (${standingWords[standing]})` : ''
}

/** What the picture shows, in words, for those who do not see it. */
export function describePicture({ nodes, edges }: GraphPicture): string {
  const name = (node: number): string => nodes[node]?.name ?? String(node)
  const own = edges.filter((edge) => edge.match !== 'only-there')
  const said = named(own, name).map((ends, i) => [edgeWords(ends), firmness(own[i]!.standing)].join(''))
  const count = `${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}: ${nodes.map((n) => n.name).join(', ')}.`
  return `${count} ${said.length === 0 ? 'No edges.' : `Edges: ${said.join('; ')}.`}`
}
