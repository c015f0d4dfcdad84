import { expect, it } from 'vitest'
import { type Sample, mean, rightShares } from './told-apart.ts'

/** Rapid lifetime determination: photons in two gates of 3 ns after the flash, above the dark counts before it. */
function lifetime({ curve, grid }: Sample): number {
  const gate = (from: number, to: number): number => mean(curve.filter((_, k) => grid[k]! >= from && grid[k]! < to))
  const dark = gate(0, 1.8)
  return 3 / Math.log((gate(3.5, 6.5) - dark) / (gate(6.5, 9.5) - dark))
}

it('shows the lifetime and the ratios of peptides', async () => {
  const right = await rightShares(
    'decay-peptides',
    (sample) => {
      const product = (...masses: readonly number[]): number =>
        masses.reduce((made, mass) => made * sample.value(`m/z ${mass}`), 1)
      return {
        binding: lifetime(sample),
        isoform: Math.log(product(812.4, 1187.6) / product(744.4, 1021.5)),
        phosphate: Math.log(product(1007.5, 1519.8) / product(927.5, 1439.8)),
      }
    },
    { binding: [2.2], isoform: [-0.5], phosphate: [-0.5] },
  )
  for (const share of Object.values(right)) expect(share).toBeGreaterThan(0.99)
})
