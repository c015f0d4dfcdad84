/** What a step is: its name, its parameters and what it makes of a modality's description. */
import type { Described, Fitted, Step } from './recipe.ts'

interface ParameterBase {
  readonly name: string
  readonly title: string
  /** Applies only where another parameter has this value. */
  readonly when?: readonly [parameter: string, value: string]
}

export interface NumberParameter extends ParameterBase {
  readonly kind: 'number'
  readonly min: number
  readonly max: number
  readonly whole?: true
  readonly odd?: true
  /** Null: may be left open. */
  readonly default: number | null
  /** What an open one stands for, in words. */
  readonly open?: string
}

export interface ChoiceParameter extends ParameterBase {
  readonly kind: 'choice'
  readonly options: readonly { readonly value: string; readonly title: string }[]
  readonly default: string
}

export type Parameter = NumberParameter | ChoiceParameter

/** Of powers and of how strong something swings. */
export const scale: ChoiceParameter = {
  kind: 'choice',
  name: 'scale',
  title: 'Scale',
  options: [
    { value: 'log', title: 'logarithmic' },
    { value: 'linear', title: 'linear' },
  ],
  default: 'log',
}

export interface StepDefinition {
  readonly step: string
  readonly title: string
  /** What it is good for, in a sentence. */
  readonly about: string
  readonly kinds: readonly Described['kind'][]
  readonly parameters: readonly Parameter[]
  /**
   * The modality after the step. `fitted`: the step's numbers, null where they are not known yet.
   *
   * @throws StepProblem when the modality is not what the step needs
   */
  readonly describe: (before: Described, step: Step, fitted: Fitted) => Described
}

/** Why a step cannot be done, told of what it is applied to: "its 20 points are fewer than the window of 31". */
export class StepProblem extends Error {
  readonly hint: string

  constructor(message: string, hint = '') {
    super(message)
    this.hint = hint
  }
}

/** A numeric parameter of a complete step; undefined where it is left open. */
export function numberOf(step: Step, name: string): number | undefined {
  const value = step[name]
  return value === undefined ? undefined : Number(value)
}

/** A parameter that a complete step has. */
export function required(step: Step, name: string): number {
  const value = numberOf(step, name)
  if (value === undefined) throw new StepProblem(`"${name}" is missing`)
  return value
}

/** The description with what its values are now, which no longer have the unit that they were measured in. */
export function revalued(before: Described, valueLabel: string): Described {
  const { name, kind, shape, grid, gridLabel, gridUnit, features } = before
  return {
    ...{ name, kind, shape, valueLabel },
    ...(grid === undefined ? {} : { grid }),
    ...(gridLabel === undefined ? {} : { gridLabel }),
    ...(gridUnit === undefined ? {} : { gridUnit }),
    ...(features === undefined ? {} : { features }),
  }
}

/** What its values are called, for the label of what becomes of them. */
export function valueName(before: Described): string {
  return before.valueLabel ?? 'value'
}
