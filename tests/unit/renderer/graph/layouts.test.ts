import { describe, expect, it } from 'vitest'
import cytoscape, { type LayoutOptions } from 'cytoscape'
import dagre from 'cytoscape-dagre'
import fcose from 'cytoscape-fcose'
import { circlePositions, layoutOptions, nodeId, pinsOf } from '../../../../src-renderer/graph/layouts.ts'

cytoscape.use(dagre)
cytoscape.use(fcose)

const size = { width: 130, height: 68 }

function laidOut(layout: 'layered' | 'force' | 'circle', nodes: number, edges: readonly (readonly [number, number])[]) {
  const start = circlePositions(nodes)
  const graph = cytoscape({
    headless: true,
    styleEnabled: true,
    style: [{ selector: 'node', style: { ...size, shape: 'round-rectangle' } }],
    elements: [
      ...start.map((position, i) => ({ data: { id: nodeId(i) }, position: { ...position } })),
      ...edges.map(([a, b]) => ({ data: { source: nodeId(a), target: nodeId(b) } })),
    ],
  })
  const run = (name: typeof layout): void => {
    const options: LayoutOptions | object = layoutOptions(name, nodes, [])
    graph.layout(options as LayoutOptions).run()
  }
  if (layout === 'force') run('layered')
  run(layout)
  return start.map((_, i) => ({ ...graph.getElementById(nodeId(i)).position() }))
}

describe('layouts', () => {
  it('puts causes above effects when layered', () => {
    const places = laidOut('layered', 3, [
      [0, 2],
      [1, 2],
    ])
    expect(places[2]!.y).toBeGreaterThan(places[0]!.y)
    expect(places[0]!.y).toBeCloseTo(places[1]!.y)
  })

  it.each(['layered', 'force', 'circle'] as const)('%s is the same every time and keeps boxes apart', (layout) => {
    const edges = [
      [0, 1],
      [1, 2],
      [2, 3],
      [0, 4],
    ] as const
    const first = laidOut(layout, 5, edges)
    expect(laidOut(layout, 5, edges)).toEqual(first)
    for (const [i, a] of first.entries())
      for (const b of first.slice(i + 1))
        expect(Math.abs(a.x - b.x) >= size.width || Math.abs(a.y - b.y) >= size.height).toBe(true)
  })

  it('leaves room on the circle for fifty boxes', () => {
    const places = circlePositions(50)
    const [a, b] = [places[0]!, places[1]!]
    expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(150)
    expect(circlePositions(1)).toEqual([{ x: 0, y: -0 }])
  })
})

describe('pinsOf', () => {
  it('names the nodes that have a place', () => {
    expect(pinsOf([null, { x: 1, y: 2 }])).toEqual([{ node: 1, position: { x: 1, y: 2 } }])
  })
})
