import { expect, it } from 'vitest'
import { type Sample, best, fit, mean, rightShares, steps, upTo } from './told-apart.ts'

/** Mean amplitude along the hyperbola of a reflection: rows at no distance, and along the surface to the last receiver. */
function stack({ pixel }: Sample, zero: number, along: number): number {
  return mean(
    upTo(24, (x) => {
      const row = Math.min(30.99, Math.hypot(zero, (along * x) / 23))
      const [above, part] = [Math.floor(row), row % 1]
      return (1 - part) * pixel(x, above) + part * pixel(x, above + 1) - 0.5
    }),
  )
}

/** Velocity analysis: the moveout and the depths along which both reflections stack best. */
function reflections(sample: Sample): { along: number; lower: number } {
  const strongest = (from: number, to: number, along: number): number =>
    best(
      steps(from, to, 0.5).map((zero) => stack(sample, zero, along)),
      Math.abs,
    )
  return best(
    steps(6, 21, 0.75).map((along) => ({
      along,
      upper: strongest(3.5, 8, along),
      lower: strongest(13, 19, along),
    })),
    ({ upper, lower }) => upper ** 2 + lower ** 2,
  )
}

/** Change of the log per metre within the sand: the longest run that lies below the shale, taken over five points. */
function trend({ curve, grid }: Sample): number {
  const shale = mean([...curve.slice(0, 8), ...curve.slice(-8)])
  const sandy = curve.map((_, k) => mean(curve.slice(Math.max(0, k - 2), k + 3)) < shale - 15)
  const run = best(
    upTo(curve.length, (from) => {
      const to = sandy.indexOf(false, from)
      return { from, to: to < 0 ? curve.length : to }
    }),
    ({ from, to }) => to - from,
  )
  const metres = grid.slice(run.from, run.to)
  return fit(curve.slice(run.from, run.to), [metres.map(() => 1), metres.map((m) => m - 1025)]).amounts[1]!
}

it('shows moveout, sign of the second reflection and which way the sand cleans', async () => {
  const right = await rightShares(
    'gather-log',
    (sample) => {
      const { along, lower } = reflections(sample)
      return { velocity: -along, polarity: lower, sequence: trend(sample) }
    },
    { velocity: [-13.5], polarity: [0], sequence: [0] },
  )
  for (const share of Object.values(right)) expect(share).toBeGreaterThan(0.99)
})
