import { describe, expect, it } from 'vitest'
import { countLabels } from '../../../src-main/evidence/counts.ts'
import { judge } from '../../../src-main/evidence/judge.ts'
import type { LabelledReplicate, LabelledRun } from '../../../src-main/evidence/judging/labelled.ts'
import { drawSubsample } from '../../../src-main/evidence/subsample.ts'
import { digraph } from '../../../src-shared/graph/digraph.ts'
import type { Edge } from '../../../src-shared/graph/edge.ts'
import { endsOfClass } from '../../../src-shared/graph/marked-graph.ts'
import { judgement } from '../../../src-shared/domain/judgement.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import * as v from 'valibot'

type Draw = (random: RandomStream) => readonly number[]

const flip = (random: RandomStream, p: number): number => Number(random.uniform() < p)

/** Two free settings decide together: 0 -> 2 <- 1. */
const collider: Draw = (random) => {
  const [a, b] = [flip(random, 0.5), flip(random, 0.5)]
  return [a, b, flip(random, [0.05, 0.5, 0.5, 0.95][2 * a + b]!)]
}

const labelsOf = (draw: Draw, n: number, seed: number): number[][] => {
  const random = RandomStream.of(seed, 'samples')
  const rows = Array.from({ length: n }, () => draw(random))
  return rows[0]!.map((_, node) => rows.map((row) => row[node]!))
}

const graphOf = (size: number, arcs: readonly [number, number][]): LabelledRun['graph'] => ({
  nodes: Array.from({ length: size }, (_, node) => ({
    name: `N${node + 1}`,
    categories: ['0', '1'],
    anchor: null,
    standing: 'provisional',
  })),
  edges: endsOfClass(digraph(size, arcs)).map((ends): Edge => ({
    ...ends,
    strength: 1,
    support: { posterior: null, replicates: null, restarts: null },
    standing: 'provisional',
  })),
})

/** A training on two thirds of the samples; what it calls the nodes and categories is up to it. */
function replicateOf(
  labels: readonly (readonly number[])[],
  order: readonly number[],
  seed: number,
): LabelledReplicate {
  const { inside, outside } = drawSubsample(labels[0]!.length, { share: 2 / 3, seed })
  const own = order.map((node) => labels[node]!.map((k) => 1 - k))
  return {
    labels: own,
    counts: countLabels(
      own.map((node) => Array.from(inside, (row) => node[row]!)),
      own.map(() => 2),
    ),
    readings: [],
    leftOut: Array.from(outside),
  }
}

/** What joint outcomes of binary nodes are in a reading that gives them these categories. */
const outcomesIn = (categories: readonly (readonly number[])[]): number[] =>
  categories.map((each) => each.reduce((outcome, k) => 2 * outcome + k, 0))

function runOf(labels: readonly (readonly number[])[], arcs: readonly [number, number][]): LabelledRun {
  return {
    graph: graphOf(labels.length, arcs),
    labels,
    counts: countLabels(
      labels,
      labels.map(() => 2),
    ),
    residual: null,
    rivals: [],
    surest: Array.from({ length: 2 ** labels.length }, (_, outcome) => [`s${outcome}a`, `s${outcome}b`]),
    replicates: [],
    known: labels.map(() => null),
    planned: 0,
    incomplete: 0,
    elsewhere: [],
    rebuilt: [{ modality: 'image', explained: 0.9 }],
    divided: [],
    seed: 1,
  }
}

const samples = 8000
const labels = labelsOf(collider, samples, 1)
const plain = runOf(labels, [
  [0, 2],
  [1, 2],
])
const replicated: LabelledRun = {
  ...plain,
  planned: 4,
  replicates: [
    [2, 0, 1],
    [0, 1, 2],
    [1, 2, 0],
    [2, 1, 0],
  ].map((order, r) => replicateOf(labels, order, r)),
}

describe('a judgement', () => {
  it('is provisional until there are replicates', () => {
    const { judgement: judged, stability } = judge(plain)
    expect(judged.nodes.map(({ standing }) => standing)).toEqual(['provisional', 'provisional', 'provisional'])
    expect(judged.edges).toMatchObject([
      { standing: 'provisional', directed: false },
      { standing: 'provisional', directed: false },
    ])
    expect(stability).toBeNull()
  })

  it('supports nodes and arrows that return, whatever a replicate calls them, and says what the arrows rest on', () => {
    const { judgement: judged, stability } = judge(replicated)
    expect(v.parse(judgement, judged)).toEqual(judged)
    for (const node of judged.nodes) {
      expect(node).toMatchObject({ standing: 'supported', shared: true })
      expect(node.replicability!.mean).toBeCloseTo(1, 9)
    }
    expect(judged.edges).toEqual([
      { standing: 'supported', directed: true, restsOn: [[0, 1]], evenUnseen: false },
      { standing: 'supported', directed: true, restsOn: [[0, 1]], evenUnseen: false },
    ])
    const [free, first] = judged.pairs
    expect(first).toMatchObject({ a: 0, b: 2, agreeing: { joined: 4, forward: 4, backward: 0 } })
    expect(first!.joined.mean).toBeGreaterThan(0.99)
    expect(free!.joined.mean).toBeLessThan(0.5)
    expect(free!.detectableV).toBeCloseTo(Math.sqrt(10.507 / samples), 3)
    expect(judged.implied).toEqual({ tested: 1, failed: [] })
    expect(Math.min(...stability!)).toBeCloseTo(1, 6)
  })

  it('knows the arrows that nothing unmeasured could stand in for: those behind a collider', () => {
    const further: Draw = (random) => {
      const [a, b, c] = collider(random) as [number, number, number]
      return [a, b, c, flip(random, c === 1 ? 0.85 : 0.15)]
    }
    const { judgement: judged } = judge(
      runOf(labelsOf(further, samples, 1), [
        [0, 2],
        [1, 2],
        [2, 3],
      ]),
    )
    expect(judged.edges.map(({ evenUnseen }) => evenUnseen)).toEqual([false, false, true])
  })

  it('does not support nodes that other trainings cut elsewhere, nor edges between them', () => {
    const other = labelsOf(collider, samples, 2)
    const { judgement: judged } = judge({
      ...replicated,
      replicates: [0, 1, 2, 3].map((r) => replicateOf(other, [0, 1, 2], r)),
    })
    for (const node of judged.nodes) {
      expect(node.standing).toBe('unsupported')
      expect(node.replicability!.mean).toBeLessThan(0.05)
    }
    expect(judged.edges.map(({ standing }) => standing)).toEqual(['unsupported', 'unsupported'])
    expect(judged.stability!).toBeLessThan(0.5)
  })

  it('does not support a node that is the same for every sample', () => {
    const one = labels.map((node, l) => (l === 1 ? node.map(() => 0) : node))
    const run = runOf(one, [[0, 2]])
    const { judgement: judged } = judge({
      ...run,
      replicates: [0, 1].map((r) => replicateOf(one, [0, 1, 2], r)),
    })
    expect(judged.nodes.map(({ standing }) => standing)).toEqual(['supported', 'unsupported', 'supported'])
  })

  it('states what every reading that fits as well holds', () => {
    // The trap of b and n = a xor b: the same clusters, another node.
    const rival = [labels[0]!, labels[0]!.map((a, d) => a ^ labels[1]![d]!), labels[2]!]
    const counts = countLabels(
      rival,
      rival.map(() => 2),
    )
    const categories = Array.from({ length: 8 }, (_, a) => [a >> 2, (a >> 2) ^ ((a >> 1) & 1), a & 1])
    const { judgement: judged } = judge({
      ...replicated,
      residual: 0.51,
      rivals: [{ labels: rival, counts, cost: 0.511, categories, outcomes: outcomesIn(categories) }],
    })
    expect(v.parse(judgement, judged)).toEqual(judged)
    expect(judged.readings).toMatchObject([
      { residual: 0.51, shared: [true, true, true], toLabel: [] },
      { residual: 0.511, shared: [true, false, true], configured: [0, 1, 2], categories },
    ])
    expect(judged.readings[1]!.agreement[1]).toBeLessThan(0.1)
    expect(judged.nodes.map(({ standing }) => standing)).toEqual(['supported', 'tentative', 'supported'])
    expect(judged.nodes[1]).toMatchObject({ shared: false })
    expect(judged.edges.map(({ directed }) => directed)).toEqual([false, false])
  })

  it('gives each reading its own graph, and names the samples whose labels would tell which is right', () => {
    // Under other names as well: the shared nodes keep the graph's, the new one has its own.
    const rival = [labels[0]!.map((a, d) => a ^ labels[1]![d]!), labels[2]!.map((c) => 1 - c), labels[0]!]
    const categories = Array.from({ length: 8 }, (_, a) => [(a >> 2) ^ ((a >> 1) & 1), 1 - (a & 1), a >> 2])
    const counts = countLabels(
      rival,
      rival.map(() => 2),
    )
    const [own, other] = judge({
      ...replicated,
      residual: 0.51,
      rivals: [{ labels: rival, counts, cost: 0.511, categories, outcomes: outcomesIn(categories) }],
    }).judgement.readings
    expect(own!.edges).toMatchObject([
      { from: 0, to: 2, fromMark: 'tail', toMark: 'arrow' },
      { from: 1, to: 2, fromMark: 'tail', toMark: 'arrow' },
    ])
    expect(other).toMatchObject({ configured: [2, 0, 1], shared: [true, false, true] })
    expect(other!.categories.map(([a, , c]) => [a, c])).toEqual(own!.categories.map(([a, , c]) => [a, c]))
    expect(other!.edges.length).toBeGreaterThan(0)
    // Node 1 and its rival say 0 or 1 each: four combinations, two samples of each, alike in the node of the effect.
    expect(other!.toLabel.map(({ outcome }) => outcome >> 1)).toEqual([0, 1, 2, 3])
    expect(other!.toLabel[0]!.samples).toEqual([`s${other!.toLabel[0]!.outcome}a`, `s${other!.toLabel[0]!.outcome}b`])
    const said = other!.toLabel.map(
      ({ outcome }) => `${own!.categories[outcome]![1]}/${other!.categories[outcome]![1]}`,
    )
    expect(new Set(said).size).toBe(4)
  })

  it('makes nothing of a model that rebuilds no better than the mean', () => {
    const { judgement: judged } = judge({ ...replicated, rebuilt: [{ modality: 'image', explained: 0.001 }] })
    expect(judged.nodes.map(({ standing }) => standing)).toEqual(['unsupported', 'unsupported', 'unsupported'])
  })

  it('takes a node whose every value is a column as measured, and tests labels that replicates did not see', () => {
    const wrong = labels[2]!.map((k, d) => (d % 4 === 0 ? 1 - k : k))
    const { judgement: judged } = judge({
      ...replicated,
      replicates: replicated.replicates.map((replicate) => ({
        ...replicate,
        labels: [labels[0]!, labels[1]!, wrong],
      })),
      known: [null, null, labels[2]!],
    })
    expect(judged.nodes[2]).toMatchObject({ measured: true, replicability: null, standing: 'supported' })
    const { agreeing, of } = judged.nodes[2]!.heldOut!
    expect(agreeing / of).toBeCloseTo(0.75, 1)
    expect(judged.nodes[0]!.heldOut).toBeNull()
  })

  it('tests no held-out labels of a table, in which nothing else tells of the sample', () => {
    const { judgement: judged } = judge({ ...replicated, rebuilt: [], known: labels })
    expect(judged.nodes.map(({ heldOut }) => heldOut)).toEqual([null, null, null])
  })

  it('states no arrow that a hidden common cause turned around, and names the independence that fails', () => {
    // x -> a <- U -> b <- y, U unseen: the best DAG holds y <- b and a -> y, b -> a.
    const hidden: Draw = (random) => {
      const [x, u, y] = [flip(random, 0.5), flip(random, 0.5), flip(random, 0.5)]
      const effect = (cause: number): number => flip(random, 0.08 + 0.42 * cause + 0.42 * u)
      return [x, effect(x), effect(y), y]
    }
    const seen = labelsOf(hidden, 2000, 5)
    const run = runOf(seen, [
      [0, 1],
      [1, 3],
      [2, 1],
      [2, 3],
    ])
    const { judgement: judged } = judge({
      ...run,
      replicates: [0, 1, 2, 3].map((r) => replicateOf(seen, [0, 1, 2, 3], r)),
    })
    expect(judged.separated).toMatchObject([{ a: 1, b: 3, given: [] }])
    // What the double head rests on: each end's own cause is independent of the other end.
    expect(judged.parted).toMatchObject([
      { a: 0, b: 2, given: [] },
      { a: 1, b: 3, given: [] },
    ])
    // The graph needs a link that the samples deny.
    expect(judged.edges[1]!.standing).not.toBe('supported')
    expect(judged.edges.map(({ directed }) => directed)).toEqual([false, false, false, false])
    expect(judged.hidden).toContainEqual({ from: 1, to: 2, fromMark: 'arrow', toMark: 'arrow' })
  })

  it('is the same for the same evidence', () => {
    expect(judge(replicated)).toEqual(judge(replicated))
  })
})
