import { describe, expect, it } from 'vitest'
import type { RunView } from '../../../../src-renderer/state/run-list.ts'
import { edgeText } from '../../../../src-shared/graph/edge-words.ts'
import { namedEndsOfClass } from '../../../../src-shared/graph/marked-graph.ts'
import { underNamesOf } from '../../../../src-renderer/state/run-matching.ts'
import { comparedEdges, nodeNames, overlaid } from '../../../../src-renderer/state/run-overlay.ts'

const epoch = (n: number, score: number, validationScore: number | null = null) => ({
  epoch: n,
  score,
  validationScore,
})

function graph(
  id: number,
  nodes: readonly string[],
  arcs: readonly [string, string][],
  givenNames: Readonly<Record<string, string>> = {},
): RunView {
  return {
    id,
    name: `Run ${id}`,
    datasetId: 1,
    method: 'causal-pima',
    status: 'done',
    seed: 1,
    engine: 'wasm',
    config: { nodes: nodes.map((name) => ({ name, categories: 2, anchor: null })) },
    createdAt: '',
    startedAt: null,
    finishedAt: null,
    seconds: 0,
    epoch: 1,
    epochs: 1,
    score: 0,
    edges: namedEndsOfClass(arcs),
    explained: null,
    givenNames,
    error: null,
  }
}

describe('overlaid', () => {
  it('lays runs of different length on one axis, with gaps where a run has no epoch', () => {
    const { x, lines } = overlaid(
      [
        [epoch(0, 1), epoch(1, 2)],
        [epoch(1, 5), epoch(2, 6)],
      ],
      'score',
    )
    expect(x).toEqual([1, 2, 3])
    expect(lines).toEqual([
      [1, 2, null],
      [null, 5, 6],
    ])
  })

  it('keeps a missing validation ELBO missing', () => {
    expect(overlaid([[epoch(0, 1), epoch(1, 2, 3)]], 'validationScore').lines).toEqual([[null, 3]])
  })
})

describe('comparedEdges', () => {
  it('tells edges that every run has, with the same marks, from the others', () => {
    const runs = [
      graph(
        1,
        ['A', 'B', 'C'],
        [
          ['A', 'B'],
          ['C', 'B'],
          ['D', 'E'],
        ],
      ),
      graph(
        2,
        ['A', 'B', 'C'],
        [
          ['A', 'B'],
          ['B', 'C'],
          ['E', 'D'],
        ],
      ),
    ]
    // The second is a chain, whose directions nothing fixes; D and E are linked in both, in no direction.
    expect(comparedEdges(runs).map((edges) => edges.map((edge) => [edgeText(edge), edge.shared]))).toEqual([
      [
        ['A --> B', false],
        ['C --> B', false],
        ['D --- E', true],
      ],
      [
        ['A --- B', false],
        ['B --- C', false],
        ['E --- D', true],
      ],
    ])
  })
})

describe('runs whose nodes people renamed', () => {
  it('are compared by the names they gave', () => {
    const runs = [
      graph(1, ['N1', 'N2'], [['N1', 'N2']], { N1: 'Heat', N2: 'Density' }),
      graph(2, ['N1', 'N2'], [['N2', 'N1']], { N1: 'Density', N2: 'Heat' }),
    ]
    expect(nodeNames(runs)).toEqual(['Heat', 'Density'])
    const shared = [
      { from: 'Heat', to: 'Density', fromMark: 'tail', toMark: 'tail', standing: 'provisional', shared: true },
    ]
    expect(comparedEdges(runs)).toEqual([shared, shared])
  })
})

describe('runs that call their nodes otherwise', () => {
  it('are compared under the names of the first, where the nodes divide the samples alike', () => {
    const first = graph(1, ['N1', 'N2', 'N3'], [['N1', 'N2']], { N1: 'Heat' })
    const second = graph(2, ['N1', 'N2', 'N3'], [['N2', 'N1']], { N3: 'Age' })
    const match = { nodes: ['N1', 'N2', 'Age'].map((name) => ({ name, agreement: [] })), proposed: [1, 0, null] }
    const { run, renamed } = underNamesOf(first, second, match)
    expect(renamed).toEqual([
      { own: 'N1', there: 'N2' },
      { own: 'N2', there: 'Heat' },
    ])
    expect(nodeNames([first, run])).toEqual(['Heat', 'N2', 'N3', 'Age'])
    expect(
      comparedEdges([first, run])
        .flat()
        .map((edge) => [edgeText(edge), edge.shared]),
    ).toEqual([
      ['Heat --- N2', true],
      ['Heat --- N2', true],
    ])
    const none = { ...match, proposed: [null, 0, null] }
    expect(nodeNames([underNamesOf(first, graph(2, ['N2', 'N1', 'N3'], []), none).run])).toEqual([
      'Heat',
      'N1',
      'N3 (Run 2)',
    ])
  })
})

describe('nodeNames', () => {
  it('lists the nodes of all runs once, those without edges too', () => {
    expect(nodeNames([graph(1, ['A', 'B'], []), graph(2, ['B', 'D'], [['D', 'B']])])).toEqual(['A', 'B', 'D'])
  })
})
