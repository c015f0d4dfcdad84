import { expect, it } from 'vitest'
import { type Sample, best, fit, mean, places, quantile, rightShares, steps } from './told-apart.ts'

const line = (grid: readonly number[], at: number, width: number): number[] =>
  grid.map((shift) => Math.exp(-(((shift - at) / width) ** 2) / 2))

/** The spectrum without cosmic rays, which light a single point, from one shift to another. */
function stretch(
  { curve, grid }: Sample,
  from: number,
  to: number,
): { shifts: number[]; counts: number[]; u: number[] } {
  const clean = curve.map((v, k) => {
    const beside = [curve[k - 1] ?? v, curve[k + 1] ?? v]
    return v - Math.max(...beside) > 0.25 ? mean(beside) : v
  })
  const within = grid.map((_, k) => k).filter((k) => grid[k]! >= from && grid[k]! <= to)
  const shifts = within.map((k) => grid[k]!)
  return {
    shifts,
    counts: within.map((k) => clean[k]!),
    u: shifts.map((shift) => (shift - (from + to) / 2) / (to - from)),
  }
}

/** Where and how high the upper of the two stretches of silica lies, on a baseline of second order. */
function silica(sample: Sample): { at: number; height: number } {
  const { shifts, counts, u } = stretch(sample, 760, 910)
  const fitted = (at: number): ReturnType<typeof fit> =>
    fit(counts, [
      u.map(() => 1),
      u,
      u.map((v) => v * v),
      line(shifts, at, 7),
      line(shifts, 819.5 + 0.56 * (at - 847), 7),
    ])
  const at = best(steps(833, 861, 1), (shift) => -fitted(shift).remainder)
  return { at, height: fitted(at).amounts[3]! }
}

function serpentine(sample: Sample): number {
  const { shifts, counts, u } = stretch(sample, 640, 745)
  return fit(counts, [u.map(() => 1), u, u.map((v) => v * v), line(shifts, 690, 9)]).amounts[3]!
}

const hues = steps(500, 1150, 10).map((nm) => {
  const rgb = [620, 540, 450].map((wave) => Math.sin((Math.PI * nm) / wave) ** 2)
  const length = Math.hypot(...rgb)
  return { nm, rgb: rgb.map((v) => v / length) }
})

const saturation = (rgb: readonly number[]): number => Math.max(...rgb) - Math.min(...rgb)

/** Retardation by the interference colours, as on the chart of Michel-Levy: that of the rim less that of the core, in nm. */
function zoning({ colour }: Sample): number {
  const coloured = places(32, 32).filter(({ x, y }) => saturation(colour(x, y)) > 0.3)
  const [cx, cy] = [mean(coloured.map(({ x }) => x)), mean(coloured.map(({ y }) => y))]
  const retardation = (from: number, to: number): number =>
    quantile(
      coloured
        .filter(({ x, y }) => Math.hypot(x - cx, y - cy) >= from && Math.hypot(x - cx, y - cy) < to)
        .map(({ x, y }) => {
          const rgb = colour(x, y)
          return best(hues, (hue) => hue.rgb.reduce((sum, v, c) => sum + v * rgb[c]!, 0)).nm
        }),
      0.5,
    )
  return retardation(6.5, 8.5) - retardation(0, 3.5)
}

/** Share of the middle of the crystal that is grey-green, without interference colours. */
function veined({ colour }: Sample): number {
  const middle = places(32, 32).filter(({ x, y }) => Math.hypot(x - 15.5, y - 15.5) < 6.5)
  return middle.filter(({ x, y }) => saturation(colour(x, y)) < 0.25).length / middle.length
}

it('shows the place of the silica stretch, colours from core to rim, and serpentine', async () => {
  const right = await rightShares(
    'olivine-raman',
    (sample) => {
      const { at, height } = silica(sample)
      return { composition: -at, zoning: zoning(sample), alteration: serpentine(sample) / height }
    },
    { composition: [-850.5, -842.5], zoning: [35], alteration: [0.2] },
  )
  for (const share of Object.values(right)) expect(share).toBeGreaterThan(0.99)
})

it('shows serpentine in the section too', async () => {
  const { alteration } = await rightShares(
    'olivine-raman',
    (sample) => ({ composition: 0, zoning: 0, alteration: veined(sample) }),
    { composition: [], zoning: [], alteration: [0.2] },
  )
  expect(alteration).toBeGreaterThan(0.99)
})
