/** Bringing data into a project: the importer's process reads and checks, and only what is whole is stored. */
import { mkdtemp, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { DataDescription, DatasetSummary } from '../../src-shared/domain/dataset.ts'
import type { ImportLimits, ImportOutcome, ImportProgress } from '../../src-shared/domain/import.ts'
import { abandonedIn } from '../datasets/abandoned.ts'
import { importSource } from '../importers/import.ts'
import { explainDisk } from '../project/disk-errors.ts'
import { ingestPack } from '../project/ingest.ts'
import { addPrepared } from '../project/preparations.ts'
import type { WritableProject } from '../project/project.ts'
import { prepareFromPack, tellingFromPack, type WorkOptions } from './preparations.ts'
import { requireSource } from './source.ts'
import type { Spawn } from '../training/spawn.ts'

export interface ImportRequest {
  /** Folder or file. */
  readonly source: string
  readonly description?: DataDescription
  /** Of the data set; the description's or the source's own by default. */
  readonly name?: string
  readonly limits?: ImportLimits
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ImportProgress) => void
  /** How to start the importer's process; Node's fork by default. */
  readonly spawn?: Spawn
}

export interface Imported {
  readonly dataset: DatasetSummary
  /** What was found, paired and left out. */
  readonly outcome: ImportOutcome
}

/** Followed by the id of the importing process. */
const workPrefix = (projectFile: string): string => `${basename(projectFile)}.importing-`

/** As `makeWorkFolder` names them: what somebody else named alike stays. */
const workName = /^\d+-[A-Za-z0-9]{6}$/

/** Removes the folders of imports into this project whose process was killed. */
async function removeAbandoned(projectFile: string): Promise<void> {
  const folder = dirname(projectFile)
  const prefix = workPrefix(projectFile)
  const pidOf = (name: string): number =>
    name.startsWith(prefix) && workName.test(name.slice(prefix.length))
      ? Number.parseInt(name.slice(prefix.length), 10)
      : NaN
  for (const name of await abandonedIn(folder, pidOf)) await rm(join(folder, name), { recursive: true, force: true })
}

/** A folder beside the project, on its disk: what fits here can be stored there. */
async function makeWorkFolder(projectFile: string): Promise<string> {
  try {
    await removeAbandoned(projectFile)
    return await mkdtemp(join(dirname(projectFile), `${workPrefix(projectFile)}${process.pid}-`))
  } catch (error) {
    throw explainDisk(error, projectFile)
  }
}

/**
 * Reads the source into a data set of the project. The project is opened by `project` only once the source was read and
 * found good, so that a refused import makes no file.
 */
export async function importDataset(
  projectFile: string,
  request: ImportRequest,
  project: () => WritableProject,
): Promise<Imported> {
  await requireSource(request.source)
  const folder = await makeWorkFolder(resolve(projectFile))
  try {
    const outcome = await importSource({ ...request, packFile: join(folder, 'set.pack') })
    const options = (stage: string): WorkOptions => ({
      ...(request.signal === undefined ? {} : { signal: request.signal }),
      onProgress: (fraction) => request.onProgress?.({ stage, done: Math.round(100 * fraction), total: 100 }),
    })
    const asked = request.description?.preparations
    // Who says what is to be prepared, if only that nothing is, gets that.
    const made =
      asked === undefined
        ? await tellingFromPack(outcome.packFile, options('Looking for clusters'))
        : await prepareFromPack(outcome.packFile, asked, options('Preparing'))
    const { database } = project()
    const dataset = await ingestPack(database, outcome.packFile, outcome.sha256, {
      name: outcome.name,
      also: (id) => {
        for (const modality of made) addPrepared(database, id, modality)
      },
    })
    return { dataset, outcome }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
