import { describe, expect, it } from 'vitest'
import type { GraphView } from '../../../../src-shared/contract/graphs.ts'
import {
  type Comparison,
  describePicture,
  edgeWidth,
  formingPicture,
  pictureOf,
} from '../../../../src-renderer/graph/picture.ts'
import { nodeBox } from '../../../../src-renderer/graph/node-box.ts'
import { graphSvg } from '../../../../src-renderer/graph/svg.ts'

const view = {
  run: 1,
  runName: 'Run 1',
  finding: { headline: '', details: [] },
  nodes: ['N1', 'N2', 'N3'].map((name) => ({ name, categories: ['0', '1'], anchor: null, marginal: [0.25, 0.75] })),
  edges: [
    { from: 0, to: 2, strength: 0.98, frequency: 0.83, directed: true, information: 0.2 },
    { from: 1, to: 2, strength: 0.7, frequency: 0.61, directed: false, information: 0.1 },
  ],
  strength: [],
  frequency: [],
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
  shared: [[0, 2]],
  onlyHere: [[1, 2]],
  onlyThere: [[0, 1]],
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
    expect(edges.map(({ label, standing }) => [label, standing])).toEqual([
      ['83 %', 'plain'],
      ['61 %', 'plain'],
    ])
  })

  it('says nothing of frequencies that no other restart supports', () => {
    expect(pictureOf({ ...view, restarts: 1 }, null).edges[0]?.label).toBe('')
  })

  it('marks how edges stand to another graph, and adds what only that one has', () => {
    const { edges } = pictureOf(view, comparison)
    expect(edges.map(({ from, to, standing }) => [from, to, standing])).toEqual([
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
    expect(picture.edges).toEqual([{ from: 0, to: 1, strength: 0.3, directed: true, label: '0.30', standing: 'plain' }])
    expect(picture.nodes[1]?.categories).toHaveLength(3)
    expect(formingPicture(nodes, null).edges).toEqual([])
  })
})

describe('describePicture', () => {
  it('tells nodes and edges in words', () => {
    expect(describePicture(pictureOf(view, null))).toBe(
      '3 nodes: Width, N2, Stiff & strong. Edges: Width to Stiff & strong; N2 with Stiff & strong, direction open.',
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
