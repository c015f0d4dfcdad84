/** A recipe as people write it: `baseline(als,lambda=1e5)|snv|derivative(window=15,order=2)`. */
import { refused } from '../errors.ts'
import type { Recipe, Step } from './recipe.ts'
import type { Parameter } from './step.ts'
import { applies, completeRecipe, completeStep, definitionOfStep } from './steps.ts'

/** Steps between bars; a value without a name is the next parameter's in order. Throws `refused` saying what is wrong. */
export function parseRecipe(text: string): Recipe {
  return completeRecipe(text.split('|').map((part, place) => parseStep(part.trim(), place)))
}

function parseStep(text: string, place: number): Step {
  const found = /^([a-z][a-z-]*)\s*(?:\(([^()]*)\))?$/.exec(text)
  if (found === null)
    throw refused(
      text === '' ? `Step ${place + 1} is empty.` : `Step ${place + 1}, "${text}", cannot be read.`,
      'Write steps as name or name(parameter=value,...), with | between them.',
      { field: 'steps' },
    )
  const [, name = '', inside = ''] = found
  const { parameters } = definitionOfStep(name)
  const defaults = Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.default]))
  const possible = (parameter: Parameter, given: Readonly<Record<string, string>>): boolean =>
    applies(parameter, { ...defaults, ...given })
  const values: Record<string, string> = {}
  for (const [at, part] of inside
    .split(',')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')
    .entries()) {
    const equals = part.indexOf('=')
    const key =
      equals < 0
        ? parameters.filter((parameter) => possible(parameter, values))[at]?.name
        : part.slice(0, equals).trim()
    if (key === undefined || Object.hasOwn(values, key))
      throw refused(
        key === undefined
          ? `Step ${place + 1} (${name}) takes ${parameters.length} parameters, and "${part}" is one more.`
          : `Step ${place + 1} (${name}) is given "${key}" twice.`,
        '',
        { field: 'steps' },
      )
    values[key] = part.slice(equals + 1).trim()
  }
  return completeStep({ ...values, step: name }, place)
}

/** Steps as a data description holds them: as text, or as a list. */
export function givenRecipe(steps: string | readonly unknown[]): Recipe {
  return typeof steps === 'string' ? parseRecipe(steps) : completeRecipe(steps)
}

/** As `parseRecipe` takes it back: every parameter by name, but those that are left open. */
export function recipeText(recipe: Recipe): string {
  return recipe
    .map(({ step, ...parameters }) => {
      const inside = Object.entries(parameters).map(([name, value]) => `${name}=${value}`)
      return inside.length === 0 ? step : `${step}(${inside.join(',')})`
    })
    .join('|')
}
