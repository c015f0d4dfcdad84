/**
 * Circles with a second modality: a 20-point line through the origin whose slope is set by the radius that was drawn, so
 * that only the node `radius` (and its jitter) reaches both modalities. The images equal those of circles.
 */
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { circlesSet, circleStructures, sampleCircles } from './circles.ts'
import { noisyLines } from './line.ts'
import { type Generator, required } from './sample-set.ts'

/** Slope of the line: -1 at the small radius of 4 pixels, 1 at the large one of 7. */
function slopeOfRadius(radius: number): number {
  return (radius - 5.5) / 1.5
}

export const circlesLine: Generator = {
  description: 'circles, and a 20-point line whose slope is set by the radius',
  samples: 4096,
  structures: circleStructures,
  noise: 0.05,
  make: (settings) => {
    const drawn = sampleCircles(settings)
    const slopes = drawn.circles.map(({ radius }) => slopeOfRadius(radius))
    const noise = required(settings.noise, 'noise')
    const curves = noisyLines(slopes, noise, RandomStream.of(settings.seed, 'circles/line'))
    return { ...circlesSet(drawn), curves }
  },
}
