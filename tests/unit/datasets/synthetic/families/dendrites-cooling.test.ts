import { expect, it } from 'vitest'
import { type Sample, mean, places, rightShares, smoothed, steps, upTo } from './told-apart.ts'

const all = places(36, 36)

/** Plane waves of lengths in pixels, in 30 directions each. */
function waves(from: number, to: number): { cos: Float64Array; sin: Float64Array }[] {
  return steps(from, to, 0.2).flatMap((length) =>
    upTo(30, (k) => {
      const [kx, ky] = [Math.cos((Math.PI * k) / 30), Math.sin((Math.PI * k) / 30)]
      const phases = all.map(({ x, y }) => (2 * Math.PI * (kx * x + ky * y)) / length)
      return { cos: Float64Array.from(phases, Math.cos), sin: Float64Array.from(phases, Math.sin) }
    }),
  )
}

const [short, long] = [waves(3, 4.2), waves(5.6, 7.2)]

/** Power of the strongest of the waves. */
function power(sample: Sample, of: ReturnType<typeof waves>): number {
  const values = all.map(({ x, y }) => sample.pixel(x, y))
  const own = mean(values)
  return Math.max(
    ...of.map(({ cos, sin }) => {
      let [real, imaginary] = [0, 0]
      values.forEach((v, k) => {
        real += (v - own) * cos[k]!
        imaginary += (v - own) * sin[k]!
      })
      return real * real + imaginary * imaginary
    }),
  )
}

/** Degrees by which the melt warms again within half a minute. */
function recalescence({ curve }: Sample): number {
  const smooth = smoothed(curve, 1)
  return Math.max(...smooth.map((v, k) => Math.max(...smooth.slice(k, k + 12)) - v))
}

const holes = ({ pixel }: Sample): number => all.filter(({ x, y }) => pixel(x, y) < 0.16).length

it('shows recalescence, seconds to 545 C and the area of holes', async () => {
  const right = await rightShares(
    'dendrites-cooling',
    (sample) => ({
      inoculation: recalescence(sample),
      cooling: sample.grid[sample.curve.findIndex((v) => v < 545)]!,
      pores: holes(sample),
    }),
    { inoculation: [0.75], cooling: [150], pores: [18] },
  )
  for (const share of Object.values(right)) expect(share).toBeGreaterThan(0.99)
})

it('shows the spacing of the arms, which cooling sets, too', async () => {
  const { cooling } = await rightShares(
    'dendrites-cooling',
    (sample) => ({ inoculation: 0, cooling: Math.log(power(sample, long) / power(sample, short)), pores: 0 }),
    { inoculation: [], cooling: [0.9], pores: [] },
  )
  expect(cooling).toBeGreaterThan(0.99)
})
