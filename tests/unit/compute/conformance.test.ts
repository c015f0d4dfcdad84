import { describe, expect, it } from 'vitest'
import { checkConformance } from '../../../src-main/compute/conformance/check.ts'
import { describeEngines } from '../../../src-main/compute/registry.ts'

describe('every op and gradient of the models agrees with the plain CPU backend', async () => {
  for (const engine of await describeEngines()) {
    if (engine.name === 'cpu') continue
    const reason = engine.present ? '' : `: ${engine.reason ?? 'absent'}`
    it.skipIf(!engine.present)(`on ${engine.name}${reason}`, async () => {
      const { results, failed } = await checkConformance(engine.name)
      expect(results.length).toBeGreaterThan(200)
      expect(failed).toEqual([])
    })
  }
})
