/** Ends open tasks from outside of any work: their checkpoints come home, their runs can go on anywhere. */
import { setTimeout } from 'node:timers/promises'
import { toErrorData } from '../../../src-shared/errors.ts'
import { fetchCheckpoint, forgetTask, forgetWork } from '../../cluster/hand-over.ts'
import { Slurm } from '../../cluster/slurm.ts'
import { type ClusterTask, isWorkNeeded, updateTask } from '../../project/cluster-tasks.ts'
import { replicateFolder, runFolder } from '../../project/folders.ts'
import type { WritableProject } from '../../project/project.ts'
import { updateRun } from '../../project/runs.ts'
import { lookAtTask, readWork } from '../../training/task/work-folder.ts'
import { taskId } from './handed-task.ts'

/** A task that was asked to go is waited for so long. */
const waitSeconds = 60

/**
 * @returns in words what could not be done: the tasks are given up all the same, so that no cluster that is gone holds a run
 * for ever
 */
export async function takeBack(
  project: WritableProject,
  tasks: readonly ClusterTask[],
  slurm = new Slurm(),
): Promise<string> {
  const works = new Map<string, Awaited<ReturnType<typeof readWork>>>()
  for (const { folder } of tasks) if (!works.has(folder)) works.set(folder, await readWork(folder).catch(() => null))
  // A project may come from somebody else: only jobs of folders that were made for it are ended.
  const isOurs = ({ folder, work_key }: ClusterTask): boolean => works.get(folder)?.key === work_key
  const ids = tasks.filter(isOurs).flatMap((row) => (row.array === null ? [] : taskId(row)))
  let trouble = ''
  try {
    await slurm.cancel(ids)
    await gone(slurm, ids)
  } catch (error) {
    trouble = `${toErrorData(error).message} The tasks were given up; what may still run of them does so in vain.`
  }
  for (const row of tasks) {
    const { folder, task, run_id, replicate } = row
    const home = replicate === null ? runFolder(project.file, run_id) : replicateFolder(project.file, run_id, replicate)
    if (isOurs(row)) {
      const { attempts } = await lookAtTask(folder, task)
      await fetchCheckpoint(folder, task, attempts, home)
      await forgetTask(folder, task)
    }
    project.database.transaction(() => {
      updateTask(project.database, row, { state: 'stopped', note: '' })
      if (replicate === null)
        updateRun(project.database, run_id, { status: 'interrupted', finishedAt: new Date().toISOString() })
    })
    if (isOurs(row) && !isWorkNeeded(project.database, folder)) await forgetWork(folder)
  }
  return trouble
}

async function gone(slurm: Slurm, ids: readonly string[]): Promise<void> {
  const arrays = [...new Set(ids.map((id) => id.split('_')[0]!))]
  for (let waited = 0; waited < waitSeconds && arrays.length > 0; waited++) {
    const standings = await slurm.standings(arrays)
    if (ids.every((id) => !['queued', 'running'].includes(standings.get(id)?.standing ?? ''))) return
    await setTimeout(1000)
  }
}
