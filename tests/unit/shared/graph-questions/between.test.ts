import { describe, expect, it } from 'vitest'
import { judgedGraph } from '../../../../src-shared/findings/judged-graph.ts'
import { askBetween, listMembers } from '../../../../src-shared/graph-questions/between.ts'
import { cautionsFor } from '../../../../src-shared/graph-questions/cautions.ts'
import { givenOf, nothingKnown } from '../../../../src-shared/knowledge/knowledge.ts'
import { exampleJudgement } from '../findings/example-judgement.ts'
import { exampleGraph } from '../graph-formats/example-graph.ts'

const half = [0.5, 0.5]
const dependent = [
  [0.9, 0.1],
  [0.2, 0.8],
]
const of = (name: string, parents: number[], table: number[][]) => ({
  name,
  categories: ['low', 'high'],
  parents,
  table,
})

const chain = exampleGraph([of('A', [], [half]), of('B', [0], dependent), of('C', [1], dependent)])
const collider = exampleGraph([
  of('Heat', [], [half]),
  of('Load', [], [half]),
  of(
    'Density',
    [0, 1],
    [
      [0.9, 0.1],
      [0.6, 0.4],
      [0.5, 0.5],
      [0.1, 0.9],
    ],
  ),
])

describe('questions between nodes', () => {
  it('say what is separated by what, and by which paths not', () => {
    const open = askBetween(chain, { from: [0], to: [2], given: [] })
    expect(open.separated).toBe(false)
    expect(open.text).toBe('The graph does not make A and C independent: they are d-connected.')
    expect(open.paths).toEqual([{ text: 'A — B — C', open: true }])
    const blocked = askBetween(chain, { from: [0], to: [2], given: [1] })
    expect(blocked.text).toBe('The graph implies that A and C are independent given B: they are d-separated.')
    expect(blocked.paths).toEqual([{ text: 'A — B — C', open: false }])
    expect(askBetween(collider, { from: [0], to: [1], given: [2] }).paths).toEqual([
      { text: 'Heat → Density ← Load', open: true },
    ])
  })

  it('adjust for what serves in every graph of the class', () => {
    expect(askBetween(collider, { from: [0], to: [2], given: [] }).adjustment).toMatchObject({ sets: [[]], members: 1 })
    const onClass = askBetween(chain, { from: [0], to: [1], given: [] }).adjustment
    expect(onClass).toMatchObject({ sets: [], members: 3, complete: true })
    expect(onClass?.text).toContain('No set of the other nodes serves')
    expect(askBetween(chain, { from: [0, 1], to: [2], given: [] }).adjustment).toBeNull()
  })

  it('list the graphs of the class', () => {
    expect(listMembers(chain).members).toEqual([
      ['A → B', 'B → C'],
      ['B → A', 'B → C'],
      ['B → A', 'C → B'],
    ])
    expect(listMembers(chain, 2).complete).toBe(false)
  })

  it('leave out the graphs that what was given rules out', () => {
    const given = givenOf({ ...nothingKnown, required: [['A', 'B']] }, ['A', 'B', 'C'])
    expect(listMembers({ ...chain, given }).members).toEqual([['A → B', 'B → C']])
    expect(askBetween({ ...chain, given }, { from: [0], to: [2], given: [] }).paths[0]?.text).toBe('A → B → C')
    const forbidden = givenOf({ ...nothingKnown, forbidden: [['B', 'C']] }, ['A', 'B', 'C'])
    const turned = exampleGraph([of('A', [1], dependent), of('B', [2], dependent), of('C', [], [half])])
    const { adjustment } = askBetween({ ...turned, given: forbidden }, { from: [1], to: [0], given: [] })
    expect(adjustment).toMatchObject({ sets: [[]], members: 1 })
  })

  it('refuse sets that share a node, or none', () => {
    expect(() => askBetween(chain, { from: [0], to: [2], given: [0] })).toThrow('A is in two of the sets')
    expect(() => askBetween(chain, { from: [], to: [2], given: [] })).toThrow('needs a node on either side')
  })
})

describe('cautions', () => {
  it('are none where all is supported', () => {
    const judged = judgedGraph(collider, exampleJudgement(collider))
    expect(cautionsFor(judged, [0])).toEqual([])
  })

  it('name what was asked about first', () => {
    const judgement = exampleJudgement(collider, {
      nodes: { 0: { standing: 'unsupported' }, 2: { standing: 'unsupported' } },
      edges: { 0: { standing: 'tentative', directed: false } },
    })
    const cautions = cautionsFor(judgedGraph(collider, judgement), [2])
    expect(cautions[0]).toMatch(/^Density and Heat are not supported/)
    expect(cautions[1]).toContain('Heat — Density')
    expect(cautions[2]).toContain('It takes Heat → Density as the graph has it')
  })

  it('say that nothing has been tested before replicates have run', () => {
    const [first] = cautionsFor(judgedGraph(chain, exampleJudgement(chain, { replicates: 0 })), [0])
    expect(first).toContain('No replicate has tested yet')
  })
})
