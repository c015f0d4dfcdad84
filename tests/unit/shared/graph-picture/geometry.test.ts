import { describe, expect, it } from 'vitest'
import { bow, crosses, edgeRoute, leaving } from '../../../../src-shared/graph-picture/geometry.ts'
import { endGap, endSize } from '../../../../src-shared/graph-picture/look.ts'

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

describe('edgeRoute', () => {
  it('ends outside both boxes, its line within the head and at the rim of the circle', () => {
    const ends = { from: 0, to: 1, fromMark: 'circle', toMark: 'arrow' } as const
    const route = edgeRoute(ends, [box(0, 0), box(400, 0)], 2)!
    expect(route.tips).toEqual([
      { x: 50 + endGap, y: 0 },
      { x: 350 - endGap, y: 0 },
    ])
    expect(route.line[0].x).toBeCloseTo(50 + endGap + endSize(2))
    expect(route.line[1].x).toBeLessThan(route.tips[1].x)
    expect(route.line[1].x).toBeGreaterThan(route.tips[1].x - endSize(2))
    expect(route.middle).toEqual({ x: 200, y: 0 })
  })

  it('is none between nodes that are not there', () => {
    expect(edgeRoute({ from: 0, to: 7, fromMark: 'tail', toMark: 'tail' }, [box(0, 0)], 2)).toBeNull()
  })
})
