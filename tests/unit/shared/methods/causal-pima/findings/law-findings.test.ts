import { expect, it } from 'vitest'
import { lawFindings } from '../../../../../../src-shared/methods/causal-pima/findings/law-findings.ts'
import type { LawFit } from '../../../../../../src-shared/methods/causal-pima/result.ts'

const fit = (error: number, free: number, parameters = 3): LawFit => ({
  ...{ modality: 'signal', law: 'exponential-decay', parameters, error, free, variance: 1 },
})

it('warns of a law that misses its curves, and says by how much', () => {
  const [found] = lawFindings([fit(0.1, 0.04)])
  expect(found?.severity).toBe('warning')
  expect(found?.text).toMatch(/signal do not follow the law given for them \(exponential-decay\): it leaves 2\.5 times/)
  expect(found?.text).toContain('three free directions do')
  expect(lawFindings([fit(0.5, 0.01, 1)])[0]?.text).toMatch(/50 times as much of them as one free direction does/)
})

it('says nothing of a law that leaves what noise leaves, or next to nothing', () => {
  expect(lawFindings([fit(0.04, 0.04), fit(0.05, 0.04), fit(1e-5, 1e-8)])).toEqual([])
})
