import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkConformance } from '../../../src-main/compute/conformance/check.ts'
import { modelCases } from '../../../src-main/models/conformance-cases.ts'
import { describeEngines } from '../../../src-main/compute/registry.ts'

// Debian's Chromium brings a software GPU: slow, but it runs every shader. A real GPU's driver comes first.
const softwareGpu = '/usr/lib/chromium/vk_swiftshader_icd.json'
if (existsSync(softwareGpu) && !existsSync('/dev/dri') && !existsSync('/dev/nvidiactl'))
  process.env.VK_ICD_FILENAMES ??= softwareGpu

describe('every op and gradient of the models agrees with the plain CPU backend', async () => {
  for (const engine of await describeEngines()) {
    if (engine.name === 'cpu') continue
    const reason = engine.present ? (engine.device ?? '') : (engine.reason ?? 'absent')
    it.skipIf(!engine.present)(`on ${engine.name}: ${reason}`, { timeout: 600_000 }, async () => {
      const { failed } = await checkConformance(engine.name, modelCases)
      expect(failed).toEqual([])
    })
  }
})
