/** What a project that was recovered from a damaged one says of it. */
export interface Recovery {
  /** Path of the damaged project. */
  readonly file: string
  /** ISO 8601. */
  readonly at: string
  /** What is not in the recovered project, a sentence each. */
  readonly leftOut: readonly string[]
  /** What was damaged and is right again, a sentence each. */
  readonly restored: readonly string[]
}
