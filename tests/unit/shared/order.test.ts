import { describe, expect, it } from 'vitest'
import { ordered } from '../../../src-shared/order.ts'

describe('the order of a table', () => {
  const values: Readonly<Record<string, string | number | null>> = { a: 10, b: null, c: 9, d: 9 }

  it('is by size, with what is missing last either way', () => {
    expect(ordered(['a', 'b', 'c', 'd'], (key) => values[key] ?? null, false)).toEqual(['c', 'd', 'a', 'b'])
    expect(ordered(['a', 'b', 'c', 'd'], (key) => values[key] ?? null, true)).toEqual(['a', 'c', 'd', 'b'])
  })

  it('counts in texts as people do', () => {
    expect(ordered(['s10', 's9', 's1'], (id) => id, false)).toEqual(['s1', 's9', 's10'])
  })
})
