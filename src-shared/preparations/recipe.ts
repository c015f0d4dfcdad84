/**
 * A preparation: what is done to a modality's raw values before a method sees them, as steps one after the other. Its
 * result is a modality of its own beside the raw one, which stays as it was measured.
 */

/** One step with every parameter that applies; one left open is absent. As JSON: `{ "step": "derivative", "window": 15 }`. */
export interface Step {
  readonly step: string
  readonly [parameter: string]: string | number
}

export type Recipe = readonly Step[]

/** Numbers that a step took from the samples it was fitted on, by name; null for a step that takes none. */
export type Fitted = Readonly<Record<string, readonly number[]>> | null

/** How a modality came about that was prepared from another. */
export interface Prepared {
  /** Name of the raw modality. */
  readonly from: string
  readonly recipe: Recipe
  /** For each step. New samples are prepared with these same numbers. */
  readonly fitted: readonly Fitted[]
  /** The samples that `fitted` was taken from, in words; empty where no step takes any. */
  readonly fittedOn: string
  /**
   * Made because its samples fall into so many clusters that stand apart, and used beside what it was made from; absent
   * where somebody asked for it, and it stands in for that.
   */
  readonly divides?: number
}

/** What a modality must be told to have before it is prepared: everything a step may ask or change. */
export interface Described {
  readonly name: string
  readonly kind: 'image' | 'curve' | 'vector' | 'embedding'
  readonly shape: readonly number[]
  readonly grid?: readonly number[]
  readonly gridLabel?: string
  readonly gridUnit?: string
  readonly valueLabel?: string
  readonly valueUnit?: string
  readonly features?: readonly string[]
}
