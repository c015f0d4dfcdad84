import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { replicateSeed } from '../../../src-main/evidence/subsample.ts'
import { listReplicates } from '../../../src-main/project/replicates.ts'
import { insertRun, readRunRecord, updateRun } from '../../../src-main/project/runs.ts'
import { estimateReplication, Replication } from '../../../src-main/services/replication.ts'
import type { ReplicationProgress } from '../../../src-shared/domain/replication.ts'
import type { RunStatus } from '../../../src-shared/domain/run.ts'
import { projectFolder, smallDataset } from '../project/project-folder.ts'
import { epochEvent, scriptedTrainers, started, type ScriptedTrainer } from './scripted-trainer.ts'

const lab = projectFolder()

async function finishedRun(status: RunStatus = 'done') {
  const project = lab.open()
  const dataset = await lab.ingest(project, smallDataset(40))
  const run = insertRun(project.database, {
    name: null,
    datasetId: dataset.id,
    datasetSha256: dataset.sha256,
    method: 'causal-pima',
    config: {},
    seed: 7,
    engine: 'auto',
    threads: null,
  })
  updateRun(project.database, run.id, { status, seconds: 30, provenance: { ...provenance, threads: 2 } })
  const { spawn, next } = scriptedTrainers()
  const replication = new Replication(project, { entry: 'scripted', spawn }, 2)
  const statuses = (): string[] => listReplicates(project.database, run.id).map((row) => row.status)
  return { project, run, replication, next, statuses }
}

const provenance = started.type === 'started' ? started.provenance : null!

function finish(trainer: ScriptedTrainer): void {
  const folder = trainer.job!.runFolder
  writeFileSync(join(folder, 'checkpoint-000001-step-10.ckpt'), 'of a replicate')
  writeFileSync(join(folder, 'replicate.json'), '{}')
  trainer.say(epochEvent(3))
  trainer.end({
    type: 'done',
    resultFile: join(folder, 'replicate.json'),
    sha256: 'cd'.repeat(32),
    score: 1,
    explained: null,
    edges: [],
  })
}

describe('replication', () => {
  it('trains each replicate on a part of its own, with a seed of its own, on one thread, two at a time', async () => {
    const { project, run, replication, next, statuses } = await finishedRun()
    const seen: ReplicationProgress[] = []
    replication.observe((progress) => seen.push(progress))
    const end = replication.run(run.id, 3)
    const first = await next()
    const second = await next()
    // Which of the two begins first is chance.
    const seeds = new Set([replicateSeed(7, 0), replicateSeed(7, 1)])
    expect(new Set([first, second].map(({ job }) => job!.seed))).toEqual(seeds)
    for (const { job } of [first, second])
      expect(job).toMatchObject({ threads: 1, engine: 'wasm', resume: false, subsample: { seed: job!.seed } })
    finish(second)
    const third = await next()
    expect(third.job?.seed).toBe(replicateSeed(7, 2))
    finish(first)
    finish(third)
    expect(await end).toMatchObject({ planned: 3, done: 3, error: null, interrupted: false })
    expect(statuses()).toEqual(['done', 'done', 'done'])
    expect(listReplicates(project.database, run.id)[0]!.seconds).toBe(6)
    expect(seen.at(-1)).toMatchObject({ done: 3, fraction: 1 })
    expect(existsSync(join(first.job!.runFolder, 'checkpoint-000001-step-10.ckpt'))).toBe(false)
    expect(existsSync(join(first.job!.runFolder, 'replicate.json'))).toBe(true)
  })

  it('goes on with what is not done after an interrupt, from its checkpoints', async () => {
    const { run, replication, next, statuses } = await finishedRun()
    const end = replication.run(run.id, 2)
    const first = await next()
    const second = await next()
    finish(first)
    replication.interrupt()
    expect(second.commands).toContain('interrupt')
    writeFileSync(join(second.job!.runFolder, 'checkpoint-000001-step-10.ckpt'), 'of a replicate')
    second.end({ type: 'interrupted', step: 10 })
    expect(await end).toMatchObject({ done: 1, interrupted: true })
    // Which of the two began first is chance.
    expect(statuses().toSorted()).toEqual(['done', 'waiting'])
    const again = replication.run(run.id, 2)
    const resumed = await next()
    expect(resumed.job).toMatchObject({ seed: second.job!.seed, resume: true })
    finish(resumed)
    expect(await again).toMatchObject({ done: 2, interrupted: false })
  })

  it('keeps the replicates that came through when one fails, and tries that one again when asked', async () => {
    const { run, replication, next, statuses } = await finishedRun()
    const end = replication.run(run.id, 2)
    const first = await next()
    const second = await next()
    const error = { code: 'failed', message: 'Out of luck.', hint: '', details: {} } as const
    first.end({ type: 'failed', error })
    finish(second)
    expect(await end).toMatchObject({ done: 1, error: { message: 'Out of luck.' } })
    expect(statuses().toSorted()).toEqual(['done', 'failed'])
    const again = replication.run(run.id, 2)
    finish(await next())
    expect(await again).toMatchObject({ done: 2, error: null })
  })

  it('refuses a run that is not finished', async () => {
    const { run, replication } = await finishedRun('interrupted')
    expect(() => replication.run(run.id, 2)).toThrow(/only a finished run/)
  })

  it('estimates its time from the run’s own: two at a time on two cores', async () => {
    const { project, run } = await finishedRun()
    const record = readRunRecord(project.database, run.id)
    expect(estimateReplication(record, 4, 2)).toBeCloseTo(2 * estimateReplication(record, 2, 2), 9)
    expect(estimateReplication(record, 4, 2)).toBeLessThanOrEqual(30 * 2.5)
  })
})
