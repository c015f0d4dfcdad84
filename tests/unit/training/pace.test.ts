import { describe, expect, it } from 'vitest'
import { Interval, Stopwatch, TimeLeft } from '../../../src-main/training/pace.ts'

describe('the stopwatch', () => {
  it('goes on from the time before a resume and stands still in a pause', () => {
    let now = 5000
    const watch = new Stopwatch(() => now, 60)
    now += 2000
    expect(watch.seconds).toBe(62)
    watch.stop()
    now += 3_600_000
    expect(watch.seconds).toBe(62)
    watch.go()
    now += 500
    expect(watch.seconds).toBe(62.5)
  })
})

describe('an interval', () => {
  it('is due once in its time, and not while it rests', () => {
    let now = 0
    const interval = new Interval(() => now)
    expect(interval.isDue(100)).toBe(true)
    now = 99
    expect(interval.isDue(100)).toBe(false)
    now = 100
    expect(interval.isDue(100)).toBe(true)
    interval.rest(1000)
    now = 1099
    expect(interval.isDue(100)).toBe(false)
    now = 1100
    expect(interval.isDue(100)).toBe(true)
  })
})

describe('time left', () => {
  it('is unknown until a step was seen', () => {
    const left = new TimeLeft(0, 100)
    expect(left.estimate(5, 100, 50)).toBeNull()
    expect(left.estimate(6, 102, 48)).toBeGreaterThan(0)
  })

  it('is exact at a steady pace, also after a resume', () => {
    const left = new TimeLeft(1000, 500)
    for (let i = 1; i < 20; i++) expect(left.estimate(1000 + i, 500 + 4 * i, 400 - 4 * i)).toBeCloseTo(100 - i, 6)
  })

  it('follows when steps become slower', () => {
    const left = new TimeLeft(0, 0)
    let estimate: number | null = null
    for (let i = 1; i <= 100; i++) estimate = left.estimate(i, 10 * i, 1000)
    expect(estimate).toBeCloseTo(100, 6)
    for (let i = 1; i <= 120; i++) estimate = left.estimate(100 + i, 1000 + i, 1000)
    expect(estimate).toBeGreaterThan(800)
  })

  it('is unknown during long work between two steps, and takes up the pace of before', () => {
    const left = new TimeLeft(0, 0)
    for (let i = 1; i <= 60; i++) left.estimate(i, 10 * i, 1000)
    expect(left.estimate(65, 600, 1000)).toBeCloseTo(100, 6)
    for (let i = 1; i <= 40; i++) expect(left.estimate(70 + 10 * i, 600, 1000)).toBeNull()
    expect(left.estimate(480, 610, 990)).toBeLessThan(200)
  })

  it('takes slow steps for what they are', () => {
    const left = new TimeLeft(0, 0)
    for (let i = 1; i <= 5; i++) {
      expect(left.estimate(60 * i, i, 10)).toBeCloseTo(600, 0)
      expect(left.estimate(60 * i + 50, i, 10)).toBeCloseTo(600, 0)
    }
  })

  it('survives a step back to the last checkpoint', () => {
    const left = new TimeLeft(0, 0)
    left.estimate(1, 100, 100)
    expect(left.estimate(2, 50, 150)).toBeGreaterThan(0)
  })
})
