/** Images of uniform noise and nothing else. */
import { continuousFamily } from '../families/family.ts'

export const noiseImages = continuousFamily('noise-images', {
  description: 'nothing at all: images of uniform noise',
  samples: 512,
  causes: [],
  draw: () => [],
  image: { height: 16, width: 16, channels: 1, noise: 0, paint: (_, random) => () => random.uniform() },
})
