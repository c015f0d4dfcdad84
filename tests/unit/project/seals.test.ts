/** A project file in which a byte is another, or a value was written by another program. */
import { readFileSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import * as v from 'valibot'
import { CausalscopeError } from '../../../src-shared/errors.ts'
import type { ReadableDatabase } from '../../../src-main/project/database.ts'
import { openProject, openProjectReadOnly } from '../../../src-main/project/project.ts'
import { deleteRuns, readRun, restoreRuns, updateRun } from '../../../src-main/project/runs.ts'
import { readPresence, readRows } from '../../../src-main/project/samples.ts'
import { editByHand } from '../../other-program.ts'
import { projectFolder } from './project-folder.ts'
import { wholeProject } from './whole-project.ts'

const lab = projectFolder()

function tables(database: ReadableDatabase): string[] {
  const sql = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`
  return database.all(v.object({ name: v.string() }), sql).map(({ name }) => name)
}

/** All that is read of the project: every row but the values of samples, and these as the window asks for them. */
function told(database: ReadableDatabase): unknown {
  const rows = tables(database).map((table) =>
    table === 'sample_chunks' ? null : database.all(v.unknown(), `SELECT * FROM ${table}`),
  )
  const values = readRows(database, 1, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  return { rows, values, present: ['picture', 'curve'].map((name) => readPresence(database, 1, name)) }
}

function read(write: boolean): unknown {
  const project = write ? openProject(lab.file, { program: 'a test' }) : openProjectReadOnly(lab.file)
  try {
    return told(project.database)
  } finally {
    project.close()
  }
}

function refusal(work: () => unknown): CausalscopeError {
  try {
    work()
  } catch (error) {
    if (error instanceof CausalscopeError) return error
    throw error
  }
  throw new Error('it was not refused')
}

it('reads the same or refuses in words, whichever byte is another', { timeout: 60_000 }, async () => {
  await wholeProject(lab)
  const sound = readFileSync(lab.file)
  const right = read(true)
  // Pages are mostly empty: of the bytes to change most shall be ones that say something.
  const places = [...sound.keys()].filter((at) => sound[at] !== 0)
  const anywhere = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...places) },
    { weight: 1, arbitrary: fc.nat(sound.length - 1) },
  )
  fc.assert(
    fc.property(anywhere, fc.integer({ min: 1, max: 255 }), fc.boolean(), (at, change, write) => {
      const bytes = Buffer.from(sound)
      bytes[at]! ^= change
      writeFileSync(lab.file, bytes)
      let now: unknown
      try {
        now = read(write)
      } catch (error) {
        expect(error).toBeInstanceOf(CausalscopeError)
        expect((error as CausalscopeError).message).toMatch(/\.$/)
        return
      }
      expect(now).toEqual(right)
    }),
    { numRuns: 150, seed: 12 },
  )
})

it('says whose row it is and what to do, in every table', async () => {
  await wholeProject(lab)
  const sound = readFileSync(lab.file)
  const project = openProjectReadOnly(lab.file)
  const names = tables(project.database)
  project.close()
  for (const table of names.filter((name) => !['sample_chunks', 'recoveries', 'unconfirmed_results'].includes(name))) {
    writeFileSync(lab.file, sound)
    editByHand(lab.file, `UPDATE ${table} SET seal = seal + 1`)
    for (const write of [true, false]) {
      const { message, hint } = refusal(() => read(write))
      expect(message).toMatch(/lab\.causalscope is damaged: [a-z ,]+ of (run|data set|study) 1 \(table [a-z_]+\)/)
      expect(message).toContain(`(table ${table})`)
      expect(hint).toMatch(/restore it from a backup/)
    }
  }
})

it('names at most five places', async () => {
  await wholeProject(lab)
  editByHand(lab.file, 'UPDATE metrics SET seal = 0; UPDATE runs SET seal = 0; UPDATE studies SET seal = 0')
  editByHand(lab.file, 'UPDATE run_log SET seal = 0; UPDATE results SET seal = 0; UPDATE datasets SET seal = 0')
  const { message } = refusal(() => read(false))
  expect(message.match(/table/g)).toHaveLength(5)
  expect(message).toMatch(/and more changed since Causalscope wrote it\.$/)
})

it('keeps other programs from writing rows and from taking them away', async () => {
  await wholeProject(lab)
  const other = new Database(lab.file)
  for (const sql of [
    `UPDATE runs SET name = 'another'`,
    'DELETE FROM metrics WHERE step = 20',
    `INSERT INTO run_log (run_id, at, level, message) VALUES (1, '', 'info', '')`,
  ])
    expect(() => other.exec(sql), sql).toThrow(/no such function: causalscope_seal/)
  other.close()
  read(true)
})

it('notices what a program wrote that took the guard away before', async () => {
  await wholeProject(lab)
  for (const [sql, said] of [
    [`UPDATE runs SET notes = 'not the one for the paper'`, /settings, notes or outcome of run 1/],
    ['UPDATE metrics SET epoch = 7 WHERE step = 20', /an epoch of run 1/],
  ] as const) {
    const sound = readFileSync(lab.file)
    editByHand(lab.file, sql)
    expect(refusal(() => read(true)).message).toMatch(said)
    writeFileSync(lab.file, sound)
  }
})

it('shows no values of samples that are not those imported', async () => {
  await wholeProject(lab)
  const { length } = readFileSync(lab.file)
  editByHand(lab.file, `UPDATE sample_chunks SET data = zeroblob(length(data)) WHERE modality_id = 1`)
  expect(readFileSync(lab.file)).toHaveLength(length)
  const { database } = openProjectReadOnly(lab.file)
  expect(() => readRows(database, 1, [3], ['picture'])).toThrow(/data set in .* is not as it was imported/)
  expect(readRows(database, 1, [3], ['curve'])).toHaveLength(1)
  database.close()
  editByHand(lab.file, `UPDATE sample_chunks SET present = zeroblob(length(present))`)
  const again = openProjectReadOnly(lab.file)
  expect(() => readPresence(again.database, 1, 'picture')).toThrow(/is not as it was imported/)
  again.close()
})

it('seals what is renamed, deleted and brought back', async () => {
  await wholeProject(lab)
  const project = lab.open()
  project.database.run(`UPDATE cluster_tasks SET state = 'done'`)
  updateRun(project.database, 1, { name: 'Fork, kept' })
  deleteRuns(project.database, [1])
  read(false)
  restoreRuns(project.database, [1])
  project.close()
  const again = lab.open()
  expect(readRun(again.database, 1).name).toBe('Fork, kept')
  deleteRuns(again.database, [1])
  again.close()
  read(true)
})
