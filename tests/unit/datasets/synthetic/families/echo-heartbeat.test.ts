import { expect, it } from 'vitest'
import { type Sample, mean, quantile, rightShares, upTo } from './told-apart.ts'

/** Depth of the posterior wall in each column, as the centre of its echo among rows 15 to 31. */
function wallDepths({ pixel }: Sample): number[] {
  const rows = upTo(17, (k) => 15 + k)
  return upTo(30, (x) => {
    const echo = rows.map((y) => (pixel(x, y) + pixel(x + 1, y) + pixel(x + 2, y)) / 3)
    const weights = echo.map((v) => Math.max(0, v - 0.4 * Math.max(...echo)))
    return weights.reduce((sum, w, k) => sum + w * rows[k]!, 0) / weights.reduce((sum, w) => sum + w, 0)
  })
}

/** Points of the highest potentials that have 150 ms of the curve on both sides. */
function beatsOf({ curve }: Sample): number[] {
  const threshold = quantile(curve, 0.5) + 0.4
  return upTo(curve.length, (k) => k).filter(
    (k) =>
      k >= 9 &&
      k < curve.length - 11 &&
      curve[k]! > threshold &&
      curve.slice(k - 5, k + 6).every((other) => other <= curve[k]!),
  )
}

const before = ({ curve }: Sample, beat: number): number => mean(curve.slice(beat - 7, beat - 4))

it('shows excursion, width of the beat and depression after it', async () => {
  const right = await rightShares(
    'echo-heartbeat',
    (sample) => {
      const depths = wallDepths(sample)
      const beats = beatsOf(sample)
      return {
        // Depth at rest and at the end of the contraction.
        wall: quantile(depths, 0.1) - quantile(depths, 0.9),
        // The segment 130 to 160 ms after a beat below that before it, in mV.
        ischaemia: mean(beats.map((beat) => before(sample, beat) - mean(sample.curve.slice(beat + 8, beat + 11)))),
        // Area of a beat over its height, in seconds.
        conduction: mean(
          beats.map((beat) => {
            const above = sample.curve.slice(beat - 4, beat + 5).map((v) => v - before(sample, beat))
            return (0.016 * above.reduce((sum, v) => sum + v, 0)) / above[4]!
          }),
        ),
      }
    },
    { wall: [-2.5], ischaemia: [0.15], conduction: [0.065] },
  )
  for (const share of Object.values(right)) expect(share).toBeGreaterThan(0.99)
})
