import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fastCausalInference, fciOnCounts } from '../../../../src-main/evidence/fci/fci.ts'
import { ancestorsOf, type Arc, digraph, type Digraph } from '../../../../src-shared/graph/digraph.ts'
import { dSeparated } from '../../../../src-shared/graph/separation.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

/** FCI that is told the truth: d-separation in a DAG whose last nodes are hidden, and others selected on. */
function told(dag: Digraph, observed: number, selected: readonly number[] = []) {
  return fastCausalInference(observed, (a, b, given) => (dSeparated(dag, a, b, [...given, ...selected]) ? 1 : 0), 0.5)
    .edges
}

const arrow = (edges: readonly Arc[], size: number): Digraph => digraph(size, edges)

describe('FCI', () => {
  it('sees the hidden common cause of a and b between two outer causes', () => {
    // x -> a <- U -> b <- y; nodes x, a, b, y, U
    const dag = arrow(
      [
        [0, 1],
        [4, 1],
        [4, 2],
        [3, 2],
      ],
      5,
    )
    expect(told(dag, 4)).toEqual([
      { from: 0, to: 1, fromMark: 'circle', toMark: 'arrow' },
      { from: 1, to: 2, fromMark: 'arrow', toMark: 'arrow' },
      { from: 2, to: 3, fromMark: 'arrow', toMark: 'circle' },
    ])
  })

  it('leaves every end of a chain open and turns a collider’s heads', () => {
    const chain = arrow(
      [
        [0, 1],
        [1, 2],
      ],
      3,
    )
    expect(told(chain, 3).flatMap(({ fromMark, toMark }) => [fromMark, toMark])).toEqual([
      'circle',
      'circle',
      'circle',
      'circle',
    ])
    // a -> c <- b, c -> d: the last edge is a cause for certain.
    const known = arrow(
      [
        [0, 2],
        [1, 2],
        [2, 3],
      ],
      4,
    )
    expect(told(known, 4)).toContainEqual({ from: 2, to: 3, fromMark: 'tail', toMark: 'arrow' })
  })

  it('draws no head against causation and no tail without it, with hidden nodes and selection', () => {
    const hiddenDag = fc
      .record({
        edges: fc.array(fc.boolean(), { minLength: 21, maxLength: 21 }),
        order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }),
        selection: fc.boolean(),
      })
      .map(({ edges, order, selection }) => {
        const pairs = order.flatMap((from, at) => order.slice(at + 1).map((to): Arc => [from, to]))
        // Nodes 0-4 are observed, 5 is hidden, 6 hidden or selected on.
        return {
          dag: digraph(
            7,
            pairs.filter((_, at) => edges[at]!),
          ),
          selected: selection ? [6] : [],
        }
      })
    fc.assert(
      fc.property(hiddenDag, ({ dag, selected }) => {
        for (const { from, to, fromMark, toMark } of told(dag, 5, selected)) {
          const causes = (cause: number, effect: number): boolean =>
            ancestorsOf(dag, [effect, ...selected])[cause] === 1
          if (fromMark === 'arrow') expect(causes(from, to)).toBe(false)
          if (fromMark === 'tail') expect(causes(from, to)).toBe(true)
          if (toMark === 'arrow') expect(causes(to, from)).toBe(false)
          if (toMark === 'tail') expect(causes(to, from)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('joins exactly the pairs that nothing separates', () => {
    const subsets = (nodes: readonly number[]): number[][] =>
      nodes.reduce<number[][]>((sets, node) => [...sets, ...sets.map((set) => [...set, node])], [[]])
    const dags = fc.array(fc.boolean(), { minLength: 21, maxLength: 21 }).map((edges) => {
      const order = [5, 2, 0, 6, 3, 1, 4]
      return digraph(
        7,
        order.flatMap((from, at) => order.slice(at + 1).map((to): Arc => [from, to])).filter((_, at) => edges[at]!),
      )
    })
    fc.assert(
      fc.property(dags, (dag) => {
        const joined = new Set(told(dag, 5).map(({ from, to }) => `${from} ${to}`))
        for (let a = 0; a < 5; a++) {
          for (let b = a + 1; b < 5; b++) {
            const others = [0, 1, 2, 3, 4].filter((node) => node !== a && node !== b)
            const separable = subsets(others).some((given) => dSeparated(dag, a, b, given))
            expect(joined.has(`${a} ${b}`)).toBe(!separable)
          }
        }
      }),
      { numRuns: 150 },
    )
  })

  it('finds the hidden cause in 2,000 samples', () => {
    const random = RandomStream.of(3, 'samples')
    const values = new Float64Array(16)
    const flip = (p: number): number => Number(random.uniform() < p)
    for (let d = 0; d < 2000; d++) {
      const [x, y, u] = [flip(0.5), flip(0.5), flip(0.5)]
      const a = flip([0.1, 0.5, 0.5, 0.9][x * 2 + u]!)
      const b = flip([0.1, 0.5, 0.5, 0.9][y * 2 + u]!)
      values[x * 8 + a * 4 + b * 2 + y]! += 1
    }
    const { edges } = fciOnCounts({ categories: [2, 2, 2, 2], values }, { alpha: 0.01, power: 0.8 })
    expect(edges).toContainEqual({ from: 1, to: 2, fromMark: 'arrow', toMark: 'arrow' })
  })
})
