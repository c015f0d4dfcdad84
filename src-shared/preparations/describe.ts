/** What a recipe makes of a modality, told before any value is touched. */
import { refused } from '../errors.ts'
import type { Described, Fitted, Recipe, Step } from './recipe.ts'
import { StepProblem } from './step.ts'
import { definitionOfStep } from './steps.ts'

const kindWords = { image: 'an image', curve: 'a curve', vector: 'a vector', embedding: 'an embedding' } as const

/** The refusal of a step, with the modality, the step and its place. `place` is counted from 0. */
export function refusedStep(modality: string, step: Step, place: number, why: string, hint = ''): Error {
  return refused(`${modality}, step ${place + 1} (${step.step}): ${why}.`, hint, { field: modality, step: place + 1 })
}

function afterStep(before: Described, step: Step, place: number, fitted: Fitted): Described {
  const definition = definitionOfStep(step.step)
  if (!definition.kinds.includes(before.kind))
    throw refusedStep(
      before.name,
      step,
      place,
      `${kindWords[before.kind]} comes to it, and it takes ${definition.kinds.map((kind) => kindWords[kind]).join(' or ')}`,
    )
  try {
    return definition.describe(before, step, fitted)
  } catch (error) {
    if (error instanceof StepProblem) throw refusedStep(before.name, step, place, error.message, error.hint)
    throw error
  }
}

/**
 * The modality before the first step and after each. Where a step's numbers are not known yet (`fitted` null), the shape
 * after it is the largest it can be.
 *
 * @throws CausalscopeError `refused` naming modality and step
 */
export function describeSteps(
  source: Described,
  recipe: Recipe,
  fitted: readonly Fitted[] | null = null,
): readonly Described[] {
  const described = [source]
  for (const [place, step] of recipe.entries())
    described.push(afterStep(described[place]!, step, place, fitted?.[place] ?? null))
  return described
}
