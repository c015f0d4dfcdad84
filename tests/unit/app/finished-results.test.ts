import { rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { FinishedResults } from '../../../src-main/app/finished-results.ts'
import { runFolder } from '../../../src-main/project/folders.ts'
import { projectFolder } from '../project/project-folder.ts'
import { finishedRun } from '../services/fake-training.ts'

const lab = projectFolder()

async function threeRuns() {
  const project = lab.open()
  const dataset = await lab.ingest(project)
  const runs = [
    await finishedRun(project, dataset),
    await finishedRun(project, dataset),
    await finishedRun(project, dataset),
  ]
  /** Without its files, a run's arrays can only come from memory. */
  const lose = (run: number): void => rmSync(runFolder(project.file, run), { recursive: true })
  return { project, runs, lose }
}

it('keeps what was looked at last', async () => {
  const { project, runs, lose } = await threeRuns()
  const results = new FinishedResults()
  const before = await Promise.all(runs.map((run) => results.arrays(project, run)))
  runs.forEach(lose)
  expect(await Promise.all(runs.map((run) => results.arrays(project, run)))).toEqual(before)
  results.clear()
  await expect(results.arrays(project, runs[0]!)).rejects.toThrow(/missing/)
})

it('lets go of what was looked at before, when there is no more room', async () => {
  const { project, runs, lose } = await threeRuns()
  const [first, second, third] = runs as [number, number, number]
  const results = new FinishedResults(1000)
  for (const run of runs) {
    const { ids } = await results.arrays(project, run)
    expect(ids).toHaveLength(10)
  }
  await new Promise(setImmediate)
  runs.forEach(lose)
  expect((await results.arrays(project, third)).ids).toHaveLength(10)
  await expect(results.arrays(project, first)).rejects.toThrow(/missing/)
  await expect(results.arrays(project, second)).rejects.toThrow(/missing/)
})
