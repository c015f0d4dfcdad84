/** Steps that tell how much of what a sample shows, not where: values, grains, textures, colours. Formulas and sources: docs/preparations.md. */
import { become, requireSide } from './image-size.ts'
import { required, type StepDefinition, StepProblem, valueName } from './step.ts'

/** Shares of a sample's values that quantiles lie above: the middles of as many equal parts, [count] */
export const sharesOf = (count: number): number[] => Array.from({ length: count }, (_, k) => (k + 0.5) / count)

const quantiles: StepDefinition = {
  step: 'quantiles',
  title: 'Quantiles',
  about: 'The values of a sample in order: how much of it is bright or dark, high or low, wherever that lies.',
  kinds: ['image', 'curve'],
  parameters: [{ kind: 'number', name: 'count', title: 'Quantiles', whole: true, min: 3, max: 200, default: 24 }],
  describe: (before, step) => {
    const grid = sharesOf(required(step, 'count'))
    return become(before, 'curve', [grid.length], {
      grid,
      gridLabel: `share of ${before.kind === 'image' ? 'pixels' : 'points'} below`,
      valueLabel: valueName(before),
    })
  },
}

/** Radii of the discs: 1, 1.5, 2, ... up to the largest, in pixels. */
export const radiiUpTo = (largest: number): number[] =>
  Array.from({ length: Math.floor(2 * largest) - 1 }, (_, k) => 1 + k / 2)

const granulometry: StepDefinition = {
  step: 'granulometry',
  title: 'Granulometry',
  about:
    'How much of an image bright grains of each radius make up, and dark ones (below 0): sizes of particles, pores, plates.',
  kinds: ['image'],
  parameters: [{ kind: 'number', name: 'largest', title: 'Largest radius, pixels', min: 1.5, max: 32, default: 6 }],
  describe: (before, step) => {
    requireSide(before, 8)
    const radii = radiiUpTo(required(step, 'largest'))
    return become(before, 'curve', [2 * radii.length], {
      grid: [...radii.map((radius) => -radius).reverse(), ...radii],
      gridLabel: 'grain radius',
      gridUnit: 'pixels',
      valueLabel: 'pattern spectrum',
    })
  },
}

const textureFeatures = [
  'mean',
  'standard deviation',
  'skewness',
  'kurtosis',
  'contrast',
  'dissimilarity',
  'homogeneity',
  'energy',
  'correlation',
  'entropy',
] as const

const texture: StepDefinition = {
  step: 'texture',
  title: 'Texture features',
  about: 'Ten numbers an image: moments of its values, and how grey levels lie beside one another (Haralick).',
  kinds: ['image'],
  parameters: [
    { kind: 'number', name: 'levels', title: 'Grey levels', whole: true, min: 2, max: 64, default: 16 },
    { kind: 'number', name: 'distance', title: 'Distance, pixels', whole: true, min: 1, max: 64, default: 1 },
  ],
  describe: (before, step) => {
    requireSide(before, required(step, 'distance') + 1)
    return become(before, 'vector', [textureFeatures.length], { features: textureFeatures })
  },
}

const colourNames = ['red', 'green', 'blue'] as const

const colour: StepDefinition = {
  step: 'colour',
  title: 'Colour',
  about: "Each channel's share of the light, as a logarithm: what colour a sample has, not how bright it is.",
  kinds: ['image'],
  parameters: [],
  describe: (before) => {
    const channels = before.shape[2] ?? 1
    if (channels < 2) throw new StepProblem('its images have one channel, and so no colour')
    const features =
      channels === colourNames.length ? colourNames : Array.from({ length: channels }, (_, c) => `channel ${c + 1}`)
    return become(before, 'vector', [channels], { features })
  },
}

export const distributionSteps = [quantiles, granulometry, texture, colour] as const
