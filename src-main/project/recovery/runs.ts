/** The runs of a damaged project with what hangs on them, and its studies. */
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import * as v from 'valibot'
import { rowId } from '../columns.ts'
import type { SqlValue } from '../database.ts'
import { runFile } from '../folders.ts'
import { chosenModalities } from '../../datasets/used-samples.ts'
import type { KeptDataset } from './datasets.ts'
import type { DamagedTable, FoundRow } from './rows.ts'
import type { Target } from './target.ts'
import type { Told } from './told.ts'

export interface RunSource {
  readonly file: string
  readonly table: (name: string) => DamagedTable
}

const idOf = (value: SqlValue | undefined): number | null => (v.is(rowId, value) ? value : null)

function called(id: number, name: SqlValue | undefined): string {
  return typeof name === 'string' && name !== '' && name !== `Run ${id}` ? `Run ${id}, ${name}` : `Run ${id}`
}

function modalitiesOf({ values }: FoundRow): readonly string[] {
  const config = v.safeParse(v.pipe(v.string(), v.parseJson()), values.config)
  return config.success ? chosenModalities(config.output) : []
}

/** A gap that a run can live with: what it is called, and what it means. */
const gaps: Readonly<Record<string, { readonly whats: readonly [string, string]; readonly means: string }>> = {
  metrics: { whats: ['epoch', 'epochs'], means: 'a gap in its curves, no more' },
  run_log: { whats: ['line of the log', 'lines of the log'], means: 'its log says nothing there' },
  checkpoints: { whats: ['checkpoint', 'checkpoints'], means: 'it goes on from another one, or not at all' },
  annotations: {
    whats: ['name or position', 'names or positions'],
    means: 'as the training left it, until it is given anew',
  },
  replicates: { whats: ['replicate', 'replicates'], means: 'replicate it again for as many' },
  cluster_tasks: {
    whats: ['task on a cluster', 'tasks on a cluster'],
    means: 'what it reached there is not taken back',
  },
}

/** A row for the result file of a run, as that file is now; null where it is no whole JSON. */
function resultOnDisk(file: string, run: number, row: FoundRow | undefined): Record<string, SqlValue> | null {
  try {
    const path = runFile(file, run, 'result.json')
    const bytes = readFileSync(path)
    JSON.parse(bytes.toString('utf8'))
    const created = row?.values.created_at
    return {
      ...{ run_id: run, file: 'result.json', sha256: createHash('sha256').update(bytes).digest('hex') },
      created_at:
        typeof created === 'string' && !Number.isNaN(Date.parse(created))
          ? created
          : statSync(path).mtime.toISOString(),
    }
  } catch {
    return null
  }
}

/** Whether the damaged row, whatever else of it changed, holds the checksum of the file. */
function confirms(damaged: FoundRow | undefined, taken: Readonly<Record<string, SqlValue>>): boolean {
  return damaged?.values.sha256 === taken.sha256
}

/** Ids by which tables of runs speak of runs. */
function mentioned(source: RunSource): Set<number> {
  const found = new Set<number>()
  for (const name of ['metrics', 'results', 'checkpoints', 'replicates'])
    for (const { values, whole } of source.table(name).rows()) {
      const id = idOf(values.run_id)
      if (whole && id !== null) found.add(id)
    }
  return found
}

export interface KeptRuns {
  /** By their ids; all else of them follows. */
  readonly runs: Set<number>
  /** Those of them whose result was taken as its file is. */
  readonly unconfirmed: Set<number>
}

/** Results that an earlier recovery took as they were: any may be one where the list of them is damaged. */
function unconfirmedBefore(source: RunSource, runs: ReadonlySet<number>, told: Told): number[] {
  const table = source.table('unconfirmed_results')
  const earlier = source.table('recoveries')
  const recoveredBefore = earlier.malformed || [...earlier.rows()].length > 0
  if (table.malformed && recoveredBefore) {
    told.leftOut('Which results an earlier recovery could not confirm: all are marked so.')
    return [...runs]
  }
  return [...table.rows()].flatMap(({ values }) => idOf(values.run_id) ?? [])
}

/** Runs that are kept. */
export function recoverRuns(source: RunSource, datasets: readonly KeptDataset[], target: Target, told: Told): KeptRuns {
  const kept = new Set<number>()
  const unconfirmed = new Set<number>()
  const results = new Map([...source.table('results').rows()].map((row) => [idOf(row.values.run_id), row]))
  const seen = new Set<number>()
  const files = (id: number): string => `what it wrote still lies in ${source.file}.files, runs/${id}`
  const found = [...source.table('runs').rows()].sort((a, b) => Number(a.values.id) - Number(b.values.id))
  for (const row of found) {
    const id = idOf(row.values.id)
    if (id === null) continue
    seen.add(id)
    if (row.whole && (row.values.deleted_at ?? null) !== null) continue
    const name = called(id, row.values.name)
    const dataset = datasets.find((one) => one.id === row.values.dataset_id)
    const lost = dataset?.lost.find((one) => modalitiesOf(row).includes(one))
    const result = results.get(id)
    const pinned = result === undefined || result.whole ? result?.values : resultOnDisk(source.file, id, result)
    const unpinned = row.values.status === 'done' && pinned == null ? resultOnDisk(source.file, id, undefined) : null
    const kind = pinned ?? unpinned
    if (!row.whole)
      told.leftOut(`${name}, with all that hangs on it: its settings, notes or outcome are damaged; ${files(id)}.`)
    else if (dataset === undefined) told.leftOut(`${name}: its data set is left out; ${files(id)}.`)
    else if (lost !== undefined) told.leftOut(`${name}: ${lost}, which it was trained on, is left out; ${files(id)}.`)
    else if (row.values.status === 'done' && kind == null)
      told.leftOut(`${name}: where its result lies is damaged, and no result of it is there; ${files(id)}.`)
    else if (!target.insert('runs', row.values)) told.leftOut(`${name}: it does not fit the others; ${files(id)}.`)
    else {
      kept.add(id)
      if (kind == null) continue
      target.insert('results', kind)
      if (result?.whole === true) continue
      const confirmed = confirms(result, kind)
      if (!confirmed) unconfirmed.add(id)
      told.restored(`${name}: where its result lies; ${confirmed ? 'its checksum confirms the file' : 'the file was taken as it is, and nothing confirms any more that it is what the run ended with'}.`) // prettier-ignore
    }
  }
  for (const id of mentioned(source))
    if (!seen.has(id)) told.leftOut(`Run ${id}, with all that hangs on it: it cannot be read; ${files(id)}.`)
  for (const id of unconfirmedBefore(source, kept, told)) if (kept.has(id)) unconfirmed.add(id)
  return { runs: kept, unconfirmed }
}

/** Rows that belong to runs: those of a run that is kept. */
export function* recoverHistories(
  source: RunSource,
  runs: ReadonlySet<number>,
  target: Target,
  told: Told,
): Generator<void> {
  for (const [name, { whats, means }] of Object.entries(gaps)) {
    const table = source.table(name)
    for (const row of table.rows()) {
      const id = idOf(row.values.run_id)
      if (id !== null && runs.has(id) && row.whole && target.insert(name, row.values)) continue
      if (id !== null && runs.has(id)) told.count(whats, `of run ${id}: ${means}.`)
      else if (!row.whole) told.count(whats, 'of a run that cannot be told any more.')
      yield
    }
  }
  recoverUndo(source, runs, target, told)
}

/** Steps to undo rest on each other: a run keeps all of them or none. */
function recoverUndo(source: RunSource, runs: ReadonlySet<number>, target: Target, told: Told): void {
  const table = source.table('annotation_history')
  const rows = [...table.rows()]
  const unsure = table.malformed || rows.some(({ whole, values }) => !whole && !runs.has(idOf(values.run_id) ?? 0))
  const broken = new Set(rows.filter(({ whole }) => !whole).map(({ values }) => values.run_id))
  for (const { values } of rows) {
    const id = idOf(values.run_id)
    if (id === null || !runs.has(id)) continue
    if (unsure || broken.has(id))
      told.count(['step to undo', 'steps to undo'], `of run ${id}: names stay as they are, but cannot be taken back.`) // prettier-ignore
    else target.insert(table.name, values)
  }
}

export function recoverStudies(
  source: RunSource,
  datasets: readonly KeptDataset[],
  runs: ReadonlySet<number>,
  target: Target,
  told: Told,
): void {
  const studies = source.table('studies')
  const kept = new Set<SqlValue>()
  const seen = new Set<SqlValue>()
  for (const { values, whole } of studies.rows()) {
    seen.add(values.id ?? null)
    const there = datasets.some(({ id }) => id === values.dataset_id)
    if (whole && there && target.insert('studies', values)) kept.add(values.id ?? null)
    else told.leftOut(`Study ${String(values.id)}: ${whole ? 'its data set is left out' : 'its settings are damaged'}; those of its runs that are whole are here.`) // prettier-ignore
  }
  for (const { values, whole } of source.table('study_runs').rows()) {
    const study = values.study_id ?? null
    if (!seen.has(study) && whole) {
      seen.add(study)
      told.leftOut(`Study ${String(study)}: it cannot be read; those of its runs that are whole are here.`)
    }
    if (!kept.has(study) && whole) continue
    if (whole && runs.has(Number(values.run_id)) && target.insert('study_runs', values)) continue
    const of = kept.has(study) ? `study ${String(study)}` : 'a study'
    told.count(['place of a run', 'places of runs'], `in ${of}: going on with it trains the run again.`)
  }
}
