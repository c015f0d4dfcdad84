/** Steps that tell how strong each frequency is, of images and curves, not where. Formulas and sources: docs/preparations.md. */
import { equidistant, frequenciesOf, oscillating, spacing } from './grid.ts'
import { become, bins, binsOf, requireSide, type Size } from './image-size.ts'
import type { Described, Step } from './recipe.ts'
import { type ChoiceParameter, required, scale, type StepDefinition, StepProblem } from './step.ts'

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

export const spectrumSteps = [
  powerSpectrum,
  octaveBands,
  radialSpectrum,
  orientationSpectrum,
  lineSpectrum,
  turnSpectrum,
] as const
