import { expect, it } from 'vitest'
import { type Sample, fit, mean, places, quantile, rightShares, smoothed } from './told-apart.ts'

/**
 * 0 for a compact outline, of which the square is less than 60 times the area (4 pi of a disc); else 1 and the share of
 * ice 5 to 9 pixels from the middle, which branches fill.
 */
function habitOf({ pixel }: Sample): number {
  const borders = places(36, 36).filter(({ x, y }) => x < 3 || x > 32 || y < 3 || y > 32)
  const [dark = 0, right = 0] = fit(
    borders.map(({ x, y }) => pixel(x, y)),
    [borders.map(() => 1), borders.map(({ x }) => x - 17.5)],
  ).amounts
  const ice = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < 36 && y < 36 && pixel(x, y) - right * (x - 17.5) > dark + 0.14
  const solid = places(36, 36).filter(({ x, y }) => ice(x, y))
  const sides = solid.reduce(
    (sum, { x, y }) =>
      sum + [ice(x - 1, y), ice(x + 1, y), ice(x, y - 1), ice(x, y + 1)].filter((beside) => !beside).length,
    0,
  )
  if (sides ** 2 / solid.length < 60) return 0
  const [cx, cy] = [mean(solid.map(({ x }) => x)), mean(solid.map(({ y }) => y))]
  const around = places(36, 36).filter(({ x, y }) => Math.abs(Math.hypot(x - cx, y - cy) - 7) < 2)
  return 1 + around.filter(({ x, y }) => ice(x, y)).length / around.length
}

/** Frozen drops shine more than any ice. */
const frozen = ({ pixel }: Sample): number => places(36, 36).filter(({ x, y }) => pixel(x, y) > 0.78).length

/** Kilometres over which the air dries above the cloud, from a fifth to four fifths of the way. */
function lid({ curve, grid }: Sample): number {
  const smooth = smoothed(curve, 1)
  const [cloud, aloft] = [quantile(curve, 0.95), quantile(curve, 0.1)]
  const top = (part: number): number => grid[smooth.findLastIndex((v) => v > cloud - part * (cloud - aloft))]!
  return top(0.8) - top(0.2)
}

it('shows an involved outline, drops that shine and how sharply the cloud ends', async () => {
  const right = await rightShares(
    'snow-sounding',
    (sample) => ({ inversion: -lid(sample), habit: habitOf(sample), rime: frozen(sample) }),
    { inversion: [-0.45], habit: [0.5, 1.6], rime: [25] },
  )
  for (const share of Object.values(right)) expect(share).toBeGreaterThan(0.99)
})

it('shows the vapour in the cloud, which the habit follows, too', async () => {
  const { habit } = await rightShares(
    'snow-sounding',
    (sample) => ({ inversion: 0, habit: quantile(smoothed(sample.curve, 3), 0.95), rime: 0 }),
    { inversion: [], habit: [108, 116], rime: [] },
  )
  expect(habit).toBeGreaterThan(0.99)
})
