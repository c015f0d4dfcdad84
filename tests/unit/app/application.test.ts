/** Opening one project after another, as the page asks for it. */
import { linkSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { CausalscopeApp } from '../../../src-main/app/application.ts'
import { writePack } from '../../../src-main/datasets/pack.ts'
import { ingestPack } from '../../../src-main/project/ingest.ts'
import { openProject } from '../../../src-main/project/project.ts'
import { readFinishedRun } from '../../../src-main/services/results.ts'
import { UserSettings } from '../../../src-main/services/settings.ts'
import type { Channel, Reply, RequestOf, ResponseOf } from '../../../src-shared/contract.ts'
import { smallDataset } from '../project/project-folder.ts'
import { finishedRun } from '../services/fake-training.ts'
import { ScriptedTrainer } from '../services/scripted-trainer.ts'
import { idleHost } from '../../idle-host.ts'

const sender = { url: 'https://causalscope.localhost/', mainFrame: true }
const trainers: ScriptedTrainer[] = []
let folder: string
let app: CausalscopeApp

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-application-'))
  app = new CausalscopeApp(idleHost, {
    version: '0.0.0',
    settings: new UserSettings(join(folder, 'settings')),
    page: join(folder, 'page'),
    spawn: () => {
      const trainer = new ScriptedTrainer()
      trainers.push(trainer)
      return trainer.process
    },
  })
})

afterEach(async () => {
  const ended = app.end()
  for (const trainer of trainers.splice(0)) trainer.end({ type: 'interrupted', step: 1 })
  await ended
  rmSync(folder, { recursive: true, maxRetries: 10 })
})

async function ask<C extends Channel>(channel: C, body: RequestOf<C>): Promise<ResponseOf<C>> {
  const answered = JSON.parse(await app.answer(sender, channel, JSON.stringify(body))) as Reply
  if (!answered.ok) throw new Error(answered.error.message)
  return answered.value as ResponseOf<C>
}

/** A pack of so many samples and its hash. */
async function smallPack(samples: number): Promise<[file: string, sha256: string]> {
  const file = join(folder, 'set.pack')
  return [file, (await writePack(file, smallDataset(samples))).sha256]
}

/** A closed project with a data set in it. */
async function projectFile(name: string): Promise<string> {
  const file = join(folder, name)
  const project = openProject(file, { program: 'a test', create: 'new' })
  await ingestPack(project.database, ...(await smallPack(40)))
  project.close()
  return file
}

/** The project open, a run of it at work. */
async function training(file: string): Promise<ScriptedTrainer> {
  await ask('project.open', { path: file })
  const config = { training: { epochs: 2 } }
  const pinned = { seed: 1, engine: 'wasm', threads: null, name: null } as const
  await ask('run.start', { dataset: 1, method: 'causal-pima', config, ...pinned })
  await expect.poll(() => trainers.at(-1)?.job).toBeTruthy()
  return trainers.at(-1)!
}

it('leaves the open project and its training alone when another cannot be opened', async () => {
  const file = await projectFile('first.causalscope')
  const second = await projectFile('second.causalscope')
  const trainer = await training(file)
  const notes = join(folder, 'notes.txt')
  writeFileSync(notes, 'no project')
  await expect(ask('project.open', { path: notes })).rejects.toThrow(/not a Causalscope project/)
  await expect(ask('project.open', { path: join(folder, 'gone.causalscope') })).rejects.toThrow(/There is no project/)
  await expect(ask('project.new', { path: second })).rejects.toThrow(/exists already/)
  const elsewhere = openProject(second, { program: 'a test' })
  await expect(ask('project.open', { path: second })).rejects.toThrow(/already open for writing/)
  elsewhere.close()
  expect(trainer.commands).toEqual(['start'])
  expect((await ask('project.current', {})).project?.path).toBe(file)
})

it('knows the open project by another name', async () => {
  const file = await projectFile('first.causalscope')
  const trainer = await training(file)
  symlinkSync(file, join(folder, 'link.causalscope'))
  symlinkSync(folder, join(folder, 'folder'))
  linkSync(file, join(folder, 'hard.causalscope'))
  for (const name of ['link.causalscope', 'folder/first.causalscope', 'hard.causalscope', './first.causalscope'])
    expect((await ask('project.open', { path: join(folder, name) })).project.path).toBe(file)
  rmSync(join(folder, 'hard.causalscope'))
  expect(trainer.commands).toEqual(['start'])
})

it('closes the project that was open once another is, its training interrupted', async () => {
  const second = await projectFile('second.causalscope')
  const trainer = await training(await projectFile('first.causalscope'))
  const opened = ask('project.open', { path: second })
  await expect.poll(() => trainer.commands).toEqual(['start', 'interrupt'])
  trainer.end({ type: 'interrupted', step: 1 })
  trainers.splice(0)
  expect((await opened).project.path).toBe(second)
  openProject(join(folder, 'first.causalscope'), { program: 'a test' }).close()
})

it('shows of a run the samples that it used, under their own measurements', async () => {
  const file = await projectFile('first.causalscope')
  const project = openProject(file, { program: 'a test' })
  const dataset = await ingestPack(project.database, ...(await smallPack(12)))
  const run = await finishedRun(project, dataset, { modalities: ['curve'] })
  // What is exported and evaluated lies side by side, row by row.
  const finished = await readFinishedRun(project, run)
  expect(finished.dataset.ids).toEqual(finished.arrays.ids)
  project.close()
  await ask('project.open', { path: file })

  // Every second sample has a curve.
  const clusters = await ask('clusters.get', { run })
  expect(clusters.samples).toBe(6)
  const fetched = async (url: string): Promise<Uint8Array> => (await app.serve(url))!.body
  expect(JSON.parse(new TextDecoder().decode(await fetched(clusters.idsUrl)))).toEqual([
    's0',
    's2',
    's4',
    's6',
    's8',
    's10',
  ])
  const load = clusters.labels.find(({ column }) => column === 'load')!
  const loads = new Float32Array((await fetched(load.values.url)).slice().buffer)
  expect(loads).toEqual(Float32Array.from([0, 2, 4, 6, 8, 10], (row) => row / 3))

  const sample = await ask('clusters.sample', { run, row: 3 })
  expect(sample.id).toBe('s6')
  expect(sample.metadata).toContainEqual({ column: 'load', value: 2 })
  expect(sample.measured.map(({ modality }) => modality)).toEqual(['picture', 'curve'])
  expect((await ask('clusters.gallery', { run, rows: [5, 1] })).ids).toEqual(['s10', 's2'])
  await expect(ask('clusters.gallery', { run, rows: [6] })).rejects.toThrow(/the rows are 0 to 5/)
  await expect(ask('infer.reconstruct', { run, rows: [6], from: null, task: 'ask' })).rejects.toThrow(/0 to 5/)
})

it('counts the samples that a run would leave out before there is one', async () => {
  await ask('project.open', { path: await projectFile('first.causalscope') })
  const { config } = await ask('model.defaults', { dataset: 1, method: 'causal-pima' })
  const request = { dataset: 1, method: 'causal-pima', engine: 'wasm', threads: null } as const
  const all = await ask('model.check', { ...request, config })
  expect(all.notes).toEqual([expect.stringMatching(/^20 of 40 samples lack a modality/)])
  const curves = await ask('model.check', { ...request, config: { ...config, modalities: ['curve'] } })
  expect(curves.notes).toEqual(['20 samples have no curve and are left out of the run.'])
  expect(curves.estimate!.seconds).toBeLessThan(all.estimate!.seconds)
  const nodes = [2, 2, 3].map((categories, i) => ({ name: `N${i}`, categories, anchor: null }))
  const few = await ask('model.check', { ...request, config: { ...config, nodes, modalities: ['curve'] } })
  expect(few.problems).toMatchObject([
    { field: 'nodes', message: expect.stringContaining('20 samples are too few') as string },
  ])
})

it('refuses rows that are none, in words, wherever a request names rows', async () => {
  const file = await projectFile('first.causalscope')
  const project = openProject(file, { program: 'a test' })
  const run = await finishedRun(project, await ingestPack(project.database, ...(await smallPack(12))))
  project.close()
  await ask('project.open', { path: file })
  const wrong: (readonly [number[], RegExp])[] = [
    [[0, 12], /no sample in row 12: the rows are 0 to 11/],
    [[1.5], /a row is a whole number/],
    [[2 ** 60], /a row is a whole number/],
    [[-1], /rows are counted from 0/],
    [[], /at least one sample/],
    [Array.from({ length: 65 }, () => 0), /at most 64 samples/],
  ]
  for (const [rows, why] of wrong) {
    await expect(ask('clusters.gallery', { run, rows })).rejects.toThrow(why)
    await expect(ask('infer.reconstruct', { run, rows, from: null, task: 'ask' })).rejects.toThrow(why)
  }
  for (const [row, why] of [
    [12, /no sample in row 12/],
    [1.5, /a row is a whole number/],
    [-1, /rows are counted from 0/],
  ] as const) {
    await expect(ask('clusters.sample', { run, row })).rejects.toThrow(why)
    const selection = { run, rows: [row], file: join(folder, 'rows.csv') }
    await expect(ask('export.selection', selection)).rejects.toThrow(why)
  }
  expect(readdirSync(folder)).not.toContain('rows.csv')
  expect((await ask('clusters.gallery', { run, rows: [11, 0] })).ids).toEqual(['s11', 's0'])
})
