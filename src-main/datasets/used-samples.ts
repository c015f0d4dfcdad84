/**
 * The samples that a run uses: those with at least one of its modalities. The others say nothing to its model and are left
 * out before anything is drawn, so that every row of the run is a row of this smaller set.
 */
import * as v from 'valibot'
import { isUsed } from '../../src-shared/config/used-modalities.ts'
import { refused } from '../../src-shared/errors.ts'
import type { Dataset } from './dataset.ts'
import { subsetOf } from './subset.ts'

const chosenSchema = v.object({ modalities: v.optional(v.array(v.string()), []) })

/**
 * Names of the modalities that a method's configuration chooses; none stands for all.
 *
 * @throws CausalscopeError `refused` where it is no configuration: it may come from a project file that was received
 */
export function chosenModalities(config: unknown): readonly string[] {
  const parsed = v.safeParse(chosenSchema, config ?? {})
  if (parsed.success) return parsed.output.modalities
  throw refused(
    `The run's configuration does not say which modalities it uses: ${parsed.issues[0].message}.`,
    'The project file was changed from outside, or is damaged: restore it from a backup, or train again.',
  )
}

/**
 * Rows of the samples that have at least one modality, ascending; null where all do.
 * @param presence per modality [n], 1 where a sample has it; none: a table alone, every sample of which is used
 */
export function usedRows(presence: readonly Uint8Array[]): Int32Array | null {
  const [first] = presence
  if (first === undefined) return null
  const rows = Int32Array.from(first.keys()).filter((row) => presence.some((present) => present[row] === 1))
  return rows.length === first.length ? null : rows
}

export interface UsedSamples {
  readonly dataset: Dataset
  /** How many samples have none of `modalities`. */
  readonly leftOut: number
  /** Names of the modalities that the run uses. */
  readonly modalities: readonly string[]
}

/** The data set without the samples that have none of the modalities chosen by a configuration. */
export function usedSamples(dataset: Dataset, config: unknown): UsedSamples {
  const names = chosenModalities(config)
  const chosen = dataset.modalities.filter(({ modality }) => isUsed(names, modality))
  const modalities = chosen.map(({ modality }) => modality.name)
  const rows = usedRows(chosen.map(({ present }) => present))
  if (rows === null) return { dataset, leftOut: 0, modalities }
  return { dataset: subsetOf(dataset, rows), leftOut: dataset.ids.length - rows.length, modalities }
}
