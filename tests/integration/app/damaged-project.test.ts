/** A project file in which a column holds what it should not: every request of the page is answered, or refused in words. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CausalscopeApp } from '../../../src-main/app/application.ts'
import { writePack } from '../../../src-main/datasets/pack.ts'
import { annotate } from '../../../src-main/project/annotations.ts'
import { ingestPack } from '../../../src-main/project/ingest.ts'
import { openProject } from '../../../src-main/project/project.ts'
import { UserSettings } from '../../../src-main/services/settings.ts'
import type { Channel, Reply, RequestOf } from '../../../src-shared/contract.ts'
import { smallDataset } from '../../unit/project/project-folder.ts'
import { finishedRun } from '../../unit/services/fake-training.ts'
import { idleHost } from '../../idle-host.ts'
import { forger } from '../../other-program.ts'

const sender = { url: 'https://causalscope.localhost/', mainFrame: true }
let lab: string
let template: string

beforeAll(async () => {
  lab = mkdtempSync(join(tmpdir(), 'causalscope-damaged-'))
  template = join(lab, 'template')
  mkdirSync(template)
  const project = openProject(join(template, 'lab.causalscope'), { program: 'a test', create: 'new' })
  const packFile = join(lab, 'set.pack')
  const { sha256 } = await writePack(packFile, smallDataset(6))
  const run = await finishedRun(project, await ingestPack(project.database, packFile, sha256))
  annotate(project.database, run, 'Rename', [
    { key: 'node/0/name', value: 'Topology' },
    { key: 'node/0/position', value: { x: 1, y: 2 } },
  ])
  project.close()
})
afterAll(() => rmSync(lab, { recursive: true, maxRetries: 10 }))

/** One request to one channel. */
type Asked = { [C in Channel]: readonly [C, RequestOf<C>] }[Channel]

const questions: readonly Asked[] = [
  ['project.current', {}],
  ['run.list', {}],
  ['run.get', { run: 1 }],
  ['run.history', { run: 1, since: 0 }],
  ['run.duplicate', { run: 1 }],
  ['dataset.list', {}],
  ['dataset.samples', { dataset: 1, offset: 0, limit: 20, search: '', without: null }],
  ['dataset.samples', { dataset: 1, offset: 0, limit: 20, search: 's', without: 'curve' }],
  ['dataset.distributions', { dataset: 1 }],
  ['clusters.get', { run: 1 }],
  ['clusters.sample', { run: 1, row: 1 }],
  ['clusters.gallery', { run: 1, rows: [0, 5] }],
  ['graph.get', { run: 1 }],
  ['graph.text', { run: 1, format: 'dot' }],
  ['graph.undo', { run: 1 }],
  ['graph.redo', { run: 1 }],
  ['model.defaults', { dataset: 1, method: 'causal-pima' }],
  ['run.rename', { run: 1, name: 'renamed' }],
  ['dataset.rename', { dataset: 1, name: 'renamed' }],
]

/** The value with one leaf after another replaced, or left out. */
function* withOneFault(value: unknown): Generator {
  for (const wrong of [0, 1e9, null, 'image']) if (wrong !== value) yield wrong
  if (Array.isArray(value))
    for (const [i, each] of value.entries()) {
      for (const faulty of withOneFault(each)) yield value.with(i, faulty)
      yield value.toSpliced(i, 1)
    }
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value)) {
      for (const faulty of withOneFault(each)) yield { ...value, [key]: faulty }
      yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== key))
    }
}

/** Of deep values, evenly some. */
const mostFaults = 40

function faultsOf(type: string, now: unknown): (string | bigint | number | Uint8Array)[] {
  if (type === 'INTEGER') return [-1n, 0n, 7n, 1000n, 2n ** 40n]
  if (type === 'REAL') return [-1e300]
  if (type === 'BLOB') return [Uint8Array.of(1, 2, 3), new Uint8Array(0)]
  if (typeof now !== 'string' || !/^[[{]/.test(now)) return ['x', '', 'done', 'running', 'failed']
  const all = [...withOneFault(JSON.parse(now))]
  const step = Math.ceil(all.length / mostFaults)
  return ['no JSON', '{}', '[]', ...all.filter((_, i) => i % step === 0).map((faulty) => JSON.stringify(faulty))]
}

interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly now: unknown
}

function everyColumn(): Column[] {
  const database = new Database(join(template, 'lab.causalscope'), { readonly: true })
  try {
    const columns = database
      .prepare<[], Omit<Column, 'now'>>(
        `SELECT t.name AS "table", c.name, c.type FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`,
      )
      .all()
    return columns.map((column) => ({
      ...column,
      now: database.prepare(`SELECT ${column.name} FROM "${column.table}" LIMIT 1`).pluck().get(),
    }))
  } finally {
    database.close()
  }
}

/** A copy of the project with the value in the whole column, or in its first row where rows must differ. */
function damaged({ table, name }: Column, value: string | bigint | number | Uint8Array): string {
  const place = mkdtempSync(join(lab, 'case-'))
  cpSync(template, place, { recursive: true })
  const file = join(place, 'lab.causalscope')
  const database = forger(file)
  for (const rows of ['', ' WHERE rowid = 1'])
    try {
      database.prepare(`UPDATE "${table}" SET ${name} = ?${rows}`).run(value)
      break
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error
    }
  database.close()
  return file
}

/** What was answered that is not a sentence for a person. */
async function rawAnswers(file: string): Promise<string[]> {
  const settings = new UserSettings(join(lab, 'settings'))
  const app = new CausalscopeApp(idleHost, { version: '0.0.0', settings, page: lab })
  const raw: string[] = []
  const ask = async ([channel, body]: Asked): Promise<boolean> => {
    const reply = JSON.parse(await app.answer(sender, channel, JSON.stringify(body))) as Reply
    if (!reply.ok && !/\.\s*$/.test(reply.error.message)) raw.push(`${channel}: ${reply.error.message}`)
    return reply.ok
  }
  if (await ask(['project.open', { path: file }])) for (const question of questions) await ask(question)
  await app.end()
  return raw
}

it('is answered in words, whatever a column holds', { timeout: 120_000 }, async () => {
  let tried = 0
  for (const column of everyColumn())
    for (const value of faultsOf(column.type, column.now)) {
      tried++
      const file = damaged(column, value)
      expect(await rawAnswers(file), `${column.table}.${column.name} = ${String(value)}`).toEqual([])
      rmSync(join(file, '..'), { recursive: true })
    }
  expect(tried).toBeGreaterThan(500)
})
