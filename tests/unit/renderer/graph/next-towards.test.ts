import { describe, expect, it } from 'vitest'
import { nextTowards } from '../../../../src-renderer/graph/next-towards.ts'

const box = (x: number, y: number) => ({ x, y })

describe('nextTowards', () => {
  const places = [box(0, 0), box(200, 10), box(200, 300), box(-100, 0)]

  it('goes to the nearest place in the direction', () => {
    expect(nextTowards(places, 0, { x: 1, y: 0 })).toBe(1)
    expect(nextTowards(places, 1, { x: 0, y: 1 })).toBe(2)
    expect(nextTowards(places, 0, { x: -1, y: 0 })).toBe(3)
    expect(nextTowards(places, 3, { x: -1, y: 0 })).toBeNull()
  })
})
