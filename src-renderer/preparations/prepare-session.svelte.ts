/** Steps while they are chosen: checked as they are set, shown on a few samples once the person pauses. */
import { type ErrorData, toErrorData } from '../../src-shared/errors.ts'
import { describeSteps } from '../../src-shared/preparations/describe.ts'
import type { Described, Recipe, Step } from '../../src-shared/preparations/recipe.ts'
import type { Parameter } from '../../src-shared/preparations/step.ts'
import { applies, completeRecipe, completeStep, definitionOfStep } from '../../src-shared/preparations/steps.ts'
import { recipeText } from '../../src-shared/preparations/text.ts'
import type { ModalityValues } from '../state/sample-values.ts'

export interface Shown {
  readonly described: Described
  readonly values: ModalityValues
}

export interface PreparedPreview {
  readonly ids: readonly string[]
  readonly before: Shown
  readonly after: Shown
}

/** What is prepared: a modality of a stored data set, or of one that is being imported. */
export interface PrepareTarget {
  readonly modality: Described
  /** Names that are taken. */
  readonly taken: readonly string[]
  /** Gives up the preview before where that is not there yet. */
  readonly preview: (steps: Recipe) => Promise<PreparedPreview>
  readonly add: (name: string, steps: Recipe) => Promise<void>
}

const settleMs = 250

/** A step as it is being set: values that are wrong stay as they were typed. */
export type DraftStep = Readonly<Record<string, string | number>> & { readonly step: string }

export class PrepareSession {
  readonly target: PrepareTarget
  steps = $state.raw<readonly DraftStep[]>([])
  preview = $state.raw<PreparedPreview | null>(null)
  /** Of the steps that the preview shows. */
  previewError = $state.raw<ErrorData | null>(null)
  looking = $state(false)
  #name = $state<string | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined
  #asked = 0

  constructor(target: PrepareTarget) {
    this.target = target
  }

  /** The steps as they would be stored, or why they cannot be. */
  readonly checked = $derived.by((): { readonly recipe: Recipe | null; readonly error: ErrorData | null } => {
    if (this.steps.length === 0) return { recipe: null, error: null }
    try {
      const recipe = completeRecipe(this.steps)
      describeSteps(this.target.modality, recipe)
      return { recipe, error: null }
    } catch (error) {
      return { recipe: null, error: toErrorData(error) }
    }
  })
  readonly error = $derived(this.checked.error ?? this.previewError)
  readonly text = $derived(this.checked.recipe === null ? '' : recipeText(this.checked.recipe))

  /** The name that was given, else one of modality and last step. */
  readonly name = $derived.by(() => {
    if (this.#name !== null) return this.#name
    const last = this.steps.at(-1)?.step
    const base = last === undefined ? '' : `${this.target.modality.name}_${last.replaceAll('-', '_')}`
    let name = base
    for (let n = 2; this.target.taken.includes(name); n++) name = `${base}_${n}`
    return name
  })
  readonly nameProblem = $derived.by(() => {
    if (this.steps.length === 0) return ''
    if (this.name.trim() === '') return 'It needs a name.'
    return this.target.taken.includes(this.name.trim()) ? 'This name is taken.' : ''
  })

  rename(name: string): void {
    this.#name = name
  }

  /** The kind of measurement that comes out of the steps so far; null while they are wrong. */
  readonly kind = $derived.by((): Described['kind'] | null => {
    try {
      return describeSteps(this.target.modality, completeRecipe(this.steps)).at(-1)!.kind
    } catch {
      return this.steps.length === 0 ? this.target.modality.kind : null
    }
  })

  add(step: string): void {
    this.#set([...this.steps, completeStep({ step }, this.steps.length)])
  }

  remove(place: number): void {
    this.#set(this.steps.filter((_, at) => at !== place))
  }

  /** One place earlier. */
  raise(place: number): void {
    const steps = [...this.steps]
    const [step] = steps.splice(place, 1)
    if (step === undefined || place === 0) return
    steps.splice(place - 1, 0, step)
    this.#set(steps)
  }

  /** Sets a parameter; null leaves it open. What then applies besides takes its default. */
  change(place: number, parameter: Parameter, value: string | number | null): void {
    this.#set(
      this.steps.map((step, at) => {
        if (at !== place) return step
        const { parameters } = definitionOfStep(step.step)
        const values: Record<string, string | number> = { step: step.step }
        for (const each of parameters) {
          if (!applies(each, values)) continue
          const kept = each.name === parameter.name ? value : (step[each.name] ?? each.default)
          if (kept !== null) values[each.name] = kept
        }
        return values as DraftStep
      }),
    )
  }

  /** Nothing is asked any more. */
  end(): void {
    clearTimeout(this.#timer)
    this.#asked++
  }

  #set(steps: readonly (DraftStep | Step)[]): void {
    this.steps = steps
    this.previewError = null
    clearTimeout(this.#timer)
    const asked = ++this.#asked
    const { recipe } = this.checked
    this.looking = recipe !== null
    if (recipe !== null) this.#timer = setTimeout(() => void this.#look(recipe, asked), settleMs)
    else if (steps.length === 0) this.preview = null
  }

  async #look(recipe: Recipe, asked: number): Promise<void> {
    try {
      const preview = await this.target.preview(recipe)
      if (asked !== this.#asked) return
      this.preview = preview
    } catch (thrown) {
      const error = toErrorData(thrown)
      // One that gave way to a newer one has nothing to say.
      if (asked === this.#asked && error.code !== 'interrupted') this.previewError = error
    } finally {
      if (asked === this.#asked) this.looking = false
    }
  }
}
