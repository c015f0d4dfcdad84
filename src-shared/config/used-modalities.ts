/** Which modalities a run uses: those that its configuration names, where it names none all that were imported. */
import type { DatasetSummary, Modality } from '../domain/dataset.ts'
import type { MethodConfig, MethodSettings } from '../methods/method.ts'

/** Whether a run that names these modalities uses this one. A prepared one is used only where it is named. */
export function isUsed(
  names: readonly string[],
  { name, prepared }: { readonly name: string; readonly prepared?: unknown },
): boolean {
  return names.length === 0 ? prepared === undefined : names.includes(name)
}

export function usedModalities(
  { modalities }: Pick<MethodConfig, 'modalities'>,
  dataset: Pick<DatasetSummary, 'modalities'>,
): readonly string[] {
  if (modalities.length > 0) return modalities
  return dataset.modalities.filter((modality) => isUsed(modalities, modality)).map(({ name }) => name)
}

/**
 * What a new run uses where nobody says otherwise: what was prepared instead of what it was prepared from, and beside it
 * what was made because it falls into clusters, where the method looks for such.
 */
export function usualModalities(
  modalities: readonly Pick<Modality, 'name' | 'prepared'>[],
  { looksForClusters }: Pick<MethodSettings, 'looksForClusters'>,
): readonly string[] {
  const asked = modalities.filter(({ prepared }) => prepared?.divides === undefined)
  const replaced = new Set(asked.flatMap(({ prepared }) => (prepared === undefined ? [] : [prepared.from])))
  const taken = looksForClusters ? modalities : asked
  return taken.filter(({ name }) => !replaced.has(name)).map(({ name }) => name)
}
