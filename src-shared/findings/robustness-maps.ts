/** Accuracies of a told label as heat maps: by noise, level and what was disturbed; and by what could be seen. */
import type { Prediction } from '../methods/facets.ts'

type Row = Prediction['robustness'][number]

export interface DisturbanceMap {
  /** What was disturbed: all modalities, then each. */
  readonly targets: readonly string[]
  /** The samples as they are first; a cell a target, null where the disturbance says nothing of it. */
  readonly rows: readonly { readonly done: string; readonly cells: readonly (Row | null)[] }[]
}

export interface MissingMap {
  readonly modalities: readonly string[]
  /** The largest sets first; whether each modality is seen. */
  readonly rows: readonly { readonly seen: readonly boolean[]; readonly row: Row }[]
}

export function disturbanceMap(robustness: readonly Row[]): DisturbanceMap {
  const clean = robustness.find(({ kind }) => kind === 'clean') ?? null
  const names = clean?.modalities ?? []
  const sets = names.length < 2 ? [names] : [names, ...names.map((name) => [name])]
  const disturbed = robustness.filter(({ kind }) => kind === 'corrupted')
  const corruptions = [...new Set(disturbed.map(({ corruption }) => corruption))]
  return {
    targets: sets.map((set) => (set.length > 1 ? 'all' : (set[0] ?? ''))),
    rows: [
      { done: 'as measured', cells: sets.map((_, at) => (at === 0 ? clean : null)) },
      ...corruptions.map((corruption) => ({
        done: corruption,
        cells: sets.map((set) => disturbed.find((row) => row.corruption === corruption && row.modalities.join('\n') === set.join('\n')) ?? null), // prettier-ignore
      })),
    ],
  }
}

export function missingMap(robustness: readonly Row[]): MissingMap {
  const modalities = robustness.find(({ kind }) => kind === 'clean')?.modalities ?? []
  return {
    modalities,
    rows: robustness
      .filter(({ kind }) => kind === 'modalities')
      .map((row) => ({ seen: modalities.map((name) => row.modalities.includes(name)), row })),
  }
}
