import { describe, expect, it } from 'vitest'
import type { GraphView } from '../../../../src-shared/contract/graphs.ts'
import type { EndMark } from '../../../../src-shared/graph/edge.ts'
import {
  type Comparison,
  describePicture,
  edgeWidth,
  formingPicture,
  pictureOf,
} from '../../../../src-renderer/graph/picture.ts'
import { nodeBox } from '../../../../src-renderer/graph/node-box.ts'
import { graphSvg } from '../../../../src-renderer/graph/svg.ts'

function edge(
  from: number,
  to: number,
  toMark: EndMark,
  strength: number,
  forward: number,
): GraphView['edges'][number] {
  return {
    from,
    to,
    fromMark: 'tail',
    toMark,
    strength,
    support: { posterior: null, replicates: null, restarts: { forward, backward: 0, of: 12 } },
    standing: 'provisional',
    information: 0.2,
  }
}

const view = {
  run: 1,
  runName: 'Run 1',
  finding: { headline: '', details: [] },
  nodes: ['N1', 'N2', 'N3'].map((name) => ({
    name,
    categories: ['0', '1'],
    anchor: null,
    standing: 'provisional' as const,
    marginal: [0.25, 0.75],
  })),
  edges: [edge(0, 2, 'arrow', 0.98, 0.83), edge(1, 2, 'tail', 0.7, 0.61)],
  strength: [],
  restarts: 12,
  tables: [],
  components: [],
  decoded: [],
  assignment: null,
  warnings: [],
  annotations: {
    names: ['Width', 'N2', 'Stiff & strong'],
    categories: [
      ['thin', 'thick'],
      ['0', '1'],
      ['0', '1'],
    ],
    positions: [null, { x: 5, y: 6 }, null],
    layout: 'layered',
    undo: null,
    redo: null,
  },
} satisfies GraphView

const comparison: Comparison = {
  title: 'truth.json',
  shared: [{ from: 0, to: 2, fromMark: 'tail', toMark: 'arrow' }],
  loose: [],
  onlyHere: [{ from: 1, to: 2, fromMark: 'tail', toMark: 'tail' }],
  onlyThere: [{ from: 0, to: 1, fromMark: 'tail', toMark: 'arrow' }],
  reversed: [],
  shd: 2,
  cpdagShd: 1,
  unmatched: [],
}

describe('pictureOf', () => {
  it('shows given names, shares of restarts, and what is pinned', () => {
    const { nodes, edges } = pictureOf(view, null)
    expect(nodes[0]).toMatchObject({ name: 'Width', pinned: false, categories: [{ name: 'thin', share: 0.25 }, {}] })
    expect(nodes[1]?.pinned).toBe(true)
    expect(edges.map(({ label, match }) => [label, match])).toEqual([
      ['83 %', 'plain'],
      ['61 %', 'plain'],
    ])
  })

  it('says nothing of frequencies that no other restart supports', () => {
    const alone = { ...view.edges[0]!, support: { posterior: null, replicates: null, restarts: null } }
    expect(pictureOf({ ...view, edges: [alone] }, null).edges[0]?.label).toBe('')
  })

  it('draws no head where an edge is not supported, and says so', () => {
    const unsupported = { ...view.edges[0]!, standing: 'unsupported' as const }
    const [drawn] = pictureOf({ ...view, edges: [unsupported] }, null).edges
    expect(drawn).toMatchObject({ fromMark: 'tail', toMark: 'tail', label: '83 %, not supported' })
  })

  it('marks how edges stand to another graph, and adds what only that one has', () => {
    const { edges } = pictureOf(view, comparison)
    expect(edges.map(({ from, to, match }) => [from, to, match])).toEqual([
      [0, 2, 'shared'],
      [1, 2, 'only-here'],
      [0, 1, 'only-there'],
    ])
  })
})

describe('edgeWidth', () => {
  it('grows with strength', () => {
    const widths = [0, 0.2, 0.5, 0.75, 1].map(edgeWidth)
    expect(widths).toEqual(widths.toSorted((a, b) => a - b))
    expect(widths.at(-1)).toBe(4)
  })
})

describe('formingPicture', () => {
  it('shows edges as they grow, from the faint ones on', () => {
    const nodes = [
      { name: 'A', categories: 2 },
      { name: 'B', categories: 3 },
    ]
    const picture = formingPicture(nodes, [
      [0, 0.3],
      [0.01, 0],
    ])
    expect(picture.edges).toMatchObject([{ from: 0, to: 1, toMark: 'tail', strength: 0.3, label: '0.30' }])
    expect(picture.nodes[1]?.categories).toHaveLength(3)
    expect(formingPicture(nodes, null).edges).toEqual([])
  })
})

describe('describePicture', () => {
  it('tells nodes and edges in words', () => {
    expect(describePicture(pictureOf(view, null))).toBe(
      '3 nodes: Width, N2, Stiff & strong. Edges: Width drives Stiff & strong; N2 and Stiff & strong are linked, direction open.',
    )
  })
})

describe('graphSvg', () => {
  const picture = pictureOf(view, comparison)
  const boxes = picture.nodes.map((node) => nodeBox(node, (text) => text.length * 6))
  const places = boxes.map(({ width, height }, i) => ({ x: i * 240, y: i * 90, width, height }))
  const { text, width } = graphSvg({ picture, places, boxes, title: 'A < B', fontFace: '' })

  it('draws every node and edge, with markup in names made harmless', () => {
    expect(text).toContain('<title>A &lt; B</title>')
    expect(text).toContain('Stiff &amp; strong')
    expect(text.match(/<g /g)).toHaveLength(3)
    expect(width).toBeGreaterThan(480)
  })

  it('dashes open directions and leaves their arrow heads out', () => {
    expect(text.match(/stroke-dasharray="7 5"/g)).toHaveLength(1)
    expect(text.match(/stroke-dasharray="2 4"/g)).toHaveLength(1)
    expect(text.match(/Z" fill=/g)).toHaveLength(2)
  })
})
