import { describe, expect, it } from 'vitest'
import { evaluateRun } from '../../../src-main/evaluation/evaluate-run.ts'
import { parseTruth } from '../../../src-main/datasets/truth.ts'
import type { RunResult } from '../../../src-shared/domain/result.ts'
import type { CausalPimaBody } from '../../../src-shared/methods/causal-pima/result.ts'
import { sampleArrays, valuesOf } from '../example-result.ts'
import { RandomStream } from '../../../src-shared/random/stream.ts'

const n = 200

/** A perfect run on two factors whose nodes came out in the other order, the categories of one flipped. */
function perfectRun() {
  const random = RandomStream.of(0, 'run')
  const hue = Array.from({ length: n }, () => random.integer(2))
  const size = hue.map((h) => (random.uniform() < 0.8 ? h + 1 : random.integer(3)))
  const ids = hue.map((_, d) => `s${d}`)
  // Node 0 is size with its categories turned around, node 1 is hue.
  const outcome = hue.map((h, d) => (2 - size[d]!) * 2 + h)
  const responsibilities = new Float32Array(n * 6)
  const latentMean = new Float32Array(n * 2)
  outcome.forEach((a, d) => {
    responsibilities[d * 6 + a] = 1
    latentMean.set([hue[d]! + 0.1 * random.normal(), size[d]! + 0.1 * random.normal()], d * 2)
  })
  const arrays = sampleArrays({
    ids,
    responsibilities,
    latentMean,
    latentSd: new Float32Array(n * 2).fill(0.1),
    modalityError: new Float32Array(n),
    components: 6,
    latent: 2,
    modalities: 1,
  })
  const result: RunResult = {
    method: 'causal-pima',
    provenance: {
      application: '0.1.0',
      versions: {},
      engine: 'cpu',
      engineDetail: '',
      threads: 1,
      seed: 0,
      datasetSha256: '',
    },
    config: {},
    body: {
      graph: {
        nodes: [
          { name: 'N1', categories: ['0', '1', '2'], anchor: null, standing: 'provisional' },
          { name: 'N2', categories: ['0', '1'], anchor: null, standing: 'provisional' },
        ],
        strength: [
          [0, 0],
          [0.99, 0],
        ],
        edges: [
          {
            from: 1,
            to: 0,
            fromMark: 'tail',
            toMark: 'tail',
            strength: 0.99,
            support: { posterior: null, replicates: null, restarts: { forward: 1, backward: 0, of: 12 } },
            standing: 'provisional',
          },
        ],
        frequency: [
          [0, 0],
          [1, 0],
        ],
        restarts: 12,
        nodeTables: [],
        logJoint: [],
      },
      components: Array.from({ length: 6 }, (_, a) => ({
        outcome: a,
        categories: [Math.floor(a / 2), a % 2],
        weight: 1 / 6,
        mean: [],
        variance: [],
        nearest: [],
      })),
      decoded: [],
      assignment: null,
    } satisfies CausalPimaBody,
    score: { name: 'ELBO', unit: 'nats', better: 'higher', value: 12.5, terms: {} },
    seconds: 1,
    epochs: 1,
    warnings: [],
  }
  const truth = {
    nodes: [
      { name: 'hue', categories: ['red', 'blue'] },
      { name: 'size', categories: ['s', 'm', 'l'] },
    ],
    edges: [['hue', 'size']],
    factors: Object.fromEntries(ids.map((id, d) => [id, [hue[d], size[d]]])),
  }
  return { result, arrays, truth }
}

describe('evaluating a run', () => {
  it('matches nodes and categories before it compares anything', () => {
    const { result, arrays, truth } = perfectRun()
    expect(evaluateRun(result, arrays, parseTruth(truth, 'truth.json'))).toMatchObject({
      groundTruth: 'given',
      matchedSamples: n,
      nodeFactors: ['size', 'hue'],
      nodeAccuracy: [1, 1],
      ari: 1,
      accuracy: 1,
      purity: 1,
      shd: 0,
      cpdagShd: 0,
      sid: 0,
      auroc: 1,
      edges: [['N2', 'N1']],
      factorEdges: [['hue', 'size']],
      trueEdges: [['hue', 'size']],
      r2: null,
      mcc: null,
      notComputed: { r2: 'the truth holds no continuous latents' },
    })
  })

  it('scores a reversed edge by what it means', () => {
    const { result, arrays, truth } = perfectRun()
    const reversed = { ...truth, edges: [['size', 'hue']] }
    expect(evaluateRun(result, arrays, parseTruth(reversed, 'truth.json'))).toMatchObject({
      shd: 1,
      cpdagShd: 0,
      sid: 2,
      auroc: 0.0,
    })
  })

  it('says that there is no ground truth, and computes nothing against one', () => {
    const { result, arrays } = perfectRun()
    expect(evaluateRun(result, arrays, null)).toEqual({
      groundTruth: 'no ground truth',
      score: 12.5,
      edges: [['N2', 'N1']],
      samples: n,
    })
  })

  it('uses the samples that the truth knows, and continuous latents where it holds them', () => {
    const { result, arrays, truth } = perfectRun()
    const ids = arrays.ids.slice(0, 50)
    const known = {
      ...truth,
      factors: Object.fromEntries(ids.map((id) => [id, truth.factors[id]!])),
      latents: {
        names: ['a', 'b'],
        values: Object.fromEntries(
          ids.map((id, d) => [id, [-valuesOf(arrays, 'mean')[2 * d + 1]!, 2 * valuesOf(arrays, 'mean')[2 * d]!]]),
        ),
      },
    }
    const evaluation = evaluateRun(result, arrays, parseTruth(known, 'truth.json'))
    if (evaluation.groundTruth !== 'given') throw new Error('a truth was given')
    expect(evaluation.matchedSamples).toBe(50)
    expect(evaluation.r2).toBeCloseTo(1, 6)
    expect(evaluation.mcc).toBeCloseTo(1, 6)
  })

  it('leaves graph metrics out where nodes and factors do not pair off, and says why', () => {
    const { result, arrays, truth } = perfectRun()
    const one = {
      nodes: truth.nodes.slice(0, 1),
      edges: [],
      factors: Object.fromEntries(Object.entries(truth.factors).map(([id, row]) => [id, row.slice(0, 1)])),
    }
    expect(evaluateRun(result, arrays, parseTruth(one, 'truth.json'))).toMatchObject({
      nodeFactors: [null, 'hue'],
      nodeNmi: [null, expect.closeTo(1, 9)],
      shd: null,
      notComputed: { shd: 'the run has 2 nodes, the truth 1 factors' },
    })
  })

  it('refuses a truth about other samples, naming both', () => {
    const { result, arrays, truth } = perfectRun()
    const other = { ...truth, factors: { elsewhere: [0, 1] } }
    expect(() => evaluateRun(result, arrays, parseTruth(other, 'truth.json'))).toThrow(/none of the run's 200 samples/)
  })

  it('refuses a truth whose edges hold a cycle', () => {
    const { result, arrays, truth } = perfectRun()
    const cyclic = {
      ...truth,
      edges: [
        ['hue', 'size'],
        ['size', 'hue'],
      ],
    }
    expect(() => evaluateRun(result, arrays, parseTruth(cyclic, 'truth.json'))).toThrow(/cycle/)
  })
})
