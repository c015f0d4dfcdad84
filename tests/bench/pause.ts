/**
 * How long after it is asked for a training stands still, asked at random moments of every phase: on the real trainer, on
 * generated images with a curve each (under an expert law for causalPIMA), for a label on three tables. Prints a Markdown
 * table.
 *
 *     npm run bench -- pause [--method M] [--runs N] [--samples N] [--threads N] [--seed S]
 *          [--nodes 2,2,2] [--readings 12] [--most SECONDS]
 *
 * A run is paused once while it gets ready and then over and over, a random time after it went on. What is asked while the
 * result is read counts to the run's end where that comes first. `--most`: a run is interrupted after so long, which is
 * asked and counted as a pause is.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import { defaultThreads } from '../../src-main/compute/threads.ts'
import { openProject } from '../../src-main/project/project.ts'
import { RunQueue } from '../../src-main/services/run-queue.ts'
import type { Method, TrainerEvent } from '../../src-shared/domain/run.ts'
import { methodIds } from '../../src-shared/methods/available.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'
import { causalscope } from './command.ts'

const { values: options } = parseArgs({
  options: {
    method: { type: 'string', default: 'causal-pima' },
    runs: { type: 'string', default: '3' },
    samples: { type: 'string', default: '4096' },
    threads: { type: 'string', default: String(defaultThreads()) },
    seed: { type: 'string', default: '0' },
    // Of causalPIMA: categories of each node, readings of the mixture.
    nodes: { type: 'string', default: '2,2,2' },
    readings: { type: 'string', default: '12' },
    most: { type: 'string', default: 'Infinity' },
  },
})
const pretrainEpochs = 3

interface Measured {
  /** What it is trained on. */
  readonly set: string
  readonly config: object
  /** What each phase is called, after getting ready. */
  readonly phases: readonly string[]
  /** The phase that an event begins, by its place; null: none. */
  readonly begins: (event: TrainerEvent) => number | null
}

const told = (event: TrainerEvent, words: string): boolean => event.type === 'log' && event.message.includes(words)

const measured: Record<Method, Measured> = {
  'causal-pima': {
    set: 'circles-line',
    config: {
      nodes: options.nodes.split(',').map((count, n) => ({ name: `N${n + 1}`, categories: Number(count) })),
      experts: [{ modality: 'curves', kind: 'line' }],
      training: { pretrainEpochs, pretrainSteps: 0, epochs: 4, patience: 0 },
      mixture: { retries: 0, readings: Number(options.readings) },
    },
    phases: [
      'pre-training',
      'each modality alone',
      'readings of the mixture, names, expert fit, first graph',
      'joint epochs',
      'the result',
    ],
    begins: (event) => {
      if (event.type === 'started') return 0
      if (event.type === 'epoch' && event.metrics.phase === 'pretrain' && event.metrics.epoch === pretrainEpochs - 1)
        return 1
      if (told(event, 'Modalities alone')) return 2
      if (told(event, 'Components named')) return 3
      return told(event, 'are read from all samples') ? 4 : null
    },
  },
  'partial-causal': {
    set: 'circles-line',
    config: { training: { steps: 60, batchSize: 256 } },
    phases: ['training', 'the result'],
    begins: (event) => (event.type === 'started' ? 0 : told(event, 'are read from all samples') ? 1 : null),
  },
  'causal-complete': {
    set: 'mmlsyn',
    config: { label: 'label', training: { epochs: 4 } },
    phases: ['training of the base', 'training of the whole', 'the result'],
    begins: (event) => {
      if (event.type === 'started') return 0
      if (told(event, 'with the regulariser is trained')) return 1
      return told(event, 'The result is the model of') && !told(event, 'The base') ? 2 : null
    },
  },
}
const method = v.parse(v.picklist(methodIds), options.method)
const { set, config, phases: named, begins } = measured[method]
const phases = ['getting ready', ...named]

const random = RandomStream.of(Number(options.seed), 'pause bench')
const waits = new Map<string, number[]>(phases.map((phase) => [phase, []]))
const folder = await mkdtemp(join(tmpdir(), 'causalscope-pause-'))
try {
  const file = join(folder, 'lab.causalscope')
  const source = join(folder, set)
  await causalscope('synth', set, '--out', source, '--samples', options.samples)
  await causalscope('import', source, '--project', file)
  const project = openProject(file, { program: 'the pause bench' })
  const queue = new RunQueue(project)
  let phase = phases[0]!
  let heard: PromiseWithResolvers<'paused' | 'end'> = Promise.withResolvers()
  queue.observe({
    event: (_, event) => {
      const at = begins(event)
      if (at !== null) phase = named[at]!
      if (event.type === 'failed') throw new Error(event.error.message)
      if (event.type === 'paused') heard.resolve('paused')
      else if (event.type === 'done' || event.type === 'interrupted') heard.resolve('end')
    },
  })
  let detail = ''
  for (let r = 0; r < Number(options.runs); r++) {
    phase = phases[0]!
    const run = queue.start({
      ...{ datasetId: 1, method, config, seed: r, engine: 'wasm' },
      ...{ threads: Number(options.threads), name: null },
    })
    const until = performance.now() + Number(options.most) * 1000
    for (let longest = 1500; ; longest = 1000) {
      heard = Promise.withResolvers()
      await Promise.race([setTimeout(longest * random.uniform()), heard.promise])
      if (!queue.active.includes(run.id)) break
      const [asked, during] = [performance.now(), phase]
      if (performance.now() < until) queue.pause(run.id)
      else queue.interrupt(run.id)
      const came = await heard.promise
      waits.get(during)!.push(performance.now() - asked)
      if (came === 'end') break
      queue.continue(run.id)
    }
    const ended = await queue.ended(run.id)
    if (ended.status !== 'done' && performance.now() < until) throw new Error(`the run is ${ended.status}`)
    detail = `${ended.engine ?? ''}, ${options.threads} threads`
  }
  project.close()
  const cells = (all: readonly number[]): string => {
    const sorted = all.toSorted((a, b) => a - b)
    const at = (share: number): string => ((sorted[Math.ceil(share * sorted.length) - 1] ?? NaN) / 1000).toFixed(2)
    return [sorted.length, at(0.5), at(0.95), at(1)].join(' | ')
  }
  const load = loadavg().map((value) => value.toFixed(1))
  console.log(
    [
      `${cpus()[0]?.model ?? ''}, ${availableParallelism()} cores; ${method}, ${options.samples} samples, ${detail}, ${options.runs} runs; load ${load.join(' ')}`,
      '',
      '| asked during | times | median, s | 95 % | worst |',
      '| --- | --- | --- | --- | --- |',
      ...phases.map((each) => `| ${each} | ${cells(waits.get(each) ?? [])} |`),
    ].join('\n'),
  )
} finally {
  await rm(folder, { recursive: true, force: true })
}
