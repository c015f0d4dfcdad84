import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../../src-shared/random/stream.ts'
import {
  cachedHead,
  cachedLogits,
  cachedTerms,
  searchWeights,
} from '../../../../src-main/evaluation/probe/cached-head.ts'
import { compareFeatures } from '../../../../src-main/evaluation/probe/compare-features.ts'
import { summarised, type ProbeData, type ProbeOptions } from '../../../../src-main/evaluation/probe/comparison.ts'
import { drawShots, rowsByClass, splitRows, validationShots } from '../../../../src-main/evaluation/probe/few-shot.ts'
import { accuracyOf, searchProbe } from '../../../../src-main/evaluation/probe/penalty-search.ts'
import { overSeeds } from '../../../../src-main/evaluation/probe/summary.ts'
import { matrixOfRows, realMatrix } from '../../../../src-main/statistics/linear-algebra/real-matrix.ts'
import {
  bestClasses,
  logisticRegression,
  logits,
} from '../../../../src-main/statistics/regression/logistic-regression.ts'

/** Classes that differ along one independent component each, mixed; domains move or thin them. */
function measured(n: number, classes = 3, d = 8): ProbeData {
  const random = RandomStream.of(1, 'probe tests')
  const labels = Int32Array.from({ length: n }, (_, i) => i % classes)
  const mixing = Array.from({ length: d }, () => Array.from({ length: d }, () => random.normal()))
  const rows = Array.from(labels, (label) => {
    const source = Array.from({ length: d }, (_, k) => random.normal() ** 3 + (k === label ? 5 : 0))
    return mixing.map((row) => row.reduce((sum, weight, k) => sum + weight * source[k]!, 0))
  })
  const names = Array.from({ length: classes }, (_, code) => `class ${code}`)
  return { rows: matrixOfRows(rows), labels, classes: names, domains: null }
}

const options: ProbeOptions = {
  shots: [1, 4],
  seeds: [0, 1, 2],
  profile: 'paper',
  heads: ['probe', 'cached'],
  fit: 'pool',
  sourceDomain: null,
  testShare: 0.2,
  principal: 500,
  components: { ica: null, pcaIca: null },
}

describe('drawing labelled rows', () => {
  it('gives each class its number, validates on other rows, and makes small draws part of large ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(1000), (shots, seed) => {
        const labels = Int32Array.from({ length: 90 }, (_, i) => (i % 4) - 1)
        const byClass = rowsByClass(
          labels.map((_, i) => i),
          labels,
          3,
        )
        const { training, validation } = drawShots(byClass, shots, seed)
        for (const [drawn, number] of [
          [training, shots],
          [validation, validationShots(shots)],
        ] as const)
          for (let code = 0; code < 3; code++) expect(drawn.filter((row) => labels[row] === code)).toHaveLength(number)
        expect(new Set([...training, ...validation]).size).toBe(training.length + validation.length)
        const larger = new Set(drawShots(byClass, shots + 1, seed).training)
        expect(training.every((row) => larger.has(row))).toBe(true)
      }),
      { numRuns: 30, seed: 3 },
    )
  })

  it('keeps a share of every class for testing, and rows without a class to fit on', () => {
    const labels = Int32Array.from({ length: 100 }, (_, i) => (i % 5) - 1)
    const { pool, test } = splitRows(
      labels.map((_, i) => i),
      labels,
      0.25,
      0,
    )
    expect(test.filter((row) => labels[row] === -1)).toHaveLength(0)
    for (let code = 0; code < 4; code++) expect(test.filter((row) => labels[row] === code)).toHaveLength(5)
    expect([...pool, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i))
  })
})

describe('the search of a penalty', () => {
  const { rows, labels } = measured(60)
  const labelled = (from: number, to: number) => ({
    rows: realMatrix(to - from, 8, rows.values.slice(from * 8, to * 8)),
    labels: labels.slice(from, to),
  })
  const [training, validation] = [labelled(0, 24), labelled(24, 60)]
  const seen = (c: number): number => {
    const fitted = logisticRegression(training.rows, training.labels, { classes: 3, c })
    return accuracyOf(bestClasses(logits(fitted, validation.rows)), validation.labels)
  }

  it('is in profile released the search of the authors, step by step', () => {
    const grid = [1e6, 1e4, 1e2, 1, 1e-2, 1e-4, 1e-6]
    const accuracies = grid.map(seen)
    const peak = grid[accuracies.indexOf(Math.max(...accuracies))]!
    let [left, right, last] = [Math.log10(peak / 10), Math.log10(peak * 10), 0]
    for (let step = 0; step < 8; step++) {
      if (seen(10 ** left) < seen(10 ** right)) [last, left] = [right, (left + right) / 2]
      else [last, right] = [left, (left + right) / 2]
    }
    const found = searchProbe(training, validation, 3, 'released')
    expect(Math.log10(found.c)).toBeCloseTo(last, 9)
  })

  it('takes in profile paper nothing that validation likes less than the best of the grid', () => {
    const found = searchProbe(training, validation, 3, 'paper')
    expect(found.validationAccuracy).toBeCloseTo(seen(found.c), 12)
    for (const c of [1e6, 1e4, 1e2, 1, 1e-2, 1e-4, 1e-6])
      expect(found.validationAccuracy).toBeGreaterThanOrEqual(seen(c))
  })
})

describe('the cached head', () => {
  const kept = [
    [3, 4],
    [4, 3],
    [0, -2],
    [1, -5],
  ]
  const labels = [0, 0, 1, 1]
  const asked = [
    [1, 1],
    [2, -6],
  ]
  const unit = (v: readonly number[]): number[] => v.map((x) => x / Math.hypot(...v))
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0)
  const softmax = (v: readonly number[]): number[] => {
    const sum = v.reduce((total, x) => total + Math.exp(x), 0)
    return v.map((x) => Math.exp(x) / sum)
  }
  const rowsOf = (values: number[][]) => ({ features: matrixOfRows(values), unmixed: matrixOfRows(values) })

  it('adds up the four terms as they are written, in either profile', () => {
    const keys = kept.map(unit)
    const w = [0, 1].map((code) =>
      unit([0, 1].map((j) => keys.reduce((sum, key, i) => sum + (labels[i] === code ? key[j]! : 0), 0))),
    )
    const affinities = keys.flatMap((a) => keys.map((b) => dot(a, b)))
    const [low, high] = [Math.min(...affinities), Math.max(...affinities)]
    const weights = { alpha: 2, beta: 3, gamma: 0.5, eta: 0.25 }
    for (const profile of ['paper', 'released'] as const) {
      const head = cachedHead(rowsOf(kept), labels, 2, profile)
      const found = cachedLogits(cachedTerms(head, rowsOf(asked))(weights.beta), weights)
      const expected = asked.map(unit).flatMap((x) =>
        [0, 1].map((code) => {
          const votes = keys.reduce((sum, key, i) => {
            const affinity = profile === 'paper' ? dot(x, key) : (dot(x, key) - low) / (high - low)
            return labels[i] === code ? sum + Math.exp(-weights.beta * (1 - affinity)) : sum
          }, 0)
          const gamma = keys.reduce((sum, key) => sum + dot(x, key) * softmax(w.map((v) => dot(key, v)))[code]!, 0)
          const share = softmax(w.map((v) => dot(x, v)))
          const eta = share.reduce((sum, p, other) => sum + p * dot(w[other]!, w[code]!), 0)
          return 100 * dot(x, w[code]!) + 2 * votes + 0.5 * gamma + 0.25 * eta
        }),
      )
      found.values.forEach((value, at) => expect(value).toBeCloseTo(expected[at]!, 9))
    }
  })

  it('searches the two further terms in profile released alone, and stays with the published weights where none is better', () => {
    const sure = { ...rowsOf(kept), labels: [0, 0, 1, 1] }
    const weightsIn = (profile: 'paper' | 'released') =>
      searchWeights(cachedHead(rowsOf(kept), labels, 2, profile), sure)
    expect(weightsIn('paper')).toEqual({ alpha: 1, beta: 1, gamma: 0, eta: 0 })
    expect(weightsIn('released')).toEqual({ alpha: 1, beta: 1, gamma: 1e-6, eta: 0.1 })
  })
})

describe('features side by side', () => {
  const data = measured(300)

  it('scores every head on every kind of features for every draw, and unmixing helps few labels here', () => {
    const { scores, shots, tests } = compareFeatures(data, options)
    expect(scores).toHaveLength(2 * 3 * 2 * 3)
    expect(shots).toEqual([1, 4])
    expect(tests).toEqual({ test: 60 })
    const rows = summarised(scores)
    expect(rows.slice(0, 3).map(({ features }) => features)).toEqual(['raw', 'ica', 'pca-ica'])
    const unmixed = rows.find((row) => row.head === 'probe' && row.shots === 4 && row.features === 'ica')!
    expect(unmixed.accuracy.mean).toBeGreaterThan(0.6)
    expect(unmixed.gain).toMatchObject({ count: 3 })
  })

  it('never lets test rows touch what is fitted', () => {
    const { rows, labels } = data
    const { test } = splitRows(
      labels.map((_, i) => i),
      labels,
      0.2,
      0,
    )
    const spoilt = realMatrix(rows.rows, rows.columns, rows.values.slice())
    // One test row alone is changed: all others must be answered as before.
    spoilt.values.fill(1e3, test[0]! * 8, test[0]! * 8 + 8)
    const one = { ...options, shots: [4], seeds: [0] }
    const [before, after] = [compareFeatures(data, one), compareFeatures({ ...data, rows: spoilt }, one)]
    before.scores.forEach(({ accuracy, c }, at) => {
      expect(after.scores[at]!.c).toBe(c)
      expect(Math.abs(after.scores[at]!.accuracy - accuracy)).toBeLessThanOrEqual(1 / 60 + 1e-12)
    })
  })

  it('tests each shifted domain apart, answers only the classes it has, and gives their mean', () => {
    const of = data.labels.map((label, i) => (i < 200 ? 1 : i < 250 ? 0 : label < 2 ? 2 : 1))
    const domains = { names: ['noisy', 'plain', 'two classes'], of }
    const { scores, sourceDomain, notes, tests } = compareFeatures({ ...data, domains }, { ...options, shots: [2] })
    expect(sourceDomain).toBe('plain')
    expect(Object.keys(tests)).toEqual(['plain', 'noisy', 'two classes'])
    expect(notes).toContain('Test set two classes has 2 of 3 classes: only those are answered there.')
    const first = scores.filter(({ head, features, seed }) => head === 'probe' && features === 'raw' && seed === 0)
    const at = (name: string): number => first.find(({ test }) => test === name)!.accuracy
    expect(at('shifted mean')).toBeCloseTo((at('noisy') + at('two classes')) / 2, 12)
  })

  it('fits unmixing on the labelled few where it is asked to: fewer components, and it says so', () => {
    const { notes } = compareFeatures(data, {
      ...options,
      fit: 'shots',
      profile: 'released',
      shots: [1],
      heads: ['probe'],
    })
    expect(notes.join('\n')).toContain('+FastICA: 5 components instead of 300: there are no more rows to fit on')
  })

  it('leaves out numbers of shots that a class has no rows for, and refuses when none is left', () => {
    const { shots, notes } = compareFeatures(data, { ...options, shots: [1, 100], seeds: [0] })
    expect(shots).toEqual([1])
    expect(notes[0]).toBe('Without 100 shots: class class 0 has 80 rows to draw from.')
    expect(() => compareFeatures(data, { ...options, shots: [100] })).toThrow('100 shots cannot be drawn')
    expect(() => compareFeatures(data, { ...options, sourceDomain: 'x' })).toThrow('There is no domain x')
  })
})

describe('numbers over seeds', () => {
  it('have the mean, the deviation and the interval of Student', () => {
    const found = overSeeds([1, 2, 3, 4])
    expect(found.mean).toBe(2.5)
    expect(found.deviation).toBeCloseTo(1.2909944, 6)
    expect(found.interval![1] - 2.5).toBeCloseTo((3.1824 * 1.2909944) / 2, 4)
    expect(overSeeds([5])).toEqual({ mean: 5, deviation: null, interval: null, count: 1 })
    // 97.5 % of Student's t with 20 degrees of freedom is 2.0860.
    const many = overSeeds(Array.from({ length: 21 }, (_, i) => i))
    expect(((many.interval![1] - many.mean) / many.deviation!) * Math.sqrt(21)).toBeCloseTo(2.086, 3)
  })
})
