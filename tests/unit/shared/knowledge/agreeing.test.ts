import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { enumerateDags } from '../../../../src-main/evidence/dag-posterior.ts'
import { type Arc, type Digraph, digraph, edgesOf, hasEdge } from '../../../../src-shared/graph/digraph.ts'
import { isDirected } from '../../../../src-shared/graph/edge.ts'
import { markovEquivalent } from '../../../../src-shared/graph/equivalence.ts'
import { learnedEdges, type LearnedGraph } from '../../../../src-shared/graph/learned-graph.ts'
import { dagOf } from '../../../../src-shared/graph/marked-graph.ts'
import type { CausalscopeError } from '../../../../src-shared/errors.ts'
import { underKnowledge } from '../../../../src-shared/knowledge/agreeing.ts'
import { edgesConcerned } from '../../../../src-shared/knowledge/concerned.ts'
import { edgeConstraints, mayHaveParents } from '../../../../src-shared/knowledge/constraints.ts'
import { givenOf, type Knowledge, nothingKnown } from '../../../../src-shared/knowledge/knowledge.ts'
import { knowledgeProblems } from '../../../../src-shared/knowledge/problems.ts'

const names = ['a', 'b', 'c', 'd']
const size = names.length
const dags = enumerateDags(size).map((masks) =>
  digraph(
    size,
    masks.flatMap((mask, to) => names.flatMap((_, from): Arc[] => ((mask >> from) & 1 ? [[from, to]] : []))),
  ),
)

function learned(dag: Digraph): LearnedGraph {
  const square = names.map(() => names.map(() => 0))
  const search = { strength: square, frequency: square, restarts: 1 }
  return {
    nodes: names.map((name) => ({ name, categories: ['0', '1'], anchor: null, standing: 'provisional' })),
    edges: learnedEdges(dag, search),
    ...{ ...search, nodeTables: [], logJoint: [] },
  }
}

const chain = learned(
  digraph(size, [
    [0, 1],
    [1, 2],
    [2, 3],
  ]),
)
const collider = learned(
  digraph(size, [
    [0, 2],
    [1, 2],
    [2, 3],
  ]),
)
const known = (parts: Partial<Knowledge>) => givenOf({ ...nothingKnown, ...parts }, names)
const arrows = ({ edges }: LearnedGraph): string =>
  edges
    .map(({ from, to, ...marks }) => `${names[from]}${isDirected({ ...marks }) ? '>' : '-'}${names[to]}`)
    .sort()
    .join(' ')
const refusal = (graph: LearnedGraph, parts: Partial<Knowledge>): string => {
  try {
    underKnowledge(graph, known(parts), names)
  } catch (error) {
    return (error as Error).message
  }
  return 'no refusal'
}

const pair = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)).filter(([a, b]) => a !== b)
const anything = fc
  .record({
    required: fc.array(pair, { maxLength: 2 }),
    forbidden: fc.array(pair, { maxLength: 3 }),
    order: fc.shuffledSubarray(names, { minLength: size, maxLength: size }),
    first: fc.nat(2),
    closed: fc.boolean(),
  })
  .map(({ required, forbidden, order, first, closed }): Knowledge => ({
    ...nothingKnown,
    ...{ required, forbidden },
    tiers:
      first === 0
        ? []
        : [
            { nodes: order.slice(0, first), closed },
            { nodes: order.slice(first), closed: false },
          ],
  }))
  .filter((knowledge) => knowledgeProblems(knowledge, names).length === 0)

describe('what is known, told to a finished graph', () => {
  it('leaves just those graphs of its class that agree, and is refused where none does', () => {
    fc.assert(
      fc.property(fc.constantFrom(...dags), anything, (dag, knowledge) => {
        const given = givenOf(knowledge, names)
        const constraints = edgeConstraints(given, size)
        const alike = dags.filter((other) => markovEquivalent(other, dag))
        const parents = (other: Digraph, node: number): number =>
          names.reduce((mask, _, from) => (hasEdge(other, from, node) ? mask | (1 << from) : mask), 0)
        const agreeing = alike.filter(
          (other) =>
            constraints === null || names.every((_, node) => mayHaveParents(constraints, node, parents(other, node))),
        )
        if (agreeing.length === 0) {
          expect(() => underKnowledge(learned(dag), given, names)).toThrow(/graph of this run/)
          return
        }
        const under = underKnowledge(learned(dag), given, names)
        expect(under.afterwards).toEqual({ agreeing: agreeing.length, of: alike.length, complete: true })
        const chosen = dagOf(size, under.edges)
        expect(agreeing.map((other) => edgesOf(other).join(' '))).toContain(edgesOf(chosen).join(' '))
        for (const { from, to, ...marks } of under.edges)
          expect(isDirected(marks)).toBe(agreeing.every((other) => hasEdge(other, from, to)))
      }),
      { numRuns: 150 },
    )
  })

  it('turns edges and fixes what follows', () => {
    expect(arrows(chain)).toBe('a-b b-c c-d')
    expect(arrows(underKnowledge(chain, known({ required: [['b', 'a']] }), names))).toBe('b-c b>a c-d')
    expect(arrows(underKnowledge(chain, known({ tiers: [tier('d'), tier('c')] }), names))).toBe('b>a c>b d>c')
    expect(underKnowledge(chain, known({ required: [['a', 'b']] }), names).afterwards).toMatchObject({
      agreeing: 1,
      of: 4,
    })
  })

  it('goes on from what was known before', () => {
    const before = underKnowledge(chain, known({ forbidden: [['a', 'b']], tiers: [tier('b', 'a')] }), names)
    const after = underKnowledge(before, known({ tiers: [tier('d'), tier('c')] }), names)
    expect(arrows(after)).toBe('b>a c>b d>c')
    expect(after.given).toMatchObject({ tiers: [{ nodes: [1, 0] }] })
    expect(after.given!.forbidden).toContainEqual([2, 3])
    expect(() => underKnowledge(before, known({ required: [['a', 'b']] }), names)).toThrow(
      'a → b is both required and forbidden.',
    )
  })

  it('is refused with what it contradicts: the circle, the common effect, the link', () => {
    const full = learned(
      digraph(size, [
        [0, 2],
        [1, 2],
        [2, 3],
        [0, 3],
      ]),
    )
    expect(refusal(full, { required: [['d', 'a']] })).toBe(
      'What is known leaves d → a alone, and every graph of this run that agrees with the rest has a → d: turned round, the edges would run in a circle, d → a → c → d.',
    )
    expect(refusal(collider, { required: [['c', 'a']] })).toContain(
      'c would not be the common effect of a and b that these samples show',
    )
    expect(refusal(collider, { required: [['d', 'c']] })).toContain(
      'c would be a common effect of d and a, which these samples deny',
    )
    expect(
      refusal(chain, {
        required: [
          ['a', 'b'],
          ['c', 'b'],
        ],
      }),
    ).toContain('b would be a common effect of c and a')
    expect(
      refusal(chain, {
        forbidden: [
          ['a', 'b'],
          ['b', 'a'],
        ],
      }),
    ).toBe('What is known lets nothing join a and b, and every graph of this run joins them.')
    expect(refusal(chain, { required: [['a', 'd']] })).toBe(
      'a → d is required, and no graph of this run joins the two.',
    )
    expect(
      refusal(chain, {
        required: [
          ['a', 'b'],
          ['b', 'c'],
          ['c', 'a'],
        ],
      }),
    ).toBe('The required edges run in a circle: a → b → c → a.')
  })

  it('is refused with the edges that it is about', () => {
    const about = (parts: Partial<Knowledge>) => {
      try {
        underKnowledge(chain, known(parts), names)
      } catch (error) {
        return edgesConcerned(error as CausalscopeError)
      }
      return 'no refusal'
    }
    expect(about({ required: [['a', 'd']] })).toEqual([['a', 'd']])
    expect(
      about({
        required: [
          ['a', 'b'],
          ['b', 'a'],
        ],
      }),
    ).toEqual([
      ['a', 'b'],
      ['b', 'a'],
    ])
    expect(about({ required: [['a', 'b']], tiers: [tier('c'), tier('b')] })).toEqual([
      ['c', 'b'],
      ['b', 'c'],
    ])
    expect(about({ intervened: 'set' })).toEqual([])
  })

  it('takes nothing that training alone can use', () => {
    expect(refusal(chain, { scopes: [{ node: 'a', modalities: ['image'] }] })).toContain('What a node acts on')
    expect(refusal(chain, { intervened: 'set' })).toContain('Which nodes were set')
  })
})

function tier(...nodes: string[]): { nodes: string[]; closed: boolean } {
  return { nodes, closed: false }
}
