/** A run's epochs in order, as they are told in pieces. */
import type { ResponseOf } from '../../src-shared/contract.ts'

export type Epoch = ResponseOf<'run.history'>['epochs'][number]

/** `before` with `newer` appended; an epoch that is told again (after a resume) replaces the older one and all after it. */
export function joinEpochs(before: readonly Epoch[], newer: readonly Epoch[]): readonly Epoch[] {
  const first = newer[0]
  if (first === undefined) return before
  const last = before.at(-1)
  if (last !== undefined && first.epoch > last.epoch) return [...before, ...newer]
  return [...before.filter((epoch) => epoch.epoch < first.epoch), ...newer]
}
