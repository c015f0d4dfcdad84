import { describe, expect, it } from 'vitest'
import {
  chiSquaredQuantile,
  chiSquaredTail,
  detectableNoncentrality,
  logGamma,
  noncentralChiSquaredTail,
} from '../../../src-main/statistics/special-functions.ts'

describe('special functions', () => {
  it('computes ln Gamma to twelve digits', () => {
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 13)
    expect(logGamma(1)).toBeCloseTo(0, 13)
    expect(logGamma(10)).toBeCloseTo(Math.log(362880), 12)
    expect(logGamma(1e-3)).toBeCloseTo(6.907178885383854, 12)
    expect(logGamma(1234.5) / 7550.550901021).toBeCloseTo(1, 10)
  })

  it('agrees with the tables of chi-squared', () => {
    expect(chiSquaredTail(3.841458820694124, 1)).toBeCloseTo(0.05, 12)
    expect(chiSquaredTail(18.307038053275146, 10)).toBeCloseTo(0.05, 12)
    expect(chiSquaredQuantile(0.05, 1)).toBeCloseTo(3.841458820694124, 9)
    expect(chiSquaredTail(500, 1)).toBeGreaterThan(0)
  })

  it('finds the noncentrality of Cohen’s tables: 7.849 for one degree of freedom at .05 and power .8', () => {
    expect(detectableNoncentrality(1, 0.05, 0.8)).toBeCloseTo(7.8489, 3)
    expect(detectableNoncentrality(4, 0.05, 0.8)).toBeCloseTo(11.9353, 3)
    expect(noncentralChiSquaredTail(3.841458820694124, 1, 0)).toBeCloseTo(0.05, 12)
  })
})
