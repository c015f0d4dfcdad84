/** What every reader is given: limits, where faults and notes go, and how it tells how far it is. */
import type { DatasetNote } from '../../src-shared/domain/dataset.ts'
import type { ImportLimits, LeftOut } from '../../src-shared/domain/import.ts'
import type { Decision } from './decisions.ts'
import type { FaultLog } from './faults.ts'

export interface Reading {
  readonly limits: ImportLimits
  readonly log: FaultLog
  readonly notes: DatasetNote[]
  readonly leftOut: LeftOut[]
  /** What a person must settle before anything is stored. */
  readonly decisions: Decision[]
  /** Called often. Throws when the memory limit is passed. */
  readonly progress: (stage: string, done: number, total: number) => void
}

const shown = 5

/** "s1, s2, s3 and 4 more" */
export function listed(names: readonly string[]): string {
  const rest = names.length - shown
  if (rest > 1) return `${names.slice(0, shown).join(', ')} and ${rest} more`
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]!}`
}

/** `"s1", "s2", "s3"`: the first of many ids, for comparing two places. */
export function firstIds(ids: readonly string[]): string {
  const some = ids.slice(0, 3).map((id) => `"${id}"`)
  return ids.length > some.length ? `${some.join(', ')} ...` : some.join(', ')
}

/** "1 image", "3 images" */
export function counted(n: number, singular: string, plural = `${singular}s`): string {
  return `${n.toLocaleString('en')} ${n === 1 ? singular : plural}`
}
