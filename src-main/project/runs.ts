/** Runs as the project remembers them: what pins each one, where it stands, and what becomes of it. */
import { rmSync } from 'node:fs'
import * as v from 'valibot'
import { refused } from '../../src-shared/errors.ts'
import { engine, engineChoice, errorData, method, runStatus } from '../../src-shared/contract/shapes.ts'
import { earlierRun, provenance } from '../../src-shared/contract/runs.ts'
import type { EarlierRun, EngineName, Method, Provenance, RunStatus, RunSummary } from '../../src-shared/domain/run.ts'
import type { ErrorData } from '../../src-shared/errors.ts'
import type { NamedEdge } from '../../src-shared/graph/edge.ts'
import { namedEdge } from '../../src-shared/graph/edge-schema.ts'
import { namedEndsOfClass, shownEdge } from '../../src-shared/graph/marked-graph.ts'
import { nodeNameKey } from './annotations.ts'
import { openTasks, runsElsewhere } from './cluster-tasks.ts'
import { count, rowId, seed, sha256, threads } from './columns.ts'
import { json, type ReadableDatabase, type SqlValue, type WritableDatabase } from './database.ts'
import { runFolder } from './folders.ts'
import { heldLastWord } from './last-words.ts'

/** Runs from before edges had ends hold the arcs of a DAG alone; their class gives the marks. */
const storedEdges = v.union([
  v.pipe(
    v.array(namedEdge),
    v.transform((edges) => edges.map(shownEdge)),
  ),
  v.pipe(
    v.array(v.tuple([v.string(), v.string()])),
    v.rawTransform(({ dataset: { value }, addIssue, NEVER }) => {
      try {
        return namedEndsOfClass(value).map(shownEdge)
      } catch {
        addIssue({ message: 'edges that form no acyclic graph' })
        return NEVER
      }
    }),
  ),
])

const runRow = v.object({
  id: rowId,
  name: v.string(),
  notes: v.string(),
  dataset_id: rowId,
  dataset_sha256: sha256,
  method,
  config: json(v.unknown()),
  seed,
  requested_engine: engineChoice,
  requested_threads: v.nullable(threads),
  engine: v.nullable(engine),
  provenance: v.nullable(json(provenance)),
  status: runStatus,
  created_at: v.string(),
  started_at: v.nullable(v.string()),
  finished_at: v.nullable(v.string()),
  seconds: v.number(),
  epoch: count,
  epochs: count,
  score: v.nullable(v.number()),
  edges: json(storedEdges),
  explained: v.nullable(v.number()),
  names: json(v.record(v.string(), v.unknown())),
  error: v.nullable(json(errorData)),
  goes_on_from: v.nullable(json(earlierRun)),
})

/** The names that people gave to this run's nodes, by annotation key. */
const namesColumn = `(SELECT json_group_object(key, json(value)) FROM annotations
  WHERE run_id = runs.id AND key GLOB 'node/*/name' AND json_valid(value)) AS names`

const columns = Object.keys(runRow.entries)
  .map((column) => (column === 'names' ? namesColumn : column))
  .join(', ')

/** Everything that repeats a run, beside its summary. */
export interface RunRecord {
  readonly summary: RunSummary
  readonly notes: string
  readonly datasetSha256: string
  readonly requestedEngine: EngineName | 'auto'
  readonly requestedThreads: number | null
  /** Null until the trainer has started. */
  readonly provenance: Provenance | null
  /** The finished run whose model it begins with; null: none. */
  readonly goesOnFrom: EarlierRun | null
}

const configWithNodes = v.object({ nodes: v.array(v.object({ name: v.string() })) })

function givenNames({ config, names }: v.InferOutput<typeof runRow>): Record<string, string> {
  const parsed = v.safeParse(configWithNodes, config)
  if (!parsed.success) return {}
  return Object.fromEntries(
    parsed.output.nodes.flatMap(({ name }, node) => {
      const given = names[nodeNameKey(node)]
      return typeof given === 'string' && given !== name ? [[name, given] as const] : []
    }),
  )
}

function record(database: ReadableDatabase, row: v.InferOutput<typeof runRow>): RunRecord {
  const lastWord = heldLastWord(database, row.id)
  return {
    summary: {
      id: row.id,
      name: row.name,
      datasetId: row.dataset_id,
      method: row.method,
      status: lastWord?.status ?? row.status,
      seed: row.seed,
      engine: row.engine,
      config: row.config,
      createdAt: row.created_at,
      startedAt: row.started_at,
      finishedAt: lastWord === undefined ? row.finished_at : lastWord.at,
      seconds: row.seconds,
      epoch: row.epoch,
      epochs: row.epochs,
      score: row.score,
      edges: row.edges,
      explained: row.explained,
      givenNames: givenNames(row),
      error: lastWord?.error ?? row.error,
    },
    notes: row.notes,
    datasetSha256: row.dataset_sha256,
    requestedEngine: row.requested_engine,
    requestedThreads: row.requested_threads,
    provenance: row.provenance,
    goesOnFrom: row.goes_on_from,
  }
}

/** Every run that is not deleted, oldest first. */
export function listRuns(database: ReadableDatabase): RunSummary[] {
  return database
    .all(runRow, `SELECT ${columns} FROM runs WHERE deleted_at IS NULL ORDER BY id`)
    .map((row) => record(database, row).summary)
}

/** Throws `refused`, naming the runs there are; a deleted run is not found. */
export function readRunRecord(database: ReadableDatabase, id: number): RunRecord {
  const row = database.get(runRow, `SELECT ${columns} FROM runs WHERE id = ? AND deleted_at IS NULL`, id)
  if (row !== undefined) return record(database, row)
  const known = listRuns(database).map((run) => run.id)
  throw refused(
    `The project has no run ${id}.`,
    known.length === 0 ? 'It holds none yet: train one first.' : `Its runs are ${known.join(', ')}.`,
    { file: database.file, field: 'run' },
  )
}

export function readRun(database: ReadableDatabase, id: number): RunSummary {
  return readRunRecord(database, id).summary
}

export interface NewRun {
  /** Null: "Run 7". */
  readonly name: string | null
  readonly datasetId: number
  readonly datasetSha256: string
  readonly method: Method
  /** The method's whole configuration, defaults filled in. */
  readonly config: unknown
  readonly seed: number
  readonly engine: EngineName | 'auto'
  readonly threads: number | null
  /** The finished run whose model it begins with. */
  readonly goesOnFrom?: EarlierRun
}

/** Adds a queued run. */
export function insertRun(database: WritableDatabase, run: NewRun): RunSummary {
  return database.transaction(() => {
    const id = database.run(
      `INSERT INTO runs (name, dataset_id, dataset_sha256, method, config, seed, requested_engine, requested_threads,
                         status, created_at, goes_on_from)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?)`,
      run.name ?? '',
      run.datasetId,
      run.datasetSha256,
      run.method,
      JSON.stringify(run.config),
      run.seed,
      run.engine,
      run.threads,
      new Date().toISOString(),
      run.goesOnFrom === undefined ? null : JSON.stringify(run.goesOnFrom),
    )
    if (run.name === null) database.run('UPDATE runs SET name = ? WHERE id = ?', `Run ${id}`, id)
    return readRun(database, id)
  })
}

export interface RunChange {
  readonly name?: string
  readonly notes?: string
  readonly status?: RunStatus
  readonly provenance?: Provenance
  readonly startedAt?: string
  readonly finishedAt?: string | null
  readonly seconds?: number
  readonly epoch?: number
  readonly epochs?: number
  readonly score?: number | null
  readonly edges?: readonly NamedEdge[]
  readonly explained?: number | null
  readonly error?: ErrorData | null
}

/** Writes what is given, leaves the rest. */
export function updateRun(database: WritableDatabase, id: number, change: RunChange): void {
  const assignments: Partial<Record<string, SqlValue>> = {
    name: change.name,
    notes: change.notes,
    status: change.status,
    provenance: change.provenance && JSON.stringify(change.provenance),
    engine: change.provenance?.engine,
    started_at: change.startedAt,
    finished_at: change.finishedAt,
    seconds: change.seconds,
    epoch: change.epoch,
    epochs: change.epochs,
    score: change.score,
    explained: change.explained,
    edges: change.edges && JSON.stringify(change.edges),
    error: change.error && JSON.stringify(change.error),
  }
  if (change.error === null) assignments.error = null
  const given = Object.entries(assignments).filter((entry): entry is [string, SqlValue] => entry[1] !== undefined)
  if (given.length === 0) return
  const setters = given.map(([column]) => `${column} = ?`).join(', ')
  database.run(`UPDATE runs SET ${setters} WHERE id = ?`, ...given.map(([, value]) => value), id)
}

/** Marks what no living process works on any more, here or on a cluster; returns the ids. Call it where the writer's lock was just taken. */
export function interruptUnfinishedRuns(database: WritableDatabase): number[] {
  return database
    .all(
      v.object({ id: rowId }),
      `UPDATE runs SET status = 'interrupted'
       WHERE status IN ('queued', 'running', 'paused') AND id NOT IN (${runsElsewhere}) RETURNING id`,
    )
    .map((row) => row.id)
}

/** Takes runs out of sight; `restoreRuns` brings them back until the project is next opened. */
export function deleteRuns(database: WritableDatabase, ids: readonly number[]): void {
  database.transaction(() => {
    for (const id of ids) {
      const { status, name } = readRun(database, id)
      if (status === 'running' || status === 'paused' || status === 'queued')
        throw refused(`${name} is ${status}.`, 'Stop it first.', { id: String(id) })
      if (openTasks(database).some(({ run_id }) => run_id === id))
        throw refused(`Replicates of ${name} are at work on the cluster.`, 'Stop them first.', { id: String(id) })
      database.run('UPDATE runs SET deleted_at = ? WHERE id = ?', new Date().toISOString(), id)
    }
  })
}

export function restoreRuns(database: WritableDatabase, ids: readonly number[]): RunSummary[] {
  return database.transaction(() =>
    ids.map((id) => {
      database.run('UPDATE runs SET deleted_at = NULL WHERE id = ?', id)
      return readRun(database, id)
    }),
  )
}

/** Removes a run for good, with its checkpoints and result; of files that cannot be removed now, another opening tries again. */
export function removeRun(database: WritableDatabase, id: number): void {
  try {
    rmSync(runFolder(database.file, id), { recursive: true, force: true })
  } catch {
    database.run('UPDATE runs SET deleted_at = coalesce(deleted_at, ?) WHERE id = ?', new Date().toISOString(), id)
    return
  }
  database.run('DELETE FROM runs WHERE id = ?', id)
}

/** Removes deleted runs for good. Call it where nobody can want them back any more: on opening and closing. */
export function purgeDeletedRuns(database: WritableDatabase): void {
  const gone = database.all(v.object({ id: rowId }), 'SELECT id FROM runs WHERE deleted_at IS NOT NULL')
  for (const { id } of gone) removeRun(database, id)
}
