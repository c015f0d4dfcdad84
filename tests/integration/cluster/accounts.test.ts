/** What only a cluster's accounts know: jobs that Slurm itself has forgotten. */
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { startWith } from '../cli/command.ts'
import { useSlurm } from './use-slurm.ts'

const here = useSlurm({ accounts: true })
const begin = (...args: string[]) => startWith({ ...here.slurm.environment, CAUSALSCOPE_SETTINGS: join(here.lab, 'settings') }, here.lab, ...args) // prettier-ignore
const project = ['--project', 'lab.causalscope']

/** Ids of the jobs that Slurm knows without its accounts. */
async function known(): Promise<string[]> {
  const { stdout } = await here.slurm.run('squeue', '--noheader', '--array', '--states=all', '--format=%i|%T')
  return stdout.split('\n').filter((line) => line !== '')
}

/** Whether the task has begun on its node. */
const begun = (run: number): boolean =>
  readdirSync(join(here.lab, 'shared'), { recursive: true, encoding: 'utf8' }).some((name) => name.includes(`/${String(run).padStart(6, '0')}/attempt-001/started`)) // prettier-ignore

describe.skipIf(here.missing !== '')(`accounts of Slurm${here.sentence}`, () => {
  it('tell a host that was away which task died, and it is not handed over again', async () => {
    mkdirSync(join(here.lab, 'shared'))
    await begin('synth', 'mmlsyn', '--out', 'data', '--samples', '200').ended
    await begin('import', 'data', ...project).ended
    const study = [
      ...['study', ...project, '--method', 'partial-causal', '--seeds', '4', '--set', 'training.batchSize=64'],
      ...['--set', 'training.steps=60', '--on', 'slurm', '--work-folder', 'shared', '--poll', '0.3'],
    ]
    const far = begin(...study)
    let working: string | undefined
    while ((working = (await known()).find((line) => line.endsWith('RUNNING'))) === undefined) await setTimeout(100)
    const id = working.split('|')[0]!
    while (!begun(Number(id.split('_')[1]) + 1)) await setTimeout(100)
    far.child.kill('SIGKILL')
    await far.ended
    await here.slurm.run('scancel', '--batch', '--signal=KILL', id)
    while ((await known()).length > 0) await setTimeout(200)
    const back = await begin('study', ...project, '--study', '1').ended
    expect(back.code).not.toBe(0)
    const { lines } = await begin('runs', ...project, '--json').ended
    expect(lines.map(({ status }) => status).toSorted()).toEqual(['done', 'done', 'done', 'failed'])
    expect(back.stderr).toContain('without a last word')
    expect(await known()).toEqual([])
  })
})
