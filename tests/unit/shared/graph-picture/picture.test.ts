import { describe, expect, it } from 'vitest'
import { lightPaint, pagePaint } from '../../../../src-shared/colours.ts'
import type { Edge, EndMark } from '../../../../src-shared/graph/edge.ts'
import { legendOf, matchLegend } from '../../../../src-shared/graph-picture/legend.ts'
import { dashes, edgeLook, edgeWidth, faintness } from '../../../../src-shared/graph-picture/look.ts'
import {
  type ComparedEdges,
  describePicture,
  formingPicture,
  type PicturedGraph,
  pictureOf,
} from '../../../../src-shared/graph-picture/picture.ts'
import { unplaced } from '../../../../src-shared/graph-picture/placement.ts'
import { graphSvg } from '../../../../src-shared/graph-picture/svg.ts'

function edge(from: number, to: number, toMark: EndMark, strength: number, forward: number): Edge {
  return {
    from,
    to,
    fromMark: 'tail',
    toMark,
    strength,
    support: { posterior: { joined: forward, forward, backward: 0 }, replicates: null, restarts: null },
    standing: 'provisional',
  }
}

const graph = {
  nodes: ['Width', 'N2', 'Stiff & strong'].map((name, l) => ({
    name,
    categories: l === 0 ? ['thin', 'thick'] : ['0', '1'],
    standing: 'provisional' as const,
    marginal: [0.25, 0.75],
  })),
  edges: [edge(0, 2, 'arrow', 0.98, 0.83), edge(1, 2, 'tail', 0.7, 0.61)],
} satisfies PicturedGraph

const comparison: ComparedEdges = {
  shared: [{ from: 0, to: 2, fromMark: 'tail', toMark: 'arrow' }],
  loose: [],
  onlyThere: [{ from: 0, to: 1, fromMark: 'tail', toMark: 'arrow' }],
  reversed: [],
}

describe('pictureOf', () => {
  it('shows names, shares of the samples and probabilities', () => {
    const { nodes, edges, judged } = pictureOf(graph, null)
    expect(nodes[0]).toMatchObject({ name: 'Width', categories: [{ name: 'thin', share: 0.25 }, {}] })
    expect(edges.map(({ label, match }) => [label, match])).toEqual([
      ['0.83', 'plain'],
      ['0.61', 'plain'],
    ])
    expect(judged).toBe(true)
  })

  it('says nothing of frequencies that no other restart supports', () => {
    const alone = { ...graph.edges[0]!, support: { posterior: null, replicates: null, restarts: null } }
    expect(pictureOf({ ...graph, edges: [alone] }, null).edges[0]?.label).toBe('')
  })

  it('does not round almost certain up to certain', () => {
    expect(pictureOf({ ...graph, edges: [edge(0, 2, 'arrow', 0.9, 0.998)] }, null).edges[0]?.label).toBe('over 0.99')
  })

  it('draws no head where an edge is not supported, faint and dotted, and says so', () => {
    const unsupported = { ...graph.edges[0]!, standing: 'unsupported' as const }
    const [drawn] = pictureOf({ ...graph, edges: [unsupported] }, null).edges
    expect(drawn).toMatchObject({ fromMark: 'tail', toMark: 'tail', label: '0.83\nnot supported' })
    expect(edgeLook(drawn!)).toMatchObject({ line: 'dotted', opacity: faintness })
  })

  it('draws nodes that do not return like no finding: their outline, a sign in the legend, and words', () => {
    const nodes = graph.nodes.map((node, l) => ({
      ...node,
      standing: (['supported', 'tentative', 'unsupported'] as const)[l]!,
    }))
    const picture = pictureOf({ ...graph, nodes }, null)
    const svg = graphSvg(picture, unplaced, { title: 'A', paint: lightPaint, standalone: true })
    const boxes = svg.match(/<g transform.*?<rect [^>]*>/g)!
    expect(boxes.map((box) => /stroke-dasharray="([^"]*)"/.exec(box)?.[1] ?? '')).toEqual([
      '',
      dashes.dashed.join(' '),
      dashes.dotted.join(' '),
    ])
    expect(boxes[1]).toContain('1 75 % (tentative)')
    const words = legendOf(picture).map((entry) => entry.words)
    expect(words).toContain('tentative: returns in part when the data are looked at again')
    expect(words).toContain('not supported: does not return')
    expect(legendOf(pictureOf(graph, null)).some(({ sign }) => sign !== 'width' && 'outline' in sign)).toBe(false)
    expect(describePicture(picture)).toMatch(/^3 nodes: Width, N2 \(tentative\), Stiff & strong \(not supported\)\./)
  })

  it('marks how edges stand to another graph, and adds what only that one has', () => {
    const { edges } = pictureOf(graph, comparison)
    expect(edges.map(({ from, to, match }) => [from, to, match])).toEqual([
      [0, 2, 'shared'],
      [1, 2, 'only-here'],
      [0, 1, 'only-there'],
    ])
  })
})

describe('the legend', () => {
  it('explains the signs that the picture has, and no others', () => {
    const words = (edges: readonly Edge[]): string =>
      legendOf(pictureOf({ ...graph, edges }, null))
        .map((e) => e.words)
        .join('; ')
    expect(words(graph.edges)).toBe('wider: stronger edge; probability of the edge; direction not stated')
    expect(words([graph.edges[0]!])).not.toContain('direction')
    expect(words([])).toBe('')
    expect(words([edge(0, 1, 'circle', 0.9, 1)])).toContain('left open by the data')
  })

  it('explains the colours of a comparison', () => {
    expect(matchLegend(pictureOf(graph, comparison)).map(({ words }) => words)).toEqual([
      'Both graphs have this edge',
      'Only this graph has this edge',
      'Only the other graph has this edge',
    ])
    expect(matchLegend(pictureOf(graph, null))).toEqual([])
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
    expect(describePicture(pictureOf(graph, null))).toBe(
      '3 nodes: Width, N2, Stiff & strong. Edges: Width may drive Stiff & strong; N2 and Stiff & strong are linked, direction open.',
    )
  })
})

describe('graphSvg', () => {
  const drawn = (shown: PicturedGraph, compared: ComparedEdges | null = null, standalone = true): string =>
    graphSvg(pictureOf(shown, compared), unplaced, {
      title: 'A < B',
      paint: standalone ? lightPaint : pagePaint,
      standalone,
    })
  const edgesOf = (svg: string): readonly string[] => svg.match(/<g><title>.*?<\/g>(?=<g|<rect|<path|<\/svg)/g) ?? []

  it('draws every node and edge, with markup in names made harmless', () => {
    const svg = drawn(graph)
    expect(svg).toContain('aria-label="A &lt; B"')
    expect(svg.match(/Stiff &amp; strong/g)!.length).toBeGreaterThan(1)
    expect(svg.match(/<g transform/g)).toHaveLength(3)
    expect(edgesOf(svg)).toHaveLength(2)
  })

  it('dashes open directions and leaves their heads out, a head only where there is an arrow', () => {
    const [fixed, open] = edgesOf(drawn(graph))
    expect(fixed).toMatch(/<title>Width → Stiff &amp; strong, strength 0.98, 0.83<\/title>/)
    expect(fixed).not.toContain('stroke-dasharray')
    expect(fixed).toContain('Z"')
    expect(open).toContain(`stroke-dasharray="${dashes.dashed.join(' ')}"`)
    expect(open).not.toContain('Z"')
  })

  it('draws a circle where the data leave an end open', () => {
    expect(edgesOf(drawn({ ...graph, edges: [edge(0, 1, 'circle', 0.9, 1)] }))[0]).toContain('<circle')
  })

  it('dots what only the other graph has, in the colour of its match', () => {
    const missing = edgesOf(drawn(graph, comparison)).find((markup) => markup.includes('missing'))
    expect(missing).toContain(`stroke-dasharray="${dashes.dotted.join(' ')}"`)
    expect(missing).toContain(lightPaint.of('bad'))
  })

  it('is the same drawing in a page, but for its colours and its frame', () => {
    const shapes = (svg: string): readonly string[] => svg.match(/ (d|x|y|width|height|r|points)="[^"]*"/g) ?? []
    const page = drawn(graph, null, false)
    expect(page).not.toMatch(/#[0-9a-f]{6}/)
    const file = shapes(drawn(graph))
    // The file's background: x, y, width, height.
    expect([...file.slice(0, 2), ...file.slice(6)]).toEqual(shapes(page))
  })

  it('draws a graph without edges, and one of a single node', () => {
    expect(edgesOf(drawn({ ...graph, edges: [] }))).toHaveLength(0)
    expect(drawn({ nodes: graph.nodes.slice(0, 1), edges: [] })).toMatch(/^<svg [^>]*width="\d+" height="\d+"/)
  })
})
