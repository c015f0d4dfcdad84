import { expect, it } from 'vitest'
import { type Sample, best, mean, quantile, rightShares, smoothed, steps, upTo } from './told-apart.ts'

/** Rows by which the planes rise and fall round the hole: the sine along which the wall is most alike. */
function reach({ pixel }: Sample): number {
  const columns = upTo(24, (x) => {
    const column = upTo(40, (y) => pixel(x, y))
    const own = mean(column)
    return column.map((v) => v - own)
  })
  const alike = ({ rows, towards }: { rows: number; towards: number }): number => {
    const along = upTo(40, () => ({ sum: 0, n: 0 }))
    columns.forEach((column, x) => {
      const shift = Math.round(rows * Math.cos((2 * Math.PI * (x - towards)) / 24))
      column.forEach((v, y) => {
        const row = along[y - shift]
        if (row) [row.sum, row.n] = [row.sum + v, row.n + 1]
      })
    })
    return mean(along.filter(({ n }) => n > 11).map(({ sum, n }) => (sum / n) ** 2))
  }
  const sines = steps(0.5, 8, 0.5).flatMap((rows) => upTo(24, (towards) => ({ rows, towards })))
  return best(sines, alike).rows
}

/** How much darker the darkest opposite sides are than the wall at large. */
function spalled({ pixel }: Sample): number {
  const sides = upTo(12, (x) =>
    quantile(
      upTo(40, (y) => (pixel(x, y) + pixel(x + 12, y)) / 2),
      0.6,
    ),
  )
  return quantile(sides, 0.5) - Math.min(...sides)
}

/** Over the strongest motion, of the shear wave: that of the compression before, and what follows. */
function motions({ curve, grid }: Sample): { primary: number; coda: number } {
  // The ground sways more slowly than either wave.
  const sway = smoothed(curve, 6)
  const motion = curve.map((v, k) => v - sway[k]!)
  const at = best(
    upTo(motion.length, (k) => k),
    (k) => Math.abs(motion[k]!),
  )
  const within = (from: number, to: number): number[] =>
    motion.filter((_, k) => grid[k]! > grid[at]! + from && grid[k]! < grid[at]! + to).map((v) => v / motion[at]!)
  return {
    primary: Math.max(...within(-0.56, -0.15).map(Math.abs)),
    coda: Math.sqrt(mean(within(0.2, 0.55).map((v) => v * v))),
  }
}

it('shows sines of the planes, dark opposite sides, compression to shear and what follows it', async () => {
  const right = await rightShares(
    'borehole-tremor',
    (sample) => {
      const { primary, coda } = motions(sample)
      return { dip: reach(sample), breakout: spalled(sample), source: -primary, scattering: coda }
    },
    { dip: [3.6], breakout: [0.12], source: [-0.22], scattering: [0.045] },
  )
  for (const share of Object.values(right)) expect(share).toBeGreaterThan(0.99)
})
