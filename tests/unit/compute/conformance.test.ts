import { expect, it } from 'vitest'
import { modelCases } from '../../../src-main/models/conformance-cases.ts'
import { checkConformance } from '../../../src-main/compute/conformance/check.ts'

it('every op and gradient of the models agrees on the wasm engine with the plain CPU backend', async () => {
  const { results, failed } = await checkConformance('wasm', modelCases)
  expect(results.length).toBeGreaterThan(200)
  expect(failed).toEqual([])
})
