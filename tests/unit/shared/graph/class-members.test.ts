import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classMembers, parentChoices } from '../../../../src-shared/graph/class-members.ts'
import type { Digraph } from '../../../../src-shared/graph/digraph.ts'
import { digraph, edgesOf, parentsOf } from '../../../../src-shared/graph/digraph.ts'
import { membersByTrial } from './members-by-trial.ts'
import { randomDag } from './random-dag.ts'

const texts = (dags: readonly Digraph[]): string[] => dags.map((dag) => edgesOf(dag).join(' ')).sort()

describe('members of a class', () => {
  it('are all DAGs with the same skeleton and v-structures, each once, the DAG itself first', () => {
    fc.assert(
      fc.property(randomDag(1, 5), (dag) => {
        const { members, complete } = classMembers(dag, 1000)
        expect(complete).toBe(true)
        expect(members[0]).toEqual(dag)
        expect(texts(members)).toEqual(texts(membersByTrial(dag)))
      }),
      { numRuns: 200 },
    )
  })

  it('say when there are more than were asked for', () => {
    const chain = digraph(4, [
      [0, 1],
      [1, 2],
      [2, 3],
    ])
    expect(classMembers(chain, 4)).toMatchObject({ complete: true })
    expect(classMembers(chain, 3).complete).toBe(false)
    expect(classMembers(chain, 3).members).toHaveLength(3)
  })

  it('give the nodes that are set every combination of parents that the class has, once', () => {
    fc.assert(
      fc.property(randomDag(2, 5), fc.boolean(), (dag, two) => {
        const nodes = two ? [0, 1] : [0]
        const parents = (member: Digraph): string => nodes.map((node) => parentsOf(member, node).join()).join(' | ')
        const { members: chosen, complete } = parentChoices(dag, nodes, 1000)
        expect(complete).toBe(true)
        expect(chosen[0]).toEqual(dag)
        expect(chosen.map(parents).sort()).toEqual([...new Set(membersByTrial(dag).map(parents))].sort())
        const all = texts(membersByTrial(dag))
        for (const text of texts(chosen)) expect(all).toContain(text)
      }),
      { numRuns: 200 },
    )
  })

  it('lists few choices of a class with thousands of members', () => {
    const nodes = Array.from({ length: 8 }, (_, i) => i)
    const full = digraph(
      8,
      nodes.flatMap((a) => nodes.filter((b) => b > a).map((b) => [a, b] as const)),
    )
    expect(classMembers(full, 50).complete).toBe(false)
    expect(parentChoices(full, [0], 1000).members).toHaveLength(2 ** 7)
    expect(parentChoices(full, [0], 50)).toMatchObject({ complete: false })
  })
})
