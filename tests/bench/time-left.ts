/**
 * How well the time that a run and its replicates will take is told, before they start and while they are at work: on
 * generated sets, with default settings. Prints two Markdown tables.
 *
 *     npm run bench -- time-left [SET...] [--samples N] [--replicates R] [--threads N] [--seed S]
 *
 * What is told counts from the end of the first epoch until five seconds before the end, once a second. Within 50 %: at
 * least half of what it then took, at most one and a half times that.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultThreads } from '../../src-main/compute/threads.ts'
import { readDataset } from '../../src-main/project/datasets.ts'
import { openProject } from '../../src-main/project/project.ts'
import { readRunRecord } from '../../src-main/project/runs.ts'
import { estimateRun } from '../../src-main/services/estimate.ts'
import { estimateReplication, Replication } from '../../src-main/services/replication.ts'
import { RunQueue } from '../../src-main/services/run-queue.ts'
import { roomOf } from '../../src-main/models/methods.ts'
import { parseConfig } from '../../src-shared/config/parse.ts'
import { causalscope } from './command.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    samples: { type: 'string', default: '1200' },
    replicates: { type: 'string', default: '4' },
    threads: { type: 'string', default: String(defaultThreads()) },
    seed: { type: 'string', default: '0' },
  },
})
const sets = positionals.length > 0 ? positionals : ['circles', 'circles-line', 'stripes-peak']
const [threads, seed, replicates] = [Number(options.threads), Number(options.seed), Number(options.replicates)]
const nearEnd = 5

interface Told {
  readonly at: number
  /** Null: nothing was told. */
  readonly left: number | null
  /** What was told to come on top if pre-training begins again. */
  readonly again: number
}

const seconds = (): number => performance.now() / 1000

/** One a second. */
class Listener {
  readonly told: Told[] = []
  hear(left: number | null, again: number): void {
    const at = seconds()
    if (at >= (this.told.at(-1)?.at ?? -Infinity) + 1) this.told.push({ at, left, again })
  }
}

const isWithin = (ratio: number): boolean => ratio >= 0.5 && ratio <= 1.5

function row(what: string, told: readonly Told[], end: number): string {
  const counted = told.filter(({ at }) => at <= end - nearEnd)
  const ratios = counted.flatMap(({ at, left, again }) =>
    left === null ? [] : [{ alone: left / (end - at), withAgain: (left + again) / (end - at) }],
  )
  const alone = ratios.map((ratio) => ratio.alone).sort((a, b) => a - b)
  const within = alone.filter(isWithin).length
  const either = ratios.filter((ratio) => isWithin(ratio.alone) || isWithin(ratio.withAgain)).length
  const ends = [alone[0], alone.at(-1)].map((ratio) => ratio?.toFixed(2) ?? '-').join(' to ')
  return `| ${what} | ${ratios.length} of ${counted.length} | ${within} | ${either} | ${ends} |`
}

const before: string[] = []
const during: string[] = []
const folder = await mkdtemp(join(tmpdir(), 'causalscope-time-left-'))
try {
  for (const set of sets) {
    const [file, source] = [join(folder, `${set}.causalscope`), join(folder, set)]
    await causalscope('synth', set, '--out', source, '--samples', options.samples)
    await causalscope('import', source, '--project', file)
    const project = openProject(file, { program: 'the bench of time left' })
    const dataset = readDataset(project.database, 1)
    const queue = new RunQueue(project)
    const heard = new Listener()
    const counted = { epochs: 0, again: 0 }
    queue.observe({
      event: (_, event) => {
        if (event.type === 'failed') throw new Error(event.error.message)
        if (event.type === 'epoch') counted.epochs++
        if (event.type === 'log' && event.message.includes('pre-training again')) counted.again++
        if (event.type === 'progress' && counted.epochs > 0) heard.hear(event.secondsLeft, event.secondsAgain)
      },
    })
    const config = parseConfig('causal-pima', { nodes: ['N1', 'N2', 'N3'].map((name) => ({ name, categories: 2 })) })
    const started = seconds()
    const run = queue.start({
      ...{ datasetId: 1, method: 'causal-pima', config, seed, engine: 'wasm', threads, name: null },
    })
    await queue.ended(run.id)
    const end = seconds()
    const record = readRunRecord(project.database, run.id)
    const cost = roomOf('causal-pima').cost(config, dataset)
    const said = estimateRun({ dataset, cost, engine: 'wasm', threads, known: [] })
    const line = (what: string, told: number, took: number): string =>
      `| ${what} | ${told.toFixed(0)} | ${took.toFixed(0)} | ${(told / took).toFixed(2)} |`
    before.push(
      line(
        `${set}, run${counted.again > 0 ? ', pre-trained twice' : ''}`,
        said.seconds + (counted.again > 0 ? said.secondsAgain : 0),
        end - started,
      ),
    )
    during.push(row(`${set}, run`, heard.told, end))

    if (replicates > 0) {
      const replication = new Replication(project)
      const listener = new Listener()
      replication.observe(({ secondsLeft }) => listener.hear(secondsLeft, 0))
      const begun = seconds()
      await replication.run(run.id, replicates)
      const over = seconds()
      before.push(line(`${set}, ${replicates} replicates`, estimateReplication(record, replicates), over - begun))
      during.push(row(`${set}, ${replicates} replicates`, listener.told, over))
    }
    project.close()
  }
  const load = loadavg().map((value) => value.toFixed(1))
  console.log(
    [
      `${cpus()[0]?.model ?? ''}, ${availableParallelism()} cores; ${options.samples} samples, ${threads} threads; load ${load.join(' ')}`,
      '',
      '| before it starts | told, s | took, s | ratio |',
      '| --- | --- | --- | --- |',
      ...before,
      '',
      '| while at work | told | within 50 % | or with what comes on top if pre-training begins again | told by what it took |',
      '| --- | --- | --- | --- | --- |',
      ...during,
    ].join('\n'),
  )
} finally {
  await rm(folder, { recursive: true, force: true })
}
