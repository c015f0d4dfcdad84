import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { listDatasets } from '../../../src-main/project/datasets.ts'
import { schemaVersion } from '../../../src-main/project/migrations/all.ts'
import { openProject, openProjectReadOnly } from '../../../src-main/project/project.ts'
import { deleteRuns, insertRun, listRuns, readRun, updateRun } from '../../../src-main/project/runs.ts'
import { newRun, projectFolder } from './project-folder.ts'

const lab = projectFolder()

describe('a project file', () => {
  it('is there again after it was closed, alone in one file', async () => {
    const project = lab.open()
    const dataset = await lab.ingest(project)
    project.close()
    expect(readdirSync(lab.folder).sort()).toEqual(['imported.pack', 'lab.causalscope', 'lab.causalscope.files'])
    expect(listDatasets(lab.open().database)).toEqual([dataset])
  })

  it('writes ahead, flushes every commit and watches foreign keys', () => {
    const { database } = lab.open()
    const pragma = (name: string): unknown =>
      Object.values(database.get(v.record(v.string(), v.unknown()), `SELECT * FROM pragma_${name}`) ?? {})[0]
    expect(pragma('journal_mode')).toBe('wal')
    expect(pragma('synchronous')).toBe(2)
    expect(pragma('foreign_keys')).toBe(1)
  })

  it('refuses a missing project, and to make one that exists or has no folder', () => {
    const missing = { program: 'a test' }
    expect(() => openProject(lab.file, missing)).toThrow(/There is no project/)
    expect(() => openProjectReadOnly(lab.file)).toThrow(/There is no project/)
    expect(() => openProject(join(lab.folder, 'none', 'x'), { ...missing, create: 'new' })).toThrow(/does not exist/)
    expect(() => openProject(lab.folder, { ...missing, create: 'missing' })).toThrow(/is a folder/)
    lab.open().close()
    expect(() => lab.open({ create: 'new' })).toThrow(/exists already/)
  })

  it('refuses text, another program’s database and a newer schema, and leaves each as it was', () => {
    writeFileSync(lab.file, 'sample,strain\n1,0.2\n'.repeat(100))
    expect(() => lab.open()).toThrow(/not a Causalscope project/)
    const other = join(lab.folder, 'other.sqlite')
    const foreign = new Database(other)
    foreign.exec('CREATE TABLE birds (name TEXT)')
    foreign.close()
    const before = readFileSync(other)
    expect(() => openProject(other, { program: 'a test' })).toThrow(/not a Causalscope project/)
    expect(readFileSync(other)).toEqual(before)

    const newer = join(lab.folder, 'newer.causalscope')
    openProject(newer, { program: 'a test', create: 'new' }).close()
    const future = new Database(newer)
    future.pragma(`user_version = ${schemaVersion + 1}`)
    future.close()
    expect(() => openProject(newer, { program: 'a test' })).toThrow(/newer version of Causalscope/)
    expect(() => openProjectReadOnly(newer)).toThrow(/newer version of Causalscope/)
  })

  it('says that a damaged file is damaged', async () => {
    const project = lab.open()
    await lab.ingest(project)
    project.close()
    const bytes = readFileSync(lab.file)
    // Whole pages of noise past the schema's first page.
    bytes.fill(0xa5, 2 * 16384, bytes.length - 16384)
    writeFileSync(lab.file, bytes)
    expect(() => lab.open()).toThrow(/damaged/)
  })

  it('can be read while it is written, and not written by what only reads', async () => {
    const project = lab.open()
    const reader = openProjectReadOnly(lab.file)
    const dataset = await lab.ingest(project)
    expect(listDatasets(reader.database)).toEqual([dataset])
    expect(() => reader.database.all(v.unknown(), 'DELETE FROM datasets RETURNING id')).toThrow(/read-only/)
    reader.close()
  })

  it('has one writer, who is named to the next', () => {
    const project = lab.open({ program: 'the window' })
    expect(() => lab.open()).toThrow(new RegExp(`already open for writing in the window \\(process ${process.pid}`))
    project.close()
    lab.open().close()
  })

  it('leaves nothing behind when it cannot be made', () => {
    const other = join(lab.folder, 'taken.causalscope.files')
    writeFileSync(other, 'a file where the folder should be')
    expect(() => openProject(join(lab.folder, 'taken.causalscope'), { program: 'a test', create: 'new' })).toThrow()
    expect(existsSync(join(lab.folder, 'taken.causalscope'))).toBe(false)
  })

  it('marks what a crash left unfinished as interrupted, and lets deleted runs go', async () => {
    const project = lab.open()
    const dataset = await lab.ingest(project)
    const [running, queued, done, deleted] = [0, 1, 2, 3].map(() => insertRun(project.database, newRun(dataset)).id)
    updateRun(project.database, running!, { status: 'running' })
    updateRun(project.database, done!, { status: 'done' })
    updateRun(project.database, deleted!, { status: 'failed' })
    deleteRuns(project.database, [deleted!])
    project.close()
    const again = lab.open()
    expect(again.recovered).toEqual([running, queued])
    expect(readRun(again.database, running!).status).toBe('interrupted')
    expect(listRuns(again.database).map((run) => run.id)).toEqual([running, queued, done])
    expect(insertRun(again.database, newRun(dataset)).id).toBe(deleted! + 1)
  })
})
