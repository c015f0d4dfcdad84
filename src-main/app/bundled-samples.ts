/** The real data that come with the application, to be tried in two clicks. */
import type { BundledSample } from '../../src-shared/contract/projects.ts'

export const bundledSamples: readonly BundledSample[] = [
  {
    id: 'mechanical-mnist',
    title: 'Mechanical MNIST',
    description:
      'Stiffness patterns of a soft block as images, and the strain energy of each block as it is stretched, as curves.',
    samples: 1000,
    citation: 'E. Lejeune, Mechanical MNIST, Extreme Mechanics Letters 36 (2020) 100659',
    licence: 'CC BY-SA 3.0',
  },
]
