/** Steps for images, some of which make curves or vectors of them, and the spectrum, which curves have as well. Formulas and sources: docs/preparations.md. */
import { equidistant, frequenciesOf, oscillating, spacing } from './grid.ts'
import { become, requireSide, type Size, sizeOfImage } from './image-size.ts'
import type { Described, Step } from './recipe.ts'
import {
  type ChoiceParameter,
  numberOf,
  required,
  revalued,
  scale,
  type StepDefinition,
  StepProblem,
  valueName,
} from './step.ts'

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

const taper: ChoiceParameter = {
  kind: 'choice',
  name: 'taper',
  title: 'Edges',
  options: [
    { value: 'hann', title: 'faded out (Hann)' },
    { value: 'none', title: 'as they are' },
  ],
  default: 'hann',
}

const powerLabel = (step: Step): string => (step.scale === 'log' ? 'log10 power' : 'power')

function spectrumOfCurve(before: Described, step: Step): Described {
  const points = oscillating(before, 'a spectrum')
  const length = points * spacing(before)
  const count = frequenciesOf(points)
  return become(before, 'curve', [count], {
    grid: Array.from({ length: count }, (_, k) => (k + 1) / length),
    gridLabel: before.gridLabel === undefined ? 'frequency' : `frequency in ${before.gridLabel}`,
    ...(before.gridUnit === undefined ? {} : { gridUnit: `1/${before.gridUnit}` }),
    valueLabel: powerLabel(step),
  })
}

const powerSpectrum: StepDefinition = {
  step: 'power-spectrum',
  title: 'Power spectrum',
  about:
    'How strong each frequency is, of images the slowest in the middle. Where a pattern lies, or an oscillation begins, no longer counts.',
  kinds: ['image', 'curve'],
  parameters: [scale, taper],
  describe: (before, step) => {
    if (before.kind === 'curve') return spectrumOfCurve(before, step)
    const [height, width] = requireSide(before, 4)
    return become(before, 'image', [height, width, 1], { valueLabel: powerLabel(step) })
  },
}

/** First and last frequency (inclusive, counted from 1) of each band, `perOctave` of them from one frequency to its double. */
export function bandsOf(frequencies: number, perOctave: number): (readonly [first: number, last: number])[] {
  const bands: [number, number][] = []
  for (let first = 1; first <= frequencies;) {
    const next = Math.max(first + 1, Math.round(first * 2 ** (1 / perOctave)))
    bands.push([first, Math.min(frequencies, next - 1)])
    first = next
  }
  return bands
}

const octaveBands: StepDefinition = {
  step: 'octave-bands',
  title: 'Octave bands',
  about: 'How strong a curve varies slowly, faster and fast: what swings, jerks or is rough, whatever its exact pitch.',
  kinds: ['curve'],
  parameters: [
    { kind: 'number', name: 'bands', title: 'Bands an octave', whole: true, min: 1, max: 12, default: 1 },
    scale,
    taper,
  ],
  describe: (before, step) => {
    const spectrum = spectrumOfCurve(before, step)
    const grid = bandsOf(spectrum.shape[0]!, required(step, 'bands')).map(([first, last]) =>
      Math.sqrt(spectrum.grid![first - 1]! * spectrum.grid![last - 1]!),
    )
    return { ...spectrum, shape: [grid.length], grid }
  },
}

/** Rings or sectors asked for, or as many as the image has pixels for. Throws StepProblem for more than that. */
function binsOf(before: Described, step: Step): number {
  const [height, width] = requireSide(before, 4)
  const most = Math.floor(Math.min(height, width) / 2)
  const bins = numberOf(step, 'bins') ?? most
  if (bins > most) throw new StepProblem(`its images of ${height} x ${width} pixels hold ${most} rings, not ${bins}`)
  return bins
}

const bins = place('bins', 'Rings', 'as many as fit', 2)

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

const radialSpectrum: StepDefinition = {
  step: 'radial-spectrum',
  title: 'Radial spectrum',
  about: 'Mean power over spatial frequency: sizes and periods, wherever and whichever way a pattern lies.',
  kinds: ['image'],
  parameters: [bins, scale, taper],
  describe: (before, step) => {
    const count = binsOf(before, step)
    return become(before, 'curve', [count], {
      grid: Array.from({ length: count }, (_, k) => ((k + 0.5) * 0.5) / count),
      gridLabel: 'spatial frequency',
      gridUnit: '1/pixel',
      valueLabel: powerLabel(step),
    })
  },
}

const orientationSpectrum: StepDefinition = {
  step: 'orientation-spectrum',
  title: 'Orientation spectrum',
  about: 'Share of the power in each direction: which way stripes, fibres or scratches run.',
  kinds: ['image'],
  parameters: [
    { kind: 'number', name: 'bins', title: 'Directions', whole: true, min: 4, max: 180, default: 18 },
    taper,
  ],
  describe: (before, step) => {
    const [height, width] = requireSide(before, 8)
    const count = required(step, 'bins')
    const most = Math.min(height, width)
    if (count > most)
      throw new StepProblem(`its images of ${height} x ${width} pixels tell ${most} directions apart, not ${count}`)
    return become(before, 'curve', [count], {
      grid: equidistant(0, 180 - 180 / count, count),
      gridLabel: 'direction of variation',
      gridUnit: 'degrees',
      valueLabel: 'share of power',
    })
  },
}

const lineSpectrum: StepDefinition = {
  step: 'line-spectrum',
  title: 'Line spectrum',
  about:
    'How strong each frequency is along every row or column: for a motion in time, or what is shifted along one side.',
  kinds: ['image'],
  parameters: [
    {
      kind: 'choice',
      name: 'along',
      title: 'Along',
      options: [
        { value: 'rows', title: 'rows' },
        { value: 'columns', title: 'columns' },
      ],
      default: 'rows',
    },
  ],
  describe: (before, step) => {
    const [height, width] = requireSide(before, 8)
    const [lines, points] = step.along === 'columns' ? [width, height] : [height, width]
    return become(before, 'image', [lines, frequenciesOf(points) + 1, 1], { valueLabel: 'amplitude' })
  },
}

/** Rings further out lie between pixels that say no more. */
const mostRings = 32

/** Rings of radius 1, 2, ... that an image has room for. */
const ringsIn = ([height, width]: Size): number => Math.min(mostRings, Math.floor(Math.min(height, width) / 2) - 1)

const turnSpectrum: StepDefinition = {
  step: 'turn-spectrum',
  title: 'Turn spectrum',
  about:
    'How often an object repeats around its own centre, ring by ring: its outline and what it holds, however it is turned.',
  kinds: ['image'],
  parameters: [
    { kind: 'number', name: 'harmonics', title: 'Repeats, most', whole: true, min: 1, max: 23, default: 12 },
  ],
  describe: (before, step) =>
    become(before, 'image', [ringsIn(requireSide(before, 8)), required(step, 'harmonics') + 1, 1], {
      valueLabel: 'amplitude',
    }),
}

export const imageSteps = [
  cropImage,
  bin,
  background,
  contrast,
  powerSpectrum,
  octaveBands,
  radialProfile,
  radialSpectrum,
  orientationSpectrum,
  lineSpectrum,
  turnSpectrum,
] as const
