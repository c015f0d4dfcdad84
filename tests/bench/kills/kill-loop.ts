/** Rounds of killing: each takes one run or one import to its end, through a kill or several. */
import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { RandomStream } from '../../../src-shared/random/stream.ts'
import { listDatasets } from '../../../src-main/project/datasets.ts'
import { runFolder } from '../../../src-main/project/folders.ts'
import { openProject, type WritableProject } from '../../../src-main/project/project.ts'
import { readCheckpoints, readEpochs } from '../../../src-main/project/run-history.ts'
import { listRuns } from '../../../src-main/project/runs.ts'
import { newestGoodCheckpoint } from '../../../src-main/training/checkpoint-folder.ts'
import { fingerprint } from '../../integration/training/fingerprint.ts'
import { type Attempt, config, hostImports, hostTrains, importerReads, trainerTrains } from './attempts.ts'
import { writeCurves } from './curves.ts'

export interface KillTally {
  readonly killed: { host: number; trainer: number; importer: number }
  /** Kills that found nothing to kill any more. */
  early: number
  /** Runs that ended with the expected numbers. */
  finished: number
  /** What was lost, in words: nothing, where all is well. */
  readonly lost: string[]
}

interface KillPlan {
  /** Empty; projects and their data are made there. */
  readonly folder: string
  readonly kills: number
  readonly seed: number
  /** Projects that are killed at beside each other. */
  readonly atOnce: number
  readonly tell: (line: string) => void
}

/**
 * A project bears so many kills, then another begins: what is looked through after each kill would else grow with all that
 * came before. It is looked through once more at the end.
 */
const killsOfProject = 40
/** Imports that are killed before one may end. */
const killedImports = 3

/** What must still be there after a kill. */
interface Known {
  readonly file: string
  datasets: number
  /** Fingerprint of every finished run's files. */
  readonly done: Map<number, string>
}

/** Opens the project as anyone would after a crash, and says what of the known is not there. */
async function losses({ file, datasets, done }: Known, attempt: Attempt | null): Promise<string[]> {
  const lost: string[] = []
  let project: WritableProject
  try {
    project = openProject(file, { program: 'the kill loop' })
  } catch (error) {
    return [`the project does not open: ${String(error)}`]
  }
  try {
    const { database } = project
    const sets = listDatasets(database)
    if (sets.length !== datasets) lost.push(`${sets.length} data sets of ${datasets}`)
    const runs = listRuns(database)
    for (const [id, expected] of done) {
      if (runs.find((run) => run.id === id)?.status !== 'done') lost.push(`run ${id} is no longer done`)
      else if ((await fingerprint(runFolder(file, id))) !== expected) lost.push(`the result of run ${id} has changed`)
    }
    if (attempt?.run !== undefined) {
      const folder = runFolder(file, attempt.run)
      const { checkpoint, damaged } = existsSync(folder)
        ? await newestGoodCheckpoint(folder)
        : { checkpoint: null, damaged: [] }
      if (damaged.length > 0) lost.push(`run ${attempt.run}: a damaged checkpoint`)
      if ((checkpoint?.epoch ?? 0) < attempt.epochs - 1)
        lost.push(
          `run ${attempt.run}: the checkpoint is of epoch ${checkpoint?.epoch ?? 0}, ${attempt.epochs} were told of`,
        )
      if ((checkpoint?.step ?? -1) < attempt.checkpointStep)
        lost.push(`run ${attempt.run}: the checkpoint at step ${attempt.checkpointStep} that was told of is gone`)
      // Of an epoch that a host did not live to hear of the checkpoint may be there and its point on the curve not.
      const kept = readEpochs(database, attempt.run).some(({ epoch }) => epoch + 1 === attempt.epochs)
      if (attempt.epochs > 0 && !kept) lost.push(`run ${attempt.run}: epoch ${attempt.epochs} that was told of is gone`)
      for (const { file: kept } of readCheckpoints(database, attempt.run).slice(-1))
        if (!existsSync(kept) && checkpoint === null) lost.push(`run ${attempt.run}: its checkpoint file is gone`)
    }
  } finally {
    project.close()
  }
  return lost
}

/** Nothing of a killed import may lie about once the next one has begun. */
async function leftovers(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.includes('.importing-')).map((name) => `${name} was left behind`)
}

type Killed = keyof KillTally['killed']

const works = ['import', 'hostImport', 'run', 'hostRun'] as const
type WorkName = (typeof works)[number]

/**
 * How long each kind of work lives that nobody kills: as the last one did, for kills are to come all along it. A machine
 * that stood still meanwhile counts for no more than twice the shortest.
 */
class Lives {
  readonly #shortest = new Map<WorkName, number>()
  readonly #last = new Map<WorkName, number>()

  saw(work: WorkName, { seconds, done }: Attempt): void {
    if (!done) return
    this.#last.set(work, seconds)
    this.#shortest.set(work, Math.min(seconds, this.#shortest.get(work) ?? Infinity))
  }

  of(work: WorkName): number {
    return Math.min(this.#last.get(work)!, 2 * this.#shortest.get(work)!)
  }
}

/** What an uninterrupted run ends with, and how long work lives. */
interface Whole {
  readonly fingerprint: string
  readonly lives: Lives
}

interface Work extends KillPlan {
  readonly source: string
  readonly configFile: string
  readonly tally: KillTally
}

function lose({ tally, tell }: Work, what: string): void {
  tally.lost.push(what)
  tell(what)
}

const killsIn = ({ killed }: KillTally): number => killed.host + killed.trainer + killed.importer

async function newFolder(folder: string, name: string): Promise<string> {
  const made = join(folder, name)
  await mkdir(made)
  return join(made, 'lab.causalscope')
}

/** Each kind of work once in a project of its own, without a kill; answers what a run ended with. */
async function lived({ folder, source, configFile }: Work, number: number, lives: Lives): Promise<string> {
  const file = await newFolder(folder, `lived-${number}`)
  lives.saw('import', await importerReads(file, source, null))
  lives.saw('hostImport', await hostImports(file, source, null))
  const runs = [await trainerTrains(file, null, null), await hostTrains(file, configFile, null, null)] as const
  lives.saw('run', runs[0])
  lives.saw('hostRun', runs[1])
  const [expected, other] = [
    await fingerprint(runFolder(file, runs[0].run!)),
    await fingerprint(runFolder(file, runs[1].run!)),
  ]
  if (other !== expected) throw new Error('two runs that nobody killed differ: nothing can be told of killed ones')
  return expected
}

/** One project and its kills, until it or the loop has had enough of them. */
async function killProject(number: number, work: Work, whole: Whole): Promise<Known> {
  const { folder, source, configFile, tally, kills, tell } = work
  const { lives } = whole
  const file = await newFolder(folder, `lab-${number}`)
  lives.saw('import', await importerReads(file, source, null))
  const known: Known = { file, datasets: 1, done: new Map() }
  const random = RandomStream.of(work.seed, `kills/${number}`)
  let own = 0
  const enough = (): boolean => killsIn(tally) >= kills

  const note = async (what: Killed, attempt: Attempt): Promise<void> => {
    if (attempt.killed) {
      own++
      tally.killed[what]++
    } else tally.early++
    const total = killsIn(tally)
    for (const loss of await losses(known, attempt)) lose(work, `kill ${total} (${what}, project ${number}): ${loss}`)
    if (attempt.killed && total % 10 === 0)
      tell(`${total} kills, ${tally.finished} runs ended, ${tally.lost.length} losses`)
  }

  /** One run to its end, killed again and again on its way by one of the two. */
  const trainThrough = async (what: 'host' | 'trainer'): Promise<void> => {
    const life = what === 'host' ? 'hostRun' : 'run'
    let run: number | null = null
    for (let death = 0; ; death++) {
      // After some deaths it may live: a run is as long as the longest time between two.
      const moment = death < 4 && !enough() ? random.uniform() * lives.of(life) : null
      const attempt: Attempt =
        what === 'host' ? await hostTrains(file, configFile, run, moment) : await trainerTrains(file, run, moment)
      if (moment !== null) await note(what, attempt)
      if (run === null) lives.saw(life, attempt)
      run = attempt.run ?? run
      if (attempt.done) break
    }
    const ended = await fingerprint(runFolder(file, run!))
    if (ended === whole.fingerprint) tally.finished++
    else lose(work, `run ${run} of project ${number}: its numbers are not those of the run that was never killed`)
    known.done.set(run!, ended)
  }

  const importThrough = async (what: 'host' | 'importer'): Promise<void> => {
    const life = what === 'host' ? 'hostImport' : 'import'
    for (let death = 0; death < killedImports && !enough(); death++) {
      const moment = random.uniform() * lives.of(life)
      const attempt =
        what === 'host' ? await hostImports(file, source, moment) : await importerReads(file, source, moment)
      lives.saw(life, attempt)
      if (attempt.done) known.datasets++
      // A host may have stored its data set a moment before: one more is whole, not lost.
      else if (what === 'host' && setsOf(file) === known.datasets + 1) known.datasets++
      await note(what, attempt)
    }
    // The next import takes away what these left.
    lives.saw('import', await importerReads(file, source, null))
    known.datasets++
    for (const left of await leftovers(dirname(file)))
      lose(work, `project ${number}, an import by the ${what}: ${left}`)
  }

  const rounds = [
    () => trainThrough('trainer'),
    () => importThrough('importer'),
    () => trainThrough('host'),
    () => importThrough('host'),
  ]
  for (let round = 0; own < killsOfProject && !enough(); round++) await rounds[round % rounds.length]!()
  return known
}

export async function killLoop(plan: KillPlan): Promise<KillTally> {
  const { folder, kills, tell } = plan
  const allAtOnce = <T>(each: (number: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: plan.atOnce }, (_, number) => each(number)))
  const tally: KillTally = { killed: { host: 0, trainer: 0, importer: 0 }, early: 0, finished: 0, lost: [] }
  const work: Work = { ...plan, tally, source: await writeCurves(folder), configFile: join(folder, 'config.json') }
  await writeFile(work.configFile, JSON.stringify(config))
  const lives = new Lives()
  // Beside each other, as they are killed: alone each would be over sooner, and all kills come early.
  const [expected, ...others] = new Set(await allAtOnce((number) => lived(work, number, lives)))
  if (expected === undefined || others.length > 0)
    throw new Error('two runs that nobody killed differ: nothing can be told of killed ones')
  const whole: Whole = { fingerprint: expected, lives }
  tell(`Uninterrupted: ${works.map((one) => `${one} ${lives.of(one).toFixed(1)} s`).join(', ')}.`)
  let projects = 0
  const left: Known[] = []
  const one = async (): Promise<void> => {
    while (killsIn(tally) < kills) left.push(await killProject(++projects, work, whole))
  }
  await allAtOnce(one)
  for (const known of left) for (const loss of await losses(known, null)) lose(work, `${known.file}: ${loss}`)
  return tally
}

function setsOf(file: string): number {
  const project = openProject(file, { program: 'the kill loop' })
  try {
    return listDatasets(project.database).length
  } finally {
    project.close()
  }
}
