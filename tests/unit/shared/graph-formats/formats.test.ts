import { findings } from '../../../../src-shared/methods/causal-pima/findings/findings.ts'
import { judgedGraph } from '../../../../src-shared/findings/judged-graph.ts'
import { exampleJudgement } from '../findings/example-judgement.ts'
import { describe, expect, it } from 'vitest'
import { graphToDagitty } from '../../../../src-shared/graph-formats/dagitty.ts'
import { graphToDot } from '../../../../src-shared/graph-formats/dot.ts'
import { graphToGraphMl } from '../../../../src-shared/graph-formats/graphml.ts'
import { graphDocument, graphToJson, parseGraphJson } from '../../../../src-shared/graph-formats/json.ts'
import type { EndMark, Standing } from '../../../../src-shared/graph/edge.ts'
import type { LearnedGraph } from '../../../../src-shared/graph/learned-graph.ts'
import { exampleGraph, lattice } from './example-graph.ts'

const hostile = exampleGraph([
  { name: 'say "a\\b"\n</graphml> & \u{1}', categories: ["'x'", '<y>'], table: [[0.5, 0.5]] },
  {
    name: 'b',
    categories: ['0', '1'],
    parents: [0],
    table: [
      [0.5, 0.5],
      [0.1, 0.9],
    ],
  },
])

/** Everything in it returned. */
const judged = judgedGraph(lattice, exampleJudgement(lattice))

/** The lattice with these marks at its last edge, and what may be said of it. */
function marked(fromMark: EndMark, toMark: EndMark, standing: Standing = 'supported'): LearnedGraph {
  const last = lattice.edges.length - 1
  return {
    ...lattice,
    edges: lattice.edges.map((edge, i) => (i === last ? { ...edge, fromMark, toMark, standing } : edge)),
  }
}

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Element[]
  text: string
}

const entities = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
])
const unescape = (text: string): string => text.replace(/&[^;]*;/g, (entity) => entities.get(entity) ?? '')

/** Well-formed XML as a tree; throws on anything else. */
function parseXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>/, '')
  const token = /<(\/?)([\w:]+)((?:\s+[\w:.]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy
  while (token.lastIndex < body.length) {
    const match = token.exec(body)
    if (match === null) throw new Error('not well-formed')
    const [, closing, name = '', attributes = '', empty, words] = match
    const parent = open.at(-1)!
    if (words !== undefined) {
      if (/&(?!(amp|lt|gt|quot|#39);)/.test(words)) throw new Error(`bare & in ${words}`)
      parent.text += unescape(words)
    } else if (closing === '/') {
      if (open.pop()!.name !== name) throw new Error(`</${name}> closes another element`)
    } else {
      const values: Record<string, string> = {}
      for (const [, key = '', value = ''] of attributes.matchAll(/([\w:.]+)="([^"]*)"/g)) values[key] = unescape(value)
      const element: Element = { name, attributes: values, children: [], text: '' }
      parent.children.push(element)
      if (empty !== '/') open.push(element)
    }
  }
  if (open.length !== 1) throw new Error('an element stays open')
  return root.children[0]!
}

describe('DOT', () => {
  it('draws edges as wide as they are strong, with their probability, and leaves open directions dashed', () => {
    const dot = graphToDot(judged)
    expect(dot).toContain(
      '"Strut width" -> "Stiffness" [label="0.99", penwidth=3.85, strength=0.97, probabilityJoined=0.99, probabilityForward=0.95, probabilityBackward=0.040000000000000036, replicatesAgreeing=4, replicates=4, standing=supported];',
    )
    expect(dot).toMatch(/"Stiffness" -> "Yield" \[.*standing=supported, style=dashed, dir=none\];/)
  })

  it('draws nothing unsupported like a finding', () => {
    const edges = { 0: { standing: 'unsupported', directed: false } } as const
    const dot = graphToDot(
      judgedGraph(lattice, exampleJudgement(lattice, { nodes: { 0: { standing: 'unsupported' } }, edges })),
    )
    expect(dot).toMatch(/"Topology" -> "Stiffness" \[.*standing=unsupported, style=dotted, .*dir=none\];/)
    expect(dot).toMatch(/"Topology" \[.*standing=unsupported, style="rounded,dotted", .*color=/)
  })

  it('gives a tentative node a dashed outline, and a supported one none of its own', () => {
    const dot = graphToDot(judgedGraph(lattice, exampleJudgement(lattice, { nodes: { 0: { standing: 'tentative' } } })))
    expect(dot).toMatch(/"Topology" \[.*standing=tentative, style="rounded,dashed"/)
    expect(dot).toMatch(/"Stiffness" \[[^\]]*standing=supported\];/)
  })

  it('gives no probability where nobody has worked it out', () => {
    const dot = graphToDot(lattice)
    expect(dot).toContain('"Strut width" -> "Stiffness" [penwidth=3.85, strength=0.97, standing=provisional];')
    expect(dot).not.toContain('probabilityJoined')
  })

  it('quotes names so that no name can end its string', () => {
    expect(graphToDot(hostile)).toContain('  "say \\"a\\\\b\\" </graphml> & \u{1}" -> "b" [')
  })
})

describe('GraphML', () => {
  it('is well-formed and holds each node and edge with its evidence', () => {
    const graph = parseXml(graphToGraphMl(judged)).children.find((element) => element.name === 'graph')!
    const nodes = graph.children.filter((element) => element.name === 'node')
    const edges = graph.children.filter((element) => element.name === 'edge')
    const datum = (element: Element, key: string): string | undefined =>
      element.children.find((child) => child.attributes.key === key)?.text
    expect(nodes.map((node) => datum(node, 'label'))).toEqual(['Topology', 'Strut width', 'Stiffness', 'Yield'])
    expect(datum(nodes[0]!, 'anchor')).toBe('topology')
    expect(JSON.parse(datum(nodes[1]!, 'categories')!)).toEqual(['thin', 'medium', 'thick'])
    expect(edges.map((edge) => [edge.attributes.source, edge.attributes.target])).toEqual([
      ['n0', 'n2'],
      ['n1', 'n2'],
      ['n2', 'n3'],
    ])
    expect(edges.map((edge) => edge.attributes.directed)).toEqual([undefined, undefined, 'false'])
    expect(edges.map((edge) => [datum(edge, 'fromMark'), datum(edge, 'toMark')])).toEqual([
      ['tail', 'arrow'],
      ['tail', 'arrow'],
      ['tail', 'tail'],
    ])
    expect(Number(datum(edges[0]!, 'probabilityForward'))).toBe(0.95)
    expect(datum(edges[0]!, 'edgeStanding')).toBe('supported')
    expect(graphToGraphMl(lattice)).not.toMatch(/<data key="probability/)
  })

  it('declares every key that it uses', () => {
    const root = parseXml(graphToGraphMl(lattice))
    const declared = root.children.filter((child) => child.name === 'key').map((key) => key.attributes.id)
    const used = root.children.at(-1)!.children.flatMap((child) => child.children.map((data) => data.attributes.key))
    expect(used.every((key) => declared.includes(key))).toBe(true)
  })

  it('escapes names and replaces what XML cannot hold', () => {
    const graph = parseXml(graphToGraphMl(hostile)).children.at(-1)!
    expect(graph.children[0]!.children[0]!.text).toBe('say "a\\b"\n</graphml> & \u{fffd}')
  })
})

describe('DAGitty', () => {
  it('is a pdag of quoted names, with positions where given', () => {
    expect(graphToDagitty(lattice, [[0.5, 1]])).toBe(
      [
        'pdag {',
        '"Topology" [pos="0.500,1.000"]',
        '"Strut width"',
        '"Stiffness"',
        '"Yield"',
        '"Topology" -> "Stiffness"',
        '"Strut width" -> "Stiffness"',
        '"Stiffness" -- "Yield"',
        '}',
        '',
      ].join('\n'),
    )
    expect(graphToDagitty(hostile)).toContain(`"say 'a\\b' </graphml> &  " -> "b"`)
    expect(graphToDagitty(marked('tail', 'arrow'))).toMatch(/^dag \{/)
  })
})

describe('marks', () => {
  it.each([
    ['circle', 'arrow', 'dir=both, arrowtail=odot, arrowhead=normal', 'pag {', '"Stiffness" @-> "Yield"'],
    ['circle', 'circle', 'dir=both, arrowtail=odot, arrowhead=odot', 'pag {', '"Stiffness" @-@ "Yield"'],
    ['arrow', 'arrow', 'dir=both, arrowtail=normal, arrowhead=normal', 'dag {', '"Stiffness" <-> "Yield"'],
  ] as const)('%s and %s are kept by every format', (fromMark, toMark, dot, type, dagitty) => {
    const graph = marked(fromMark, toMark)
    expect(graphToDot(graph)).toContain(dot)
    expect(graphToDagitty(graph).split('\n')).toEqual(expect.arrayContaining([type, dagitty]))
    const xml = graphToGraphMl(graph)
    expect(xml).toMatch(
      new RegExp(`target="n3" directed="false">.*"fromMark">${fromMark}</data><data key="toMark">${toMark}<`),
    )
    expect(graphDocument(graph).edges.at(-1)).toMatchObject({ fromMark, toMark })
  })

  it('make no arrow of what is not supported', () => {
    const graph = marked('tail', 'arrow', 'unsupported')
    expect(graphToDot(graph)).toMatch(/"Stiffness" -> "Yield" \[.*style=dotted.*dir=none\]/)
    expect(graphToGraphMl(graph)).toMatch(/target="n3" directed="false">.*>unsupported</)
    expect(graphToDagitty(graph)).toContain('"Stiffness" -- "Yield"')
  })
})

describe('graph.json', () => {
  it('comes back as it went in', () => {
    const document = parseGraphJson(graphToJson(lattice))
    expect(document).toEqual(graphDocument(lattice))
    expect(document.version).toBe(3)
    expect(document.edges[2]).toEqual({
      from: 'Stiffness',
      to: 'Yield',
      fromMark: 'tail',
      toMark: 'tail',
      strength: 0.97,
      support: { posterior: null, replicates: null },
      standing: 'provisional',
    })
    expect(document.tables[3]!.rows[0]!.given).toEqual(['soft'])
  })

  it('says what may be stated, and what to be wary of', () => {
    const result = { graph: lattice, assignment: null, components: [], warnings: [] }
    const finding = findings(result, exampleJudgement(lattice, { replicates: 0 }))
    const document = parseGraphJson(graphToJson(lattice, { finding }))
    expect(document.finding).toEqual({
      headline: expect.stringMatching(/^Provisional: /) as string,
      provisional: true,
      cautions: [],
    })
  })

  it('refuses other JSON by its field, and what is no JSON', () => {
    expect(() => parseGraphJson('graph {')).toThrow(/not JSON/)
    const newer = graphToJson(lattice).replace('"version": 3', '"version": 4')
    expect(() => parseGraphJson(newer)).toThrow(/version: /)
  })
})
