/** A golden kind: how the project's own numerical core computes what a case expects. */

export interface GoldenKind {
  /** Relative to max(1, |value|): 1e-9 where the core computes in float64, 2e-4 in float32. */
  readonly tolerance: number
  /**
   * The quantities asked for, by name: numbers, or (nested) arrays and objects of numbers in row-major order. `expected`
   * tells which are asked for, and which of several equally right answers is written down.
   */
  readonly evaluate: (input: unknown, expected: Readonly<Record<string, unknown>>) => unknown
}
