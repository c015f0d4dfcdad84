/**
 * A graph as it is drawn: boxes with category bars, edges with a width, marks at their ends and words. The one description from
 * which the page's canvas, exported pictures and reports draw.
 */
import { percent, probability } from '../findings/words.ts'
import { type Edge, type Ends, probabilityStated, shown, type Standing } from '../graph/edge.ts'
import { edgeWords, standingWords } from '../graph/edge-words.ts'
import { named } from '../graph/marked-graph.ts'

export interface PictureCategory {
  readonly name: string
  /** Share of the samples, 0 to 1; null where it is not known yet. */
  readonly share: number | null
}

export interface PictureNode {
  readonly node: number
  readonly name: string
  readonly categories: readonly PictureCategory[]
  readonly standing: Standing
  /** Of a node without categories. */
  readonly part?: PicturePart
}

/** A part of a model: what was measured, or a latent that makes it. */
export interface PicturePart {
  readonly kind: 'measured' | 'latent'
  /** The node for readers: "C1 of images: shared, not supported". */
  readonly words: string
  /** Whether it can be chosen. */
  readonly open: boolean
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
  /** Of a part of a model, whose direction is assumed, or has none: its line says how firmly it stands, nothing else. */
  readonly assumed?: boolean
}

export interface GraphPicture {
  readonly nodes: readonly PictureNode[]
  readonly edges: readonly PictureEdge[]
  /** Edges are labelled with their probability. */
  readonly judged: boolean
  /** Of a part of a model: what broken lines mean. Widths mean nothing there. */
  readonly dashed?: string
}

/** A learned graph under the names to be shown. */
export interface PicturedGraph {
  readonly nodes: readonly {
    readonly name: string
    readonly categories: readonly string[]
    /** Share of the samples in each category. */
    readonly marginal: readonly number[]
    readonly standing: Standing
  }[]
  readonly edges: readonly Edge[]
}

/** Edges by how they stand to another graph, in the indices of this one. */
export interface ComparedEdges {
  readonly shared: readonly Ends[]
  readonly loose: readonly Ends[]
  readonly reversed: readonly Ends[]
  readonly onlyThere: readonly Ends[]
}

function match(comparison: ComparedEdges | null, { from, to }: Ends): Match {
  const among = (edges: readonly Ends[]): boolean => edges.some((edge) => edge.from === from && edge.to === to)
  if (comparison === null) return 'plain'
  if (among(comparison.shared)) return 'shared'
  if (among(comparison.loose)) return 'loose'
  return among(comparison.reversed) ? 'reversed' : 'only-here'
}

/** How probable the edge is, and below that how firmly it stands: side by side, the words of two edges met. */
function edgeLabel(edge: Edge): string {
  const stated = probabilityStated(edge)
  const standing = edge.standing === 'provisional' ? '' : standingWords[edge.standing]
  return [...(stated === null ? [] : [probability(stated)]), ...(standing === '' ? [] : [standing])].join('\n')
}

/** Strength is not known of edges that only the other graph has: they are drawn as ones that were just read out. */
const missingStrength = 0.6

/** The learned graph; edges that only the other graph has are added where it is compared with one. */
export function pictureOf(graph: PicturedGraph, comparison: ComparedEdges | null): GraphPicture {
  const nodes = graph.nodes.map(({ name, categories, marginal, standing }, node): PictureNode => ({
    node,
    name,
    categories: categories.map((category, k) => ({ name: category, share: marginal[k] ?? 0 })),
    standing,
  }))
  const own = graph.edges.map(shown).map((edge): PictureEdge => ({
    ...bare(edge),
    strength: edge.strength,
    label: edgeLabel(edge),
    standing: edge.standing,
    match: match(comparison, edge),
  }))
  const missing = (comparison?.onlyThere ?? []).map((edge): PictureEdge => ({
    ...bare(edge),
    strength: missingStrength,
    label: 'missing',
    standing: 'supported',
    match: 'only-there',
  }))
  return { nodes, edges: [...own, ...missing], judged: graph.edges.some((edge) => probabilityStated(edge) !== null) }
}

function bare({ from, to, fromMark, toMark }: Ends): Ends {
  return { from, to, fromMark, toMark }
}

/** Weaker edges of a graph in the making are not drawn. */
const noticeable = 0.05

/**
 * A graph in the making: edges by strength alone, categories not yet known. Which directions the data fix is known of a
 * finished graph only: until then no edge has a head.
 */
export function formingPicture(
  nodes: readonly { readonly name: string; readonly categories: number }[],
  strength: readonly (readonly number[])[] | null,
): GraphPicture {
  const forming = (from: number, to: number, value: number): PictureEdge => ({
    from,
    to,
    fromMark: 'tail',
    toMark: 'tail',
    strength: value,
    label: value.toFixed(2),
    standing: 'provisional',
    match: 'plain',
  })
  return {
    nodes: nodes.map(({ name, categories }, node) => ({
      node,
      name,
      categories: Array.from({ length: categories }, (_, k) => ({ name: String(k), share: null })),
      standing: 'provisional',
    })),
    edges: (strength ?? []).flatMap((row, from) =>
      row.flatMap((value, to) => (value < noticeable ? [] : [forming(from, to, value)])),
    ),
    judged: false,
  }
}

function firmness(standing: Standing): string {
  return standing === 'tentative' || standing === 'unsupported' ? ` (${standingWords[standing]})` : ''
}

/** What the picture shows, in words, for those who do not see it. */
export function describePicture({ nodes, edges }: GraphPicture): string {
  const name = (node: number): string => nodes[node]?.name ?? String(node)
  const own = edges.filter((edge) => edge.match !== 'only-there')
  const said = named(own, name).map((ends, i) =>
    [edgeWords(ends, own[i]!.standing), firmness(own[i]!.standing)].join(''),
  )
  const names = nodes.map((node) => `${node.name}${firmness(node.standing)}`).join(', ')
  const count = `${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}: ${names}.`
  return `${count} ${said.length === 0 ? 'No edges.' : `Edges: ${said.join('; ')}.`}`
}

/** A node's categories with their shares, and how it stands where that is not firmly: "thin 25 %, thick 75 % (tentative)". */
export function describeCategories({ categories, standing }: PictureNode): string {
  const each = categories.map(({ name, share }) => (share === null ? name : `${name} ${percent(share)}`))
  return `${each.join(', ')}${firmness(standing)}`
}
