import { describe, expect, it } from 'vitest'
import { boundsOf, fit, panned, toData, toScreen, zoomed } from '../../../../../src-renderer/charts/scatter/viewport.ts'

const size = { width: 400, height: 200 }

describe('fit', () => {
  it('shows the whole box with one scale for both axes', () => {
    const view = fit({ x: [0, 10], y: [-1, 1] }, size, 20)
    expect(view).toEqual({ x: 5, y: 0, scale: 36 })
    expect(toScreen(view, size, { x: 0, y: 0 })).toEqual({ x: 20, y: 100 })
  })

  it('bears a single point and no point at all', () => {
    expect(boundsOf(new Float32Array([3, 4]))).toEqual({ x: [3, 3], y: [4, 4] })
    expect(boundsOf(new Float32Array([NaN, 4]))).toEqual({ x: [-1, 1], y: [-1, 1] })
    expect(fit(boundsOf(new Float32Array([3, 4])), size).x).toBe(3)
  })
})

describe('zoomed', () => {
  it('keeps what lies under the pointer in its place', () => {
    const view = { x: 1, y: 2, scale: 10 }
    const about = { x: 30, y: 170 }
    const before = toData(view, size, about)
    const after = toData(zoomed(view, size, 3, about), size, about)
    expect(after.x).toBeCloseTo(before.x)
    expect(after.y).toBeCloseTo(before.y)
  })
})

describe('panned', () => {
  it('moves the picture with the pointer', () => {
    const view = { x: 0, y: 0, scale: 10 }
    expect(toScreen(panned(view, 15, -5), size, { x: 0, y: 0 })).toEqual({ x: 215, y: 95 })
  })
})
