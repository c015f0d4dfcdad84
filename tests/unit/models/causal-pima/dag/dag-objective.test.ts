import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { DagObjective } from '../../../../../src-main/models/causal-pima/dag/dag-objective.ts'
import {
  edgeStrengths,
  logitsFromCounts,
  readOut,
  scoresFromGraph,
} from '../../../../../src-main/models/causal-pima/dag/dag-scores.ts'
import { digraph } from '../../../../../src-shared/graph/digraph.ts'
import { RandomStream } from '../../../../../src-shared/random/stream.ts'

const goldenCase = v.object({
  kind: v.literal('causal-pima'),
  name: v.string(),
  input: v.object({
    categories: v.array(v.number()),
    scores: v.array(v.number()),
    metric: v.array(v.array(v.number())),
    temperature: v.number(),
    logits: v.array(v.unknown()),
  }),
  expected: v.object({ edges: v.array(v.array(v.number())), logJoint: v.array(v.number()) }),
})

function flatten(nested: unknown): number[] {
  return Array.isArray(nested) ? nested.flatMap(flatten) : [v.parse(v.number(), nested)]
}

const golden = v
  .parse(v.array(v.unknown()), JSON.parse(readFileSync('tests/fixtures/golden/causal-pima.json', 'utf8')))
  .flatMap((one) => (v.is(goldenCase, one) ? [one] : []))

function draw(length: number, random: RandomStream): Float64Array {
  return Float64Array.from({ length }, () => random.normal())
}

describe('the DAG objective', () => {
  it.each(golden)('gives the golden edges and joint: $name', ({ input, expected }) => {
    const metric = flatten(input.metric)
    const strengths = edgeStrengths(
      { scores: Float64Array.from(input.scores), metric: Float64Array.from(metric) },
      input.temperature,
    )
    flatten(expected.edges).forEach((edge, at) => {
      expect(strengths[at]).toBeCloseTo(edge, 12)
    })
    const counts = expected.logJoint.map((_, a) => 1 + a)
    const objective = new DagObjective({ categories: input.categories, values: counts })
    const parameters = Float64Array.from([...input.scores, ...metric, ...input.logits.flatMap(flatten)])
    const total = counts.reduce((a, b) => a + b)
    const value = counts.reduce((sum, count, a) => sum - (count / total) * expected.logJoint[a]!, 0)
    expect(objective.evaluate(parameters, input.temperature, 0, new Float64Array(parameters.length))).toBeCloseTo(
      value,
      10,
    )
  })

  it.each([
    { categories: [2, 2], temperature: 1 },
    { categories: [2, 3, 2], temperature: 0.6 },
    { categories: [3, 2, 2, 2], temperature: 0.3 },
    { categories: [4], temperature: 1 },
  ])('has the gradient of its finite differences: $categories', ({ categories, temperature }) => {
    const random = RandomStream.of(7, 'finite differences')
    const outcomes = categories.reduce((product, k) => product * k, 1)
    const counts = Float64Array.from({ length: outcomes }, (_, a) => (a === 1 ? 0 : 20 * random.uniform()))
    const objective = new DagObjective({ categories, values: counts })
    const at = draw(objective.parameters, random)
    const gradient = new Float64Array(at.length)
    const unused = new Float64Array(at.length)
    objective.evaluate(at, temperature, 0.05, gradient)
    const h = 1e-5
    for (let i = 0; i < at.length; i++) {
      const value = (offset: number): number =>
        objective.evaluate(at.with(i, at[i]! + offset), temperature, 0.05, unused)
      expect(gradient[i]).toBeCloseTo((value(h) - value(-h)) / (2 * h), 8)
    }
  })
})

describe('scores of a given graph', () => {
  const dag = digraph(5, [
    [3, 0],
    [0, 1],
    [3, 4],
    [4, 1],
  ])

  it.each([0.01, 0.1, 1, 3])('read out to exactly that graph at temperature %f', (temperature) => {
    const strengths = edgeStrengths(scoresFromGraph(dag, temperature), temperature)
    expect(readOut(strengths, 5)).toEqual(dag)
    expect(strengths[3 * 5]).toBeCloseTo(0.999, 9)
  })

  it('survive the rounding to float32', () => {
    const { scores, metric } = scoresFromGraph(dag, 0.1)
    const rounded = {
      scores: Float64Array.from(Float32Array.from(scores)),
      metric: Float64Array.from(Float32Array.from(metric)),
    }
    expect(readOut(edgeStrengths(rounded, 0.1), 5)).toEqual(dag)
  })

  it('come with the tables that maximise the likelihood of the counts', () => {
    const counts = [30, 10, 20, 40]
    const chain = digraph(2, [[0, 1]])
    const [first, second] = logitsFromCounts({ categories: [2, 2], values: counts }, chain)
    expect(Math.exp(first![0]!)).toBeCloseTo(0.4, 3)
    expect(first![0]).toBe(first![1])
    expect(Math.exp(second![0]!)).toBeCloseTo(0.75, 3)
    expect(Math.exp(second![3]!)).toBeCloseTo(2 / 3, 3)
  })

  it('refuse a cycle', () => {
    const cyclic = digraph(2, [
      [0, 1],
      [1, 0],
    ])
    expect(() => scoresFromGraph(cyclic, 0.1)).toThrow(RangeError)
  })
})
