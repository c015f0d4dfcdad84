import { expect, it } from 'vitest'
import { type Sample, mean, places, quantile, rightShares } from './told-apart.ts'

/** Places that belong to particles and their distance from what is none: 1 at the outline, else 2. */
function particles({ pixel }: Sample): { x: number; y: number; outline: boolean }[] {
  const dark = (x: number, y: number): boolean => pixel(x, y) < 0.24
  return places(32, 32)
    .filter(({ x, y }) => x > 0 && y > 0 && x < 31 && y < 31 && !dark(x, y))
    .map(({ x, y }) => ({ x, y, outline: dark(x - 1, y) || dark(x + 1, y) || dark(x, y - 1) || dark(x, y + 1) }))
}

/** How much the outline of particles outshines their middle, as it does on a ball. */
function edgeEffect(sample: Sample): number {
  const all = particles(sample)
  const bright = (outline: boolean): number =>
    mean(all.filter((place) => place.outline === outline).map(({ x, y }) => sample.pixel(x, y)))
  return bright(false) - bright(true)
}

/** Radius of the circles that fit into particles around their middles: a high quantile of the distance to what is dark. */
function inscribed(sample: Sample): number {
  const dark = places(32, 32).filter(({ x, y }) => sample.pixel(x, y) < 0.24)
  return quantile(
    particles(sample)
      .filter(({ x, y }) => (x + y) % 2 === 0)
      .map(({ x, y }) => Math.min(...dark.map((other) => Math.hypot(x - other.x, y - other.y)))),
    0.93,
  )
}

/** Mean mass over a stretch of temperatures, in %. */
function mass({ curve, grid }: Sample, from: number, to: number): number {
  return mean(curve.filter((_, k) => grid[k]! >= from && grid[k]! <= to))
}

/** Temperature at which half the carbon dioxide has left, between points. */
function decomposition(sample: Sample): number {
  const half = (mass(sample, 500, 560) + mass(sample, 880, 930)) / 2
  const after = sample.curve.findIndex((v) => v < half)
  const [above, below] = [sample.curve[after - 1]!, sample.curve[after]!]
  return sample.grid[after - 1]! + ((above - half) / (above - below)) * (sample.grid[after]! - sample.grid[after - 1]!)
}

it('shows water that leaves below 260 C, where carbon dioxide leaves, and edges that shine', async () => {
  const right = await rightShares(
    'carbonate-weight',
    (sample) => ({
      water: mass(sample, 110, 130) - mass(sample, 245, 275),
      habit: edgeEffect(sample),
      size: decomposition(sample),
    }),
    { water: [4.5], habit: [-0.04], size: [726] },
  )
  for (const share of Object.values(right)) expect(share).toBeGreaterThan(0.99)
})

it('shows the size of the particles in the circles that fit into them too', async () => {
  const { size } = await rightShares(
    'carbonate-weight',
    (sample) => ({ water: 0, habit: 0, size: inscribed(sample) }),
    { water: [], habit: [], size: [2.9] },
  )
  expect(size).toBeGreaterThan(0.99)
})
