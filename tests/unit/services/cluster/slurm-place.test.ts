import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { openTask, openTasks } from '../../../../src-main/project/cluster-tasks.ts'
import { runFolder } from '../../../../src-main/project/folders.ts'
import { packFor } from '../../../../src-main/project/packs.ts'
import { deleteRuns, insertRun, readRun, updateRun } from '../../../../src-main/project/runs.ts'
import { recordEvent } from '../../../../src-main/services/run-record.ts'
import { SlurmPlace } from '../../../../src-main/services/cluster/slurm-place.ts'
import { takeBack } from '../../../../src-main/services/cluster/take-back.ts'
import { EventLog } from '../../../../src-main/training/task/event-log.ts'
import {
  attemptRun,
  beginAttempt,
  eventsFile,
  readTask,
  readWork,
  type TaskEnd,
  writeEnd,
} from '../../../../src-main/training/task/work-folder.ts'
import { writeCheckpoint } from '../../../../src-main/training/checkpoint-file.ts'
import { usualSlurm } from '../../../../src-shared/domain/cluster.ts'
import type { TrainerEvent, TrainJob } from '../../../../src-shared/domain/run.ts'
import { newRun, projectFolder, smallDataset } from '../../project/project-folder.ts'
import { epochEvent, started } from '../scripted-trainer.ts'
import { FakeSlurm } from './fake-slurm.ts'

const lab = projectFolder()

async function laboratory(runs = 2) {
  const project = lab.open()
  const dataset = await lab.ingest(project, smallDataset(20))
  const { packFile, sha256 } = await packFor(project.database, dataset.id)
  const shared = join(lab.folder, 'shared')
  mkdirSync(shared)
  const fake = new FakeSlurm(join(lab.folder, 'bin'))
  const troubles: string[] = []
  const settings = { ...usualSlurm, folder: shared, partition: 'gpu', gpus: 1, memory: '2G', pollSeconds: 0.1 }
  const newPlace = (): SlurmPlace =>
    new SlurmPlace(project, { settings, slurm: fake.slurm, title: 'study 1', trouble: (words) => troubles.push(words) })
  const jobs = Array.from({ length: runs }, (_, seed): TrainJob => {
    const run = insertRun(project.database, newRun(dataset, { seed }))
    const folder = runFolder(project.file, run.id)
    mkdirSync(folder, { recursive: true })
    const { method, config } = run
    return { runId: run.id, method, config, seed, engine: 'wasm', threads: 1, resume: false, packFile, packSha256: sha256, runFolder: folder } // prettier-ignore
  })
  const heard: [number, TrainerEvent['type']][] = []
  const start = (place: SlurmPlace, job: TrainJob) =>
    place.start(job, {
      event: (event) => {
        recordEvent(project.database, job.runId, event)
        heard.push([job.runId, event.type])
      },
    })
  /** The work folder, once there is one with the array handed over. */
  const work = async (submissions = 1): Promise<string> => {
    await vi.waitFor(() => expect(fake.asked('calls')).toHaveLength(submissions), { timeout: 20_000, interval: 20 })
    await vi.waitFor(() => expect(openTasks(project.database).every(({ array }) => array !== null)).toBe(true), { timeout: 20_000, interval: 20 }) // prettier-ignore
    return join(shared, readdirSync(shared).at(-1)!)
  }
  return { project, dataset, shared, fake, troubles, newPlace, jobs, heard, start, work }
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex')
const at = { node: 'n1', pid: 7, at: '2026-11-28T00:00:00Z' }

/** What a node does of a task: one epoch, a checkpoint, the result. */
async function finish(folder: string, task: number, job: string): Promise<void> {
  const attempt = await beginAttempt(folder, task, { ...at, job })
  const log = new EventLog(eventsFile(folder, task, attempt))
  for (const event of [started, epochEvent(0)]) log.add(event)
  await log.flush()
  const result = `{"attempt":${attempt}}`
  writeFileSync(join(attemptRun(folder, task, attempt), 'result.json'), result)
  const end: TaskEnd = {
    ...{ type: 'done', attempt, checkpoint: null },
    event: {
      type: 'done',
      resultFile: '/elsewhere/result.json',
      sha256: sha(result),
      score: 1,
      edges: [],
      explained: null,
    },
    files: [{ name: 'result.json', sha256: sha(result), bytes: result.length }],
  }
  await writeEnd(folder, task, end)
}

async function checkpointAt(folder: string, step: number): Promise<void> {
  const run = { method: 'causal-pima', seed: 0, datasetSha256: 'ab', configSha256: 'cd', engine: 'wasm', threads: 1 }
  const snapshot = { state: {}, arrays: {} }
  mkdirSync(folder, { recursive: true })
  const name = `checkpoint-000001-step-${step}.ckpt`
  await writeCheckpoint(join(folder, name), {
    step,
    epoch: 1,
    seconds: 1,
    rateHalved: false,
    told: null,
    run,
    snapshot,
  })
}

describe('Slurm as a place of work', () => {
  it('hands jobs over as one array in a folder of their own, and brings each result in once', async () => {
    const { project, shared, fake, newPlace, jobs, heard, start, work } = await laboratory()
    const place = newPlace()
    const handed = jobs.map((job) => start(place, job))
    const folder = await work()
    const [call] = fake.asked('calls')
    expect(call).toMatch(/^--parsable --array=0-1 --job-name=causalscope-\w{8}-1 .*--requeue .*--partition=gpu --mem=2G --gres=gpu:1 .*001\.sh$/) // prettier-ignore
    expect(await readWork(folder)).toMatchObject({ format: 1, title: 'study 1' })
    expect(readdirSync(join(folder, 'data'))).toEqual([`${jobs[0]!.packSha256}.pack`])
    expect(await readTask(folder, 2, '/run', false)).toMatchObject({ seed: 1, packFile: join(folder, 'data', `${jobs[0]!.packSha256}.pack`) }) // prettier-ignore
    expect(() => deleteRuns(project.database, [1])).toThrow(/queued/)
    fake.lay('queue', '1_0|RUNNING|None|n1\n1_1|PENDING|Priority|\n')
    await vi.waitFor(() => expect(openTask(project.database, 1, null)).toMatchObject({ state: 'running', note: 'n1' }), { timeout: 10_000 }) // prettier-ignore
    await vi.waitFor(() => expect(openTask(project.database, 2, null)).toMatchObject({ state: 'queued', note: 'Priority' }), { timeout: 10_000 }) // prettier-ignore
    await finish(folder, 1, '1_0')
    await finish(folder, 2, '1_1')
    expect(await handed[0]!.ended).toMatchObject({ type: 'done', resultFile: join(jobs[0]!.runFolder, 'result.json') })
    await handed[1]!.ended
    await place.tidied()
    expect(heard.filter(([run]) => run === 1).map(([, type]) => type)).toEqual(['started', 'epoch', 'done'])
    expect([readRun(project.database, 1).status, readRun(project.database, 2).status]).toEqual(['done', 'done'])
    expect(readFileSync(join(jobs[1]!.runFolder, 'result.json'), 'utf8')).toBe('{"attempt":1}')
    expect(openTasks(project.database)).toEqual([])
    expect(readdirSync(shared)).toEqual([])
  })

  it('is left and found again, with what was said meanwhile told once', async () => {
    const { project, fake, newPlace, jobs, heard, start, work } = await laboratory(1)
    const first = newPlace()
    const left = start(first, jobs[0]!)
    const folder = await work()
    fake.lay('queue', '1_0|RUNNING|None|n1\n')
    const attempt = await beginAttempt(folder, 1, { ...at, job: '1_0' })
    const log = new EventLog(eventsFile(folder, 1, attempt))
    log.add(started)
    log.add({ type: 'log', level: 'info', message: 'said once' })
    await log.flush()
    await vi.waitFor(() => expect(heard).toContainEqual([1, 'log']), { timeout: 10_000 })
    first.leave()
    expect(await left.ended).toBeNull()
    expect(readRun(project.database, 1).status).toBe('running')
    project.close()
    const again = lab.open()
    expect(again.recovered).toEqual([])
    expect(readRun(again.database, 1).status).toBe('running')
    const settings = { ...usualSlurm, folder: join(lab.folder, 'shared'), pollSeconds: 0.1 }
    const place = new SlurmPlace(again, { settings, slurm: fake.slurm, title: 'study 1' })
    const seen: string[] = []
    const handed = place.start({ ...jobs[0]!, resume: true }, { event: ({ type }) => seen.push(type) })
    log.add(epochEvent(0))
    await log.flush()
    await finish(folder, 1, '1_0')
    expect(await handed.ended).toMatchObject({ type: 'done' })
    expect(seen.filter((type) => type === 'log')).toEqual([])
    expect(seen.at(-1)).toBe('done')
    expect(fake.asked('calls')).toHaveLength(1)
  })

  it('finds by its name an array that was handed over as its host died', async () => {
    const { project, fake, newPlace, jobs, start, work } = await laboratory(1)
    const first = newPlace()
    start(first, jobs[0]!)
    const folder = await work()
    first.leave()
    await first.tidied()
    project.database.run(`UPDATE cluster_tasks SET array = NULL, state = 'waiting'`)
    fake.lay('named', '77\n')
    const place = newPlace()
    const handed = start(place, { ...jobs[0]!, resume: true })
    fake.lay('queue', '77_0|RUNNING|None|n2\n')
    await vi.waitFor(() => expect(openTask(project.database, 1, null)).toMatchObject({ array: '77', note: 'n2' }), { timeout: 10_000 }) // prettier-ignore
    await finish(folder, 1, '77_0')
    expect(await handed.ended).toMatchObject({ type: 'done' })
    expect(fake.asked('calls')).toHaveLength(1)
  })

  it('hands a task over again whose node failed; of two attempts that end, the first counts', async () => {
    const { project, fake, newPlace, jobs, start, work } = await laboratory(1)
    const place = newPlace()
    const handed = start(place, jobs[0]!)
    const folder = await work()
    await beginAttempt(folder, 1, { ...at, job: '1_0' })
    fake.lay('queue', '1_0|NODE_FAIL|NodeDown|n1\n')
    await work(2)
    fake.lay('queue', '2_0|RUNNING|None|n2\n')
    await finish(folder, 1, '2_0')
    const unseen: TaskEnd = {
      type: 'failed',
      attempt: 1,
      error: { code: 'failed', message: 'late', hint: '', details: {} },
    }
    expect(await writeEnd(folder, 1, unseen).catch(() => false)).toBe(false)
    expect(await handed.ended).toMatchObject({ type: 'done' })
    expect(readFileSync(join(jobs[0]!.runFolder, 'result.json'), 'utf8')).toBe('{"attempt":2}')
    expect(readRun(project.database, 1).status).toBe('done')
  })

  it('hands a task over again whose time was over if it came further, and says so if it did not', async () => {
    const { fake, newPlace, jobs, start, work } = await laboratory(1)
    const place = newPlace()
    const handed = start(place, jobs[0]!)
    const folder = await work()
    await checkpointAt(attemptRun(folder, 1, await beginAttempt(folder, 1, { ...at, job: '1_0' })), 40)
    fake.lay('queue', '1_0|TIMEOUT|TimeLimit|n1\n')
    await work(2)
    await checkpointAt(attemptRun(folder, 1, await beginAttempt(folder, 1, { ...at, job: '2_0' })), 40)
    fake.lay('queue', '2_0|TIMEOUT|TimeLimit|n1\n')
    const end = await handed.ended
    expect(end).toMatchObject({ type: 'failed', error: { message: /was over before it wrote a checkpoint further/ } })
    // What failed can be looked at.
    expect(existsSync(folder)).toBe(true)
  })

  it('says that nodes do not see the folder where a task left nothing in it', async () => {
    const { fake, newPlace, jobs, start, work } = await laboratory(1)
    const handed = start(newPlace(), jobs[0]!)
    const folder = await work()
    writeFileSync(join(folder, 'submissions', '001-0.out'), 'bash: node: No such file or directory\n')
    fake.lay('queue', '1_0|FAILED|NonZeroExitCode|n1\n')
    const end = await handed.ended
    expect(end).toMatchObject({ type: 'failed', error: { message: expect.stringContaining(`ended on n1 and left nothing in ${folder}`) as string } }) // prettier-ignore
    expect(end).toMatchObject({ error: { hint: expect.stringMatching(/--work-folder.*No such file or directory/) as string } }) // prettier-ignore
  })

  it('waits while Slurm is silent or takes no more, and says so', async () => {
    const { fake, troubles, newPlace, jobs, start, work } = await laboratory(1)
    fake.lay('refusal', 'sbatch: error: QOSMaxSubmitJobPerUserLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit)\n') // prettier-ignore
    const place = newPlace()
    const handed = start(place, jobs[0]!)
    await vi.waitFor(() => expect(troubles.at(-1)).toMatch(/did not take the tasks: QOSMaxSubmitJobPerUserLimit/), { timeout: 10_000 }) // prettier-ignore
    fake.take('refusal')
    await vi.waitFor(() => expect(troubles.at(-1)).toBe(''), { timeout: 10_000 })
    const before = fake.asked('calls').length
    fake.lay('silence', '')
    await vi.waitFor(() => expect(troubles.at(-1)).toMatch(/Slurm does not answer: .*connect failure/), { timeout: 10_000 }) // prettier-ignore
    const folder = await work(before)
    await finish(folder, 1, '1_0')
    fake.take('silence')
    expect(await handed.ended).toMatchObject({ type: 'done' })
  })

  it('waits for a shared file system that is away, and begins again where its folder is gone for good', async () => {
    const { project, shared, fake, troubles, newPlace, jobs, start, work } = await laboratory(1)
    const first = newPlace()
    start(first, jobs[0]!)
    const folder = await work()
    first.leave()
    await first.tidied()
    renameSync(shared, `${shared}-away`)
    const place = newPlace()
    const handed = start(place, { ...jobs[0]!, resume: true })
    await vi.waitFor(() => expect(troubles.at(-1)).toMatch(/is not there: the tasks of the cluster cannot be seen/), { timeout: 10_000 }) // prettier-ignore
    renameSync(`${shared}-away`, shared)
    rmSync(folder, { recursive: true })
    const again = await work(2)
    expect(again).not.toBe(folder)
    await finish(again, 1, '2_0')
    expect(await handed.ended).toMatchObject({ type: 'done' })
    expect(readRun(project.database, 1).status).toBe('done')
    expect(fake.asked('cancelled')).toEqual([])
  })

  it('ends no job for a project that names a folder which was not made for it', async () => {
    const { project, fake, newPlace, jobs, start, work } = await laboratory(1)
    const place = newPlace()
    start(place, jobs[0]!)
    await work()
    place.leave()
    await place.tidied()
    project.database.run(`UPDATE cluster_tasks SET work_key = 'another'`)
    await takeBack(project, openTasks(project.database), fake.slurm)
    expect(fake.asked('cancelled').join('')).not.toContain('1_0')
    expect(readdirSync(join(lab.folder, 'shared'))).toHaveLength(1)
  })

  it('ends tasks that are stopped, with their checkpoints brought home', async () => {
    const { project, fake, newPlace, jobs, start, work } = await laboratory()
    const place = newPlace()
    const handed = jobs.map((job) => start(place, job))
    const folder = await work()
    fake.lay('queue', '1_0|RUNNING|None|n1\n1_1|PENDING|Priority|\n')
    await checkpointAt(attemptRun(folder, 1, await beginAttempt(folder, 1, { ...at, job: '1_0' })), 40)
    for (const one of handed) one.interrupt()
    await vi.waitFor(() => expect(fake.asked('cancelled').join(' ')).toMatch(/1_0.*1_1|1_1.*1_0/), { timeout: 10_000 })
    fake.lay('queue', '1_0|CANCELLED|None|n1\n1_1|CANCELLED|None|\n')
    expect(await handed[0]!.ended).toEqual({ type: 'interrupted', step: 40 })
    expect(await handed[1]!.ended).toEqual({ type: 'interrupted', step: 0 })
    expect(existsSync(join(jobs[0]!.runFolder, 'checkpoint-000001-step-40.ckpt'))).toBe(true)
    expect(readRun(project.database, 1).status).toBe('interrupted')
  })

  it('gives tasks up where the cluster is gone, with what they reached', async () => {
    const { project, fake, newPlace, jobs, start, work } = await laboratory(1)
    const place = newPlace()
    start(place, jobs[0]!)
    const folder = await work()
    await checkpointAt(attemptRun(folder, 1, await beginAttempt(folder, 1, { ...at, job: '1_0' })), 60)
    place.leave()
    await place.tidied()
    updateRun(project.database, 1, { status: 'running' })
    for (const name of ['scancel', 'squeue']) fake.take(name)
    expect(await takeBack(project, openTasks(project.database), fake.slurm)).toMatch(/There is no scancel.*given up/)
    expect(existsSync(join(jobs[0]!.runFolder, 'checkpoint-000001-step-60.ckpt'))).toBe(true)
    expect(readRun(project.database, 1).status).toBe('interrupted')
    expect(openTasks(project.database)).toEqual([])
  })
})
