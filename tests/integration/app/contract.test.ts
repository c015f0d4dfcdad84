/** Every channel of the contract, asked as the page asks, on real services: answers are held to their schemas. */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CausalscopeApp } from '../../../src-main/app/application.ts'
import type { Host } from '../../../src-main/host/host.ts'
import { UserSettings } from '../../../src-main/services/settings.ts'
import {
  type AnyEvent,
  type Channel,
  events,
  type Reply,
  type RequestOf,
  requests,
  type ResponseOf,
} from '../../../src-shared/contract.ts'
import type { ArrayRef } from '../../../src-shared/contract/shapes.ts'
import { nothingKnown } from '../../../src-shared/knowledge/knowledge.ts'
import { editByHand } from '../../other-program.ts'

const sender = { url: 'https://causalscope.localhost/', mainFrame: true }
const heard: AnyEvent[] = []
const asked = new Set<Channel>()
let folder: string
let app: CausalscopeApp

const host: Host = {
  kind: 'chromium',
  nativeDialogs: false,
  nativeMenu: false,
  versions: {},
  open: () => Promise.resolve(),
  push: (event) => void heard.push(event),
  pick: () => Promise.resolve(null),
  reveal: () => Promise.resolve(false),
  openFile: () => Promise.resolve(false),
  guard: () => undefined,
  close: () => Promise.resolve(),
  closed: Promise.resolve(),
}

async function reply<C extends Channel>(channel: C, body: RequestOf<C>): Promise<Reply> {
  asked.add(channel)
  return JSON.parse(await app.answer(sender, channel, JSON.stringify(body))) as Reply
}

async function ask<C extends Channel>(channel: C, body: RequestOf<C>): Promise<ResponseOf<C>> {
  const answered = await reply(channel, body)
  if (!answered.ok) throw new Error(`${channel}: ${answered.error.message} ${answered.error.hint}`)
  return answered.value as ResponseOf<C>
}

/** Bytes of an array, checked against its shape and type. */
async function fetched(ref: ArrayRef): Promise<Uint8Array> {
  const served = await app.serve(ref.url)
  if (served === null) throw new Error(`${ref.url} is not served`)
  const values = ref.shape.reduce((product, n) => product * n, 1)
  expect(served.body.byteLength).toBe(values * (ref.dtype === 'uint8' ? 1 : 4))
  return served.body
}

/** Twenty-four curves in two groups that a category names. */
async function writeCurves(): Promise<string> {
  const header = ['id', ...Array.from({ length: 16 }, (_, t) => `y@${t}`), 'group']
  const rows = Array.from({ length: 48 }, (_, i) => [
    `s${String(i).padStart(3, '0')}`,
    ...Array.from({ length: 16 }, (__, t) => String((i % 2 === 0 ? t : 16 - t) + 0.1 * ((i * 7 + t * 3) % 11))),
    i % 2 === 0 ? 'rising' : 'falling',
  ])
  const file = join(folder, 'curves.csv')
  await writeFile(file, [header, ...rows].map((row) => row.join(',')).join('\n'))
  return file
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'causalscope-contract-'))
  await mkdir(join(folder, 'exports'))
  app = new CausalscopeApp(host, {
    version: '0.0.0',
    settings: new UserSettings(join(folder, 'settings')),
    page: join(folder, 'page'),
    checkAnswers: true,
  })
})

afterAll(async () => {
  await app.end()
  await rm(folder, { recursive: true, force: true, maxRetries: 10 })
})

describe('the contract, answered by the application', () => {
  it('starts, remembers settings and lists files', async () => {
    await app.openPath(join(folder, 'gone.causalscope'))
    const { info, project, problem } = await ask('app.start', {})
    expect(problem).toMatchObject({ code: 'refused', details: { file: join(folder, 'gone.causalscope') } })
    await app.openPath(join(folder, 'gone.causalscope'))
    expect(heard.at(-1)).toMatchObject({ name: 'app.problem', payload: { code: 'refused' } })
    expect((await ask('app.start', {})).problem).toBeNull()
    expect(info).toMatchObject({ host: 'chromium', nativeDialogs: false })
    expect(project).toBeNull()
    await ask('app.ready', { milliseconds: 1 })
    await ask('app.report', { message: 'a test', stack: '' })
    const { engines } = await ask('app.engines', { refresh: true })
    expect(engines.filter((engine) => engine.chosen)).toHaveLength(1)
    expect(await ask('engine.forget', {})).toEqual({ forgotten: false })
    // What the page could name, it could have written: where the host has no dialog of its own, nothing is loaded.
    expect(await reply('engine.name', { task: 'name' })).toMatchObject({ ok: false, error: { code: 'refused' } })
    expect(await ask('settings.set', { theme: 'dark' })).toMatchObject({ theme: 'dark', engine: 'auto' })
    expect(await ask('task.cancel', { task: 'none' })).toEqual({ cancelled: false })
    expect(await ask('dialog.pick', { purpose: 'open-project', title: '', suggestion: null })).toEqual({ path: null })
    await ask('files.createFolder', { parent: folder, name: 'made' })
    const listing = await ask('files.list', { path: folder })
    expect(listing.entries.map(({ name }) => name)).toContain('made')
    expect((await ask('files.describe', { path: join(folder, 'nothing') })).entry).toBeNull()
    expect(await ask('files.reveal', { path: folder })).toEqual({ shown: false })
    expect(await ask('export.open', { path: join(folder, 'report.html') })).toEqual({ shown: false })
    await ask('export.suggest', {})
    await ask('project.suggest', { name: 'Lattice' })
  })

  it('refuses what needs a project while none is open', async () => {
    for (const channel of ['run.list', 'dataset.list'] as const)
      expect(await reply(channel, {})).toMatchObject({ ok: false, error: { code: 'refused' } })
  })

  it('makes, closes, opens and forgets a project', async () => {
    const { project } = await ask('project.new', { path: join(folder, 'study') })
    expect(project).toMatchObject({ name: 'study', datasets: [], runs: [] })
    await ask('project.close', {})
    expect(await ask('project.current', {})).toEqual({ project: null })
    const { recent } = await ask('project.recent', {})
    expect(recent).toHaveLength(1)
    await ask('project.open', { path: project.path })
    expect(await ask('project.forget', { path: project.path })).toEqual({ recent: [] })
  })

  it('imports a table, dropped or by path, and shows its samples', async () => {
    const source = await writeCurves()
    const { drop } = await ask('drop.begin', { title: 'Curves' })
    const base64 = (await readFile(source)).toString('base64')
    await ask('drop.write', { drop, pieces: [{ path: 'curves.csv', offset: 0, base64 }] })
    const dropped = await ask('drop.end', { drop })
    const { plan } = await ask('import.inspect', { source: dropped.path, description: null, task: 'inspect' })
    expect(plan.blocked).toBeNull()
    expect(plan.samples).toBe(48)
    for (const { array } of plan.preview.modalities) await fetched(array)
    const { dataset } = await ask('import.confirm', {
      source: dropped.path,
      description: plan.description,
      name: 'Curves',
      task: 'import',
    })
    expect(dataset).toMatchObject({ name: 'Curves', samples: 48 })
    const page = await ask('dataset.samples', {
      dataset: dataset.id,
      offset: 40,
      limit: 20,
      search: 's0',
      without: null,
    })
    expect(page.total).toBe(48)
    expect(page.rows.map(({ id }) => id)).toEqual(['s040', 's041', 's042', 's043', 's044', 's045', 's046', 's047'])
    expect(page.rows[0]).toMatchObject({ metadata: ['rising'], present: [true] })
    const curve = new Float32Array((await fetched(page.modalities[0]!.array)).buffer)
    expect(curve[1]! - curve[0]!).toBeGreaterThan(0)
    const all = { dataset: dataset.id, offset: 0, limit: 50, search: '', without: null }
    const last = await ask('dataset.samples', { ...all, order: { by: null, descending: true } })
    expect(last.rows.map(({ id }) => id).slice(0, 2)).toEqual(['s047', 's046'])
    const rising = await ask('dataset.samples', { ...all, filters: [{ column: 'group', category: 'rising' }] })
    expect(rising.total).toBe(24)
    expect(rising.rows.every(({ metadata: [category] }) => category === 'rising')).toBe(true)
    const turned = await ask('dataset.samples', { ...all, order: { by: 'group', descending: true } })
    expect(turned.rows.slice(0, 24).every(({ metadata: [category] }) => category === 'rising')).toBe(true)
    expect(await reply('dataset.samples', { ...all, order: { by: 'mass', descending: false } })).toMatchObject({
      ok: false,
      error: { code: 'refused', message: 'The data set has no column mass.' },
    })
    const spread = await ask('dataset.distributions', { dataset: dataset.id })
    expect(spread.modalities[0]?.quantiles?.median).toHaveLength(16)
    expect(spread.metadata[0]?.categories).toEqual([
      { category: 'falling', samples: 24 },
      { category: 'rising', samples: 24 },
    ])
    await ask('dataset.rename', { dataset: dataset.id, name: 'Renamed' })
    expect((await ask('dataset.list', {})).datasets).toMatchObject([{ name: 'Renamed' }])
  })

  it('shows what steps make of a few samples, stores it and takes it away', async () => {
    const steps = [{ step: 'smooth', window: 5 }, { step: 'snv' }]
    const [{ modalities, sha256 } = { modalities: [], sha256: '' }] = (await ask('dataset.list', {})).datasets
    const from = modalities[0]!.name
    const request = { dataset: 1, from, steps }
    const { ids, before, after } = await ask('preparation.preview', { ...request, samples: 3, task: 'look' })
    expect(ids).toEqual(['s000', 's016', 's032'])
    expect(before.array.array).toMatchObject({ dtype: 'float32', shape: [3, 16] })
    const values = new Float32Array((await fetched(after.array.array)).buffer)
    expect(values.subarray(0, 16).reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 4)
    const wrong = { ...request, steps: [{ step: 'smooth', window: 4 }], samples: 1, task: 'wrong' }
    expect(await reply('preparation.preview', wrong)).toMatchObject({
      ok: false,
      error: { code: 'refused', message: expect.stringContaining('"window" must be an odd whole number') as string },
    })
    const { dataset } = await ask('preparation.add', { ...request, name: 'shape', task: 'add' })
    expect(dataset).toMatchObject({ sha256, modalities: [{ name: from }, { name: 'shape', prepared: { from } }] })
    expect((await ask('model.defaults', { dataset: 1, method: 'causal-pima' })).config.modalities).toEqual(['shape'])
    expect((await ask('preparation.remove', { dataset: 1, name: 'shape' })).dataset.modalities).toHaveLength(1)
  })

  it('checks a configuration by field and estimates its cost', async () => {
    const { config } = await ask('model.defaults', { dataset: 1, method: 'causal-pima' })
    const request = { dataset: 1, method: 'causal-pima', engine: 'auto', threads: null } as const
    const good = await ask('model.check', { ...request, config })
    expect(good.problems).toEqual([])
    expect(good.estimate?.seconds).toBeGreaterThan(0)
    const bad = await ask('model.check', { ...request, config: { ...config, training: { epochs: -1 } } })
    expect(bad.config).toBeNull()
    expect(bad.problems).toMatchObject([{ field: 'training.epochs' }])
  })

  it('compares nodes and categories in a process of its own', async () => {
    const config = { training: { pretrainEpochs: 2 } }
    const request = { dataset: 1, method: 'causal-pima', config, engine: 'auto', threads: 1, mostNodes: 2 } as const
    expect((await ask('model.suggestTime', request)).seconds).toBeGreaterThan(0)
    const { suggestion, headline } = await ask('model.suggest', { ...request, seed: 1, task: 'suggest' })
    expect(suggestion.candidates[0]).toMatchObject({ nodes: [], outcomes: 1 })
    expect(headline).toMatch(/suggested|stand apart/)
    expect(heard).toContainEqual(
      expect.objectContaining({
        name: 'task.progress',
        payload: expect.objectContaining({ task: 'suggest' }) as object,
      }),
    )
  })

  it('trains, and shows the graph, the clusters and the files of the run', async () => {
    const config = {
      nodes: [{ name: 'Shape', categories: 2, anchor: 'group' }],
      training: { pretrainEpochs: 2, epochs: 2, batchSize: 16 },
      mixture: { readings: 1 },
    }
    const started = { dataset: 1, method: 'causal-pima', config, seed: 3, engine: 'auto', threads: null } as const
    const { run } = await ask('run.start', { ...started, name: null })
    await expect
      .poll(async () => (await ask('run.get', { run: run.id })).run.status, { timeout: 150_000, interval: 200 })
      .toBe('done')
    expect((await ask('run.history', { run: run.id, since: 0 })).epochs.length).toBeGreaterThan(1)
    const { preview } = await ask('run.preview', { run: run.id })
    if (preview !== null) await fetched(preview.points)

    const graph = await ask('graph.get', { run: run.id })
    expect(graph.nodes).toMatchObject([{ name: 'Shape', categories: ['falling', 'rising'] }])
    for (const { array } of graph.decoded) await fetched(array)
    const change = { kind: 'rename-node', node: 0, name: 'Trend' } as const
    expect((await ask('graph.change', { run: run.id, change })).annotations.names).toEqual(['Trend'])
    expect((await ask('run.get', { run: run.id })).run.givenNames).toEqual({ Shape: 'Trend' })
    const told = { name: 'runs.changed', payload: { runs: [{ id: run.id, givenNames: { Shape: 'Trend' } }] } }
    await expect.poll(() => heard.findLast(({ name }) => name === 'runs.changed')).toMatchObject(told)
    expect((await ask('graph.undo', { run: run.id })).annotations.names).toEqual(['Shape'])
    expect((await ask('graph.redo', { run: run.id })).annotations).toMatchObject({ names: ['Trend'], redo: null })
    expect(await ask('graph.check', { run: run.id, knowledge: nothingKnown })).toEqual({ why: null })
    const stranger = { ...nothingKnown, required: [['Trend', 'Colour'] as [string, string]] }
    expect((await ask('graph.check', { run: run.id, knowledge: stranger })).why).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('What is known speaks of "Colour", and no node is called that') as string,
    })
    expect(await ask('graph.know', { run: run.id, known: { kind: 'none' } })).toMatchObject({
      given: null,
      annotations: { undo: expect.stringContaining('Trend') as string },
    })
    expect((await ask('graph.text', { run: run.id, format: 'dot' })).text).toContain('Trend')
    expect(await ask('graph.match', { run: run.id, with: { kind: 'run', run: run.id } })).toMatchObject({
      proposed: [0],
    })
    const other = await ask('graph.compare', { run: run.id, with: { kind: 'run', run: run.id } })
    expect(other).toMatchObject({ shd: 0, cpdagShd: 0, onlyHere: [], onlyThere: [] })

    const clusters = await ask('clusters.get', { run: run.id })
    const named = await ask('clusters.rename', { run: run.id, outcome: 0, name: 'Sinking' })
    expect(named.titles).toEqual(['Sinking', clusters.components[1]?.title])
    const taken = { run: run.id, outcome: 1, name: 'Sinking' }
    expect(await reply('clusters.rename', taken)).toMatchObject({ ok: false, error: { code: 'refused' } })
    expect((await ask('clusters.get', { run: run.id })).components[0]?.title).toBe('Sinking')
    expect((await ask('clusters.rename', { run: run.id, outcome: 0, name: '' })).titles[0]).toBe(
      clusters.components[0]?.title,
    )
    expect(clusters.samples).toBe(48)
    for (const ref of [clusters.mean, clusters.sd, clusters.projection.points, clusters.component]) await fetched(ref)
    for (const { values } of [...clusters.nodes, ...clusters.errors, ...clusters.labels]) await fetched(values)
    expect((await app.serve(clusters.idsUrl))?.contentType).toBe('application/json')
    const sample = await ask('clusters.sample', { run: run.id, row: 5 })
    expect(sample).toMatchObject({ id: 's005', metadata: [{ column: 'group', value: 'falling' }] })
    expect((await ask('clusters.gallery', { run: run.id, rows: [7, 3] })).ids).toEqual(['s007', 's003'])

    // A run of this method has none.
    const none = {
      ok: false,
      error: { code: 'refused', message: expect.stringMatching(/no coupled components/) as string },
    }
    for (const [channel, body] of [
      ['components.get', { run: run.id }],
      ['components.rename', { run: run.id, component: 0, name: 'x' }],
      ['components.evaluate', { run: run.id, truth: '/nowhere/truth.json' }],
    ] as const) {
      expect(await reply(channel, body)).toMatchObject(none)
    }
    for (const [channel, body] of [
      ['prediction.get', { run: run.id }],
      ['prediction.sets', { run: run.id }],
      ['prediction.tell', { run: run.id, dataset: 1, file: join(folder, 'told.csv'), task: 'telling' }],
    ] as const) {
      expect(await reply(channel, body)).toMatchObject({ ok: false, error: { code: 'refused' } })
    }

    const out = join(folder, 'exports')
    const written = await ask('export.run', {
      run: run.id,
      folder: out,
      formats: ['clusters.csv', 'graph.json'],
      task: 'export',
    })
    expect(written.files).toHaveLength(2)
    const selected = await ask('export.selection', { run: run.id, file: join(out, 'some'), rows: [1, 4] })
    const csv = await readFile(selected.files[0]!.path, 'utf8')
    expect(
      csv
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(',')[0]),
    ).toEqual(['\uFEFFid', 's001', 's004'])
  }, 180_000)

  it('replicates a finished run, and stops', async () => {
    const before = await ask('replication.estimate', { run: 1, replicates: 2 })
    expect(before).toMatchObject({ done: 0 })
    expect(before.seconds).toBeGreaterThan(0)
    await ask('replication.start', { run: 1, replicates: 2 })
    expect(await reply('replication.start', { run: 1, replicates: 2 })).toMatchObject({ ok: false })
    const judged = async (): Promise<number> => (await ask('graph.get', { run: 1 })).judgement.replicates
    await expect.poll(judged, { timeout: 120_000, interval: 200 }).toBe(2)
    expect((await ask('graph.get', { run: 1 })).finding.provisional).toBe(false)
    expect(await ask('replication.estimate', { run: 1, replicates: 2 })).toMatchObject({ done: 2 })
    await ask('replication.start', { run: 1, replicates: 3 })
    await ask('replication.stop', {})
  }, 180_000)

  it('begins a study, stops it, goes on to its end and says which setting does best', async () => {
    const { config } = await ask('model.defaults', { dataset: 1, method: 'causal-pima' })
    const short = { ...config, training: { pretrainEpochs: 3, epochs: 2, batchSize: 32 }, mixture: { readings: 1 } }
    const plan = { dataset: 1, method: 'causal-pima', config: short, seeds: 1, firstSeed: 3, engine: 'auto' } as const
    const wrong = await reply('study.begin', { ...plan, over: ['training.epoch=2,3'] })
    expect(wrong).toMatchObject({ ok: false, error: { hint: expect.stringContaining('training.epochs') as string } })
    expect(await ask('study.list', {})).toEqual({ studies: [] })
    const { study } = await ask('study.begin', { ...plan, over: ['training.epochs=2,3'] })
    expect(await reply('study.begin', { ...plan, over: ['training.epochs=2,3'] })).toMatchObject({ ok: false })
    await ask('study.stop', {})
    const working = () => heard.findLast((event) => event.name === 'study.progress')?.payload.working
    await expect.poll(working, { timeout: 60_000, interval: 100 }).toBe(false)
    await ask('study.continue', { study })
    const done = async (): Promise<number> => (await ask('study.list', {})).studies[0]!.done
    await expect.poll(done, { timeout: 120_000, interval: 200 }).toBe(2)
    await expect.poll(working, { timeout: 10_000, interval: 50 }).toBe(false)
    expect((await ask('study.tasks', { study })).tasks).toHaveLength(2)
    const table = await ask('study.table', { study, by: 'score', lower: null })
    expect(table.rows.map(({ values }) => values)).toEqual([['2'], ['3']])
    expect(table.best).not.toBeNull()
    await ask('run.delete', { runs: table.rows.flatMap(({ runs }) => runs.map(({ run }) => run!)) })
    expect((await ask('study.list', {})).studies[0]).toMatchObject({ planned: 2, done: 0 })
  }, 200_000)

  it('asks the trained model', async () => {
    const decoded = await ask('infer.decode', { run: 1, latents: [[0, 0, 0]], task: 'decode' })
    expect(decoded.decoded.map(({ array }) => array.shape)).toEqual([[1, 16]])
    const { decoded: rebuilt } = await ask('infer.reconstruct', { run: 1, rows: [0, 1], from: null, task: 'rebuild' })
    expect(rebuilt.map(({ array }) => array.shape)).toEqual([[2, 16]])
    const drawn = await ask('infer.draw', { run: 1, component: 0, count: 3, seed: 1, task: 'draw' })
    expect(drawn.latents.shape[0]).toBe(3)
    const told = await ask('infer.told', { run: 1, row: 0, from: ['curves'], count: 2, seed: 1, task: 'tell' })
    expect(told.draws.map(({ array }) => array.shape)).toEqual([[2, 16]])
    const header = Array.from({ length: 16 }, (_, i) => `y@${i}`)
    const rows = Array.from({ length: 14 }, (_, i) => [`new${i}`, ...header.map((_h, j) => i + j)].join(','))
    const source = join(folder, 'new.csv')
    await writeFile(source, [['id', ...header].join(','), ...rows].join('\n'))
    const question = { run: 1, source, from: ['curves'], count: 2, seed: 1, task: 'new' }
    const fresh = await ask('infer.new', question)
    expect(fresh).toMatchObject({ total: 14, samples: { length: 12 } })
    expect(fresh.samples[0]).toMatchObject({
      id: 'new0',
      told: { from: ['curves'] },
      draws: [{ array: { shape: [2, 16] } }],
    })
    await expect(ask('infer.new', { ...question, from: ['nothing'] })).rejects.toThrow('did not use the modality')
  })

  it('asks what would be if a node were set, for all and for one sample, and keeps the question', async () => {
    const question = { run: 1, settings: [{ node: 0, value: 1 }] } as const
    const { effect, set } = await ask('intervene.effect', { ...question, count: 2, seed: 1, task: 'set' })
    expect(effect.nodes[0]?.set).toEqual([0, 1])
    expect(set.map(({ array }) => array.shape)).toEqual([[2, 16]])
    const sample = await ask('intervene.sample', { ...question, row: 0, count: 2, seed: 1, task: 'sample' })
    expect(sample.counterfactual.nodes[0]?.would).toEqual([0, 1])
    expect((await ask('intervene.keep', question)).undo).toContain('Keep what if')
    expect((await ask('graph.undo', { run: 1 })).annotations.undo ?? '').not.toContain('Keep')
  })

  it('pauses, goes on, interrupts, resumes, renames, copies, deletes and restores runs', async () => {
    const { config } = await ask('model.defaults', { dataset: 1, method: 'causal-pima' })
    const long = { ...config, training: { pretrainEpochs: 20_000, epochs: 1, patience: 0, batchSize: 4 } }
    const request = { dataset: 1, method: 'causal-pima', config: long, seed: 1, engine: 'auto', threads: null } as const
    const { run } = await ask('run.start', { ...request, name: 'Long' })
    const status = async (): Promise<string> => (await ask('run.get', { run: run.id })).run.status
    const becomes = (wanted: string) => expect.poll(status, { timeout: 60_000, interval: 50 }).toBe(wanted)
    await becomes('running')
    await ask('run.pause', { run: run.id })
    await becomes('paused')
    await ask('run.continue', { run: run.id })
    await becomes('running')
    expect(await ask('app.quit', { confirmed: false })).toEqual({ quitting: false, running: 1 })
    await ask('run.interrupt', { run: run.id })
    await becomes('interrupted')
    await ask('run.resume', { run: run.id })
    await becomes('running')
    await ask('run.interrupt', { run: run.id })
    await becomes('interrupted')
    await ask('run.rename', { run: run.id, name: 'Short' })
    expect(await ask('run.duplicate', { run: run.id })).toMatchObject({ dataset: 1, name: 'Short again' })
    await ask('run.delete', { runs: [run.id] })
    expect((await ask('run.list', {})).runs).toHaveLength(1)
    await ask('run.restore', { runs: [run.id] })
    expect((await ask('run.list', {})).runs).toHaveLength(2)
    expect(await ask('run.whyNotOn', { run: 1 })).toEqual({ why: null })
    const { run: longer } = await ask('run.goOn', { run: 1, epochs: 1 })
    await expect
      .poll(async () => (await ask('run.get', { run: longer.id })).run.status, { timeout: 60_000, interval: 50 })
      .toBe('done')
    const { provenance } = await ask('run.get', { run: longer.id })
    expect(provenance).toMatchObject({ goesOnFrom: { run: 1 } })
    await ask('run.delete', { runs: [longer.id] })
    expect(await reply('dataset.delete', { dataset: 1 })).toMatchObject({ ok: false, error: { code: 'refused' } })
  }, 180_000)

  it('makes a new project of what is whole in a damaged one', async () => {
    const { path } = (await ask('project.current', {})).project!
    await ask('project.close', {})
    const damaged = join(folder, 'damaged.causalscope')
    await copyFile(path, damaged)
    editByHand(damaged, 'UPDATE run_log SET seal = seal + 1 WHERE rowid = 1')
    expect(await reply('project.open', { path: damaged })).toMatchObject({
      ok: false,
      error: { details: { recoverable: true } },
    })
    const { path: out } = await ask('project.suggestRecovered', { path: damaged })
    const { project } = await ask('project.recover', { path: damaged, out, task: 'recover' })
    expect(project).toMatchObject({ path: out, recoveries: [{ leftOut: [expect.any(String)] }] })
  }, 60_000)

  it('told the page of it all in events that fit their schemas', () => {
    for (const { name, payload } of heard) v.parse(events[name], payload)
    expect(new Set(heard.map(({ name }) => name))).toEqual(
      new Set([
        'settings.changed',
        'project.changed',
        'datasets.changed',
        'task.progress',
        'runs.changed',
        'run.progress',
        'run.epochs',
        'run.preview',
        'run.log',
        'replication.progress',
        'study.progress',
        'app.problem',
      ]),
    )
  })

  it('was asked on every channel but the one that makes a second project', () => {
    const silent = Object.keys(requests).filter((channel) => !asked.has(channel as Channel))
    expect(silent).toEqual(['project.openSample'])
  })
})
