/** The step "align": a template fitted on some hundred curves, and of each curve the part that correlates most with it. */
import type { Fitted } from '../../../src-shared/preparations/recipe.ts'
import { StepProblem } from '../../../src-shared/preparations/step.ts'
import { commonTemplate, placeIn } from '../../statistics/alignment.ts'
import { inTurns } from '../../statistics/piecewise.ts'
import { EvenlyKept } from './evenly-kept.ts'
import type { Fit } from './fitted-steps.ts'
import { extremes, isFlat, SampleProblem, type SampleStep } from './sample-step.ts'

const mostFitted = 600

/** @param points of the part that is kept */
export function fitAlign(points: number): Fit {
  const some = new EvenlyKept(mostFitted)
  return {
    add: (values) => some.add(values),
    done: async () => {
      const template = await inTurns(commonTemplate(some.kept, points))
      if (template === null) throw new StepProblem('every curve is flat, so there is nothing to lay over one another')
      return { template: [...template] }
    },
  }
}

export function alignedTo(fitted: Fitted): SampleStep {
  const template = Float64Array.from(fitted?.template ?? [])
  return (values) => {
    const from = isFlat(extremes(values)) ? null : placeIn(values, template)
    if (from === null) throw new SampleProblem('all its points are alike, so it has no part that fits')
    return values.slice(from, from + template.length)
  }
}
