/** Opening one project after another, as the page asks for it. */
import { linkSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { CausalscopeApp } from '../../../src-main/app/application.ts'
import { writePack } from '../../../src-main/datasets/pack.ts'
import type { Host } from '../../../src-main/host/host.ts'
import { ingestPack } from '../../../src-main/project/ingest.ts'
import { openProject } from '../../../src-main/project/project.ts'
import { UserSettings } from '../../../src-main/services/settings.ts'
import type { Channel, Reply, RequestOf, ResponseOf } from '../../../src-shared/contract.ts'
import { smallDataset } from '../project/project-folder.ts'
import { ScriptedTrainer } from '../services/scripted-trainer.ts'

const sender = { url: 'https://causalscope.localhost/', mainFrame: true }
const trainers: ScriptedTrainer[] = []
let folder: string
let app: CausalscopeApp

const host: Host = {
  kind: 'chromium',
  nativeDialogs: false,
  nativeMenu: false,
  versions: {},
  open: () => Promise.resolve(),
  push: () => undefined,
  pick: () => Promise.resolve(null),
  reveal: () => Promise.resolve(false),
  openFile: () => Promise.resolve(false),
  guard: () => undefined,
  close: () => Promise.resolve(),
  closed: Promise.resolve(),
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-application-'))
  app = new CausalscopeApp(host, {
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
  rmSync(folder, { recursive: true })
})

async function ask<C extends Channel>(channel: C, body: RequestOf<C>): Promise<ResponseOf<C>> {
  const answered = JSON.parse(await app.answer(sender, channel, JSON.stringify(body))) as Reply
  if (!answered.ok) throw new Error(answered.error.message)
  return answered.value as ResponseOf<C>
}

/** A closed project with a data set in it. */
async function projectFile(name: string): Promise<string> {
  const file = join(folder, name)
  const project = openProject(file, { program: 'a test', create: 'new' })
  const packFile = join(folder, 'set.pack')
  const { sha256 } = await writePack(packFile, smallDataset(40))
  await ingestPack(project.database, packFile, sha256)
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
