/**
 * A new project from what is whole in a damaged one. The damaged file is only copied, never opened; the new project is
 * made under a temporary name and stands under its own once all of it is on the disk, or not at all.
 */
import { existsSync, lstatSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import * as v from 'valibot'
import { CausalscopeError, failed, refused } from '../../../src-shared/errors.ts'
import type { Recovery } from '../../../src-shared/domain/recovery.ts'
import { abandonedIn } from '../../datasets/abandoned.ts'
import { makeFolder } from '../../datasets/make-folder.ts'
import { temporaryBeside, writeWhole } from '../../datasets/whole-file.ts'
import { rowId, sha256 } from '../columns.ts'
import { WritableDatabase } from '../database.ts'
import { explainDisk } from '../disk-errors.ts'
import { filesFolder, projectExtension } from '../folders.ts'
import { schemaVersion } from '../migrations/all.ts'
import { migrate, openForReading } from '../open.ts'
import { applicationId } from '../foreign.ts'
import { isThere } from '../received.ts'
import { recordRecovery } from '../recoveries.ts'
import { markUnconfirmed } from '../results.ts'
import { isHeld } from '../writer-lock.ts'
import { DamagedChunks, recoverChunks } from './chunks.ts'
import { type KeptDataset, recoverDatasets } from './datasets.ts'
import { recoverFiles } from './files.ts'
import { DamagedTable } from './rows.ts'
import { recoverHistories, recoverRuns, recoverStudies } from './runs.ts'
import { Target } from './target.ts'
import { Told } from './told.ts'
import { emptyAt, openWorkingCopy, type WorkingCopy } from './working-copy.ts'

export interface RecoverOptions {
  readonly signal?: AbortSignal
  readonly report?: (label: string) => void
}

export interface Recovered extends Recovery {
  /** The new project. */
  readonly project: string
  readonly datasets: number
  readonly runs: number
}

const pageSize = 16384
/** What is written between two looks at whether the person wants it still. */
const rowsAtOnce = 200

/** Lets the window breathe, and ends where the work was cancelled. */
async function pause(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((done) => setImmediate(done))
  signal?.throwIfAborted()
}

async function drain(work: Generator<void>, signal: AbortSignal | undefined): Promise<void> {
  for (let n = 1; work.next().done !== true; n++) if (n % rowsAtOnce === 0) await pause(signal)
}

/** What may be gone without a trace where pages of the file are damaged; of all else it is known what there was. */
const uncounted = {
  ...{
    datasets: 'data sets',
    modalities: 'prepared modalities',
    runs: 'runs',
    metrics: 'epochs',
    run_log: 'lines of logs',
  },
  ...{ checkpoints: 'checkpoints', annotations: 'names or positions', annotation_history: 'steps to undo' },
  ...{
    replicates: 'replicates',
    cluster_tasks: 'tasks on a cluster',
    studies: 'studies',
    study_runs: 'places of runs in studies',
  },
  recoveries: 'notes of an earlier recovery',
}

interface Kept {
  readonly datasets: readonly KeptDataset[]
  readonly runs: ReadonlySet<number>
  readonly unconfirmed: ReadonlySet<number>
}

/** All rows that are kept, in one transaction. */
async function copyRows(
  { connection }: WorkingCopy,
  target: Target,
  file: string,
  told: Told,
  { signal, report }: RecoverOptions,
): Promise<Kept> {
  const tables = new Map<string, DamagedTable>()
  const table = (name: string): DamagedTable => {
    const known = tables.get(name) ?? new DamagedTable(connection, name)
    tables.set(name, known)
    return known
  }
  report?.('Looking through data sets')
  const chunks = new DamagedChunks(connection, table('sample_chunks'))
  await pause(signal)
  const hashes = Map.groupBy(
    [...table('runs').rows()].filter(({ whole }) => whole),
    ({ values }) => values.dataset_id,
  )
  const hashesOf = (id: number): string[] =>
    (hashes.get(id) ?? []).map(({ values }) => values.dataset_sha256).filter((one) => v.is(sha256, one))
  target.connection.exec('BEGIN')
  const datasets = recoverDatasets(
    { file, table, chunk: (...place) => chunks.read(...place), withValues: chunks.modalities, hashesOf },
    target,
    told,
  )
  await drain(recoverChunks(datasets, chunks, target, told), signal)
  report?.('Looking through runs')
  const source = { file, table }
  const { runs, unconfirmed } = recoverRuns(source, datasets, target, told)
  await drain(recoverHistories(source, runs, target, told), signal)
  recoverStudies(source, datasets, runs, target, told)
  for (const { values, whole } of table('recoveries').rows())
    if (whole) target.insert('recoveries', values)
    else told.count(['note', 'notes'], 'of an earlier recovery.')
  for (const [name, what] of Object.entries(uncounted))
    if (table(name).malformed)
      told.leftOut(`Perhaps some ${what} that nothing else speaks of: a part of the file where they lay is damaged.`)
  keepNumbers(connection, target)
  target.connection.exec('COMMIT')
  return { datasets, runs, unconfirmed }
}

/** A number that was given once is not given again, also where what had it is left out. */
function keepNumbers(source: WorkingCopy['connection'], target: Target): void {
  const row = v.array(v.object({ name: v.picklist(['runs', 'studies']), seq: rowId }))
  try {
    for (const { name, seq } of v.parse(row, source.prepare('SELECT name, seq FROM sqlite_sequence').all())) {
      const { changes } = target.connection
        .prepare('UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?')
        .run(seq, name)
      if (changes === 0)
        target.connection.prepare('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)').run(name, seq)
    }
  } catch (error) {
    if (!(error instanceof v.ValiError) && !isCorrupt(error)) throw error
  }
}

function isCorrupt(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CORRUPT')
}

/** In the temporary folder: which folder it is that goes first to its place. */
const movedNote = 'moved'

const identityOf = (folder: string): string | null => {
  const found = lstatSync(folder, { bigint: true, throwIfNoEntry: false })
  // The time of its birth as well: a number that is free again is soon another's.
  return found?.isDirectory() === true ? `${found.dev} ${found.ino} ${found.birthtimeNs}` : null
}

/**
 * What recoveries to this name that were killed have left: their processes are gone. One that was killed when the folder of
 * files stood in its place and the file not yet left that folder, which says by its note that it is its own.
 */
async function removeAbandoned(out: string): Promise<void> {
  const folder = dirname(out)
  const pidOf = (name: string): number =>
    name.startsWith(`.${basename(out)}.`) ? Number(/\.tmp-(\d+)$/.exec(name)?.[1]) : NaN
  for (const name of await abandonedIn(folder, pidOf)) {
    const moved = await readFile(join(folder, name, movedNote), 'utf8').catch(() => null)
    if (moved !== null && moved === identityOf(filesFolder(out)) && !isThere(out))
      await rm(filesFolder(out), { recursive: true, force: true })
    await rm(join(folder, name), { recursive: true, force: true })
  }
}

function requireSource(file: string, out: string): void {
  if (!existsSync(file)) throw refused(`There is no project ${file}.`, 'Check its name.', { file })
  if (isHeld(file))
    throw refused(`The project ${file} is open for writing in another program.`, 'Close it there, and try again.', {
      file,
    })
  if (!existsSync(dirname(out)))
    throw refused(`The folder ${dirname(out)} does not exist.`, 'Create it, or choose another place.', { file: out })
}

function requirePlace(out: string): void {
  for (const path of [out, `${out}-wal`, `${out}-journal`])
    if (isThere(path))
      throw refused(`${path} exists already.`, 'Choose another name for the recovered project.', { file: path })
  if (isThere(filesFolder(out)))
    throw refused(
      `${filesFolder(out)} was left by another project of this name.`,
      'Remove it, or choose another name for the recovered project.',
      { file: filesFolder(out) },
    )
}

async function flush(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

/**
 * Makes the project `out` of what is whole in the project `path`, which stays as it is.
 * Throws `refused` where `path` is no project or `out` is taken, `failed` where nothing can be read or the disk is full;
 * then nothing of `out` is there.
 */
export async function recoverProject(path: string, out: string, options: RecoverOptions = {}): Promise<Recovered> {
  const file = resolve(path)
  const wanted = resolve(out)
  const project = wanted.endsWith(projectExtension) ? wanted : wanted + projectExtension
  requireSource(file, project)
  const staging = temporaryBeside(project)
  try {
    await removeAbandoned(project)
    requirePlace(project)
    await rm(staging, { recursive: true, force: true })
    await mkdir(staging)
    const made = join(staging, basename(project))
    const { kept, note } = await make(file, made, staging, options)
    options.signal?.throwIfAborted()
    await stand(made, project)
    return { ...note, project, datasets: kept.datasets.length, runs: kept.runs.size }
  } catch (error) {
    throw explained(error, project, options.signal)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

function explained(error: unknown, project: string, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted === true)
    return new CausalscopeError({ code: 'interrupted', message: 'Cancelled; nothing was written.', hint: '', details: {} }, { cause: error }) // prettier-ignore
  return explainDisk(error, project)
}

/** The whole new project under the temporary name `made`. */
async function make(
  file: string,
  made: string,
  staging: string,
  options: RecoverOptions,
): Promise<{ kept: Kept; note: Recovery }> {
  options.report?.('Copying the damaged file')
  const told = new Told()
  const copy = openWorkingCopy(file, staging)
  let target: Target | null = null
  try {
    target = new Target(emptyAt(made, copy.version, pageSize))
    target.connection.pragma('foreign_keys = ON')
    const kept = await copyRows(copy, target, file, told, options)
    if (kept.datasets.length === 0)
      throw failed(
        `Nothing of ${file} can be recovered: no data set in it is whole.`,
        `Restore the project from a backup. What runs wrote still lies in ${filesFolder(file)}.`,
        { file, leftOut: told.sentences.leftOut },
      )
    options.report?.('Copying files')
    const packs = kept.datasets.flatMap(({ pack }) => (pack === null ? [] : [pack]))
    await recoverFiles(file, made, kept.runs, packs, told, options.signal)
    const database = new WritableDatabase(target.connection, made)
    migrate(database, copy.version)
    database.execute(`PRAGMA user_version = ${schemaVersion}; PRAGMA application_id = ${applicationId}`)
    const note = { file, at: new Date().toISOString(), ...told.sentences }
    recordRecovery(database, note)
    markUnconfirmed(database, kept.unconfirmed)
    database.close()
    // As strict with itself as with any other.
    openForReading(made).close()
    await flush(made)
    return { kept, note }
  } finally {
    copy.connection.close()
    if (target?.connection.open === true) target.connection.close()
  }
}

/** Gives what is made its name, the file last: without it there is no project. */
async function stand(made: string, project: string): Promise<void> {
  await makeFolder(filesFolder(made))
  await writeWhole(join(dirname(made), movedNote), [identityOf(filesFolder(made)) ?? ''])
  await rename(filesFolder(made), filesFolder(project))
  try {
    await rename(made, project)
  } catch (error) {
    await rm(filesFolder(project), { recursive: true, force: true })
    throw error
  }
  await flush(dirname(project))
}
