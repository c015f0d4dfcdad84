/** Steps that take numbers from all samples: fitted once, kept with the recipe, applied alike to new samples. */
import { revalued, type StepDefinition, StepProblem, valueName } from './step.ts'

const standardise: StepDefinition = {
  step: 'standardise',
  title: 'Standardise',
  about: 'Takes the mean over the samples away from each feature or point and divides by its standard deviation.',
  kinds: ['curve', 'vector', 'embedding'],
  parameters: [],
  describe: (before) => revalued(before, `${valueName(before)}, standardised`),
}

const dropConstant: StepDefinition = {
  step: 'drop-constant',
  title: 'Drop constant features',
  about: 'Leaves out the features that are the same in every sample.',
  kinds: ['vector', 'embedding'],
  parameters: [],
  describe: (before, _, fitted) => {
    const kept = fitted?.kept
    if (kept === undefined) return before
    const features = before.shape[0]!
    if (kept.length === 0 || kept.some((k) => !Number.isInteger(k) || k < 0 || k >= features))
      throw new StepProblem('the features that were kept are not among its own')
    return {
      ...before,
      shape: [kept.length],
      ...(before.features === undefined ? {} : { features: kept.map((k) => before.features![k]!) }),
    }
  },
}

/** Values a sample has at most for it: a weight of each is kept. */
const mostGapValues = 8192
/** Directions that it keeps at most. */
export const mostGapDirections = 3

const gapDirections: StepDefinition = {
  step: 'gap-directions',
  title: 'Directions with a gap',
  about:
    'Keeps the directions along which the samples fall into two groups with next to none between: what moves few values a little is no longer lost in what moves all of them a lot.',
  kinds: ['vector', 'embedding', 'curve', 'image'],
  parameters: [
    { kind: 'number', name: 'between', title: 'Most samples between, share', min: 0, max: 1, default: 1 },
    {
      ...{ kind: 'number', name: 'upright', title: 'Of groups that do not lean there', min: 0, max: 1 },
      ...{ default: null, open: 'as many' },
    },
    {
      ...{ kind: 'number', name: 'alone', title: 'Of groups that nothing beside them tells', min: 0, max: 1 },
      ...{ default: null, open: 'as many' },
    },
  ],
  describe: (before, _, fitted) => {
    const size = before.shape.reduce((product, length) => product * length, 1)
    if (size > mostGapValues)
      throw new StepProblem(
        `a sample has ${size} values, more than the ${mostGapValues} that it takes`,
        before.kind === 'image' ? 'Put the step "bin" before it.' : 'Crop or resample before it.',
      )
    const count = fitted === null ? mostGapDirections : (fitted.weights ?? []).length / size
    if (!Number.isInteger(count) || count < 1) throw new StepProblem('its weights are not those of its values')
    return {
      name: before.name,
      kind: 'vector',
      shape: [count],
      valueLabel: `${valueName(before)} along a direction`,
      features: Array.from({ length: count }, (_, k) => {
        const nearest = before.features?.[fitted?.nearest?.[k] ?? -1]
        return nearest === undefined ? `direction ${k + 1}` : `direction ${k + 1} (${nearest})`
      }),
    }
  },
}

export const vectorSteps = [standardise, dropConstant, gapDirections] as const
