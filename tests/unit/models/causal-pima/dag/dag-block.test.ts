import { describe, expect, it } from 'vitest'
import { asia } from '../../../../../src-main/datasets/synthetic/asia.ts'
import { networkEdges } from '../../../../../src-main/datasets/synthetic/bayesian-network.ts'
import { circleNetworks, circleStructures } from '../../../../../src-main/datasets/synthetic/circles.ts'
import { bic } from '../../../../../src-main/models/causal-pima/dag/bic.ts'
import { learnDag } from '../../../../../src-main/models/causal-pima/dag/dag-block.ts'
import { readOut } from '../../../../../src-main/models/causal-pima/dag/dag-scores.ts'
import { digraph, edgesOf } from '../../../../../src-shared/graph/digraph.ts'
import { cpdagDistance } from '../../../../../src-shared/graph/distance.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'
import { categoriesOf, exactCounts, sampledCounts } from './counts.ts'
import { whole } from '../../../../../src-main/statistics/piecewise.ts'

const options = { temperature: 0.1, lambda: 0.003, restarts: 12, steps: 300 }

describe('DAG block step', () => {
  it("finds the class of each of circles' four tables, five seeds each", () => {
    for (const structure of circleStructures) {
      const network = circleNetworks[structure]
      const truth = digraph(3, networkEdges(network))
      for (let seed = 0; seed < 5; seed++) {
        const learnt = whole(
          learnDag(
            { categories: [2, 2, 2], values: exactCounts(network, 4096) },
            options,
            RandomStream.of(seed, 'dag'),
          ),
        )
        expect(cpdagDistance(truth, learnt.graph)).toBe(0)
      }
    }
  })

  it('recovers Asia from 5,000 rows up to three edges of its class', () => {
    const truth = digraph(8, networkEdges(asia))
    for (let seed = 0; seed < 3; seed++) {
      const counts = sampledCounts(asia, 5000, seed)
      const learnt = whole(
        learnDag(
          { categories: categoriesOf(asia), values: counts },
          { ...options, restarts: 2 },
          RandomStream.of(seed, 'dag'),
        ),
      )
      expect(cpdagDistance(truth, learnt.graph)).toBeLessThanOrEqual(3)
      expect(learnt.bic).toBeGreaterThanOrEqual(bic(counts, categoriesOf(asia), truth) - 1e-6)
      expect(learnt.bic).toBeCloseTo(bic(counts, categoriesOf(asia), learnt.graph), 6)
    }
  })

  it('returns parameters that read out to exactly the graph it reports', () => {
    for (const [network, seed] of [
      [asia, 0],
      [circleNetworks.chain, 1],
      [circleNetworks.collider, 2],
    ] as const) {
      const counts = sampledCounts(network, 2000, seed)
      const learnt = whole(
        learnDag(
          { categories: categoriesOf(network), values: counts },
          { ...options, restarts: 3 },
          RandomStream.of(seed, 'dag'),
        ),
      )
      expect(readOut(learnt.strengths, network.nodes.length)).toEqual(learnt.graph)
    }
  })

  it('learns an empty graph from independent nodes', () => {
    const learnt = whole(
      learnDag({ categories: [2, 3, 2], values: new Float64Array(12).fill(100) }, options, RandomStream.of(0, 'dag')),
    )
    expect(edgesOf(learnt.graph)).toEqual([])
  })

  it('gives the same numbers for the same stream', () => {
    const counts = sampledCounts(circleNetworks.fork, 1000, 3)
    const run = () =>
      whole(learnDag({ categories: [2, 2, 2], values: counts }, { ...options, restarts: 3 }, RandomStream.of(9, 'dag')))
    expect(run()).toEqual(run())
  })

  it('keeps the direction of an edge that the data leave open while nothing fits better', () => {
    const counts = exactCounts(circleNetworks.chain, 4096)
    const previous = digraph(3, [
      [2, 1],
      [1, 0],
    ])
    for (let seed = 0; seed < 4; seed++) {
      const learnt = whole(
        learnDag(
          { categories: [2, 2, 2], values: counts },
          { ...options, restarts: 1, previous },
          RandomStream.of(seed, 'dag'),
        ),
      )
      expect(learnt.graph).toEqual(previous)
    }
  })
})
