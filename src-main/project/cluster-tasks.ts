/** Tasks on a cluster as the project remembers them: which are open, what of them is here. */
import * as v from 'valibot'
import { taskStates } from '../../src-shared/domain/cluster.ts'
import { count, rowId } from './columns.ts'
import type { ReadableDatabase, SqlValue, WritableDatabase } from './database.ts'

const taskRow = v.object({
  folder: v.string(),
  task: rowId,
  work_key: v.string(),
  run_id: rowId,
  replicate: v.nullable(count),
  state: v.picklist(taskStates),
  note: v.string(),
  submission: v.nullable(rowId),
  array: v.nullable(v.pipe(v.string(), v.regex(/^\d+$/))),
  place: v.nullable(count),
  submissions: count,
  attempt: count,
  told: count,
})
export type ClusterTask = Readonly<v.InferOutput<typeof taskRow>>
const columns = Object.keys(taskRow.entries).join(', ')

/** In SQL. */
const isOpen = `state IN ('waiting', 'queued', 'running')`

export function openTask(database: ReadableDatabase, runId: number, replicate: number | null): ClusterTask | null {
  const sql = `SELECT ${columns} FROM cluster_tasks WHERE run_id = ? AND replicate IS ? AND ${isOpen}`
  return database.get(taskRow, sql, runId, replicate) ?? null
}

/** In the order in which they were made. */
export function openTasks(database: ReadableDatabase): ClusterTask[] {
  return database.all(taskRow, `SELECT ${columns} FROM cluster_tasks WHERE ${isOpen} ORDER BY folder, task`)
}

/** In SQL: runs that a cluster works on, whether or not anybody watches. */
export const runsElsewhere = `SELECT run_id FROM cluster_tasks WHERE replicate IS NULL AND ${isOpen}`

export function insertTask(
  database: WritableDatabase,
  task: Pick<ClusterTask, 'folder' | 'task' | 'work_key' | 'run_id' | 'replicate'>,
): ClusterTask {
  database.run(
    `INSERT INTO cluster_tasks (folder, task, work_key, run_id, replicate, state) VALUES (?, ?, ?, ?, ?, 'waiting')`,
    ...[task.folder, task.task, task.work_key, task.run_id, task.replicate],
  )
  return openTask(database, task.run_id, task.replicate)!
}

export type TaskChange = Partial<Omit<ClusterTask, 'folder' | 'task' | 'work_key' | 'run_id' | 'replicate'>>

/** Writes what is given, leaves the rest. */
export function updateTask(
  database: WritableDatabase,
  { folder, task }: Pick<ClusterTask, 'folder' | 'task'>,
  change: TaskChange,
): void {
  const given = Object.entries(change) as [string, SqlValue][]
  if (given.length === 0) return
  const setters = given.map(([column]) => `${column} = ?`).join(', ')
  database.run(
    `UPDATE cluster_tasks SET ${setters} WHERE folder = ? AND task = ?`,
    ...given.map(([, value]) => value),
    folder,
    task,
  )
}

/** Whether a folder is still needed: by tasks that are open, or by failed ones that may be looked at. */
export function isWorkNeeded(database: ReadableDatabase, folder: string): boolean {
  const sql = `SELECT task FROM cluster_tasks WHERE folder = ? AND (${isOpen} OR state = 'failed') LIMIT 1`
  return database.get(v.object({ task: rowId }), sql, folder) !== undefined
}

export function nextSubmission(database: ReadableDatabase, folder: string): number {
  const row = database.get(
    v.object({ last: v.nullable(count) }),
    'SELECT max(submission) AS last FROM cluster_tasks WHERE folder = ?',
    folder,
  )
  return (row?.last ?? 0) + 1
}
