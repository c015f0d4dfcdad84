import { expect, it } from 'vitest'
import { type Sample, best, fit, mean, places, quantile, rightShares, steps } from './told-apart.ts'

const inEye = places(36, 36).filter(({ x, y }) => Math.hypot(x - 17.5, y - 17.5) < 15)

/** Radius of the cup over that of the disc, by how pale they are: blue over red. */
function cupToDisc({ colour }: Sample): number {
  const pale = inEye.map(({ x, y }) => {
    const near = [-1, 0, 1].flatMap((u) => [-1, 0, 1].map((v) => colour(x + u, y + v)))
    return { x, y, ratio: mean(near.map(([, , blue]) => blue)) / mean(near.map(([red]) => red)) }
  })
  const disc = pale.filter(({ ratio }) => ratio > 0.38)
  const [cx, cy] = [
    quantile(
      disc.map(({ x }) => x),
      0.5,
    ),
    quantile(
      disc.map(({ y }) => y),
      0.5,
    ),
  ]
  const near = pale.filter(({ x, y }) => Math.hypot(x - cx, y - cy) < 6.5)
  return Math.sqrt(near.filter(({ ratio }) => ratio > 0.47).length / near.filter(({ ratio }) => ratio > 0.28).length)
}

/** Places much darker than what surrounds them in red light, to which vessels are pale. */
function bleedings({ colour }: Sample): number {
  return inEye.filter(({ x, y }) => {
    const around = [-3, -2, 2, 3].flatMap((u) => [-3, 0, 3].map((v) => colour(x + u, y + v)[0]))
    return colour(x, y)[0] < 0.74 * quantile(around, 0.5)
  }).length
}

/** Trough of the receptors below the rest before the flash, and the crest above the trough, in uV. */
function waves({ curve, grid }: Sample): { a: number; b: number } {
  const rest = mean(curve.filter((_, k) => grid[k]! < 0))
  const smooth = curve.map((v, k) => mean(curve.slice(Math.max(0, k - 2), k + 3).concat(v)))
  const trough = Math.min(...smooth.filter((_, k) => grid[k]! > 0 && grid[k]! < 30))
  const crest = Math.max(...smooth.filter((_, k) => grid[k]! > 25 && grid[k]! < 80))
  return { a: rest - trough, b: crest - trough }
}

/** Size of the oscillation at 125 to 155 Hz on the way up, in uV. */
function oscillation({ curve, grid }: Sample): number {
  const within = grid.map((_, k) => k).filter((k) => grid[k]! >= 19 && grid[k]! <= 45)
  const [ms, uV] = [within.map((k) => grid[k]!), within.map((k) => curve[k]!)]
  const swell = ms.map((t) => Math.exp(-(((t - 31) / 8) ** 2) / 2))
  const wave = (hertz: number): ReturnType<typeof fit> =>
    fit(uV, [
      ...[0, 1, 2, 3].map((power) => ms.map((t) => ((t - 32) / 13) ** power)),
      ms.map((t, k) => swell[k]! * Math.sin(0.002 * Math.PI * hertz * t)),
      ms.map((t, k) => swell[k]! * Math.cos(0.002 * Math.PI * hertz * t)),
    ])
  const { amounts } = wave(best(steps(120, 160, 5), (hertz) => -wave(hertz).remainder))
  return Math.hypot(amounts[4]!, amounts[5]!)
}

it('shows cup to disc, glycated haemoglobin, oscillatory potentials and b-wave to a-wave', async () => {
  const right = await rightShares(
    'fundus-retinogram',
    (sample) => {
      const { a, b } = waves(sample)
      return {
        sugar: sample.value('HbA1c'),
        retinopathy: -oscillation(sample) / a,
        cupping: cupToDisc(sample),
        'b-wave': b / a,
      }
    },
    { sugar: [6.9], retinopathy: [-0.3], cupping: [0.5], 'b-wave': [3.3] },
  )
  for (const share of Object.values(right)) expect(share).toBeGreaterThan(0.99)
})

it('shows bleedings in the picture too', async () => {
  const { retinopathy } = await rightShares(
    'fundus-retinogram',
    (sample) => ({ sugar: 0, retinopathy: bleedings(sample), cupping: 0, 'b-wave': 0 }),
    { sugar: [], retinopathy: [14], cupping: [], 'b-wave': [] },
  )
  expect(retinopathy).toBeGreaterThan(0.99)
})
