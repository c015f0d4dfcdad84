/**
 * How runs ended, where the project file could not take it: on a full disk a run's last event is the one that must not be
 * lost. It is held in memory, so that everyone who reads the run hears of it, and written into a small file of the run's
 * folder, whose room is taken when the run starts. It moves into the project file as soon as that can be written.
 */
import { closeSync, constants, fsyncSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import * as v from 'valibot'
import { errorData } from '../../src-shared/contract/shapes.ts'
import type { ErrorData } from '../../src-shared/errors.ts'
import { runsElsewhere } from './cluster-tasks.ts'
import { rowId } from './columns.ts'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { runFile, runFolder } from './folders.ts'
import { makeFolderSync } from '../datasets/make-folder.ts'

const lastWordName = 'last-word.json'

/** A block of most file systems: what is written into it later needs no more room. */
const room = 4096

const lastWord = v.object({
  status: v.picklist(['failed', 'interrupted']),
  at: v.nullable(v.string()),
  error: v.nullable(errorData),
})
export type LastWord = Readonly<v.InferOutput<typeof lastWord>>

const held = new WeakMap<ReadableDatabase, Map<number, LastWord>>()

/** What the run's row does not say yet. */
export function heldLastWord(database: ReadableDatabase, runId: number): LastWord | undefined {
  return held.get(database)?.get(runId)
}

/** Takes the room for a run's last word; the run's folder is there. */
export function makeRoom(projectFile: string, runId: number): void {
  const file = runFile(projectFile, runId, lastWordName)
  rmSync(file, { force: true })
  writeFileSync(file, ' '.repeat(room), { flag: 'wx', flush: true })
}

/** The run goes on, or its end stands in its row. */
export function forgetLastWord(database: ReadableDatabase, runId: number): void {
  held.get(database)?.delete(runId)
  try {
    rmSync(runFile(database.file, runId, lastWordName), { force: true })
  } catch {
    // Nobody reads it: the row says how the run ended.
  }
}

/** The word with an error short enough for the room. */
function fitting(word: LastWord): string {
  const short = (text: string): string => text.slice(0, 400)
  const brief = ({ code, message, hint }: ErrorData): ErrorData => ({
    ...{ code, message: short(message), hint: short(hint) },
    details: {},
  })
  const whole = JSON.stringify(word)
  if (Buffer.byteLength(whole) <= room || word.error === null) return whole
  return JSON.stringify({ ...word, error: brief(word.error) })
}

function writeDown(projectFile: string, runId: number, word: LastWord): void {
  makeFolderSync(runFolder(projectFile, runId))
  const file = runFile(projectFile, runId, lastWordName)
  const descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW)
  try {
    writeSync(descriptor, Buffer.from(fitting(word).padEnd(room)), 0, null, 0)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Keeps the word for a run whose row cannot be written. */
export function holdLastWord(database: ReadableDatabase, runId: number, word: LastWord): void {
  const words = held.get(database) ?? new Map<number, LastWord>()
  held.set(database, words.set(runId, word))
  try {
    writeDown(database.file, runId, word)
  } catch {
    // Not even the room that was taken can be written: the word lives as long as the project is open.
  }
}

function unfinishedRuns(database: ReadableDatabase): number[] {
  const sql = `SELECT id FROM runs WHERE status IN ('queued', 'running', 'paused') AND id NOT IN (${runsElsewhere})`
  return database.all(v.object({ id: rowId }), sql).map(({ id }) => id)
}

/** Finds the words that an earlier program could write nowhere else. */
export function findLastWords(database: ReadableDatabase): void {
  const words = new Map<number, LastWord>()
  for (const id of unfinishedRuns(database))
    try {
      const text = readFileSync(runFile(database.file, id, lastWordName), 'utf8')
      words.set(id, v.parse(v.pipe(v.string(), v.parseJson(), lastWord), text))
    } catch {
      // No room was taken, or nothing was said.
    }
  held.set(database, words)
}

/** Of runs that no program works on any more, as a reader sees them: a crash left them unfinished. */
export function presumeInterrupted(database: ReadableDatabase): void {
  const words = held.get(database) ?? new Map<number, LastWord>()
  held.set(database, words)
  for (const id of unfinishedRuns(database))
    if (!words.has(id)) words.set(id, { status: 'interrupted', at: null, error: null })
}

/** Moves what is held into the rows. Throws when the project file still cannot be written. */
export function settleLastWords(database: WritableDatabase): void {
  for (const [id, { status, at, error }] of held.get(database) ?? []) {
    database.run(
      'UPDATE runs SET status = ?, finished_at = ?, error = ? WHERE id = ?',
      status,
      at,
      error && JSON.stringify(error),
      id,
    )
    forgetLastWord(database, id)
  }
}
