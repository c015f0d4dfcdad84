import { describe, expect, it } from 'vitest'
import type { AskedRun } from '../../../../src-main/services/what-if/asked-run.ts'
import { drawFrom } from '../../../../src-main/services/what-if/draws.ts'
import { effectOf } from '../../../../src-main/services/what-if/effect.ts'
import { outcomeWeights } from '../../../../src-main/services/what-if/told-by.ts'
import { judgedGraph } from '../../../../src-shared/findings/judged-graph.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import type { RunResult } from '../../../../src-shared/domain/result.ts'
import { exampleJudgement } from '../../shared/findings/example-judgement.ts'
import { exampleGraph } from '../../shared/graph-formats/example-graph.ts'

const categories = ['low', 'high']
const graph = exampleGraph([
  { name: 'A', categories, table: [[0.3, 0.7]] },
  {
    name: 'B',
    categories,
    parents: [0],
    table: [
      [0.9, 0.1],
      [0.2, 0.8],
    ],
  },
])
const component = (outcome: number, mean: number, weight: number) => ({
  ...{ outcome, categories: [outcome >> 1, outcome & 1], weight, mean: [mean], variance: [0.01], nearest: [] },
})
const components = [component(0, 0, 0.27), component(1, 1, 0.03), component(2, 2, 0.14), component(3, 3, 0.56)]
const run: AskedRun = {
  result: { method: 'causal-pima' } as RunResult,
  graph: judgedGraph(graph, exampleJudgement(graph)),
  clusters: { components, decoded: [], assignment: null, responsibilities: 'responsibilities' },
  samples: 100,
}

describe('the effect in words and numbers', () => {
  it('tells the range over the class and what is seen', () => {
    const effect = effectOf(run, [{ node: 0, value: 1 }])
    const b = effect.nodes[1]!
    expect(b.seen![1]).toBeCloseTo(0.8, 6)
    expect(b.low[1]).toBeCloseTo(0.59, 6)
    expect(b.high[1]).toBeCloseTo(0.8, 6)
    expect(b.set[1]).toBeCloseTo((0.59 + 0.8) / 2, 6)
    expect(effect.text.join(' ')).toContain('2 ways to orient what drives A fit the data as well')
    expect(effect.answers.map(({ edges }) => edges)).toEqual([['A → B'], ['B → A']])
  })

  it('says first what is not supported, and what hardly any sample has', () => {
    const judgement = exampleJudgement(graph, { nodes: { 0: { standing: 'unsupported' } } })
    const { cautions } = effectOf({ ...run, graph: judgedGraph(graph, judgement) }, [{ node: 0, value: 0 }])
    expect(cautions[0]).toMatch(/^A is not supported/)
    expect(cautions.at(-1)).toContain('hardly any sample has')
  })

  it('refuses nodes and categories that are not there', () => {
    expect(() => effectOf(run, [])).toThrow('Nothing is set')
    expect(() => effectOf(run, [{ node: 0, value: 2 }])).toThrow('no category')
  })
})

describe('draws', () => {
  it('come from the components, weighed by the distribution', () => {
    const { outcomes, latents } = drawFrom({ components }, [0, 0, 0.25, 0.75], 2000, RandomStream.of(1, 'test'))
    expect(outcomes.filter((outcome) => outcome === 3).length / 2000).toBeCloseTo(0.75, 1)
    outcomes.forEach((outcome, i) => expect(Math.abs(latents[i]! - outcome)).toBeLessThan(0.6))
  })

  it('weigh outcomes by the prior alone where nothing was seen, and by what was seen where it is sharp', () => {
    const prior = [0.27, 0.03, 0.14, 0.56]
    const blank = outcomeWeights({ components }, prior, { mean: [1.5], sd: [100] })
    blank.forEach((weight, a) => expect(weight).toBeCloseTo(prior[a]!, 2))
    expect(outcomeWeights({ components }, prior, { mean: [1], sd: [0.05] })[1]).toBeGreaterThan(0.99)
  })
})
