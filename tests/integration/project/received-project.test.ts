/**
 * A project file from somebody else: whatever it holds, in whichever column or under whichever name, nothing outside its
 * own folder is written, replaced or removed, and what is wrong is said in words.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writePack } from '../../../src-main/datasets/pack.ts'
import { annotate } from '../../../src-main/project/annotations.ts'
import { deleteDataset, listDatasets } from '../../../src-main/project/datasets.ts'
import { ingestPack } from '../../../src-main/project/ingest.ts'
import { packFor } from '../../../src-main/project/packs.ts'
import { openProject, openProjectReadOnly, type ReadableProject } from '../../../src-main/project/project.ts'
import { readCheckpoints, readEpochs, readLog } from '../../../src-main/project/run-history.ts'
import { deleteRuns, listRuns } from '../../../src-main/project/runs.ts'
import { findRows, readIds, readMetadata, readPresence, readRows } from '../../../src-main/project/samples.ts'
import { readFinishedRun } from '../../../src-main/services/results.ts'
import { recordEvent } from '../../../src-main/services/run-record.ts'
import { CausalscopeError } from '../../../src-shared/errors.ts'
import { forger } from '../../other-program.ts'
import { smallDataset } from '../../unit/project/project-folder.ts'
import { finishedRun, trainFake } from '../../unit/services/fake-training.ts'

let lab: string
let inside: string
let outside: string
let file: string

beforeAll(async () => {
  lab = mkdtempSync(join(tmpdir(), 'causalscope-received-'))
  inside = join(lab, 'template')
  mkdirSync(inside)
  file = join(inside, 'lab.causalscope')
  const project = openProject(file, { program: 'a test', create: 'new' })
  const packFile = join(lab, 'imported.pack')
  for (const [n, largestInside] of [
    [6, 2 ** 20],
    [7, 0],
  ] as const) {
    const { sha256 } = await writePack(packFile, smallDataset(n))
    await ingestPack(project.database, packFile, sha256, { largestInside })
  }
  for (const dataset of listDatasets(project.database)) {
    const id = await finishedRun(project, dataset)
    recordEvent(project.database, id, { type: 'log', level: 'info', message: 'trained' })
    annotate(project.database, id, 'Rename', [{ key: 'node/0/name', value: 'Topology' }])
  }
  project.close()
})
afterAll(() => rmSync(lab, { recursive: true, maxRetries: 10 }))

/** Every file below the folder with its content. */
function contentOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [relative(folder, path), entry.isFile() ? readFileSync(path, 'latin1') : 'folder']
    }),
  )
}

/** A copy of the project to do harm to, and beside it what must not change. */
function received(): void {
  const place = mkdtempSync(join(lab, 'case-'))
  inside = join(place, 'inside')
  outside = join(place, 'outside')
  file = join(inside, 'lab.causalscope')
  cpSync(join(lab, 'template'), inside, { recursive: true })
  cpSync(inside, join(outside, 'copy'), { recursive: true })
  for (const name of ['victim', 'victim.pack', 'victim.json']) writeFileSync(join(outside, name), name)
}

/** What was thrown that is not in words. */
const raw: unknown[] = []

async function attempt(work: () => unknown): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof CausalscopeError))
      raw.push(String(error), error instanceof Error ? error.stack?.split('\n').slice(1, 4).join() : '')
  }
}

async function readEverything(project: ReadableProject): Promise<void> {
  const { database } = project
  await attempt(() => listDatasets(database))
  await attempt(() => listRuns(database))
  for (const id of [1, 2]) {
    for (const read of [readMetadata, readIds, readCheckpoints, readEpochs, readLog] as const)
      await attempt(() => read(database, id))
    await attempt(() => readRows(database, id, [0, 1, 5]))
    await attempt(() => readPresence(database, id, 'curve'))
    await attempt(() => findRows(database, id, 's'))
    await attempt(() => readFinishedRun(project, id))
  }
}

/** All that is ever done with a project. */
async function useEverything(): Promise<void> {
  await attempt(async () => {
    const project = openProjectReadOnly(file)
    await readEverything(project).finally(() => project.close())
  })
  await attempt(async () => {
    const project = openProject(file, { program: 'a test' })
    try {
      await readEverything(project)
      for (const id of [1, 2]) {
        await attempt(() => packFor(project.database, id))
        await attempt(() => trainFake(project, id, true))
        await attempt(() => deleteRuns(project.database, [id]))
      }
    } finally {
      project.close()
    }
  })
  await attempt(() => openProject(file, { program: 'a test' }).close())
  await attempt(async () => {
    const project = openProject(file, { program: 'a test' })
    try {
      for (const id of [1, 2]) await attempt(() => deleteDataset(project.database, id))
      const packFile = join(dirname(inside), 'again.pack')
      const { sha256 } = await writePack(packFile, smallDataset(7))
      await attempt(() => ingestPack(project.database, packFile, sha256, { largestInside: 0 }))
    } finally {
      project.close()
    }
  })
}

async function expectNoHarm(what: string): Promise<void> {
  const before = contentOf(outside)
  await useEverything()
  expect(contentOf(outside), what).toEqual(before)
  expect(raw.splice(0), what).toEqual([])
  rmSync(dirname(inside), { recursive: true })
}

/** Paths out of each folder that a name is ever joined to. */
const ways = ['../../../outside/victim', '../../../../outside/victim.pack', '/etc/hostname']

/** The JSON value with every text in it, or every number, replaced. */
function poisoned(value: unknown, text: string, number: number): unknown {
  if (typeof value === 'string') return text
  if (typeof value === 'number') return number
  if (Array.isArray(value)) return value.map((each) => poisoned(each, text, number))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, poisoned(each, text, number)]))
}

function hostileValues(type: string, now: unknown): (string | bigint | number | Uint8Array)[] {
  if (type === 'INTEGER') return [-1n, 0n, 2n ** 62n]
  if (type === 'REAL') return [-1e300]
  if (type === 'BLOB') return [Uint8Array.of(1, 2, 3)]
  const text = typeof now === 'string' ? now : ''
  if (!/^[[{]/.test(text)) return ways
  return [...ways.map((way) => JSON.stringify(poisoned(JSON.parse(text), way, -1))), '{}', 'no JSON']
}

interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
}

function everyColumn(): Column[] {
  const database = new Database(join(lab, 'template', 'lab.causalscope'), { readonly: true })
  try {
    return database
      .prepare<[], Column>(
        `SELECT t.name AS "table", c.name, c.type FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`,
      )
      .all()
  } finally {
    database.close()
  }
}

it('leaves everything outside alone, whatever a column holds', { timeout: 600_000 }, async () => {
  const columns = everyColumn()
  expect(columns.length).toBeGreaterThan(60)
  for (const { table, name, type } of columns) {
    const probe = new Database(join(lab, 'template', 'lab.causalscope'), { readonly: true })
    const now = probe.prepare(`SELECT ${name} FROM ${table} LIMIT 1`).pluck().get()
    probe.close()
    for (const value of hostileValues(type, now)) {
      received()
      const database = forger(file)
      // The whole column where it may be, else one row: two rows of one key are no file that SQLite reads.
      for (const rows of ['', ' WHERE rowid = 1', ' WHERE rowid = 2'])
        try {
          database.prepare(`UPDATE ${table} SET ${name} = ?${rows}`).run(value)
          break
        } catch (error) {
          if (!(error instanceof Database.SqliteError)) throw error
        }
      database.close()
      await expectNoHarm(`${table}.${name} = ${typeof value === 'string' ? value : String(value)}`)
    }
  }
})

it('leaves everything outside alone when a deleted run is purged, and a data set removed', async () => {
  received()
  const database = forger(file)
  database.exec(`UPDATE runs SET deleted_at = '2026-11-22'`)
  database.close()
  rmSync(join(`${file}.files`, 'runs'), { recursive: true })
  symlinkSync(join(outside, 'copy', 'lab.causalscope.files', 'runs'), join(`${file}.files`, 'runs'))
  await expectNoHarm('runs')
})

/** Names that the program makes beside and below a project, there or not. */
function everyName(): string[] {
  const template = join(lab, 'template')
  const there = readdirSync(template, { recursive: true, encoding: 'utf8' }).filter((n) => n !== 'lab.causalscope')
  const files = 'lab.causalscope.files'
  const pack = readdirSync(join(template, files, 'datasets'))[0]!
  return [
    ...new Set([
      ...there,
      ...['-wal', '-shm', '-journal', '.backup-schema-1', '.backup-schema-2'].map((end) => `lab.causalscope${end}`),
      ...['writer.json', 'writer.lock', 'writer.lock-journal', 'packs', 'datasets', 'runs'].map((n) => join(files, n)),
      join(files, 'packs', pack),
      ...['trainer.lock', `trainer.lock-${process.pid}`, 'last-word.json', 'result.json', 'samples.npz'].map((n) =>
        join(files, 'runs', '1', n),
      ),
    ]),
  ]
}

it('follows no link, whatever in its folder is one', { timeout: 120_000 }, async () => {
  for (const name of everyName())
    for (const target of [join('copy', name), 'victim', 'not-there']) {
      received()
      if (target.startsWith('copy') && !existsSync(join(outside, target))) {
        rmSync(dirname(inside), { recursive: true })
        continue
      }
      rmSync(join(inside, name), { recursive: true, force: true })
      mkdirSync(dirname(join(inside, name)), { recursive: true })
      symlinkSync(join(outside, target), join(inside, name))
      await expectNoHarm(`${name} -> ${target}`)
    }
})
