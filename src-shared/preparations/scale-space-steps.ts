/** Steps that tell what a sample looks like at each scale, not where. Formulas and sources: docs/preparations.md. */
import { oscillating } from './grid.ts'
import { become } from './image-size.ts'
import type { StepDefinition } from './step.ts'

/** Standard deviations of the Gaussians, in points: 1, 2, 4, ... as long as a curve is six of them long. */
export function scalesOf(points: number): number[] {
  const scales = [1]
  while (12 * scales.at(-1)! <= points) scales.push(2 * scales.at(-1)!)
  return scales
}

/** What is told of the values, slopes and bends along a curve. */
export const pooled = ['mean', 'standard deviation', 'largest', 'smallest', 'upper tenth', 'lower tenth'] as const

const scaleSpace: StepDefinition = {
  step: 'scale-space',
  title: 'Scale space',
  about:
    'How high, steep and bent a curve is at each scale, at most, at least and on the whole: peaks, dips and steps of any width, wherever they lie.',
  kinds: ['curve'],
  parameters: [],
  describe: (before) => {
    const scales = scalesOf(oscillating(before, 'its shape at several scales'))
    const responses = ['value', ...scales.flatMap((scale) => [`slope at ${scale}`, `bend at ${scale}`])]
    const features = responses.flatMap((response) => pooled.map((what) => `${response}: ${what}`))
    return become(before, 'vector', [features.length], { features })
  },
}

export const scaleSpaceSteps = [scaleSpace] as const
