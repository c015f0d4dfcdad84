import { expect, it } from 'vitest'
import { type Sample, fit, mean, quantile, rightShares, steps, upTo } from './told-apart.ts'

/** Size of the n-th harmonic of values at even angles. */
function harmonic(values: readonly number[], n: number): number {
  const along = (wave: (angle: number) => number): number =>
    (2 * values.reduce((sum, v, k) => sum + v * wave((2 * Math.PI * n * k) / values.length), 0)) / values.length
  return Math.hypot(along(Math.cos), along(Math.sin))
}

/** Brightness between pixels. */
function between({ pixel }: Sample, x: number, y: number): number {
  const [column, row] = [Math.min(30, Math.max(0, Math.floor(x))), Math.min(30, Math.max(0, Math.floor(y)))]
  const [u, v] = [x - column, y - row]
  const at = (dx: number, dy: number): number => pixel(column + dx, row + dy)
  return (1 - v) * ((1 - u) * at(0, 0) + u * at(1, 0)) + v * ((1 - u) * at(0, 1) + u * at(1, 1))
}

/** The sample with the light of its four corners, a plane, as 1. */
function evenlyLit(sample: Sample): Sample {
  const near = [0, 1, 2, 3, 4, 27, 28, 29, 30, 31]
  const corners = near.flatMap((y) => near.map((x) => ({ x, y })))
  const [one = 0, right = 0, down = 0] = fit(
    corners.map(({ x, y }) => sample.pixel(x, y)),
    [corners.map(() => 1), corners.map(({ x }) => x), corners.map(({ y }) => y)],
  ).amounts
  return { ...sample, pixel: (x, y) => sample.pixel(x, y) / (one + right * x + down * y) }
}

/** Middle of the grain, and its outline in 90 directions: where it is darker than halfway, from outside. */
function grain(sample: Sample): { x: number; y: number; outline: number[] } {
  const dark = upTo(32 * 32, (k) => ({ x: k % 32, y: Math.floor(k / 32) })).filter(
    ({ x, y }) => sample.pixel(x, y) < 0.77,
  )
  const [cx, cy] = [mean(dark.map(({ x }) => x)), mean(dark.map(({ y }) => y))]
  const outline = upTo(90, (k) => {
    const angle = (2 * Math.PI * k) / 90
    const isDark = (r: number): boolean => between(sample, cx + r * Math.cos(angle), cy + r * Math.sin(angle)) < 0.77
    return steps(5, 15, 0.25).findLast(isDark) ?? 5
  })
  return { x: cx, y: cy, outline }
}

it('shows spines of the outline, three bright pores and the colour of the fluorescence', async () => {
  const right = await rightShares(
    'pollen-emission',
    (sample) => {
      const lit = evenlyLit(sample)
      const { x, y, outline } = grain(lit)
      const radius = quantile(outline, 0.25)
      const ring = upTo(90, (k) => {
        const angle = (2 * Math.PI * k) / 90
        return mean(
          steps(0.45, 0.75, 0.1).map((part) =>
            between(lit, x + part * radius * Math.cos(angle), y + part * radius * Math.sin(angle)),
          ),
        )
      })
      // Emission of 540 to 580 nm to that of 460 to 500 nm, above the dark counts.
      const emitted = (...bands: readonly number[]): number =>
        bands.reduce((sum, band) => sum + sample.value(`F${band}`) - sample.value('F400'), 0)
      return {
        surface: harmonic(outline, 10),
        pores: harmonic(ring, 3),
        pigment: emitted(540, 560, 580) / emitted(460, 480, 500),
      }
    },
    { surface: [0.5], pores: [0.04], pigment: [0.7] },
  )
  for (const share of Object.values(right)) expect(share).toBeGreaterThan(0.99)
})
