/** Names of the modalities that a run uses: those that its configuration chooses, where it chooses none all. */
import type { DatasetSummary } from '../domain/dataset.ts'
import type { MethodConfig } from '../methods/method.ts'

export function usedModalities(
  { modalities }: Pick<MethodConfig, 'modalities'>,
  dataset: Pick<DatasetSummary, 'modalities'>,
): readonly string[] {
  return modalities.length > 0 ? modalities : dataset.modalities.map((m) => m.name)
}
