import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../../src-shared/random/stream.ts'

describe('random streams', () => {
  it('repeats for the same seed and purpose, and differs for another of either', () => {
    const draw = (seed: number, purpose: string): number[] => {
      const stream = RandomStream.of(seed, purpose)
      return Array.from({ length: 8 }, () => stream.uint32())
    }
    fc.assert(
      fc.property(fc.integer(), fc.string(), (seed, purpose) => {
        expect(draw(seed, purpose)).toEqual(draw(seed, purpose))
        expect(draw(seed, purpose)).not.toEqual(draw(seed + 1, purpose))
        expect(draw(seed, purpose)).not.toEqual(draw(seed, `${purpose}'`))
      }),
    )
  })

  it('goes on exactly where a saved state stood', () => {
    const stream = RandomStream.of(7, 'noise')
    stream.normals(13)
    const copy = RandomStream.restore(stream.state())
    expect(copy.normals(50)).toEqual(stream.normals(50))
  })

  it('draws normals of mean 0 and variance 1, and uniform integers', () => {
    const stream = RandomStream.of(0, 'noise')
    const x = stream.normals(200_000)
    const mean = x.reduce((a, b) => a + b, 0) / x.length
    const variance = x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length
    expect(Math.abs(mean)).toBeLessThan(0.01)
    expect(Math.abs(variance - 1)).toBeLessThan(0.01)
    const counts = new Array<number>(7).fill(0)
    for (let i = 0; i < 70_000; i++) counts[stream.integer(7)]!++
    for (const c of counts) expect(Math.abs(c - 10_000)).toBeLessThan(500)
  })

  it('permutes: every index once', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 200 }), (seed, n) => {
        const p = RandomStream.of(seed, 'shuffle').permutation(n)
        expect([...p].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
      }),
    )
  })
})
