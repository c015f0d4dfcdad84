/** Any step that a person might write, for properties. */
import fc from 'fast-check'
import type { Step } from '../../../../src-shared/preparations/recipe.ts'
import type { Parameter, StepDefinition } from '../../../../src-shared/preparations/step.ts'
import { completeStep } from '../../../../src-shared/preparations/steps.ts'

function anyValue(parameter: Parameter): fc.Arbitrary<string | number> {
  if (parameter.kind === 'choice') return fc.constantFrom(...parameter.options.map(({ value }) => value))
  const { min, max, whole, odd } = parameter
  const most = Math.min(max, min + 40)
  if (odd === true) return fc.integer({ min: (min - 1) / 2, max: (most - 1) / 2 }).map((half) => 2 * half + 1)
  if (whole === true) return fc.integer({ min, max: most })
  return fc.double({ min: Math.max(min, -1e6), max: Math.min(max, 1e6), noNaN: true })
}

/** The step with some of its parameters given and the others by default. */
export function anyStep(definition: StepDefinition): fc.Arbitrary<Step> {
  const values = Object.fromEntries(
    definition.parameters.map((parameter) => [
      parameter.name,
      fc.option(anyValue(parameter), { nil: undefined, freq: 2 }),
    ]),
  )
  return fc.record(values).map((given) => {
    // What does not apply beside the others is left out.
    for (const { name, when } of definition.parameters)
      if (when !== undefined) {
        const other = definition.parameters.find((p) => p.name === when[0])
        if ((given[when[0]] ?? other?.default) !== when[1]) given[name] = undefined
      }
    return completeStep({ ...given, step: definition.step }, 0)
  })
}
