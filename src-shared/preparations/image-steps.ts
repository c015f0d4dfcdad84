/** Steps for the pixels of images. Formulas and sources: docs/preparations.md. */
import { become, bins, binsOf, sizeOfImage, requireSide } from './image-size.ts'
import type { Described, Step } from './recipe.ts'
import { numberOf, required, revalued, type StepDefinition, StepProblem, valueName } from './step.ts'

const place = (name: string, title: string, open: string, min = 0) =>
  ({ kind: 'number', name, title, whole: true, min, max: 65535, default: null, open }) as const

/** Left, top, width and height of a crop within an image. Throws StepProblem where they reach beyond. */
export function cropOf(before: Described, step: Step): { top: number; left: number; height: number; width: number } {
  const [height, width] = sizeOfImage(before)
  const [top, left] = [numberOf(step, 'top') ?? 0, numberOf(step, 'left') ?? 0]
  const box = {
    top,
    left,
    height: numberOf(step, 'height') ?? height - top,
    width: numberOf(step, 'width') ?? width - left,
  }
  if (box.height < 1 || box.width < 1 || top + box.height > height || left + box.width > width)
    throw new StepProblem(
      `${box.height} x ${box.width} pixels from row ${top} and column ${left} on reach beyond its ${height} x ${width} pixels`,
    )
  return box
}

const cropImage: StepDefinition = {
  step: 'crop-image',
  title: 'Crop',
  about: 'Keeps a rectangle of each image.',
  kinds: ['image'],
  parameters: [
    place('top', 'From row', 'the first'),
    place('left', 'From column', 'the first'),
    place('height', 'Rows', 'to the last', 1),
    place('width', 'Columns', 'to the last', 1),
  ],
  describe: (before, step) => {
    const { height, width } = cropOf(before, step)
    return { ...before, shape: [height, width, sizeOfImage(before)[2]] }
  },
}

const bin: StepDefinition = {
  step: 'bin',
  title: 'Bin pixels',
  about: 'Averages blocks of pixels: smaller images with less noise. Rows and columns that fill no block are dropped.',
  kinds: ['image'],
  parameters: [{ kind: 'number', name: 'factor', title: 'Pixels a side', whole: true, min: 2, max: 64, default: 2 }],
  describe: (before, step) => {
    const factor = required(step, 'factor')
    const [height, width, channels] = requireSide(before, factor)
    return { ...before, shape: [Math.floor(height / factor), Math.floor(width / factor), channels] }
  },
}

const background: StepDefinition = {
  step: 'background',
  title: 'Background',
  about: 'Takes uneven lighting away: a surface fitted to each image, or the image itself blurred widely.',
  kinds: ['image'],
  parameters: [
    {
      kind: 'choice',
      name: 'method',
      title: 'Method',
      options: [
        { value: 'surface', title: 'fitted surface' },
        { value: 'blur', title: 'wide blur' },
      ],
      default: 'surface',
    },
    {
      kind: 'number',
      name: 'degree',
      title: 'Degree',
      whole: true,
      min: 0,
      max: 4,
      default: 2,
      when: ['method', 'surface'],
    },
    {
      kind: 'number',
      name: 'sigma',
      title: 'Width, pixels',
      min: 0.5,
      max: 500,
      default: 10,
      when: ['method', 'blur'],
    },
  ],
  describe: (before, step) => {
    requireSide(before, step.method === 'surface' ? required(step, 'degree') + 1 : 2)
    return before
  },
}

const contrast: StepDefinition = {
  step: 'contrast',
  title: 'Contrast',
  about: 'Stretches each image between two of its own percentiles to 0 and 1: brightness and contrast no longer count.',
  kinds: ['image'],
  parameters: [
    { kind: 'number', name: 'low', title: 'Black, %', min: 0, max: 49, default: 0.5 },
    { kind: 'number', name: 'high', title: 'White, %', min: 51, max: 100, default: 99.5 },
  ],
  describe: (before) => revalued(before, `${valueName(before)}, stretched`),
}

const radialProfile: StepDefinition = {
  step: 'radial-profile',
  title: 'Radial profile',
  about: 'Mean value over the distance from the middle of the image: for patterns of rings.',
  kinds: ['image'],
  parameters: [bins],
  describe: (before, step) => {
    const count = binsOf(before, step)
    const [height, width] = sizeOfImage(before)
    const reach = Math.min(height, width) / 2
    return become(before, 'curve', [count], {
      grid: Array.from({ length: count }, (_, k) => ((k + 0.5) * reach) / count),
      gridLabel: 'distance',
      gridUnit: 'pixels',
      valueLabel: before.valueLabel ?? 'mean intensity',
    })
  },
}

export const imageSteps = [cropImage, bin, background, contrast, radialProfile] as const
