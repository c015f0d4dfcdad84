/** What a list of runs says: kept in step with the host's changes, and compared setting by setting. */
import type { ResponseOf } from '../../src-shared/contract.ts'
import { isObject } from '../../src-shared/json-object.ts'

export type RunView = ResponseOf<'run.list'>['runs'][number]

/** The list with changed runs put in their places, new ones added, removed ones gone; newest first. */
export function mergeRuns(
  list: readonly RunView[],
  changed: readonly RunView[],
  removed: readonly number[],
): readonly RunView[] {
  const byId = new Map(list.map((run) => [run.id, run]))
  for (const run of changed) byId.set(run.id, run)
  for (const id of removed) byId.delete(id)
  return [...byId.values()].sort((a, b) => b.id - a.id)
}

/** Every setting by its dotted name; lists are compared whole. */
export function flatSettings(config: unknown, prefix = ''): ReadonlyMap<string, unknown> {
  if (!isObject(config)) return new Map()
  return new Map(
    Object.entries(config).flatMap(([key, value]): [string, unknown][] =>
      isObject(value) ? [...flatSettings(value, `${prefix}${key}.`)] : [[`${prefix}${key}`, value]],
    ),
  )
}

/** A setting's value for people: nodes as "N1 2 · Topology 3 (topology)". */
export function shownSetting(name: string, value: unknown): string {
  if (value === undefined || value === null) return '–'
  if (name === 'nodes' && Array.isArray(value))
    return value
      .filter(isObject)
      .map(({ name, categories, anchor }) =>
        typeof anchor === 'string'
          ? `${String(name)} ${String(categories)} (${anchor})`
          : `${String(name)} ${String(categories)}`,
      )
      .join(' · ')
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((v) => shownSetting('', v)).join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  return JSON.stringify(value)
}

export interface DifferingSetting {
  readonly name: string
  /** One for each run, in the order of the runs. */
  readonly values: readonly string[]
}

/** The settings in which these runs are not all alike: method, data set, seed, then those of the configuration. */
export function differingSettings(
  runs: readonly RunView[],
  datasetName: (id: number) => string,
): readonly DifferingSetting[] {
  if (runs.length < 2) return []
  const flat = runs.map((run) => flatSettings(run.config))
  const names = [...new Set(flat.flatMap((settings) => [...settings.keys()]))]
  const all: DifferingSetting[] = [
    { name: 'method', values: runs.map((run) => run.method) },
    { name: 'data set', values: runs.map((run) => datasetName(run.datasetId)) },
    { name: 'seed', values: runs.map((run) => String(run.seed)) },
    ...names.map((name) => ({ name, values: flat.map((settings) => shownSetting(name, settings.get(name))) })),
  ]
  return all.filter(({ values }) => new Set(values).size > 1)
}
