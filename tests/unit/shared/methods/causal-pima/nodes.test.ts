import { describe, expect, it } from 'vitest'
import { fitProblems } from '../../../../../src-shared/methods/causal-pima/fit.ts'
import { anchorOf, nodesOf, withAnchors } from '../../../../../src-shared/methods/causal-pima/nodes.ts'
import { parseConfig } from '../../../../../src-shared/config/parse.ts'
import type { DatasetSummary, MetadataColumn } from '../../../../../src-shared/domain/dataset.ts'

const columns: MetadataColumn[] = [
  { column: 'hue', kind: 'category', categories: ['0', '1'], missing: 0 },
  { column: 'plate', kind: 'category', categories: ['a', 'b', 'c'], missing: 3 },
  { column: 'load', kind: 'number', missing: 0 },
  { column: 'batch', kind: 'category', categories: ['x'], missing: 0 },
]

describe('--nodes', () => {
  it('gives each node its number of categories', () => {
    expect(nodesOf('2,3')).toEqual([
      { name: 'N1', categories: 2, anchor: null },
      { name: 'N2', categories: 3, anchor: null },
    ])
  })

  it.each(['', '1', '2,x', '2.5', '2,,2'])('refuses "%s"', (counts) => {
    expect(() => nodesOf(counts)).toThrow(/not a number of categories/)
  })
})

describe('--anchor', () => {
  const anchors = (...texts: string[]) => texts.map(anchorOf)

  it('makes a node for each new name, and no others when none were asked for', () => {
    expect(withAnchors(null, anchors('H=hue', 'P=plate'), columns)).toEqual([
      { name: 'H', categories: 2, anchor: 'hue' },
      { name: 'P', categories: 3, anchor: 'plate' },
    ])
  })

  it('adds to the nodes that were asked for', () => {
    expect(withAnchors(nodesOf('2,2'), anchors('H=hue'), columns).map((n) => n.name)).toEqual(['N1', 'N2', 'H'])
  })

  it('ties a node that exists', () => {
    expect(withAnchors(null, anchors('N2=plate'), columns)).toEqual([
      { name: 'N1', categories: 2, anchor: null },
      { name: 'N2', categories: 3, anchor: 'plate' },
      { name: 'N3', categories: 2, anchor: null },
    ])
    expect(withAnchors(nodesOf('2,2'), anchors('N1=hue'), columns)[0]).toEqual({
      name: 'N1',
      categories: 2,
      anchor: 'hue',
    })
  })

  it('refuses a column that is missing, of numbers, constant, or of more values than the node has categories', () => {
    const hint = (text: string) => expect.objectContaining({ hint: expect.stringContaining(text) as string }) as Error
    expect(() => withAnchors(null, anchors('P=plat'), columns)).toThrow(hint('Did you mean "plate"?'))
    expect(() => withAnchors(null, anchors('L=load'), columns)).toThrow(/holds numbers/)
    expect(() => withAnchors(null, anchors('B=batch'), columns)).toThrow(/fewer than two values/)
    expect(() => withAnchors(nodesOf('2'), anchors('N1=plate'), columns)).toThrow(/2 categories.*3 values/)
    expect(() => anchorOf('plate')).toThrow(/NODE=COLUMN|not an anchor/)
  })
})

describe('a configuration against its data', () => {
  const dataset: DatasetSummary = {
    id: 1,
    name: 'set',
    samples: 100,
    modalities: [
      {
        name: 'image',
        kind: 'image',
        shape: [4, 4, 1],
        scaling: { offset: [0], scale: [1] },
        present: 100,
        source: '',
      },
    ],
    metadata: columns,
    notes: [],
    sha256: '',
    source: '',
    createdAt: '',
  }
  const problems = (config: unknown, data = dataset) =>
    fitProblems(parseConfig('causal-pima', config), data).map((p) => `${p.field}: ${p.message} ${p.hint}`)

  it('fits with the defaults', () => {
    expect(problems({})).toEqual([])
  })

  it('needs modalities and columns that are there', () => {
    expect(problems({ modalities: ['imag'] })).toEqual([expect.stringContaining('Did you mean "image"?')])
    const curve = { ...dataset.modalities[0]!, name: 'curve', kind: 'curve', shape: [8] } as const
    expect(problems({ experts: [{ modality: 'curve', kind: 'line' }] }, { ...dataset, modalities: [curve] })).toEqual([
      expect.stringContaining('has no grid'),
    ])
    expect(problems({ experts: [{ modality: 'image', kind: 'line' }] })).toEqual([
      expect.stringContaining('describes a curve'),
    ])
    const anchored = [
      { name: 'A', categories: 2, anchor: 'plate' },
      { name: 'B', categories: 2, anchor: 'load' },
      { name: 'C', categories: 2, anchor: 'hu' },
    ]
    expect(problems({ nodes: anchored })).toEqual([
      expect.stringContaining('3 values'),
      expect.stringContaining('holds numbers'),
      expect.stringContaining('Did you mean "hue"?'),
    ])
  })

  it('needs enough samples, outcomes that can be counted, and something to learn from', () => {
    const nodes = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `N${i}`, categories: 3 }))
    expect(problems({ nodes: nodes(5) })).toEqual([expect.stringContaining('too few for the 243 joint outcomes')])
    expect(problems({ nodes: nodes(8) }, { ...dataset, samples: 20_000 })).toEqual([expect.stringContaining('6561')])
    expect(problems({ nodes: nodes(6) }, { ...dataset, samples: 20_000 })).toEqual([
      expect.stringMatching(/729 joint outcomes; at most 256 can be looked for/),
    ])
    expect(problems({}, { ...dataset, modalities: [] })).toEqual([expect.stringContaining('Anchor every node')])
    const anchored = [{ name: 'H', categories: 2, anchor: 'hue' }]
    expect(problems({ nodes: anchored }, { ...dataset, modalities: [] })).toEqual([])
  })
})
