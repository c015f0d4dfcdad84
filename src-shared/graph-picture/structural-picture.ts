/** The structural causal model of a told label as a picture, from cause to what is told from left to right. */
import type { StructuralModel } from '../graph-formats/structural-model.ts'
import type { Position } from './geometry.ts'
import { nodeBox } from './node-box.ts'
import type { GraphPicture, PictureEdge, PictureNode } from './picture.ts'

export interface StructuralPicture {
  readonly picture: GraphPicture
  readonly positions: readonly Position[]
}

/** Room for the words on the edges. */
const gaps = { assumed: 36, measured: 190, told: 132 }
const rowGap = 92
const strength = 0.6

export function structuralPicture({ nodes, edges }: StructuralModel): StructuralPicture {
  const drawn = nodes.map(({ label, kind, words }, node): PictureNode => ({
    ...{ node, name: label, categories: [], standing: 'supported' },
    part: { kind: kind === 'observed' ? 'measured' : 'latent', words, open: false },
  }))
  const at = (id: string): number => nodes.findIndex((node) => node.id === id)
  const picture: GraphPicture = {
    nodes: drawn,
    edges: edges.map(({ from, to, assumed, lines }): PictureEdge => ({
      ...{ from: at(from), to: at(to), fromMark: 'tail', toMark: 'arrow', strength, match: 'plain', assumed: true },
      ...{ standing: assumed ? 'provisional' : 'supported', label: lines.join('\n') },
    })),
    judged: false,
    dashed: 'taken for given by the method, not measured',
  }
  return { picture, positions: placesOf(nodes, drawn) }
}

/** Columns: the label; what is behind the measurements; these; the representation; what is told. The instrument is below. */
function placesOf(nodes: StructuralModel['nodes'], drawn: readonly PictureNode[]): readonly Position[] {
  const widths = drawn.map((node) => nodeBox(node).width)
  const at = (id: string): number => nodes.findIndex((node) => node.id === id)
  const measured = nodes.flatMap(({ id }) => (/^x\d+$/.test(id) ? [id] : []))
  const columns: readonly { readonly ids: readonly string[]; readonly gap: number }[] = [
    { ids: ['y'], gap: gaps.assumed },
    { ids: ['fc', 'fs'], gap: gaps.assumed },
    { ids: measured, gap: gaps.measured },
    { ids: ['z'], gap: gaps.told },
    { ids: ['told'], gap: 0 },
  ]
  const places: Position[] = nodes.map(() => ({ x: 0, y: 0 }))
  let left = 0
  for (const { ids, gap } of columns) {
    const present = ids.map(at)
    const width = Math.max(...present.map((node) => widths[node]!))
    present.forEach((node, row) => {
      places[node] = { x: left + width / 2, y: (row - (present.length - 1) / 2) * rowGap }
    })
    left += width + gap
    // So far below that no words on its edges lie on those of others.
    if (ids === measured && at('v') >= 0) places[at('v')] = { x: left - gap / 4, y: (measured.length / 2 + 1) * rowGap }
  }
  return places
}
