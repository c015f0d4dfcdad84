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

export const vectorSteps = [standardise, dropConstant] as const
