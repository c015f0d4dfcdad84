import { describe, expect, it } from 'vitest'
import { bow, crosses, leaving, nextTowards } from '../../../../src-renderer/graph/geometry.ts'

const box = (x: number, y: number) => ({ x, y, width: 100, height: 60 })

describe('leaving', () => {
  it('is on the edge of the box, towards the other end', () => {
    expect(leaving(box(0, 0), { x: 200, y: 0 })).toEqual({ x: 50, y: 0 })
    expect(leaving(box(0, 0), { x: 0, y: -100 }, 5)).toEqual({ x: 0, y: -35 })
    expect(leaving(box(0, 0), { x: 0, y: 0 })).toEqual({ x: 0, y: 0 })
  })
})

describe('crosses', () => {
  it('tells whether a line passes through a box', () => {
    expect(crosses({ x: -200, y: 0 }, { x: 200, y: 0 }, box(0, 0))).toBe(true)
    expect(crosses({ x: -200, y: 80 }, { x: 200, y: 80 }, box(0, 0))).toBe(false)
    expect(crosses({ x: -200, y: 0 }, { x: -100, y: 0 }, box(0, 0))).toBe(false)
  })
})

describe('bow', () => {
  it('is straight when nothing lies between', () => {
    expect(bow(box(0, 0), box(0, 300), [box(300, 150)])).toBe(0)
  })

  it('passes a box between the ends on its nearer side', () => {
    const aside = bow(box(0, 0), box(0, 300), [box(10, 150)])
    // The edge goes downwards: its left-hand normal points to negative x.
    expect(aside).not.toBe(0)
    expect(Math.abs(aside) / 2).toBeGreaterThan(50)
    expect(Math.abs(aside) / 2).toBeLessThan(70)
  })
})

describe('nextTowards', () => {
  const places = [box(0, 0), box(200, 10), box(200, 300), box(-100, 0)]

  it('goes to the nearest place in the direction', () => {
    expect(nextTowards(places, 0, { x: 1, y: 0 })).toBe(1)
    expect(nextTowards(places, 1, { x: 0, y: 1 })).toBe(2)
    expect(nextTowards(places, 0, { x: -1, y: 0 })).toBe(3)
    expect(nextTowards(places, 3, { x: -1, y: 0 })).toBeNull()
  })
})
