import { describe, expect, it } from 'vitest'
import { asia } from '../../../../src-main/datasets/synthetic/asia.ts'
import {
  type BayesianNetwork,
  denseTable,
  networkEdges,
  sampleNetwork,
  topologicalOrder,
} from '../../../../src-main/datasets/synthetic/bayesian-network.ts'
import { cancer } from '../../../../src-main/datasets/synthetic/cancer.ts'
import { circleNetworks } from '../../../../src-main/datasets/synthetic/circles.ts'
import { earthquake } from '../../../../src-main/datasets/synthetic/earthquake.ts'
import { sachs } from '../../../../src-main/datasets/synthetic/sachs.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

const published = [asia, cancer, earthquake, sachs]
const networks = [...published, ...Object.values(circleNetworks)]

/** Free parameters: rows times one less than the categories. */
function parameters(network: BayesianNetwork): number {
  return network.nodes.reduce((sum, node) => sum + Object.keys(node.table).length * (node.categories.length - 1), 0)
}

/** P(node) from the exact joint, by brute force over all outcomes. */
function exactMarginals(network: BayesianNetwork): number[][] {
  const order = topologicalOrder(network)
  const marginals = network.nodes.map((node) => node.categories.map(() => 0))
  const values = network.nodes.map(() => 0)
  const visit = (depth: number, p: number): void => {
    if (depth === order.length) {
      values.forEach((value, l) => (marginals[l]![value]! += p))
      return
    }
    const column = order[depth]!
    const node = network.nodes[column]!
    const parents = node.parents.map((name) => network.nodes.findIndex((n) => n.name === name))
    const row = node.table[parents.map((i) => network.nodes[i]!.categories[values[i]!]!).join(',')]!
    row.forEach((probability, value) => {
      values[column] = value
      if (probability > 0) visit(depth + 1, p * probability)
    })
  }
  visit(0, 1)
  return marginals
}

describe('discrete networks', () => {
  it.each(networks)(
    '$name: every row of every table is a distribution and no row is missing or left over',
    (network) => {
      for (const node of network.nodes) {
        const rows = denseTable(network, node)
        expect(Object.keys(node.table)).toHaveLength(rows.length)
        for (const row of rows) {
          // Published tables are rounded: Sachs' rows miss 1 by up to 1e-7.
          expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6)
          expect(Math.min(...row)).toBeGreaterThanOrEqual(0)
        }
      }
    },
  )

  it.each(networks)('$name: the graph has no cycle', (network) => {
    expect(topologicalOrder(network).toSorted((a, b) => a - b)).toEqual(network.nodes.map((_, l) => l))
  })

  it('have the sizes that the bnlearn repository states', () => {
    const sizes = published.map((n) => [n.name, n.nodes.length, networkEdges(n).length, parameters(n)])
    expect(sizes).toEqual([
      ['asia', 8, 8, 18],
      ['cancer', 5, 4, 10],
      ['earthquake', 5, 4, 10],
      ['sachs', 11, 17, 178],
    ])
  })

  it('agree with marginals known from the literature', () => {
    const of = (network: BayesianNetwork, node: string): number =>
      exactMarginals(network)[network.nodes.findIndex((n) => n.name === node)]![0]!
    expect(of(asia, 'tub')).toBeCloseTo(0.0104, 10)
    expect(of(asia, 'either')).toBeCloseTo(0.064828, 10)
    expect(of(asia, 'dysp')).toBeCloseTo(0.435971, 5)
    expect(of(cancer, 'Cancer')).toBeCloseTo(0.01163, 10)
    expect(of(earthquake, 'Alarm')).toBeCloseTo(0.016114, 5)
  })

  it.each(networks)('$name: draws have the exact marginals, within four standard errors', (network) => {
    const n = 20_000
    const width = network.nodes.length
    const factors = sampleNetwork(network, n, RandomStream.of(7, network.name))
    exactMarginals(network).forEach((marginal, l) =>
      marginal.forEach((p, value) => {
        let count = 0
        for (let i = 0; i < n; i++) if (factors[i * width + l] === value) count++
        expect(Math.abs(count / n - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n) + 1e-6)
      }),
    )
  })

  it('follow the conditional tables: circles, shift given hue and radius', () => {
    const n = 20_000
    const factors = sampleNetwork(circleNetworks.complete, n, RandomStream.of(1, 'conditional'))
    const hits = [0, 0, 0, 0]
    const counts = [0, 0, 0, 0]
    for (let i = 0; i < n; i++) {
      const cell = 2 * factors[3 * i]! + factors[3 * i + 1]!
      counts[cell]!++
      hits[cell]! += factors[3 * i + 2]!
    }
    ;[0.1, 0.6, 0.3, 0.9].forEach((p, cell) => expect(hits[cell]! / counts[cell]!).toBeCloseTo(p, 1))
    expect((counts[2]! + counts[3]!) / n).toBeCloseTo(0.5, 1)
    expect(counts[1]! / (counts[0]! + counts[1]!)).toBeCloseTo(0.15, 1)
    expect(counts[3]! / (counts[2]! + counts[3]!)).toBeCloseTo(0.8, 1)
  })

  it('refuses a graph with a cycle and a table with a missing row', () => {
    const node = (name: string, parents: string[]) => ({
      name,
      categories: ['0', '1'],
      parents,
      table: { '0': [0.5, 0.5] },
    })
    const loop = { name: 'loop', source: '', nodes: [node('a', ['b']), node('b', ['a'])] }
    expect(() => topologicalOrder(loop)).toThrow(/cycle/)
    expect(() => denseTable(loop, loop.nodes[0]!)).toThrow(/P\(a \| b\) lacks the row \(1\)/)
  })
})
