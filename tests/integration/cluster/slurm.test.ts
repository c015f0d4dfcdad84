/** A study on a real Slurm of this machine, with what goes wrong on clusters. */
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Ended, type RunningCommand, startWith } from '../cli/command.ts'
import { useSlurm } from './use-slurm.ts'

const here = useSlurm()
let shared: string

beforeEach(async () => {
  if (here.missing !== '') return
  shared = join(here.lab, 'shared')
  mkdirSync(shared)
  await run('synth', 'mmlsyn', '--out', 'data', '--samples', '200')
  await run('import', 'data', '--project', 'lab.causalscope')
})

const begin = (...args: string[]): RunningCommand => startWith({ ...here.slurm.environment, CAUSALSCOPE_SETTINGS: join(here.lab, 'settings') }, here.lab, ...args) // prettier-ignore
const run = (...args: string[]): Promise<Ended> => begin(...args).ended

const project = ['--project', 'lab.causalscope']
const there = ['--on', 'slurm', '--work-folder', 'shared', '--poll', '0.3']

/** Eight runs of so many steps each. */
const eight = (steps: number): string[] => [
  ...['study', ...project, '--method', 'partial-causal', '--set', 'training.batchSize=64'],
  ...['--set', `training.steps=${steps}`, '--set', 'training.checkpointSteps=20'],
  ...['--over', 'latent.size=2,3', '--over', 'geometry=sphere,box', '--seeds', '2'],
]

/** A single run of so many steps. */
const one = (steps: number): string[] => [
  ...['study', ...project, '--method', 'partial-causal', '--set', 'training.batchSize=64'],
  ...['--set', `training.steps=${steps}`, '--set', 'training.checkpointSteps=20', '--seeds', '1'],
]

/** How the attempt of the only task ended that gave way. */
function leftIn(attempt: number): { step: number; reason: string } {
  const name = namesIn(shared).find((each) => each.endsWith(`attempt-00${attempt}/left.json`))!
  return JSON.parse(readFileSync(join(shared, name), 'utf8')) as { step: number; reason: string }
}

/** What each run of the study came to: its arrays, byte by byte. */
function results(study: 'first' | 'second'): Map<string, string> {
  const runs = join(here.lab, 'lab.causalscope.files', 'runs')
  const ids = readdirSync(runs)
    .map(Number)
    .toSorted((a, b) => a - b)
  const wanted = study === 'first' ? ids.slice(0, 8) : ids.slice(8)
  return new Map(
    wanted.map((id) => {
      const text = readFileSync(join(runs, String(id), 'result.json'), 'utf8')
      const { config, provenance, arrays } = JSON.parse(text) as Record<string, Record<string, unknown>>
      return [JSON.stringify([config, provenance!.seed]), String(arrays!.sha256)]
    }),
  )
}

/** All that the replicates of a project's first run say, but how long each took. */
function replicatesIn(name: string): unknown[] {
  const folder = join(here.lab, `${name}.causalscope.files`, 'runs', '1', 'replicates')
  return readdirSync(folder)
    .toSorted()
    .map((position) => {
      const text = readFileSync(join(folder, position, 'replicate.json'), 'utf8')
      return { ...(JSON.parse(text) as Record<string, unknown>), seconds: null }
    })
}

/** Waits until the queue looks so. */
async function queue(looks: (lines: string[]) => boolean): Promise<void> {
  for (;;) {
    const { stdout } = await here.slurm.run('squeue', '--noheader', '--array', '--format=%i|%T|%N')
    if (looks(stdout.split('\n').filter((line) => line !== ''))) return
    await setTimeout(100)
  }
}
const namesIn = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' })
const holds = (folder: string, ending: string): boolean => namesIn(folder).some((name) => name.endsWith(ending))
const running = (node: string) => (lines: string[]) => lines.some((line) => line.endsWith(`RUNNING|${node}`))

describe.skipIf(here.missing !== '')(`a study on Slurm${here.sentence}`, () => {
  it(
    'comes to what it comes to here, though a node’s daemon is killed in the middle',
    { timeout: 600_000 },
    async () => {
      const far = begin(...eight(120), ...there)
      await queue(running('two'))
      here.slurm.killNode('two')
      await far.saw('stderr', /[2-8] of 8 runs done/)
      here.slurm.startNode('two')
      const ended = await far.ended
      expect(ended.stderr).not.toContain('Error')
      expect(ended.code, ended.stderr).toBe(0)
      expect(readdirSync(shared)).toEqual([])
      const local = await run(...eight(120), '--on', 'local', '--workers', '2')
      expect(local.code, local.stderr).toBe(0)
      expect(results('second')).toEqual(results('first'))
      expect(results('first').size).toBe(8)
    },
  )

  it('makes room for others when it has to, and goes on from where it was', { timeout: 300_000 }, async () => {
    const far = begin(...eight(200), ...there)
    await queue((lines) => running('one')(lines) && running('two')(lines))
    while (namesIn(shared).filter((name) => /attempt-001.*\.ckpt$/.test(name)).length < 2) await setTimeout(100)
    await here.slurm.run('sbatch', '--partition=urgent', '--nodes=2', '--output=/dev/null', '--wrap=sleep 2')
    await queue((lines) => lines.filter((line) => line.includes('_')).every((line) => line.includes('|PENDING|')))
    const left = namesIn(shared).filter((name) => name.endsWith('attempt-001/left.json'))
    expect(left.length).toBe(2)
    for (const name of left) expect(JSON.parse(readFileSync(join(shared, name), 'utf8'))).toMatchObject({ reason: 'asked' }) // prettier-ignore
    const steps = left.map((name) => (JSON.parse(readFileSync(join(shared, name), 'utf8')) as { step: number }).step)
    expect(Math.min(...steps)).toBeGreaterThan(0)
    while (namesIn(shared).filter((name) => name.endsWith('attempt-002/started.json')).length < 2) await setTimeout(100)
    const ended = await far.ended
    expect(ended.code, ended.stderr).toBe(0)
    const { lines } = await run('runs', ...project, '--json')
    expect(lines.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'done'))
    expect(readdirSync(shared)).toEqual([])
    const local = await run(...eight(200), '--on', 'local', '--workers', '2')
    expect(local.code, local.stderr).toBe(0)
    expect(results('second')).toEqual(results('first'))
  })

  it('goes on without its host, which finds everything when it comes back', async () => {
    const far = begin(...eight(60), ...there)
    await far.saw('stderr', /[1-7] of 8 runs done/)
    far.child.kill('SIGKILL')
    await far.ended
    await queue((lines) => lines.length === 0)
    const local = await run('study', ...project, '--study', '1', '--on', 'local')
    expect(local.code).toBe(2)
    expect(local.stderr).toContain('runs of Study 1 are at work on the cluster')
    const back = await run('study', ...project, '--study', '1', '--json')
    expect(back.code, back.stderr).toBe(0)
    expect(back.stderr).toMatch(/tasks are open on the cluster: they are watched again/)
    const { lines } = await run('runs', ...project, '--json')
    expect(lines.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'done'))
    expect(readdirSync(shared)).toEqual([])
  })

  it('brings in the replicates that they are here, though its host was killed between', async () => {
    const training = ['--set', 'training.batchSize=64', '--set', 'training.steps=60']
    await run('train', ...project, '--method', 'partial-causal', ...training, '--replicates', '0')
    const again = ['replicate', ...project, '--run', '1', '--replicates', '5']
    for (const end of ['', '.files']) cpSync(join(here.lab, `lab.causalscope${end}`), join(here.lab, `here.causalscope${end}`), { recursive: true }) // prettier-ignore
    const far = begin(...again, ...there)
    await queue((lines) => running('one')(lines) && running('two')(lines))
    far.child.kill('SIGKILL')
    await far.ended
    const back = await run(...again)
    expect(back.stderr).toMatch(/5 tasks are open on the cluster: they are watched again/)
    expect(back.code, back.stderr).toBe(0)
    expect(readdirSync(shared)).toEqual([])
    const local = await run('replicate', '--project', 'here.causalscope', '--run', '1', '--replicates', '5')
    expect(local.code, local.stderr).toBe(0)
    const found = await Promise.all(['lab', 'here'].map((name) => run('findings', '--project', `${name}.causalscope`, '--run', '1', '--json'))) // prettier-ignore
    expect(found[0]!.lines).toEqual(found[1]!.lines)
    expect(replicatesIn('lab')).toEqual(replicatesIn('here'))
    expect(replicatesIn('lab')).toHaveLength(5)
  })

  it('goes on without a node that never comes back', { timeout: 600_000 }, async () => {
    const far = begin(...eight(60), ...there)
    await queue((lines) => running('one')(lines) && running('two')(lines))
    here.slurm.killNode('two')
    const ended = await far.ended
    here.slurm.startNode('two')
    expect(ended.code, ended.stderr).toBe(0)
    const { lines } = await run('runs', ...project, '--json')
    expect(lines.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'done'))
    await here.slurm.rests()
  })

  it(
    'hands a task over again whose time was over, from the checkpoint that it was warned to write',
    { timeout: 300_000 },
    async () => {
      const far = begin(...one(1_000_000), ...there, '--time', '1')
      const left = (attempt: number): boolean => holds(shared, `attempt-00${attempt}/left.json`)
      while (!left(1)) await setTimeout(500)
      const first = leftIn(1)
      expect(first).toMatchObject({ reason: 'time' })
      expect(first.step).toBeGreaterThan(0)
      while (!holds(shared, 'attempt-002/started.json')) await setTimeout(500)
      await queue((lines) => lines.some((line) => line.includes('RUNNING')))
      far.child.kill('SIGINT')
      await far.ended
      const cancelled = await run('study', ...project, '--study', '1', '--cancel')
      expect(cancelled.code, cancelled.stderr).toBe(0)
      const [trained] = (await run('runs', ...project, '--json')).lines
      expect(trained).toMatchObject({ status: 'interrupted' })
      await here.slurm.rests()
    },
  )

  it('is left with the first signal, and taken back with its checkpoints when it is cancelled', async () => {
    const far = begin(...eight(5000), ...there)
    while (!holds(shared, '.ckpt')) await setTimeout(100)
    far.child.kill('SIGINT')
    const left = await far.ended
    expect(left.code).toBe(130)
    expect(left.stderr).toContain('8 of 8 runs of Study 1 go on on the cluster; 0 are done.')
    const cancelled = await run('study', ...project, '--study', '1', '--cancel')
    expect(cancelled.code, cancelled.stderr).toBe(0)
    expect(cancelled.stderr).toContain('8 tasks were taken back')
    await queue((lines) => lines.length === 0)
    const { lines } = await run('runs', ...project, '--json')
    expect(lines.every(({ status }) => status === 'interrupted')).toBe(true)
    expect(holds(join(here.lab, 'lab.causalscope.files', 'runs'), '.ckpt')).toBe(true)
    expect(readdirSync(shared)).toEqual([])
  })

  it('refuses, in Slurm’s words and before anything is stored, what the cluster does not have', async () => {
    const wrong = await run(...eight(20), ...there, '--partition', 'nowhere')
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('Slurm would not take the tasks: invalid partition specified: nowhere')
    expect(wrong.stderr).toContain('Its partitions are main, urgent.')
    const listed = await run('study', ...project)
    expect(listed.stderr).toContain('The project holds no study yet')
  })
})
