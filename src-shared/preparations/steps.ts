/** Every step there is, in the order in which they are offered, and how a step is completed and refused. */
import { nearestName } from '../config/nearest.ts'
import { refused } from '../errors.ts'
import { isObject } from '../json-object.ts'
import { curveSteps } from './curve-steps.ts'
import { distributionSteps } from './distribution-steps.ts'
import { imageSteps } from './image-steps.ts'
import type { Described, Recipe, Step } from './recipe.ts'
import { spectrumSteps } from './spectrum-steps.ts'
import type { Parameter, StepDefinition } from './step.ts'
import { vectorSteps } from './vector-steps.ts'

export const stepDefinitions: readonly StepDefinition[] = [
  ...imageSteps,
  ...spectrumSteps,
  ...distributionSteps,
  ...curveSteps,
  ...vectorSteps,
]

/** More is no preparation any more. */
const mostSteps = 20

/** Those that take a modality of this kind. */
export function stepsFor(kind: Described['kind']): readonly StepDefinition[] {
  return stepDefinitions.filter(({ kinds }) => kinds.includes(kind))
}

/** Throws `refused` for a name that is none, with the nearest. */
export function definitionOfStep(name: string): StepDefinition {
  const found = stepDefinitions.find(({ step }) => step === name)
  if (found !== undefined) return found
  const names = stepDefinitions.map(({ step }) => step)
  const nearest = nearestName(name, names)
  throw refused(
    `There is no step "${name}".`,
    nearest === null ? `Steps are ${names.join(', ')}.` : `Did you mean "${nearest}"? Steps are ${names.join(', ')}.`,
    { field: 'steps' },
  )
}

/** Whether the parameter has a meaning beside the others' values. */
export function applies({ when }: Parameter, values: Readonly<Record<string, unknown>>): boolean {
  return when === undefined || values[when[0]] === when[1]
}

/** What a parameter takes, in words. */
export function demandOf(parameter: Parameter): string {
  if (parameter.kind === 'choice') return `one of ${parameter.options.map(({ value }) => value).join(', ')}`
  const { min, max, whole, odd } = parameter
  const number = odd === true ? 'an odd whole number' : whole === true ? 'a whole number' : 'a number'
  return min <= -1e300 ? number : `${number} from ${min} to ${max}`
}

function valueOf(parameter: Parameter, given: unknown, where: string): string | number {
  const wrong = (): Error =>
    refused(`${where}: "${parameter.name}" must be ${demandOf(parameter)}; it is ${JSON.stringify(given)}.`, '', {
      field: parameter.name,
    })
  if (parameter.kind === 'choice') {
    const text = String(given)
    if (!parameter.options.some(({ value }) => value === text)) throw wrong()
    return text
  }
  const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given
  if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong()
  const { min, max, whole, odd } = parameter
  if (value < min || value > max || (whole === true && !Number.isInteger(value))) throw wrong()
  if (odd === true && value % 2 === 0) throw wrong()
  // Zero has one form as text.
  return value === 0 ? 0 : value
}

/** The step with its defaults filled in and its values in range. `place`: counted from 0, for the refusal. */
export function completeStep(input: unknown, place: number): Step {
  if (!isObject(input) || typeof input.step !== 'string')
    throw refused(`Step ${place + 1} has no name.`, 'Write it as { "step": "snv" }.', { field: 'steps' })
  const definition = definitionOfStep(input.step)
  const where = `Step ${place + 1} (${definition.step})`
  const names = definition.parameters.map(({ name }) => name)
  const complete: Record<string, string | number> = {}
  for (const parameter of definition.parameters) {
    if (!applies(parameter, complete)) continue
    const given = input[parameter.name]
    if (given !== undefined && given !== null) complete[parameter.name] = valueOf(parameter, given, where)
    else if (parameter.default !== null) complete[parameter.name] = parameter.default
  }
  for (const [name, value] of Object.entries(input)) {
    if (name === 'step' || value === undefined || value === null || Object.hasOwn(complete, name)) continue
    const other = definition.parameters.find((p) => p.name === name)
    if (other?.when !== undefined)
      throw refused(`${where}: "${name}" applies with ${other.when[0]}=${other.when[1]} only.`, '', { field: name })
    throw refused(
      `${where} has no parameter "${name}".`,
      names.length === 0 ? 'It has none.' : `Its parameters are ${names.join(', ')}.`,
      { field: name },
    )
  }
  return { step: definition.step, ...complete }
}

/** The recipe with every default filled in. Throws `refused` naming step and parameter. */
export function completeRecipe(input: unknown): Recipe {
  if (!Array.isArray(input)) throw refused('The steps of a preparation are a list.', '', { field: 'steps' })
  if (input.length === 0) throw refused('A preparation has at least one step.', '', { field: 'steps' })
  if (input.length > mostSteps) throw refused(`A preparation has at most ${mostSteps} steps.`, '', { field: 'steps' })
  return input.map(completeStep)
}
