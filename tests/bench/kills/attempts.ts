/** Work that is killed after a time, or let live: what it told until then, and whether it got to its end. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { RunSummary } from '../../../src-shared/domain/run.ts'
import { toErrorData } from '../../../src-shared/errors.ts'
import { listDatasets } from '../../../src-main/project/datasets.ts'
import { openProject } from '../../../src-main/project/project.ts'
import { listRuns } from '../../../src-main/project/runs.ts'
import { importDataset } from '../../../src-main/services/datasets.ts'
import { RunQueue } from '../../../src-main/services/run-queue.ts'
import { type Spawn, spawnNode } from '../../../src-main/training/spawn.ts'
import { RunSupervisor } from '../../../src-main/training/supervisor.ts'

export interface Attempt {
  /** It was killed, before it was done. */
  readonly killed: boolean
  readonly done: boolean
  /** From its start to its end, s. */
  readonly seconds: number
  readonly run?: number
  /** The step of the last checkpoint that was told of; -1 before any. */
  readonly checkpointStep: number
  /** Epochs that were told of. */
  readonly epochs: number
}

const program = 'the kill loop'
export const config = {
  nodes: [{ name: 'kind', categories: 2 }],
  training: { pretrainEpochs: 4, pretrainSteps: 0, epochs: 6, batchSize: 16, checkpointSteps: 2 },
  mixture: { readings: 1, oracles: false, retries: 0 },
}
const nothingTold = { checkpointStep: -1, epochs: 0 }
const cli = join(import.meta.dirname, '../../../src-main/cli.ts')

/** Node's fork, whose process is killed so many seconds after its start. */
function doomed(seconds: number | null): { spawn: Spawn; killed: () => boolean } {
  let killed = false
  return {
    killed: () => killed,
    spawn: (entry, options) => {
      const child = spawnNode(entry, options)
      if (seconds === null) return child
      const alarm = globalThis.setTimeout(() => {
        killed = true
        process.kill(child.pid!, 'SIGKILL')
      }, seconds * 1000)
      child.onExit(() => clearTimeout(alarm))
      return child
    },
  }
}

/** A new run, or the resumed one, whose trainer is killed after `seconds`; null: never. */
export async function trainerTrains(file: string, resumed: number | null, seconds: number | null): Promise<Attempt> {
  const began = performance.now()
  const { spawn: start, killed } = doomed(seconds)
  const project = openProject(file, { program })
  const told = { checkpointStep: -1, epochs: 0 }
  try {
    const queue = new RunQueue(project, new RunSupervisor({ spawn: start }))
    queue.observe({
      event: (_, event) => {
        if (event.type === 'checkpoint') told.checkpointStep = event.checkpoint.step
        if (event.type === 'epoch') told.epochs = event.metrics.epoch + 1
      },
    })
    const datasetId = listDatasets(project.database)[0]!.id
    const { id: run } =
      resumed === null
        ? queue.start({ datasetId, method: 'causal-pima', config, seed: 1, engine: 'wasm', threads: 1, name: null })
        : queue.resume(resumed)
    const { status, error } = await queue.ended(run)
    if (status === 'failed' && !killed()) throw new Error(`the run failed by itself: ${error?.message ?? ''}`)
    const seconds = (performance.now() - began) / 1000
    return { killed: killed() && status !== 'done', done: status === 'done', seconds, run, ...told }
  } finally {
    project.close()
  }
}

/** An import whose importer is killed after `seconds`; null: never. */
export async function importerReads(file: string, source: string, seconds: number | null): Promise<Attempt> {
  const began = performance.now()
  const { spawn: start, killed } = doomed(seconds)
  const project = openProject(file, { program, create: 'missing' })
  let done = true
  try {
    await importDataset(file, { source, spawn: start }, () => project)
  } catch (error) {
    if (!killed()) throw error
    const { message } = toErrorData(error)
    if (!message.includes('ended from outside')) throw new Error(`a killed import says: ${message}`, { cause: error })
    done = false
  } finally {
    project.close()
  }
  return { killed: !done, done, seconds: (performance.now() - began) / 1000, ...nothingTold }
}

/** The command line as host, killed after `seconds`, its processes left to find out by themselves. */
async function host(
  args: readonly string[],
  seconds: number | null,
): Promise<{ code: number | null; lines: object[] }> {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'ignore'] })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  if (seconds !== null) {
    const alarm = new AbortController()
    void ended.then(() => alarm.abort())
    await setTimeout(seconds * 1000, undefined, { signal: alarm.signal }).catch(() => undefined)
    child.kill('SIGKILL')
  }
  const code = await ended
  // The last line may be cut.
  const lines = out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as object)
  return { code, lines }
}

/** As `trainerTrains`, with the command line as host, which is what dies. */
export async function hostTrains(
  file: string,
  configFile: string,
  resumed: number | null,
  seconds: number | null,
): Promise<Attempt> {
  const began = performance.now()
  const before = runsOf(file).map(({ id }) => id)
  const fresh = [
    ...['train', '--dataset', '1', '--method', 'causal-pima', '--config', configFile],
    ...['--seed', '1', '--engine', 'wasm', '--threads', '1'],
  ]
  const args = resumed === null ? fresh : ['resume', '--run', String(resumed)]
  const { code, lines } = await host([...args, '--project', file, '--replicates', '0', '--json'], seconds)
  const after = runsOf(file)
  const run = resumed ?? after.find(({ id }) => !before.includes(id))?.id
  const epochs = Math.max(0, ...lines.map((line) => ('epoch' in line ? epochOf(line.epoch) : 0)))
  if (code !== null && code !== 0 && seconds === null) throw new Error(`the host ended with ${code}`)
  return {
    killed: code === null,
    done: after.find(({ id }) => id === run)?.status === 'done',
    seconds: (performance.now() - began) / 1000,
    ...(run === undefined ? {} : { run }),
    checkpointStep: -1,
    epochs,
  }
}

function epochOf(epoch: unknown): number {
  return typeof epoch === 'object' && epoch !== null && 'epoch' in epoch ? Number(epoch.epoch) : 0
}

function runsOf(file: string): RunSummary[] {
  const project = openProject(file, { program })
  try {
    return listRuns(project.database)
  } finally {
    project.close()
  }
}

/** As `importerReads`, with the command line as host, which is what dies. */
export async function hostImports(file: string, source: string, seconds: number | null): Promise<Attempt> {
  const began = performance.now()
  const { code } = await host(['import', source, '--project', file, '--json'], seconds)
  return { killed: code === null, done: code === 0, seconds: (performance.now() - began) / 1000, ...nothingTold }
}
