import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestDag, graphScore, scoreFamilies } from '../../../src-main/evidence/best-dag.ts'
import type { Counts } from '../../../src-main/evidence/counts.ts'
import { dagPosterior, enumerateDags } from '../../../src-main/evidence/dag-posterior.ts'
import { edgePosterior } from '../../../src-main/evidence/edge-posterior.ts'
import { familyScore, familyScores, members } from '../../../src-main/evidence/family-score.ts'
import { fastCausalInference } from '../../../src-main/evidence/fci/fci.ts'
import { contradictions } from '../../../src-main/evidence/judging/contradictions.ts'
import { testIndependence } from '../../../src-main/evidence/independence.ts'
import { tianHe } from '../../../src-main/evidence/tian-he.ts'
import {
  type Arc,
  type Digraph,
  digraph,
  edgesOf,
  hasEdge,
  isAdjacent,
  parentsOf,
} from '../../../src-shared/graph/digraph.ts'
import { classMembers, parentChoices } from '../../../src-shared/graph/class-members.ts'
import { markovEquivalent } from '../../../src-shared/graph/equivalence.ts'
import { endsOfClass } from '../../../src-shared/graph/marked-graph.ts'
import { edgeConstraints, mayHaveParents } from '../../../src-shared/knowledge/constraints.ts'
import { givenOf, nothingKnown } from '../../../src-shared/knowledge/knowledge.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

const names = ['a', 'b', 'c', 'd']
const size = names.length
const score = { kind: 'k2' } as const

/** Knowledge that agrees with some order of the nodes, hence with itself. */
const known = fc
  .record({
    order: fc.shuffledSubarray(names, { minLength: size, maxLength: size }),
    required: fc.array(fc.tuple(fc.nat(size - 2), fc.nat(size - 2)), { maxLength: 2 }),
    forbidden: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 3 }),
    tier: fc.nat(size),
  })
  .map(({ order, required, forbidden, tier }) => {
    const must = required.map(([i, step]): [string, string] => [
      order[i]!,
      order[Math.min(size - 1, i + 1 + (step % (size - i)))]!,
    ])
    const mustNot = forbidden
      .filter(([i, j]) => i !== j)
      .map(([i, j]): [string, string] => [names[i]!, names[j]!])
      .filter(([i, j]) => !must.some(([from, to]) => from === i && to === j))
    const tiers = [order.slice(0, tier), order.slice(tier)].map((nodes) => ({ nodes, closed: false }))
    return edgeConstraints(givenOf({ ...nothingKnown, required: must, forbidden: mustNot, tiers }, names), size)
  })
  .filter((constraints) => constraints !== null)

const tables = fc.array(fc.double({ min: 0, max: 60, noNaN: true }), { minLength: 16, maxLength: 16 })

function dagOfMasks(parents: readonly number[]) {
  return digraph(
    size,
    parents.flatMap((mask, to) => members(mask).map((from): Arc => [from, to])),
  )
}

describe('what is known of edges', () => {
  it('leaves of all DAGs those that agree with it, and their probabilities as they were to each other', () => {
    fc.assert(
      fc.property(known, tables, (constraints, values) => {
        const counts: Counts = { categories: [2, 2, 2, 2], values }
        const agree = ({ parents }: { readonly parents: readonly number[] }): boolean =>
          parents.every((mask, node) => mayHaveParents(constraints, node, mask))
        const left = dagPosterior(counts, score).dags.filter(agree)
        const total = left.reduce((sum, { probability }) => sum + probability, 0)
        fc.pre(total > 1e-12)
        const { directed } = edgePosterior(counts, score, constraints)
        const summed = tianHe(familyScores(counts, score, constraints))
        for (let i = 0; i < size; i++)
          for (let j = 0; j < size; j++) {
            const share = left.reduce(
              (sum, { parents, probability }) => sum + ((parents[j]! >> i) & 1) * probability,
              0,
            )
            expect(directed[i]![j]).toBeCloseTo(share / total, 6)
            expect(summed.directed[i]![j]).toBeCloseTo(share / total, 6)
          }
      }),
      { numRuns: 40 },
    )
  })

  it('the best DAG is the best of those that agree', () => {
    fc.assert(
      fc.property(known, tables, fc.integer(), (constraints, values, seed) => {
        fc.pre(values.some((count) => count > 1))
        const counts: Counts = { categories: [2, 2, 2, 2], values }
        const plain = scoreFamilies(counts)
        const best = bestDag(scoreFamilies(counts, constraints), RandomStream.of(seed, 'best'))
        const agreeing = enumerateDags(size)
          .filter((parents) => parents.every((mask, node) => mayHaveParents(constraints, node, mask)))
          .map((parents) => graphScore(plain, dagOfMasks(parents)))
        expect(graphScore(plain, best)).toBeCloseTo(Math.max(...agreeing), 6)
        expect(graphScore(scoreFamilies(counts, constraints), best)).toBeGreaterThan(-Infinity)
      }),
      { numRuns: 40 },
    )
  })

  it('marks an edge as an arrow just where all members of the class that agree have it so', () => {
    const all = enumerateDags(size).map((parents) => ({ parents, dag: dagOfMasks(parents) }))
    fc.assert(
      fc.property(known, fc.nat(), (constraints, pick) => {
        const agreeing = all.filter(({ parents }) =>
          parents.every((mask, node) => mayHaveParents(constraints, node, mask)),
        )
        const { dag } = agreeing[pick % agreeing.length]!
        const members = agreeing.filter((other) => markovEquivalent(other.dag, dag))
        for (const { from, to, toMark } of endsOfClass(dag, constraints))
          expect(toMark === 'arrow').toBe(members.every((member) => hasEdge(member.dag, from, to)))
        const texts = (dags: readonly Digraph[]): string[] => dags.map((one) => edgesOf(one).join(' ')).sort()
        expect(texts(classMembers(dag, 1000, constraints).members)).toEqual(texts(members.map((member) => member.dag)))
        const parents = (dag: Digraph): string => parentsOf(dag, 0).join()
        const chosen = parentChoices(dag, [0], 1000, constraints).members
        expect(chosen.map(parents).sort()).toEqual([...new Set(members.map((member) => parents(member.dag)))].sort())
      }),
      { numRuns: 60 },
    )
  })

  it('turns the heads of FCI where an order in time says so', () => {
    // a - b - c, a and c independent given b: nothing is directed by the samples.
    const test = (a: number, b: number, given: readonly number[]): number =>
      Math.abs(a - b) === 2 && given.includes(1) ? 0.9 : 1e-9
    const tiers = [
      { nodes: ['a'], closed: false },
      { nodes: ['b', 'c'], closed: false },
    ]
    const constraints = edgeConstraints(givenOf({ ...nothingKnown, tiers }, ['a', 'b', 'c']), 3)
    const marks = (edges: ReturnType<typeof fastCausalInference>['edges']): string[] =>
      edges.map(({ from, to, fromMark, toMark }) => `${from} ${fromMark} ${toMark} ${to}`)
    expect(marks(fastCausalInference(3, test, 0.01).edges)).toEqual(['0 circle circle 1', '1 circle circle 2'])
    expect(marks(fastCausalInference(3, test, 0.01, constraints).edges)).toEqual(['0 circle arrow 1', '1 tail arrow 2'])
  })
})

/** a -> b -> c, strong; in half of the samples a node is set by a fair coin. */
function chainWith(target: number | null, n: number, seed: number): Counts {
  const random = RandomStream.of(seed, 'chain')
  const parts = [new Float64Array(8), new Float64Array(8)]
  for (let d = 0; d < n; d++) {
    const set = target !== null && d % 2 === 1 ? target : null
    const value = [0, 0, 0]
    for (let node = 0; node < 3; node++) {
      const p = node === 0 ? 0.5 : value[node - 1] === 1 ? 0.85 : 0.15
      value[node] = Number(random.uniform() < (set === node ? 0.5 : p))
    }
    parts[set === null ? 0 : 1]![4 * value[0]! + 2 * value[1]! + value[2]!]! += 1
  }
  const values = parts[0]!.map((count, a) => count + parts[1]![a]!)
  if (target === null) return { categories: [2, 2, 2], values }
  return {
    categories: [2, 2, 2],
    values,
    regimes: [
      { set: [], values: parts[0]! },
      { set: [target], values: parts[1]! },
    ],
  }
}

describe('nodes that were set', () => {
  it('fix directions that are open without', () => {
    const open = edgePosterior(chainWith(null, 2000, 1), { kind: 'bdeu', equivalentSampleSize: 1 })
    expect(open.directed[0]![1]).toBeLessThan(0.8)
    const { directed, joined } = edgePosterior(chainWith(1, 2000, 1), { kind: 'bdeu', equivalentSampleSize: 1 })
    expect(directed[0]![1]).toBeGreaterThan(0.99)
    expect(directed[1]![2]).toBeGreaterThan(0.99)
    expect(joined[0]![2]).toBeLessThan(0.1)
  })

  it('say nothing of their own causes: their family is scored on the other samples', () => {
    const counts = chainWith(1, 400, 2)
    const observed: Counts = { categories: [2, 2, 2], values: counts.regimes![0]!.values }
    expect(familyScore(counts, 1, [0], score)).toBeCloseTo(familyScore(observed, 1, [0], score), 9)
    expect(familyScore(counts, 0, [], score)).not.toBeCloseTo(familyScore(observed, 0, [], score), 3)
  })

  it('make no dependence: samples are compared with those treated alike', () => {
    const settings = { alpha: 0.01, power: 0.9 }
    // b is 1 whenever it was set and a is mostly 1 then: together the two regimes would look dependent.
    const regimes = [
      { set: [], values: [400, 400, 100, 100] },
      { set: [1], values: [0, 100, 0, 900] },
    ]
    const values = regimes[0]!.values.map((count, a) => count + regimes[1]!.values[a]!)
    expect(testIndependence({ categories: [2, 2], values }, 0, 1, [], settings).p).toBeLessThan(1e-6)
    expect(testIndependence({ categories: [2, 2], values, regimes }, 0, 1, [], settings).p).toBeGreaterThan(0.5)
  })

  it('show that nothing unmeasured joins what was set with what follows it', () => {
    const edges = endsOfClass(
      digraph(3, [
        [0, 1],
        [1, 2],
      ]),
    ).map((ends) => ({
      ...ends,
      strength: 1,
      support: { posterior: null, replicates: null, restarts: null },
      standing: 'provisional' as const,
    }))
    const { followsSetting } = contradictions(chainWith(1, 2000, 1), edges)
    expect([followsSetting(1, 2), followsSetting(0, 1), followsSetting(1, 0)]).toEqual([true, false, false])
    expect(contradictions(chainWith(null, 2000, 1), edges).followsSetting(1, 2)).toBe(false)
  })

  it('direct an edge of a class where just one of its ends was set', () => {
    const chain = digraph(3, [
      [0, 1],
      [1, 2],
    ])
    const given = givenOf({ ...nothingKnown, intervened: 'set' }, ['a', 'b', 'c'], [{ nodes: [2], samples: 9 }])
    const heads = endsOfClass(chain, edgeConstraints(given, 3)).map(({ toMark }) => toMark)
    expect(heads).toEqual(['tail', 'arrow'])
    expect(edgesOf(chain).every(([a, b]) => isAdjacent(chain, a, b))).toBe(true)
  })
})
