import { describe, expect, it } from 'vitest'
import { makeSynthetic } from '../../../src-main/datasets/synthetic/registry.ts'
import { calibrationCases, keyOf } from '../../bench/calibration/cases.ts'

const cases = calibrationCases(1)

describe('the calibration', () => {
  it.each(cases.map((one) => [keyOf(one), one] as const))(
    'can make %s',
    async (_, { name, seed, structure, overlap }) => {
      const options = {
        ...(structure === undefined ? {} : { structure }),
        ...(overlap === undefined ? {} : { overlap }),
      }
      const { ids } = await makeSynthetic(name, { samples: 4, seed, ...options })
      expect(ids).toHaveLength(4)
    },
  )

  it('has every case once, and each family in one half', () => {
    expect(new Set(cases.map(keyOf)).size).toBe(cases.length)
    for (const [, of] of Map.groupBy(cases, ({ name }) => name))
      expect(new Set(of.map(({ half }) => half)).size).toBe(1)
  })
})
