/** Steps for curves; those of values alone also for vectors. Formulas and sources: docs/preparations.md. */
import { ascendingGrid, equidistant, oscillating, pointsWithin, spacing } from './grid.ts'
import type { Described, Step } from './recipe.ts'
import {
  type NumberParameter,
  numberOf,
  required,
  revalued,
  scale,
  type StepDefinition,
  StepProblem,
  valueName,
} from './step.ts'

const end = (name: string, title: string, open: string): NumberParameter => ({
  kind: 'number',
  name,
  title,
  min: -1e300,
  max: 1e300,
  default: null,
  open,
})

const crop: StepDefinition = {
  step: 'crop',
  title: 'Crop',
  about: 'Keeps the points of a part of the grid.',
  kinds: ['curve'],
  parameters: [end('from', 'From', 'the first point'), end('to', 'To', 'the last point')],
  describe: (before, step) => {
    const grid = ascendingGrid(before)
    const [first, last] = pointsWithin(grid, numberOf(step, 'from') ?? grid[0]!, numberOf(step, 'to') ?? grid.at(-1)!)
    return { ...before, shape: [last - first + 1], grid: grid.slice(first, last + 1) }
  },
}

const resample: StepDefinition = {
  step: 'resample',
  title: 'Resample',
  about: 'Interpolates linearly onto an equidistant grid between the same ends.',
  kinds: ['curve'],
  parameters: [
    {
      kind: 'number',
      name: 'points',
      title: 'Points',
      whole: true,
      min: 2,
      max: 65536,
      default: null,
      open: 'as many',
    },
  ],
  describe: (before, step) => {
    const grid = ascendingGrid(before)
    const points = numberOf(step, 'points') ?? grid.length
    return { ...before, shape: [points], grid: equidistant(grid[0]!, grid.at(-1)!, points) }
  },
}

const als = ['method', 'als'] as const
const polynomial = ['method', 'polynomial'] as const

const baseline: StepDefinition = {
  step: 'baseline',
  title: 'Baseline',
  about: 'Takes away a smooth background below the peaks.',
  kinds: ['curve'],
  parameters: [
    {
      kind: 'choice',
      name: 'method',
      title: 'Method',
      options: [
        { value: 'als', title: 'least squares (ALS)' },
        { value: 'polynomial', title: 'polynomial' },
      ],
      default: 'als',
    },
    { kind: 'number', name: 'lambda', title: 'Stiffness', min: 1, max: 1e12, default: 1e5, when: als },
    { kind: 'number', name: 'p', title: 'Weight above', min: 1e-6, max: 0.5, default: 0.01, when: als },
    { kind: 'number', name: 'iterations', title: 'Iterations', whole: true, min: 1, max: 100, default: 10, when: als },
    { kind: 'number', name: 'degree', title: 'Degree', whole: true, min: 0, max: 8, default: 2, when: polynomial },
  ],
  describe: (before, step) => {
    const points = before.shape[0]!
    const least = step.method === 'als' ? 5 : required(step, 'degree') + 2
    if (points < least) throw new StepProblem(`its ${points} points are fewer than the ${least} that it needs`)
    ascendingGrid(before)
    if (step.method === 'als') spacing(before)
    return before
  },
}

const savitzkyGolay: readonly NumberParameter[] = [
  { kind: 'number', name: 'window', title: 'Window, points', whole: true, odd: true, min: 3, max: 999, default: 11 },
  { kind: 'number', name: 'degree', title: 'Degree', whole: true, min: 0, max: 6, default: 2 },
]

function requireWindow(before: Described, step: Step): void {
  const [points, window, degree] = [before.shape[0]!, required(step, 'window'), required(step, 'degree')]
  if (window > points) throw new StepProblem(`its ${points} points are fewer than the window of ${window}`)
  if (degree >= window)
    throw new StepProblem(`a polynomial of degree ${degree} needs a window of more than ${degree} points`)
}

const smooth: StepDefinition = {
  step: 'smooth',
  title: 'Smooth',
  about: 'Savitzky-Golay: fits a polynomial in a moving window and takes its value.',
  kinds: ['curve'],
  parameters: savitzkyGolay,
  describe: (before, step) => {
    spacing(before)
    requireWindow(before, step)
    return before
  },
}

const derivative: StepDefinition = {
  step: 'derivative',
  title: 'Derivative',
  about: 'Savitzky-Golay: the derivative of a polynomial fitted in a moving window. Takes offsets and slopes away.',
  kinds: ['curve'],
  parameters: [
    ...savitzkyGolay,
    { kind: 'number', name: 'order', title: 'Order', whole: true, min: 1, max: 4, default: 1 },
  ],
  describe: (before, step) => {
    spacing(before)
    requireWindow(before, step)
    const [order, degree] = [required(step, 'order'), required(step, 'degree')]
    if (order > degree)
      throw new StepProblem(
        `the derivative of order ${order} of a polynomial of degree ${degree} is zero`,
        `Take a degree of ${order} or more.`,
      )
    const over = before.gridLabel ?? 'x'
    return revalued(
      before,
      order === 1 ? `d ${valueName(before)} / d ${over}` : `derivative ${order} of ${valueName(before)}`,
    )
  },
}

const area: StepDefinition = {
  step: 'area',
  title: 'Area to 1',
  about: 'Divides by the area below the curve, so that amounts no longer count.',
  kinds: ['curve'],
  parameters: [],
  describe: (before) => {
    ascendingGrid(before)
    return revalued(before, `${valueName(before)} / area`)
  },
}

const maximum: StepDefinition = {
  step: 'maximum',
  title: 'Maximum to 1',
  about: 'Divides by the largest value.',
  kinds: ['curve', 'vector', 'embedding'],
  parameters: [],
  describe: (before) => revalued(before, `${valueName(before)} / maximum`),
}

const snv: StepDefinition = {
  step: 'snv',
  title: 'Standard normal variate',
  about: "Takes each sample's own mean away and divides by its own standard deviation.",
  kinds: ['curve', 'vector', 'embedding'],
  parameters: [],
  describe: (before) => {
    if (before.shape[0]! < 2) throw new StepProblem('it has one value a sample, which has no spread')
    return revalued(before, `${valueName(before)}, standard normal variate`)
  },
}

const bases = { 10: 'log10', e: 'ln' } as const

const log: StepDefinition = {
  step: 'log',
  title: 'Logarithm',
  about: 'For values that span orders of magnitude. They must be positive, or become so by the offset.',
  kinds: ['image', 'curve', 'vector', 'embedding'],
  parameters: [
    {
      kind: 'choice',
      name: 'base',
      title: 'Base',
      options: [
        { value: '10', title: '10' },
        { value: 'e', title: 'e' },
      ],
      default: '10',
    },
    { kind: 'number', name: 'offset', title: 'Added before', min: -1e12, max: 1e12, default: 0 },
  ],
  describe: (before, step) => revalued(before, `${bases[step.base === 'e' ? 'e' : 10]} ${valueName(before)}`),
}

const envelope: StepDefinition = {
  step: 'envelope',
  title: 'Envelope',
  about: 'How strong an oscillation is at each point: how it dies away or swells, wherever in a period it begins.',
  kinds: ['curve'],
  parameters: [scale],
  describe: (before, step) => {
    spacing(before)
    oscillating(before, 'an envelope')
    const name = `envelope of ${valueName(before)}`
    return revalued(before, step.scale === 'log' ? `log10 squared ${name}` : name)
  },
}

/** Points that are laid over one another: more take too long. */
const mostAligned = 4096

/** Points of the part that is kept. */
export const alignedPoints = (points: number, share: number): number =>
  Math.min(points, Math.max(2, Math.round(share * points)))

const align: StepDefinition = {
  step: 'align',
  title: 'Align',
  about: 'Keeps of each curve the part that fits best what all have in common: the same event, wherever it happens.',
  kinds: ['curve'],
  parameters: [{ kind: 'number', name: 'share', title: 'Part kept, share', min: 0.05, max: 0.95, default: 0.5 }],
  describe: (before, step) => {
    const distance = spacing(before)
    const points = oscillating(before, 'an event')
    if (points > mostAligned)
      throw new StepProblem(
        `its ${points} points are more than the ${mostAligned} that can be laid over one another`,
        'Put the step "resample" before it.',
      )
    const part = alignedPoints(points, required(step, 'share'))
    return {
      ...before,
      shape: [part],
      // From the middle of the part on, for where it lay differs.
      grid: Array.from({ length: part }, (_, i) => (i - (part >> 1)) * distance),
      gridLabel: `${before.gridLabel ?? 'x'} from the middle of what fits`,
    }
  },
}

export const curveSteps = [
  crop,
  resample,
  baseline,
  smooth,
  derivative,
  area,
  maximum,
  snv,
  log,
  envelope,
  align,
] as const
