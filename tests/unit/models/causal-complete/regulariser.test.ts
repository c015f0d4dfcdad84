import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../../src-main/compute/engine.ts'
import {
  counterfactual,
  type CounterfactualForm,
} from '../../../../src-main/models/causal-complete/regulariser/counterfactual.ts'
import { instrumentOf, instrumentsOf } from '../../../../src-main/models/causal-complete/regulariser/instrument.ts'
import {
  regularise,
  type RegulariserForm,
  termNames,
} from '../../../../src-main/models/causal-complete/regulariser/regulariser.ts'
import { divergence } from '../../../../src-main/models/causal-complete/regulariser/terms.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

const [n, modalities, d, h, classes] = [12, 3, 4, 5, 3]

/** The same numbers in every test. */
function draws() {
  const random = RandomStream.of(3, 'test')
  const normal = (...shape: number[]): tf.Tensor =>
    tf.tensor(
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
      shape,
    )
  return {
    features: normal(n, modalities, d) as tf.Tensor3D,
    projections: {
      query: normal(d, h) as tf.Tensor2D,
      key: normal(d, h) as tf.Tensor2D,
      value: normal(d, h) as tf.Tensor2D,
    },
    representation: normal(n, h) as tf.Tensor2D,
    classifier: { weight: normal(h, classes) as tf.Tensor2D, bias: normal(classes) as tf.Tensor1D },
    labels: tf.cast(
      tf.oneHot(
        tf.tensor1d(
          Array.from({ length: n }, (_, row) => row % classes),
          'int32',
        ),
        classes,
      ),
      'float32',
    ) as tf.Tensor2D,
  }
}

const growing: CounterfactualForm = { direction: 'away', radius: 0.1, doublings: 8, bound: Infinity }
const form: RegulariserForm = {
  terms: 'paper',
  weights: { necessity: 1, instrument: 0.5, feasibility: 0.3 },
  instrument: { distanceWeight: 0.1, over: 'mean' },
  counterfactual: growing,
}

function termsOf(change: Partial<RegulariserForm> = {}): Record<string, number> {
  const values = tf.tidy(() => {
    const given = draws()
    const { loss, terms } = regularise({ ...given, mask: null }, given.projections, { ...form, ...change })
    return [loss.dataSync<'float32'>()[0]!, ...terms.dataSync<'float32'>()]
  })
  return Object.fromEntries(['loss', ...termNames].map((name, at) => [name, values[at]!]))
}

const likeliest = (z: tf.Tensor2D, { weight, bias }: ReturnType<typeof draws>['classifier']): number[] =>
  Array.from(tf.argMax(tf.add(tf.matMul(z, weight), bias), 1).dataSync())

describe('the instrument', () => {
  beforeAll(() => openEngine('wasm'))

  it('takes nothing from a modality that a sample lacks, as if there were only the others', () => {
    tf.tidy(() => {
      const { features, projections } = draws()
      const mask = tf.tensor2d(new Array<number[]>(n).fill([1, 0, 1]))
      const masked = instrumentOf(features, projections, form.instrument, mask)
      const others = tf.gather(features, [0, 2], 1)
      const alone = instrumentOf(others, projections, form.instrument, null)
      expect(masked.attention.arraySync().every((sample) => sample.every((row) => row[1] === 0))).toBe(true)
      expect(tf.max(tf.abs(tf.sub(masked.value, alone.value))).dataSync()[0]).toBeLessThan(1e-6)
    })
  })

  it('keeps modalities apart that are far from each other, more so with a heavier penalty', () => {
    tf.tidy(() => {
      const identity = tf.eye(d)
      const same = { query: identity, key: identity, value: identity }
      const features = tf.tensor3d([[[1, 0, 0, 0], [0, 2, 0, 0], [1, 0.1, 0, 0]]]) // prettier-ignore
      const first = (distanceWeight: number): number[] =>
        instrumentOf(features, same, { distanceWeight, over: 'mean' }, null).attention.arraySync()[0]![0]!
      const [light, heavy] = [first(0.1), first(2)]
      expect(heavy[1]!).toBeLessThan(light[1]!)
      expect(heavy[1]!).toBeLessThan(0.01)
    })
  })

  it('is the mean of what each modality takes', () => {
    tf.tidy(() => {
      const { features, projections } = draws()
      const instrument = instrumentOf(features, projections, form.instrument, null)
      const each = instrumentsOf(features, projections.value, instrument)
      expect(tf.max(tf.abs(tf.sub(tf.mean(each, 1), instrument.value))).dataSync()[0]).toBeLessThan(1e-5)
    })
  })

  it('adds up over the modalities in the form of the authors', () => {
    tf.tidy(() => {
      const { features, projections } = draws()
      const value = (over: 'mean' | 'sum'): tf.Tensor =>
        instrumentOf(features, projections, { distanceWeight: 0, over }, null).value
      expect(tf.max(tf.abs(tf.sub(value('sum'), tf.mul(value('mean'), modalities)))).dataSync()[0]).toBeLessThan(1e-5)
    })
  })
})

describe('the counterfactual', () => {
  beforeAll(() => openEngine('wasm'))

  it('goes as far as it must for every label to be lost', () => {
    tf.tidy(() => {
      const { representation, classifier, labels } = draws()
      const moved = counterfactual(representation, classifier, labels, growing)
      const lost = likeliest(moved, classifier).map((label, row) => label !== row % classes)
      expect(lost.every(Boolean)).toBe(true)
      const lengths = tf.norm(tf.sub(moved, representation), 2, 1).dataSync<'float32'>()
      expect(new Set(Array.from(lengths, (length) => Math.log2(length / 0.1).toFixed(2))).size).toBeGreaterThan(1)
    })
  })

  it('stays within the bound, whatever it costs the loss of the label', () => {
    tf.tidy(() => {
      const { representation, classifier, labels } = draws()
      const moved = counterfactual(representation, classifier, labels, { ...growing, radius: 4, bound: 0.05 })
      for (let row = 0; row < n; row++) {
        const pick = (x: tf.Tensor2D): tf.Tensor2D => tf.slice(x, [row, 0], [1, h])
        expect(divergence(pick(representation), pick(moved)).dataSync()[0]).toBeLessThan(0.05 + 1e-5)
      }
    })
  })

  it('makes the label more likely with the sign that the paper prints', () => {
    tf.tidy(() => {
      const { representation, classifier, labels } = draws()
      const own = (z: tf.Tensor2D): tf.Tensor =>
        tf.sum(tf.mul(tf.softmax(tf.add(tf.matMul(z, classifier.weight), classifier.bias)), labels), 1)
      const step = { ...growing, doublings: 0 }
      const before = own(representation)
      const towards = own(counterfactual(representation, classifier, labels, { ...step, direction: 'towards' }))
      const away = own(counterfactual(representation, classifier, labels, step))
      expect(tf.all(tf.greater(towards, before)).dataSync()[0]).toBe(1)
      expect(tf.all(tf.less(away, before)).dataSync()[0]).toBe(1)
    })
  })
})

describe('the regulariser', () => {
  beforeAll(() => openEngine('wasm'))
  afterEach(() => expect(tf.memory().numTensors).toBe(0))

  it('is the cross-entropy where every term is switched off', () => {
    const { loss, crossEntropy, necessity, instrument, feasibility } = termsOf({
      weights: { necessity: 0, instrument: 0, feasibility: 0 },
    })
    expect(loss).toBeCloseTo(crossEntropy!, 6)
    expect([necessity, instrument, feasibility]).toEqual([0, 0, 0])
  })

  it.each(['necessity', 'instrument', 'feasibility'] as const)('weighs the %s term by itself', (name) => {
    const weights = { necessity: 0, instrument: 0, feasibility: 0, [name]: 0.7 }
    const terms = termsOf({ weights })
    expect(terms[name]).toBeGreaterThan(0)
    expect(terms.loss).toBeCloseTo(terms.crossEntropy! + 0.7 * terms[name]!, 5)
  })

  it('measures the published risk whatever is switched off', () => {
    const all = termsOf()
    const none = termsOf({ weights: { necessity: 0, instrument: 0, feasibility: 0 } })
    expect([none.sufficiencyRisk, none.necessityRisk]).toEqual([all.sufficiencyRisk, all.necessityRisk])
    expect(all.necessityRisk).toBe(0)
    const still = termsOf({ counterfactual: { ...growing, radius: 1e-6, doublings: 0 } })
    expect(still.sufficiencyRisk! + still.necessityRisk!).toBeCloseTo(1, 6)
  })

  it('has other terms in the form of the authors', () => {
    const paper = termsOf()
    const released = termsOf({ terms: 'released' })
    expect(released.crossEntropy).toBe(paper.crossEntropy)
    expect(released.instrument).not.toBeCloseTo(paper.instrument!, 3)
    expect(released.feasibility).not.toBeCloseTo(paper.feasibility!, 3)
  })

  it('has the gradient of its loss, the step of the twin taken for given', () => {
    tf.tidy(() => {
      const given = draws()
      const fixed = tf.sub<tf.Tensor2D>(
        counterfactual(given.representation, given.classifier, given.labels, growing),
        given.representation,
      )
      // The step is fixed by moving the twin by hand: what is left of the loss is smooth.
      const lossAt = (z: tf.Tensor2D): number => {
        const logits = (at: tf.Tensor2D): tf.Tensor2D =>
          tf.add(tf.matMul(at, given.classifier.weight), given.classifier.bias)
        const moved = tf.add<tf.Tensor2D>(z, fixed)
        const own = (at: tf.Tensor2D): tf.Tensor => tf.sum(tf.mul(tf.softmax(logits(at)), given.labels), 1)
        const { value } = instrumentOf(given.features, given.projections, form.instrument, null)
        return [
          tf.neg(tf.mean(tf.log(own(z)))),
          tf.neg(tf.mean(tf.log(tf.add(tf.sub(1, own(moved)), 1e-6)))),
          tf.mul(divergence(z, value), 0.5),
          tf.mul(divergence(z, moved), 0.3),
        ].reduce((sum, term) => sum + term.dataSync<'float32'>()[0]!, 0)
      }
      const gradient = tf.grad(
        (z) => regularise({ ...given, mask: null, representation: z as tf.Tensor2D }, given.projections, form).loss,
      )(given.representation)
      const random = RandomStream.of(5, 'direction')
      const along = tf.tensor2d(
        Float32Array.from({ length: n * h }, () => random.normal()),
        [n, h],
      )
      const step = 1e-2
      const difference =
        (lossAt(tf.add(given.representation, tf.mul(along, step))) -
          lossAt(tf.sub(given.representation, tf.mul(along, step)))) /
        (2 * step)
      expect(tf.sum(tf.mul(gradient, along)).dataSync<'float32'>()[0]!).toBeCloseTo(difference, 2)
    })
  })
})
