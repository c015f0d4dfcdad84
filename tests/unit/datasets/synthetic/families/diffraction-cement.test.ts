import { expect, it } from 'vitest'
import { bump } from '../../../../../src-main/datasets/synthetic/families/shapes.ts'
import { type Sample, best, fit, rightShares, steps } from './told-apart.ts'

const lines = {
  alite: [
    [29.4, 0.65],
    [32.3, 1],
    [34.3, 0.85],
  ],
  belite: [
    [31.1, 0.55],
    [32.8, 1],
    [35.4, 0.5],
  ],
} as const

/** Rietveld's way: amounts of two phases, background and glass that make the diffractogram, at a zero and a width. */
function refined({ curve, grid }: Sample, zero: number, width: number): ReturnType<typeof fit> & { width: number } {
  const pattern = (phase: keyof typeof lines): number[] =>
    grid.map((angle) => lines[phase].reduce((sum, [at, height]) => sum + height * bump(angle - at - zero, width), 0))
  const glass = grid.map((angle) => bump(angle - 31.5, 2))
  const background = [grid.map(() => 1), grid.map((angle) => angle - 32.5)]
  return { ...fit(curve, [pattern('alite'), pattern('belite'), glass, ...background]), width }
}

it('shows the share of alite, the width of its reflections and the delay of setting', async () => {
  const right = await rightShares(
    'diffraction-cement',
    (sample) => {
      const zero = best(steps(-0.12, 0.12, 0.03), (at) => -refined(sample, at, 0.17).remainder)
      const { amounts, width } = best(
        steps(0.09, 0.28, 0.019).map((wide) => refined(sample, zero, wide)),
        ({ remainder }) => -remainder,
      )
      return {
        alite: amounts[0]! / (amounts[0]! + amounts[1]!),
        crystals: -width,
        // Minutes to the initial set, as they would be at one fineness.
        retarder: sample.value('initial set') + 40 * (sample.value('Blaine') - 3.8),
      }
    },
    { alite: [0.375, 0.625], crystals: [-0.175], retarder: [160] },
  )
  for (const share of Object.values(right)) expect(share).toBeGreaterThan(0.99)
})
