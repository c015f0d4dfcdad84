import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { circlePositions, placed } from '../../../../src-shared/graph-picture/layout.ts'
import { layoutNames, unplaced } from '../../../../src-shared/graph-picture/placement.ts'

const size = { width: 130, height: 68 }
const sizes = (count: number) => Array.from({ length: count }, () => size)
const arrows = (pairs: readonly (readonly [number, number])[]) =>
  pairs.map(([from, to]) => ({ from, to, fromMark: 'tail', toMark: 'arrow' }) as const)

describe('layouts', () => {
  it('puts causes above effects when layered', () => {
    const places = placed(
      sizes(3),
      arrows([
        [0, 2],
        [1, 2],
      ]),
      unplaced,
    )
    expect(places[2]!.y).toBeGreaterThan(places[0]!.y)
    expect(places[0]!.y).toBeCloseTo(places[1]!.y)
  })

  it.each(layoutNames)('%s is the same every time and keeps boxes apart, whatever the graph', (layout) => {
    const graph = fc.integer({ min: 1, max: 9 }).chain((count) =>
      fc.record({
        boxes: fc.array(fc.record({ width: fc.integer({ min: 116, max: 248 }), height: fc.constantFrom(68, 82, 96) }), {
          minLength: count,
          maxLength: count,
        }),
        joined: fc.array(fc.boolean(), { minLength: count * count, maxLength: count * count }),
      }),
    )
    fc.assert(
      fc.property(graph, ({ boxes, joined }) => {
        const pairs = boxes.flatMap((_, a) =>
          boxes.flatMap((_, b) => (a < b && joined[a * boxes.length + b] === true ? [[a, b] as const] : [])),
        )
        const first = placed(boxes, arrows(pairs), { layout, positions: [] })
        expect(placed(boxes, arrows(pairs), { layout, positions: [] })).toEqual(first)
        for (const [i, a] of first.entries())
          for (const b of first.slice(i + 1))
            expect(
              Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2,
            ).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it.each(layoutNames)('%s leaves pinned nodes where they are', (layout) => {
    const places = placed(sizes(3), arrows([[0, 1]]), { layout, positions: [null, { x: 400, y: -300 }, null] })
    expect(places[1]).toEqual({ x: 400, y: -300, ...size })
  })

  it('draws free nodes around pinned ones when forces lay out', () => {
    const places = placed(sizes(2), arrows([[0, 1]]), { layout: 'force', positions: [{ x: 5000, y: 5000 }, null] })
    expect(Math.hypot(places[1]!.x - 5000, places[1]!.y - 5000)).toBeLessThan(3000)
  })

  it('leaves room on the circle for fifty boxes', () => {
    const places = circlePositions(sizes(50))
    const [a, b] = [places[0]!, places[1]!]
    expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(150)
    expect(circlePositions(sizes(1))).toEqual([{ x: 0, y: -0 }])
  })
})
