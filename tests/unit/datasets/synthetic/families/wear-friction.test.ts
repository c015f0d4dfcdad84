import { expect, it } from 'vitest'
import { type Sample, best, fit, quantile, rightShares, steps, upTo } from './told-apart.ts'

/** Brightness of each row, whatever lies on a few of its columns. */
const rowsOf = ({ pixel }: Sample): number[] =>
  upTo(28, (y) =>
    quantile(
      upTo(28, (x) => pixel(x, y)),
      0.5,
    ),
  )

/** Which rows are darker than halfway between the surface and the track. */
function worn(sample: Sample): boolean[] {
  const rows = rowsOf(sample)
  const middle = (quantile(rows, 0.1) + quantile(rows, 0.9)) / 2
  return rows.map((row) => row < middle)
}

/** Pixels beside the track that are brighter than their column by more than five standard deviations of the noise. */
function bright(sample: Sample): number {
  const beside = worn(sample).flatMap((dark, y) => (dark ? [] : [y]))
  return upTo(28, (x) => {
    const column = beside.map((y) => sample.pixel(x, y))
    const surface = quantile(column, 0.4)
    return column.filter((v) => v > surface + 0.15).length
  }).reduce((sum, count) => sum + count, 0)
}

/** Metres over which the friction falls by e, and the root of the mean square of what that leaves. */
function runningIn({ curve, grid }: Sample): { length: number; rest: number } {
  const fits = steps(3, 45, 1).map((length) => ({
    length,
    rest: Math.sqrt(fit(curve, [grid.map(() => 1), grid.map((m) => Math.exp(-m / length))]).remainder / grid.length),
  }))
  return best(fits, ({ rest }) => -rest)
}

it('shows width of the track, particles beside it, jerks and the way of running in', async () => {
  const right = await rightShares(
    'wear-friction',
    (sample) => {
      const { length, rest } = runningIn(sample)
      return {
        slip: rest,
        track: worn(sample).filter(Boolean).length,
        debris: bright(sample),
        settling: length,
      }
    },
    { slip: [0.017], track: [8.5], debris: [21], settling: [11] },
  )
  for (const share of Object.values(right)) expect(share).toBeGreaterThan(0.99)
})
