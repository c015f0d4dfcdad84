import { expect, it } from 'vitest'
import { type Sample, mean, quantile, rightShares, upTo } from './told-apart.ts'

/** Stereology's intercepts: cracks crossed along all rows and columns. */
function intercepts({ pixel }: Sample): number {
  const crossed = (line: readonly number[]): number => {
    const dark = line.map((v) => v < quantile(line, 0.6) - 0.15)
    return dark.filter((is, k) => is && dark[k - 1] !== true).length
  }
  const lines = upTo(28, (k) => [upTo(28, (x) => pixel(x, k)), upTo(28, (y) => pixel(k, y))]).flat()
  return mean(lines.map(crossed))
}

/** Volts between the peaks of the way up and of the way down, each the middle of three points. */
function separation({ curve, grid }: Sample): number {
  const smooth = curve.map((v, k) => mean([curve[k - 1] ?? v, v, curve[k + 1] ?? v]))
  const half = curve.length / 2
  const up = grid[smooth.indexOf(Math.max(...smooth.slice(0, half)))]!
  const down = grid[smooth.indexOf(Math.min(...smooth.slice(half)))]!
  return up - 0.4 - (1.6 - down)
}

it('shows cracks crossed, separation of the peaks and resistance at high frequency', async () => {
  const right = await rightShares(
    'coating-voltammetry-impedance',
    (sample) => ({
      electrolyte: sample.value('Re 16000 Hz'),
      cracks: intercepts(sample),
      kinetics: separation(sample),
    }),
    { electrolyte: [6], cracks: [3.75], kinetics: [0.16] },
  )
  for (const share of Object.values(right)) expect(share).toBeGreaterThan(0.99)
})
