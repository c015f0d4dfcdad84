import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseRule, keysUnder, pairedShare } from '../../../src-main/importers/id-rules.ts'

const numbered = (n: number, id: (i: number) => string) => Array.from({ length: n }, (_, i) => id(i + 1))
const padded = (i: number) => String(i).padStart(3, '0')

describe('ids of two places', () => {
  it('are compared as written where most pair', () => {
    expect(chooseRule([numbered(40, (i) => `s${i}`), numbered(30, (i) => `s${i}`)])).toMatchObject({ rule: 'exact', share: 1 }) // prettier-ignore
    expect(chooseRule([numbered(3, (i) => `e\u0301${i}`), numbered(3, (i) => `\u00e9${i}`)])).toMatchObject({ rule: 'exact', share: 1 }) // prettier-ignore
  })

  it('pair without leading zeros, as floats, and without a shared ending', () => {
    expect(chooseRule([numbered(120, (i) => `s${i}`), numbered(120, (i) => `s${padded(i)}`)])).toMatchObject({ rule: 'zeros', share: 1 }) // prettier-ignore
    expect(chooseRule([numbered(40, String), numbered(40, (i) => `${i}.0`)])).toMatchObject({ rule: 'zeros' })
    expect(chooseRule([numbered(40, (i) => `a_${padded(i)}_SEM`), numbered(40, (i) => `a_${padded(i)}_curve`)])).toMatchObject({ rule: 'suffix', share: 1 }) // prettier-ignore
    expect(chooseRule([numbered(9, (i) => `a${i}.ome`), numbered(9, (i) => `a${i}`)])).toMatchObject({ rule: 'suffix' })
  })

  it('are only offered to pair by what is left between beginnings that differ', () => {
    const choice = chooseRule([numbered(40, (i) => `IMG_${padded(i)}`), numbered(40, (i) => `probe ${i}`)])
    expect(choice).toMatchObject({ rule: 'exact', share: 0, offers: ['affixes'] })
  })

  it('never become fewer: a rule that would join two of one place is not used', () => {
    expect(keysUnder(['s1', 's01', 's2'], 'zeros')).toBeNull()
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: fc.constantFrom('s', '_', '0', '1', '.'), minLength: 1, maxLength: 6 })),
        (ids) => {
          for (const rule of ['exact', 'zeros', 'suffix', 'affixes'] as const) {
            const keys = keysUnder(ids, rule)
            if (keys !== null) expect(new Set(keys).size).toBe(ids.length)
          }
        },
      ),
    )
  })

  it('are counted for the place that pairs worst', () => {
    expect(
      pairedShare([
        ['a', 'b'],
        ['a', 'b', 'c'],
        ['x', 'y'],
      ]),
    ).toEqual({ share: 0, worst: 2 })
    expect(pairedShare([['a', 'b', 'c', 'd'], ['a']])).toEqual({ share: 1, worst: 0 })
  })
})
