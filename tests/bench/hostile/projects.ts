/** Projects of somebody else: bytes flipped in the file and beside it, links and pipes where files should be. */
import { execFileSync } from 'node:child_process'
import { cpSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs' // prettier-ignore
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { readWholeDataset } from '../../../src-main/project/packs.ts'
import { openProject, openProjectReadOnly, type ReadableProject } from '../../../src-main/project/project.ts'
import { listDatasets } from '../../../src-main/project/datasets.ts'
import { readCheckpoints, readEpochs, readLog } from '../../../src-main/project/run-history.ts'
import { listRuns } from '../../../src-main/project/runs.ts'
import { readFinishedRun } from '../../../src-main/services/results.ts'
import { readCheckpoint } from '../../../src-main/training/checkpoint-file.ts'
import { editByHand } from '../../other-program.ts'
import { importerReads, trainerTrains } from '../kills/attempts.ts'
import { writeCurves } from '../kills/curves.ts'
import { damaged } from './damage.ts'
import { type Verdict, verdictOfError } from './verdict.ts'

const name = 'lab.causalscope'

/** All that the project says, in text that can be compared. */
async function told(project: ReadableProject): Promise<string> {
  const { database } = project
  const datasets = listDatasets(database)
  const whole = await Promise.all(datasets.map(({ id }) => readWholeDataset(database, id)))
  const runs = listRuns(database)
  const parts = []
  for (const { id, status } of runs) {
    const { result } = status === 'done' ? await readFinishedRun(project, id) : { result: null }
    const checkpoints = readCheckpoints(database, id).map(({ step, sha256 }) => ({ step, sha256 }))
    for (const { file } of readCheckpoints(database, id)) await readCheckpoint(file)
    parts.push({ epochs: readEpochs(database, id), log: readLog(database, id), checkpoints, result })
  }
  return JSON.stringify({ datasets, whole, runs, parts }, (_, value: unknown) =>
    ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
      : value,
  )
}

async function opened(file: string, write: boolean): Promise<string> {
  const project = write ? openProject(file, { program: 'a hostile set' }) : openProjectReadOnly(file)
  try {
    return await told(project)
  } finally {
    project.close()
  }
}

async function judge(input: string, file: string, right: string): Promise<Verdict> {
  try {
    for (const write of [false, true])
      if ((await opened(file, write)) !== right)
        return { input, outcome: 'fault', held: false, what: 'it was read as something else' }
    return { input, outcome: 'read', held: true, what: 'as it was' }
  } catch (error) {
    return verdictOfError(input, error)
  }
}

/** What is planted in a copy of a sound project, by what it is. */
const planted: Readonly<Record<string, (file: string) => void>> = {
  'a link to the project': (file) => {
    renameSync(file, `${file}.real`)
    symlinkSync(`${file}.real`, file)
  },
  'a second name of the project': (file) => linkSync(file, `${file}.other`),
  'a link for the folder beside it': (file) => {
    renameSync(`${file}.files`, `${file}.elsewhere`)
    symlinkSync(`${file}.elsewhere`, `${file}.files`)
  },
  'a link for the folder of a run': (file) => {
    renameSync(`${file}.files/runs/1`, `${file}.run`)
    symlinkSync(`${file}.run`, `${file}.files/runs/1`)
  },
  'a link for a result': (file) => {
    rmSync(`${file}.files/runs/1/result.json`)
    symlinkSync('/etc/passwd', `${file}.files/runs/1/result.json`)
  },
  'a link for a checkpoint': (file) => {
    const folder = `${file}.files/runs/1`
    const checkpoint = readdirSync(folder).find((each) => each.endsWith('.ckpt'))!
    renameSync(join(folder, checkpoint), `${file}.ckpt`)
    symlinkSync(`${file}.ckpt`, join(folder, checkpoint))
  },
  'a link for the log': (file) => symlinkSync('/etc/passwd', `${file}-wal`),
  'a link for the journal': (file) => symlinkSync('/etc/passwd', `${file}-journal`),
  'a journal that names another file': (file) => {
    const other = Buffer.from('/etc/passwd-mj123456')
    const end = Buffer.alloc(16)
    end.writeUInt32BE(other.length, 0)
    Buffer.from('d9d505f920a163d7', 'hex').copy(end, 8)
    writeFileSync(`${file}-journal`, Buffer.concat([Buffer.alloc(512), other, end]))
  },
  'a log of rubbish': (file) => writeFileSync(`${file}-wal`, Buffer.alloc(5000, 7)),
  'a lock that is a database': (file) => cpSync(file, `${file}.files/writer.lock`),
  'a result that is cut': (file) => truncateSync(`${file}.files/runs/1/result.json`, 100),
  'arrays that are cut': (file) => truncateSync(`${file}.files/runs/1/samples.npz`, 100),
  'a folder for a result': (file) => {
    rmSync(`${file}.files/runs/1/result.json`)
    mkdirSync(`${file}.files/runs/1/result.json`)
  },
  'no folder beside it': (file) => rmSync(`${file}.files`, { recursive: true }),
  'nothing in it': (file) => truncateSync(file, 0),
  'its header alone': (file) => truncateSync(file, 100),
  'half of it': (file) => truncateSync(file, Math.floor(statSync(file).size / 2)),
  'text in its place': (file) => writeFileSync(file, 'id,a,b\n1,2,3\n'),
  'a folder in its place': (file) => {
    rmSync(file)
    mkdirSync(file)
  },
}

const pipes: typeof planted = {
  'a pipe in its place': (file) => {
    rmSync(file)
    execFileSync('mkfifo', [file])
  },
  'a pipe for a result': (file) => {
    rmSync(`${file}.files/runs/1/result.json`)
    execFileSync('mkfifo', [`${file}.files/runs/1/result.json`])
  },
  'a pipe for a lock': (file) => {
    rmSync(`${file}.files/writer.lock`, { force: true })
    execFileSync('mkfifo', [`${file}.files/writer.lock`])
  },
  'a pipe for the log': (file) => execFileSync('mkfifo', [`${file}-wal`]),
}

/** Statements that a curious person may have typed into another program, who takes away what keeps it from obeying. */
const statements: readonly string[] = [
  'CREATE TRIGGER t AFTER UPDATE ON runs BEGIN DELETE FROM datasets; END',
  'CREATE VIEW v AS SELECT 1',
  'CREATE TABLE more (a)',
  'CREATE INDEX i ON runs (name)',
  'DROP TABLE metrics',
  'DELETE FROM samples WHERE row = 3',
  'DELETE FROM sample_chunks',
  'DELETE FROM datasets',
  'PRAGMA user_version = 99',
  'PRAGMA user_version = -5',
  'PRAGMA user_version = 3',
  'PRAGMA application_id = 7',
  "UPDATE runs SET name = 'another'",
  'UPDATE runs SET seed = seed + 1',
  "UPDATE run_log SET message = 'all is well'",
  "UPDATE samples SET id = 'first' WHERE row = 0",
  "UPDATE metrics SET metrics = replace(metrics, '1', '2')",
  "UPDATE runs SET config = '{'",
  "UPDATE runs SET status = 'odd'",
  "UPDATE runs SET method = 'none'",
  "UPDATE checkpoints SET file = '../../../etc/passwd'",
  "UPDATE results SET file = '../../../etc/passwd'",
  "UPDATE results SET sha256 = 'x'",
  "UPDATE datasets SET sha256 = replace(sha256, substr(sha256, 1, 1), 'x')",
  "UPDATE datasets SET notes = '{}'",
  "UPDATE metadata SET data = x'00'",
  'UPDATE modalities SET chunk_rows = 0',
  "UPDATE metrics SET metrics = '[]'",
]

function typedIn(project: string, statement: string): void {
  const database = new Database(project)
  try {
    database.pragma('foreign_keys = OFF')
    database.exec(statement)
  } finally {
    database.close()
  }
}

/** `flips`: copies of the project with bytes flipped, every third in a file beside it. */
export async function* hostileProjects(folder: string, seed: number, flips: number): AsyncGenerator<Verdict> {
  const template = join(folder, 'template')
  mkdirSync(template)
  await importerReads(join(template, name), await writeCurves(folder), null)
  await trainerTrains(join(template, name), null, null)
  const right = await opened(join(template, name), true)
  const random = RandomStream.of(seed, 'hostile/projects')

  const copyOf = async (spoil: (file: string) => void): Promise<string> => {
    const place = await mkdtemp(join(folder, 'project-'))
    cpSync(template, place, { recursive: true })
    spoil(join(place, name))
    return join(place, name)
  }
  for (let flip = 0; flip < flips; flip++) {
    let how = ''
    const file = await copyOf((project) => {
      const run = `${project}.files/runs/1`
      const beside = readdirSync(run).filter((each) => !each.endsWith('.json') || each === 'result.json')
      const victim = flip % 3 === 2 ? join(run, beside[random.integer(beside.length)]!) : project
      const { bytes, how: damage } = damaged(readFileSync(victim), random)
      writeFileSync(victim, bytes)
      how = `${victim === project ? 'the file' : victim.slice(run.length + 1)}, ${damage}`
    })
    yield await judge(`project, ${how}`, file, right)
  }
  for (const [what, plant] of Object.entries({ ...planted, ...(process.platform === 'win32' ? {} : pipes) }))
    yield await judge(`project with ${what}`, await copyOf(plant), right)
  for (const statement of statements) {
    const file = await copyOf((project) => {
      try {
        typedIn(project, statement)
      } catch {
        editByHand(project, statement)
      }
    })
    yield await judge(`project after ${statement}`, file, right)
  }
}
