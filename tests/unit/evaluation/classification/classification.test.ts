import { describe, expect, it } from 'vitest'
import {
  fitTemperature,
  probabilitiesAt,
  reliability,
} from '../../../../src-main/evaluation/classification/calibration.ts'
import { classificationMeasures } from '../../../../src-main/evaluation/classification/measures.ts'
import { matrixOfRows, realMatrix } from '../../../../src-main/statistics/linear-algebra/real-matrix.ts'
import { RandomStream } from '../../../../src-shared/random/stream.ts'

/** Forty predictions of three classes; the figures below are scikit-learn's, and SciPy's for the temperature. */
const predictions = matrixOfRows([
  [0.058, 0.205, 0.737],
  [0.785, 0.123, 0.092],
  [0.283, 0.067, 0.651],
  [0.017, 0.117, 0.866],
  [0.129, 0.622, 0.25],
  [0.46, 0.205, 0.335],
  [0.617, 0.379, 0.004],
  [0.356, 0.273, 0.371],
  [0.36, 0.316, 0.324],
  [0.21, 0.015, 0.775],
  [0.482, 0.022, 0.496],
  [0.757, 0.051, 0.192],
  [0.037, 0.353, 0.61],
  [0.265, 0.396, 0.339],
  [0.26, 0.607, 0.133],
  [0.306, 0.665, 0.029],
  [0.659, 0.198, 0.143],
  [0.059, 0.905, 0.036],
  [0.319, 0.133, 0.548],
  [0.206, 0.757, 0.037],
  [0.077, 0.742, 0.181],
  [0.623, 0.253, 0.125],
  [0.742, 0.018, 0.24],
  [0.776, 0.076, 0.149],
  [0.167, 0.428, 0.405],
  [0.31, 0.512, 0.178],
  [0.471, 0.2, 0.329],
  [0.662, 0.028, 0.31],
  [0.22, 0.01, 0.77],
  [0.031, 0.222, 0.746],
  [0.167, 0.211, 0.623],
  [0.119, 0.519, 0.362],
  [0.432, 0.329, 0.238],
  [0.317, 0.02, 0.663],
  [0.133, 0.617, 0.25],
  [0.37, 0.449, 0.182],
  [0.315, 0.291, 0.394],
  [0.024, 0.324, 0.652],
  [0.023, 0.782, 0.196],
  [0.137, 0.254, 0.609],
])
const labels = [
  1, 0, 1, 2, 1, 0, 0, 0, 0, 2, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 0, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 2, 1,
  1,
]

describe('measures of a classification', () => {
  it('are those of scikit-learn', () => {
    const { accuracy, balancedAccuracy, macroF1, confusion, samples } = classificationMeasures(predictions, labels)
    expect(accuracy).toBeCloseTo(0.65, 12)
    expect(balancedAccuracy).toBeCloseTo(0.7691511387163561, 12)
    expect(macroF1).toBeCloseTo(0.6153846153846153, 12)
    expect(confusion).toEqual([
      [11, 1, 2],
      [1, 12, 10],
      [0, 0, 3],
    ])
    expect(samples).toBe(40)
  })

  it('leave out classes that neither occur nor are predicted, and refuse labels of other rows', () => {
    const two = matrixOfRows([
      [0.9, 0.1, 0],
      [0.2, 0.8, 0],
    ])
    expect(classificationMeasures(two, [0, 1])).toMatchObject({ accuracy: 1, balancedAccuracy: 1, macroF1: 1 })
    expect(() => classificationMeasures(two, [0])).toThrow(RangeError)
  })
})

describe('calibration', () => {
  it('puts every prediction into the bin of its confidence, and weighs their errors by size', () => {
    const { bins, expectedCalibrationError } = reliability(predictions, labels)
    expect(bins).toHaveLength(10)
    expect(bins.reduce((sum, bin) => sum + bin.samples, 0)).toBe(40)
    expect(expectedCalibrationError).toBeCloseTo(0.09105, 12)
    expect(bins[0]).toEqual({ from: 0, to: 0.1, samples: 0, confidence: null, accuracy: null })
    for (const { from, to, confidence } of bins)
      if (confidence !== null) expect(confidence > from && confidence <= to).toBe(true)
  })

  it('finds the temperature that loses least', () => {
    const logits = realMatrix(
      40,
      3,
      predictions.values.map((p) => 2 * Math.log(p + 1e-3)),
    )
    const { temperature, before, after } = fitTemperature(logits, labels)
    expect(temperature).toBeCloseTo(4.324129, 4)
    expect(before).toBeCloseTo(1.4657763992415247, 12)
    expect(after).toBeCloseTo(1.0088407959238386, 10)
  })

  it('undoes what made a calibrated classifier too sure of itself', () => {
    const random = RandomStream.of(2, 'calibration test')
    const honest = Array.from({ length: 4000 }, () => [0, 2 * random.normal(), 2 * random.normal()])
    const told = honest.map((row) => random.categorical(row.map(Math.exp)))
    const sure = matrixOfRows(honest.map((row) => row.map((z) => 3 * z)))
    const { temperature } = fitTemperature(sure, told)
    expect(Math.abs(temperature - 3)).toBeLessThan(0.25)
    const [raw, scaled] = [1, temperature].map((t) => reliability(probabilitiesAt(sure, t), told))
    expect(raw!.expectedCalibrationError).toBeGreaterThan(0.1)
    expect(scaled!.expectedCalibrationError).toBeLessThan(0.03)
    expect(probabilitiesAt(sure, temperature).values.every((p) => p >= 0 && p <= 1)).toBe(true)
  })

  it('stays within bounds where every row is right, or every row is wrong', () => {
    const sure = matrixOfRows([
      [5, -5],
      [-5, 5],
    ])
    for (const told of [
      [0, 1],
      [1, 0],
    ]) {
      const { temperature } = fitTemperature(sure, told)
      expect(temperature >= 0.05 - 1e-12 && temperature <= 20 + 1e-12).toBe(true)
    }
  })
})
