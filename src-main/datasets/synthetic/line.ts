/** The 20-point noisy line that stands for a measurement curve beside an image (causal-pima.md section 8). */
import type { RandomStream } from '../../../src-shared/random/stream.ts'
import { type SyntheticCurves, evenGrid, roundTo } from './sample-set.ts'

const linePoints = 20

/** y = slope x + noise N(0, 1) on 20 points x of [0, 1], one line for each slope. */
export function noisyLines(slopes: readonly number[], noise: number, stream: RandomStream): SyntheticCurves {
  const grid = evenGrid(0, 1, linePoints)
  const values = new Float64Array(slopes.length * linePoints)
  slopes.forEach((slope, i) =>
    grid.forEach((x, k) => (values[i * linePoints + k] = roundTo(slope * x + noise * stream.normal(), 5))),
  )
  return { valueLabel: 'y', gridLabel: 'x', grid, values }
}
