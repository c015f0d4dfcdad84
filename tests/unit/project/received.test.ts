/** What a project from somebody else may try, each in the way that once worked or could. */
import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { truncateSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { listDatasets } from '../../../src-main/project/datasets.ts'
import { runFolder } from '../../../src-main/project/folders.ts'
import { packFor } from '../../../src-main/project/packs.ts'
import { openProject, openProjectReadOnly } from '../../../src-main/project/project.ts'
import { deleteRuns, insertRun, updateRun } from '../../../src-main/project/runs.ts'
import { forger } from '../../other-program.ts'
import { databaseAtVersion } from './migrations/at-version.ts'
import { newRun, projectFolder } from './project-folder.ts'

const lab = projectFolder()
const files = (): string => `${lab.file}.files`

/** A closed project with a data set and a deleted run, and a folder elsewhere with a file of somebody's. */
async function received(): Promise<string> {
  const project = lab.open()
  const run = insertRun(project.database, newRun(await lab.ingest(project)))
  mkdirSync(runFolder(lab.file, run.id), { recursive: true })
  updateRun(project.database, run.id, { status: 'done' })
  deleteRuns(project.database, [run.id])
  project.close()
  const elsewhere = join(lab.folder, 'elsewhere')
  mkdirSync(join(elsewhere, '1'), { recursive: true })
  writeFileSync(join(elsewhere, '1', 'thesis.txt'), 'years')
  return elsewhere
}

const use = (): void => openProject(lab.file, { program: 'a test' }).close()

it('purges no run through a link', async () => {
  const elsewhere = await received()
  rmSync(join(files(), 'runs'), { recursive: true })
  symlinkSync(elsewhere, join(files(), 'runs'))
  use()
  expect(readFileSync(join(elsewhere, '1', 'thesis.txt'), 'utf8')).toBe('years')
})

it('refuses a folder beside it that is a link', async () => {
  const elsewhere = await received()
  rmSync(files(), { recursive: true })
  symlinkSync(elsewhere, files())
  expect(use).toThrow(/lab\.causalscope\.files is a link/)
  expect(readdirSync(elsewhere)).toEqual(['1'])
})

it('refuses a hash that is a path', async () => {
  const elsewhere = await received()
  const database = forger(lab.file)
  database.exec(`UPDATE datasets SET sha256 = '../../elsewhere/1'`)
  database.close()
  const project = lab.open()
  expect(() => listDatasets(project.database)).toThrow(/sha256: not a SHA-256/)
  await expect(packFor(project.database, 1)).rejects.toThrow(/sha256: not a SHA-256/)
  expect(readdirSync(elsewhere)).toEqual(['1'])
})

it('overwrites no file through the note or the lock of the writer', async () => {
  const elsewhere = await received()
  const thesis = join(elsewhere, '1', 'thesis.txt')
  for (const [name, link] of [
    ['writer.json', symlinkSync],
    ['writer.lock', symlinkSync],
    ['writer.json', linkSync],
    ['writer.lock', linkSync],
  ] as const) {
    rmSync(join(files(), name), { force: true })
    link(thesis, join(files(), name))
    if (link === linkSync && name === 'writer.json') use()
    else expect(use).toThrow(/is a link|is not the lock/)
    expect(readFileSync(thesis, 'utf8')).toBe('years')
    rmSync(join(files(), name), { force: true })
  }
})

it('keeps the copy before a migration from following a link', async () => {
  const elsewhere = await received()
  rmSync(lab.file)
  databaseAtVersion(lab.file, 2).close()
  const thesis = join(elsewhere, '1', 'thesis.txt')
  symlinkSync(thesis, `${lab.file}.backup-schema-2`)
  use()
  expect(readFileSync(thesis, 'utf8')).toBe('years')
  expect(readFileSync(`${lab.file}.backup-schema-2`, 'latin1')).toMatch(/^SQLite format 3/)
})

it('refuses links under the names of the log', async () => {
  const elsewhere = await received()
  for (const end of ['-wal', '-shm', '-journal']) {
    symlinkSync(join(elsewhere, '1', 'thesis.txt'), lab.file + end)
    expect(use, end).toThrow(/is a link/)
    expect(() => openProjectReadOnly(lab.file), end).toThrow(/is a link/)
    rmSync(lab.file + end)
  }
})

it('makes no project through a link to nothing', () => {
  symlinkSync(join(lab.folder, 'elsewhere.db'), lab.file)
  expect(() => lab.open()).toThrow(/is a link to a file that is not there/)
  expect(existsSync(join(lab.folder, 'elsewhere.db'))).toBe(false)
})

/** A journal as a crash leaves it, whose end says that it belongs to a transaction over several files. */
function journalNaming(victim: string): void {
  const database = forger(lab.file)
  database.pragma('cache_size = 1')
  database.exec('BEGIN; CREATE TEMP TABLE t (x)')
  database.exec(`UPDATE sample_chunks SET data = zeroblob(length(data)); UPDATE samples SET id = id || '-'`)
  database.exec(
    `INSERT INTO run_log (run_id, at, level, message) SELECT id, '', 'info', hex(zeroblob(200000)) FROM runs`,
  )
  const journal = readFileSync(`${lab.file}-journal`)
  cpSync(lab.file, `${lab.file}.copy`)
  database.exec('ROLLBACK')
  database.close()
  cpSync(`${lab.file}.copy`, lab.file)
  const name = Buffer.from(victim)
  const end = Buffer.alloc(16)
  end.writeUInt32BE(name.length, 0)
  end.writeUInt32BE(
    name.reduce((sum, byte) => (sum + ((byte << 24) >> 24)) >>> 0, 0),
    4,
  )
  end.set([0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7], 8)
  const page = Buffer.alloc(4)
  page.writeUInt32BE(2 ** 30 / 16384 + 1)
  writeFileSync(`${lab.file}-journal`, Buffer.concat([journal, page, name, end]))
}

it('lets no journal name a file for SQLite to delete', async () => {
  const elsewhere = await received()
  const thesis = join(elsewhere, '1', 'thesis.txt')
  journalNaming(thesis)
  expect(use).toThrow(/was not written by Causalscope: it names another file/)
  expect(existsSync(thesis)).toBe(true)
})

it('refuses tables that were changed by hand', async () => {
  await received()
  const database = new Database(lab.file)
  database.exec(`CREATE TRIGGER surprise AFTER UPDATE ON runs BEGIN DELETE FROM datasets; END`)
  database.close()
  expect(use).toThrow(/tables are not those of a Causalscope project/)
  expect(() => openProjectReadOnly(lab.file)).toThrow(/are not those of/)
})

it('makes no project of a file that is something else', () => {
  const notes = join(lab.folder, 'notes.txt')
  for (const [content, what] of [
    ['', 'it is empty'],
    ['a few words', 'it is text'],
    ['a few words\n'.repeat(1000), 'it is text'],
    ['µ'.repeat(1000), 'it is text'],
    ['\0'.repeat(2000), 'it holds nothing but zeros'],
    ['PK\x03\x04'.padEnd(200, '\0'), 'it is a ZIP archive'],
    ['\x01\x02'.repeat(100), 'it does not begin as one'],
  ] as const) {
    writeFileSync(notes, content)
    for (const create of ['never', 'missing'] as const)
      expect(() => openProject(notes, { program: 'a test', create })).toThrow(
        `notes.txt is not a Causalscope project: ${what}`,
      )
    expect(() => openProjectReadOnly(notes)).toThrow(/is not a Causalscope project/)
    expect(readFileSync(notes, 'utf8')).toBe(content)
  }
  const foreign = new Database(join(lab.folder, 'notes.db'))
  foreign.exec('CREATE TABLE a (x)')
  foreign.close()
  expect(() => openProject(join(lab.folder, 'notes.db'), { program: 'a test' })).toThrow(
    /is not a Causalscope project: it is a database of another program/,
  )
  expect(readdirSync(lab.folder).sort()).toEqual(['notes.db', 'notes.txt'])
})

it('is a damaged project still where a byte of its beginning is another, and can be recovered', async () => {
  await received()
  const sound = readFileSync(lab.file)
  // Of the letters that every SQLite file begins with, of the page size's neighbours, of what names the program.
  for (const at of [0, 7, 15, 21, 23, 70]) {
    const bytes = Buffer.from(sound)
    bytes[at]! ^= 1
    writeFileSync(lab.file, bytes)
    for (const open of [use, () => openProjectReadOnly(lab.file)])
      expect(open).toThrow(
        expect.objectContaining({
          message: expect.stringContaining('is damaged') as string,
          details: expect.objectContaining({ recoverable: true }) as object,
        }),
      )
  }
  // A name alone makes no project: what was written over it is told, and there is nothing to recover.
  writeFileSync(lab.file, 'sample,strain\n1,0.2\n'.repeat(100))
  expect(use).toThrow(
    expect.objectContaining({
      message: `${lab.file} is not a Causalscope project: it is text.`,
      hint: expect.stringContaining('has the name of one') as string,
      details: { file: lab.file },
    }),
  )
})

it.skipIf(process.platform === 'win32')('refuses a pipe', () => {
  execFileSync('mkfifo', [lab.file])
  expect(use).toThrow(/is not a file/)
  expect(() => openProjectReadOnly(lab.file)).toThrow(/is not a file/)
})

it('opens what a writer left that was killed before its log was folded in', async () => {
  const project = lab.open()
  await lab.ingest(project)
  const copy = join(lab.folder, 'copy.causalscope')
  for (const end of ['', '-wal']) cpSync(lab.file + end, copy + end)
  const again = openProject(copy, { program: 'a test' })
  expect(listDatasets(again.database)).toHaveLength(1)
  again.close()
})

it('goes on with a project whose maker was killed before there was a table', () => {
  const database = new Database(lab.file)
  database.pragma('application_id = 1129533514')
  database.close()
  expect(listDatasets(lab.open().database)).toEqual([])
})

it('does not play the log of a lost project into a new one', () => {
  writeFileSync(`${lab.file}-wal`, 'left')
  expect(() => lab.open()).toThrow(/was left by another project/)
  truncateSync(`${lab.file}-wal`)
  rmSync(`${lab.file}-wal`)
  lab.open()
})

it('is not written under two names at once', async () => {
  await received()
  const other = join(lab.folder, 'other.causalscope')
  linkSync(lab.file, other)
  for (const file of [lab.file, other])
    expect(() => openProject(file, { program: 'a test' })).toThrow(/is one of 2 names of one file/)
  openProjectReadOnly(other).close()
})
