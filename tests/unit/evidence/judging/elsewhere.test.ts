import { expect, it } from 'vitest'
import { elsewhere, type OtherRun } from '../../../../src-main/evidence/judging/elsewhere.ts'
import { digraph } from '../../../../src-shared/graph/digraph.ts'
import { endsOfClass } from '../../../../src-shared/graph/marked-graph.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

const random = RandomStream.of(1, 'elsewhere')
const column = (): number[] => Array.from({ length: 400 }, () => Number(random.uniform() < 0.5))
const labels = [column(), column(), column()]
const run = (labels: OtherRun['labels'], arcs: readonly [number, number][]): OtherRun => ({
  labels,
  edges: endsOfClass(digraph(labels.length, arcs)),
})
const collider = run(labels, [
  [0, 2],
  [1, 2],
])

it('says nothing against a run that calls nodes and categories otherwise', () => {
  const turned = run(
    [labels[2]!.map((k) => 1 - k), labels[0]!, labels[1]!],
    [
      [1, 0],
      [2, 0],
    ],
  )
  const { agreement, otherwise } = elsewhere(collider, turned)
  for (const share of agreement) expect(share).toBeCloseTo(1, 9)
  expect(otherwise).toEqual([])
})

it('names what the other joins, does not join, and turns round', () => {
  const other = run(labels, [
    [0, 1],
    [2, 1],
  ])
  expect(elsewhere(collider, other).otherwise).toEqual([
    { a: 0, b: 1, there: 'joined' },
    { a: 0, b: 2, there: 'unjoined' },
    { a: 1, b: 2, there: 'reversed' },
  ])
})

it('compares no edges of a node that the other does not have', () => {
  const { agreement, otherwise } = elsewhere(collider, run([labels[0]!, labels[1]!, column()], []))
  expect(agreement[2]!).toBeLessThan(0.1)
  expect(otherwise).toEqual([])
})
