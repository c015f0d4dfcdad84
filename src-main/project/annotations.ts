/**
 * What people add to a result: shown names, pinned positions, a layout. Each change is kept with what it replaced, so
 * that it can be undone and done again, also after the project was closed.
 */
import * as v from 'valibot'
import { rowId } from './columns.ts'
import { json, type ReadableDatabase, type WritableDatabase } from './database.ts'

/** `value` null: as if it had never been set. */
export interface AnnotationChange {
  /** What is annotated, e.g. `node/0/name`, `node/0/category/1`, `node/2/position`, `layout`. */
  readonly key: string
  readonly value: unknown
}

export interface Annotations {
  readonly values: ReadonlyMap<string, unknown>
  /** What undo and redo would do ("Rename N1 to Topology"), null when there is nothing. */
  readonly undo: string | null
  readonly redo: string | null
}

const changesColumn = json(v.array(v.object({ key: v.string(), before: v.unknown(), after: v.unknown() })))
const step = v.object({ id: rowId, label: v.string(), changes: changesColumn })
type Step = v.InferOutput<typeof step>

const stepColumns = 'SELECT id, label, changes FROM annotation_history WHERE run_id = ?'

/** The newest step that stands. */
function lastDone(database: ReadableDatabase, runId: number): Step | undefined {
  return database.get(step, `${stepColumns} AND undone = 0 ORDER BY id DESC LIMIT 1`, runId)
}

/** The oldest step that was undone. */
function firstUndone(database: ReadableDatabase, runId: number): Step | undefined {
  return database.get(step, `${stepColumns} AND undone = 1 ORDER BY id LIMIT 1`, runId)
}

export function readAnnotations(database: ReadableDatabase, runId: number): Annotations {
  const rows = database.all(
    v.object({ key: v.string(), value: json(v.unknown()) }),
    'SELECT key, value FROM annotations WHERE run_id = ?',
    runId,
  )
  return {
    values: new Map(rows.map(({ key, value }) => [key, value])),
    undo: lastDone(database, runId)?.label ?? null,
    redo: firstUndone(database, runId)?.label ?? null,
  }
}

/** Where the shown name of a run's node is kept; its index is its place in the configuration. */
export const nodeNameKey = (node: number): string => `node/${node}/name`

function set(database: WritableDatabase, runId: number, key: string, value: unknown): void {
  if (value === null || value === undefined)
    database.run('DELETE FROM annotations WHERE run_id = ? AND key = ?', runId, key)
  else
    database.run(
      'INSERT OR REPLACE INTO annotations (run_id, key, value) VALUES (?, ?, ?)',
      runId,
      key,
      JSON.stringify(value),
    )
}

/** Makes the changes as one step of undo, named `label`; what had been undone can no longer be redone. */
export function annotate(
  database: WritableDatabase,
  runId: number,
  label: string,
  changes: readonly AnnotationChange[],
): Annotations {
  return database.transaction(() => {
    const { values } = readAnnotations(database, runId)
    const kept = changes.map(({ key, value }) => ({ key, before: values.get(key) ?? null, after: value ?? null }))
    database.run('DELETE FROM annotation_history WHERE run_id = ? AND undone = 1', runId)
    database.run(
      'INSERT INTO annotation_history (run_id, label, changes, at) VALUES (?, ?, ?, ?)',
      runId,
      label,
      JSON.stringify(kept),
      new Date().toISOString(),
    )
    for (const { key, after } of kept) set(database, runId, key, after)
    return readAnnotations(database, runId)
  })
}

/** Takes the newest step back; does nothing when there is none. */
export function undoAnnotation(database: WritableDatabase, runId: number): Annotations {
  return database.transaction(() => {
    const last = lastDone(database, runId)
    if (last !== undefined) {
      for (const { key, before } of last.changes.toReversed()) set(database, runId, key, before)
      database.run('UPDATE annotation_history SET undone = 1 WHERE id = ?', last.id)
    }
    return readAnnotations(database, runId)
  })
}

/** Makes the step that was undone last again; does nothing when there is none. */
export function redoAnnotation(database: WritableDatabase, runId: number): Annotations {
  return database.transaction(() => {
    const next = firstUndone(database, runId)
    if (next !== undefined) {
      for (const { key, after } of next.changes) set(database, runId, key, after)
      database.run('UPDATE annotation_history SET undone = 0 WHERE id = ?', next.id)
    }
    return readAnnotations(database, runId)
  })
}
