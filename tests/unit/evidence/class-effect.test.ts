import { describe, expect, it } from 'vitest'
import { effectInClass } from '../../../src-main/evidence/class-effect.ts'
import { edgesOf } from '../../../src-shared/graph/digraph.ts'
import { givenOf, nothingKnown } from '../../../src-shared/knowledge/knowledge.ts'
import { exampleGraph } from '../shared/graph-formats/example-graph.ts'

const of = (name: string, parents: number[], table: number[][]) => ({
  name,
  categories: ['low', 'high'],
  parents,
  table,
})
const strong = [
  [0.9, 0.1],
  [0.2, 0.8],
]

describe('the effect of setting a node', () => {
  it('is a set where the class leaves its cause open: what is seen, and nothing', () => {
    const chain = exampleGraph([of('A', [], [[0.3, 0.7]]), of('B', [0], strong)])
    const { observational, conditioned, answers, complete } = effectInClass(chain, [{ node: 0, value: 1 }])
    expect(complete).toBe(true)
    expect(answers.map(({ dag }) => edgesOf(dag))).toEqual([[[0, 1]], [[1, 0]]])
    const marginalOfB = observational[1]! + observational[3]!
    expect(answers[0]!.interventional[3]).toBeCloseTo(0.8, 9)
    expect(conditioned![3]).toBeCloseTo(0.8, 9)
    expect(answers[1]!.interventional[3]).toBeCloseTo(marginalOfB, 9)
  })

  it('is one where what was given fixes the cause', () => {
    const chain = exampleGraph([of('A', [], [[0.3, 0.7]]), of('B', [0], strong)])
    const tiers = [
      { nodes: ['A'], closed: false },
      { nodes: ['B'], closed: false },
    ]
    const given = givenOf({ ...nothingKnown, tiers }, ['A', 'B'])
    const { answers } = effectInClass({ ...chain, given }, [{ node: 0, value: 1 }])
    expect(answers.map(({ dag }) => edgesOf(dag))).toEqual([[[0, 1]]])
  })

  it('is one where a collider fixes the directions, and not what is seen', () => {
    const graph = exampleGraph([
      of('Heat', [], [[0.5, 0.5]]),
      of('Load', [], [[0.4, 0.6]]),
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
    const { answers, conditioned } = effectInClass(graph, [{ node: 2, value: 1 }])
    expect(answers).toHaveLength(1)
    const heatHigh = (joint: readonly number[]): number => joint.slice(4).reduce((sum, p) => sum + p, 0)
    expect(heatHigh(answers[0]!.interventional)).toBeCloseTo(0.5, 9)
    expect(heatHigh(conditioned!)).toBeGreaterThan(0.6)
  })

  it('sets several nodes at once, and every answer is a distribution', () => {
    const chain = exampleGraph([of('A', [], [[0.3, 0.7]]), of('B', [0], strong), of('C', [1], strong)])
    const { answers } = effectInClass(chain, [
      { node: 0, value: 0 },
      { node: 2, value: 1 },
    ])
    for (const { interventional } of answers) {
      expect(interventional.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9)
      interventional.forEach((p, a) => {
        if (!(a >> 2 === 0 && (a & 1) === 1)) expect(p).toBe(0)
      })
    }
  })
})
