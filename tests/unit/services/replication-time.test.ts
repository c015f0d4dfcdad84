import { expect, it } from 'vitest'
import { replicationSecondsLeft } from '../../../src-main/services/replication-time.ts'

const begun = (fraction: number, seconds: number, from = 0) => ({ fraction, seconds, from })

it('is what the run foretells before anything is begun, two at a time', () => {
  expect(replicationSecondsLeft([], 4, 2, 60)).toBe(120)
  expect(replicationSecondsLeft([], 3, 2, 60)).toBe(90)
})

it('counts down while steps say nothing yet, and where reading the clusters is no step', () => {
  expect(replicationSecondsLeft([begun(0.1, 10), begun(0.12, 10)], 2, 2, 60)).toBe(110)
  // All steps but few are done after half of the time: the rest is read, or trained again.
  expect(replicationSecondsLeft([begun(0.9, 30), begun(0.9, 30)], 0, 2, 60)).toBe(30)
})

it('grows with what steps take, on a machine that is slower than before', () => {
  expect(replicationSecondsLeft([begun(0.5, 60)], 1, 1, 60)).toBe(60 + 120)
  expect(replicationSecondsLeft([begun(0.2, 80)], 0, 1, 60)).toBeCloseTo(320, 9)
})

it('is no shorter than the longest in work', () => {
  expect(replicationSecondsLeft([begun(0.5, 30)], 0, 4, 60)).toBe(30)
})

it('counts what was done before it went on', () => {
  expect(replicationSecondsLeft([begun(0.75, 10, 0.5)], 0, 1, 60)).toBe(20)
  // All its steps were done, and what it found was not written.
  expect(replicationSecondsLeft([begun(1, 1, 1)], 0, 1, 60)).toBe(0)
})

it('is told by pace alone on machines that nothing is known of, once there is one', () => {
  expect(replicationSecondsLeft([], 4, 0, null)).toBeNull()
  expect(replicationSecondsLeft([begun(0.01, 1)], 3, 1, null)).toBeNull()
  expect(replicationSecondsLeft([begun(0.5, 30), begun(0.01, 1)], 2, 2, null)).toBe((30 + 3 * 60) / 2)
})

it.each([null, 0, 60])('is never less than nothing nor endless, whatever is expected (%s s)', (expected) => {
  for (const fraction of [0, 0.02, 0.26, 0.99, 1])
    for (const from of [0, fraction / 2, fraction])
      for (const seconds of [0, 1, 1e6])
        for (const waiting of [0, 5]) {
          const left = replicationSecondsLeft([begun(fraction, seconds, from)], waiting, 2, expected)
          if (left !== null) expect(left).toBeGreaterThanOrEqual(0)
          if (left !== null) expect(left).toBeLessThan(Infinity)
        }
})
