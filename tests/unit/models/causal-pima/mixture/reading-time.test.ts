import { describe, expect, it } from 'vitest'
import { ReadingTime, readingSeconds } from '../../../../../src-main/models/causal-pima/mixture/reading-time.ts'

const size = { samples: 1000, categories: [2, 2, 2], modalities: 2, alone: 2, readings: 12 }

describe('the time that reading the mixture takes', () => {
  it('grows with samples, outcomes and modalities, and is none for a table', () => {
    const seconds = readingSeconds(size)
    expect(readingSeconds({ ...size, samples: 2000 })).toBeCloseTo(2 * seconds, 9)
    expect(readingSeconds({ ...size, categories: [2, 2, 2, 2] })).toBeGreaterThan(2 * seconds)
    expect(readingSeconds({ ...size, modalities: 3, alone: 3 })).toBeGreaterThan(seconds)
    expect(readingSeconds({ ...size, samples: 1e6 })).toBe(readingSeconds({ ...size, samples: 1e5 }))
    expect(readingSeconds({ ...size, modalities: 0, alone: 0, readings: 1 })).toBe(0)
  })

  it('is told by what was expected, and by readings once some are made', () => {
    const time = new ReadingTime(size)
    const all = readingSeconds(size)
    expect(time.work.left).toBeCloseTo(all, 9)
    time.onAlone(1, false)
    expect(time.work).toMatchObject({ spent: 1, left: expect.closeTo(all - 1, 9) as number })
    time.onAlone(100, false)
    expect(time.work.left).toBeGreaterThan(30)
    time.onAlone(0, true)
    // Each takes 5 s here, and their names as long as one more.
    for (let made = 0; made < 12; made++) {
      time.onFused(2, made)
      time.onFused(3, made + 1)
      expect(time.work.again).toBeCloseTo(65, 9)
      expect(time.work.left).toBeCloseTo(Math.max(65 - 5 * (made + 1), 1.5 * (made + 1)), 9)
    }
    time.onFused(6, 12)
    expect(time.work).toMatchObject({ spent: 167, again: 65 })
  })

  it('knows from the first time what it takes again, without the modalities alone', () => {
    const time = new ReadingTime(size)
    time.onAlone(9, true)
    for (let made = 1; made <= 12; made++) time.onFused(2, made)
    time.afresh()
    expect(time.work).toMatchObject({ spent: 33, left: 26, again: 26 })
  })
})
