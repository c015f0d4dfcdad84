/**
 * How long after a key press its result is on the screen, while a run trains on every core and without one: in the window
 * of an installed Chromium without a screen, on generated images with a curve each. Prints a Markdown table.
 *
 *     npm run bench -- latency [--keys N] [--samples N] [--threads N] [--study]
 *
 * `--study`: instead of one long run a study of twelve short ones is at work, so that runs end and begin between the keys.
 * A press counts from just before it is handed to the browser to the presentation of the frame that shows its result; the
 * columns at the right count from when the browser got it.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { buildPage, pageIsStale } from '../../build/stale.ts'
import { CausalscopeApp } from '../../src-main/app/application.ts'
import { defaultThreads } from '../../src-main/compute/threads.ts'
import { writeSynthetic } from '../../src-main/datasets/synthetic/write.ts'
import { findChromium } from '../../src-main/host/chromium/executable.ts'
import { ChromiumHost } from '../../src-main/host/chromium/host.ts'
import { origins } from '../../src-main/host/origin.ts'
import { UserSettings } from '../../src-main/services/settings.ts'
import type { Channel, Reply, RequestOf, ResponseOf } from '../../src-shared/contract.ts'
import { RandomStream } from '../../src-shared/random/stream.ts'
import type { KeyWatch, Sight } from './latency/bench.ts'

/** The page's own; named in what is evaluated there. */
declare const keyWatch: KeyWatch

const { values: options } = parseArgs({
  options: {
    keys: { type: 'string', default: '60' },
    samples: { type: 'string', default: '4096' },
    threads: { type: 'string', default: String(defaultThreads()) },
    study: { type: 'boolean', default: false },
  },
})
const presses = Number(options.keys)
const samples = Number(options.samples)
const threads = Number(options.threads)
/** Of each run of a study: about ten seconds of training before its clusters are looked for. */
const studyEpochs = 8
const random = RandomStream.of(1, 'latency bench')

interface Place {
  readonly title: string
  readonly sight: Sight
  /** Pressed in turn, over and over; each changes the sight. */
  readonly keys: readonly string[]
  /** Brings the window to where the keys are pressed. */
  readonly go: (page: Page) => Promise<void>
}

const search = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+2')
  await page.getByLabel('Find a sample by its id').fill('')
  await page.locator('main button.card').filter({ hasText: 'c00001' }).waitFor()
  await page.getByLabel('Find a sample by its id').focus()
}
const digits = ['4', '2', '7', 'Backspace', 'Backspace', 'Backspace']

const places: readonly Place[] = [
  { title: 'Data: a character in the search field', sight: 'text field', keys: digits, go: search },
  { title: 'Data: the samples that match it', sight: 'first sample', keys: digits, go: search },
  {
    title: 'another view, by Ctrl and a digit',
    sight: 'view',
    keys: ['3', '4', '7', '5', '6', '2'].map((digit) => `Control+${digit}`),
    go: async (page) => {
      // Each view once: the first time it is also fetched.
      for (const [digit, heading] of [
        ['3', /looked for/],
        ['4', /./],
        ['7', /runs?$/],
        ['5', /\.$/],
        ['6', /samples/],
        ['2', /samples in/],
      ] as const) {
        await page.keyboard.press(`Control+${digit}`)
        await page.getByRole('heading', { level: 1, name: heading }).waitFor()
      }
    },
  },
  {
    title: 'Graph: to the next node by arrow',
    sight: 'focus',
    keys: ['ArrowRight', 'ArrowLeft'],
    go: async (page) => {
      await page.keyboard.press('Control+5')
      // Two of three nodes lie side by side on the circle, whatever was learned.
      await page.getByText('Circle', { exact: true }).click()
      await page.getByRole('button', { name: /^Node C/ }).focus()
    },
  },
  {
    title: 'Clusters: to the next point by arrow',
    sight: 'point',
    keys: ['ArrowRight', 'ArrowLeft'],
    go: async (page) => {
      await page.keyboard.press('Control+6')
      await page.getByRole('group', { name: /samples in the plane/ }).focus()
    },
  },
]

interface Latency {
  readonly fromSent: number
  readonly fromReceived: number
}

/** What to add to this process's clock to get the page's, milliseconds; from the quickest of several questions. */
async function clockOffset(page: Page): Promise<number> {
  let best = { took: Infinity, offset: NaN }
  for (let i = 0; i < 20; i++) {
    const asked = performance.now()
    const there = await page.evaluate(() => keyWatch.now())
    const took = performance.now() - asked
    if (took < best.took) best = { took, offset: there - asked - took / 2 }
  }
  return best.offset
}

async function measure(page: Page, place: Place): Promise<readonly Latency[]> {
  await place.go(page)
  const offset = await clockOffset(page)
  const latencies: Latency[] = []
  for (let i = 0; i < presses; i++) {
    // As between a person's keys, and at every moment of a frame and of a training step.
    await setTimeout(60 + 120 * random.uniform())
    await page.evaluate((sight) => keyWatch.arm(sight), place.sight)
    const sent = performance.now() + offset
    const key = place.keys[i % place.keys.length] ?? ''
    await page.keyboard.press(key)
    const seen = await Promise.race([page.evaluate(() => keyWatch.seen()), setTimeout(10_000, null, { ref: false })])
    if (seen === null) throw new Error(`${place.title}: ${key} showed nothing within ten seconds.`)
    latencies.push({ fromSent: seen.painted - sent, fromReceived: seen.painted - seen.received })
  }
  return latencies
}

function row(title: string, training: boolean, latencies: readonly Latency[]): string {
  const cells = (values: readonly number[]): string[] => {
    const sorted = values.toSorted((a, b) => a - b)
    const at = (share: number): string => (sorted[Math.ceil(share * sorted.length) - 1] ?? NaN).toFixed(0)
    return [at(0.5), at(0.95), at(1)]
  }
  return `| ${[
    title,
    training ? 'yes' : 'no',
    latencies.length,
    ...cells(latencies.map(({ fromSent }) => fromSent)),
    ...cells(latencies.map(({ fromReceived }) => fromReceived)),
  ].join(' | ')} |`
}

/** Of all cores since the machine started, milliseconds. */
function processorTimes(): { readonly busy: number; readonly all: number } {
  const times = cpus().flatMap((core) => Object.entries(core.times))
  const sum = (of: typeof times): number => of.reduce((total, [, value]) => total + value, 0)
  return { busy: sum(times.filter(([kind]) => kind !== 'idle')), all: sum(times) }
}

/** The script of the page, as one expression's worth of text. */
async function watchScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      lib: { entry: join(import.meta.dirname, 'latency', 'watch.ts'), formats: ['iife'], name: 'keyWatch' },
      target: 'es2024',
      write: false,
    },
  })
  const [first] = [built].flat()
  const chunk = first !== undefined && 'output' in first ? first.output[0] : undefined
  if (chunk === undefined) throw new Error('the script of the page was not built')
  return `${chunk.code}; globalThis.keyWatch = keyWatch.watch`
}

const executable = findChromium()
if (executable === null) throw new Error('no Chromium, Chrome or Edge is installed')
if (pageIsStale()) await buildPage()
const script = await watchScript()
const home = await mkdtemp(join(tmpdir(), 'causalscope-latency-'))
await mkdir(join(home, 'Documents'))
process.env.HOME = home
const host = new ChromiumHost({ executable, headless: true })
const ready = Promise.withResolvers<undefined>()
const app = new CausalscopeApp(host, {
  version: '0.0.0-bench',
  settings: new UserSettings(join(home, '.settings')),
  page: join(import.meta.dirname, '..', '..', 'out', 'renderer'),
  ready: () => ready.resolve(undefined),
})

async function ask<C extends Channel>(channel: C, body: RequestOf<C>): Promise<ResponseOf<C>> {
  const sender = { url: `${origins.chromium}/`, mainFrame: true }
  const reply = JSON.parse(await app.answer(sender, channel, JSON.stringify(body))) as Reply
  if (!reply.ok) throw new Error(`${channel}: ${reply.error.message}`)
  return reply.value as ResponseOf<C>
}

const asked = (pretrainEpochs: number) => ({
  dataset: 1,
  method: 'causal-pima' as const,
  config: {
    nodes: ['A', 'B', 'C'].map((node) => ({ name: node, categories: 2 })),
    training: { pretrainEpochs, epochs: 1, patience: 0 },
    mixture: { readings: 1, retries: 0 },
  },
  engine: 'wasm' as const,
})

async function start(name: string, pretrainEpochs: number): Promise<number> {
  const { run } = await ask('run.start', { ...asked(pretrainEpochs), seed: 1, threads, name })
  return run.id
}

/** Work that lasts longer than the keys do. */
interface Work {
  /** How far it is. */
  readonly told: () => Promise<{ readonly working: boolean; readonly far: string }>
  readonly stop: () => Promise<unknown>
}

async function longRun(page: Page): Promise<Work> {
  // Before there are clusters: the ends of the epochs, which one thread does alone, are short.
  const id = await start('Long', 100_000)
  await page.keyboard.press('Control+4')
  await page.getByRole('heading', { level: 1, name: 'Learning to rebuild the measurements' }).waitFor()
  const told = async () => {
    const { run } = await ask('run.get', { run: id })
    return { working: run.status === 'running', far: `at epoch ${run.epoch}` }
  }
  return { told, stop: () => ask('run.interrupt', { run: id }) }
}

async function studyOfTwelve(): Promise<Work> {
  const over = ['training.learningRate=0.001,0.002']
  const { study: id } = await ask('study.begin', { ...asked(studyEpochs), over, seeds: 6, firstSeed: 1 })
  const told = async () => {
    const { studies } = await ask('study.list', {})
    const { runs } = await ask('run.list', {})
    const study = studies.find((one) => one.id === id)
    return {
      working: runs.some(({ status }) => status === 'running'),
      far: `${study?.done ?? 0} of ${study?.planned ?? 0} runs done`,
    }
  }
  while (!(await told()).working) await setTimeout(100)
  return { told, stop: () => ask('study.stop', {}) }
}

try {
  await host.open(app)
  await ready.promise
  const { page } = host
  page.setDefaultTimeout(60_000)
  await page.evaluate(script)
  const source = join(home, 'circles')
  await writeSynthetic('circles-line', { out: source, samples, seed: 0 })
  await ask('project.new', { path: join(home, 'Documents', 'circles.causalscope') })
  const { plan } = await ask('import.inspect', { source, description: null, task: 'inspect' })
  await ask('import.confirm', { source, description: plan.description, name: 'Circles', task: 'import' })
  const short = await start('Short', 1)
  await page.keyboard.press('Control+4')
  await page.getByRole('heading', { level: 1, name: 'Short is done' }).waitFor()

  const quiet = new Map<Place, readonly Latency[]>()
  for (const place of places) quiet.set(place, await measure(page, place))

  const work = options.study ? await studyOfTwelve() : await longRun(page)
  const before = await work.told()
  const [began, processor] = [performance.now(), processorTimes()]
  const training = new Map<Place, readonly Latency[]>()
  for (const place of places) training.set(place, await measure(page, place))
  const seconds = (performance.now() - began) / 1000
  const now = processorTimes()
  const busy = (100 * (now.busy - processor.busy)) / (now.all - processor.all)
  const after = await work.told()
  if (!after.working) throw new Error(`the work did not last as long as the keys: ${after.far}`)
  const { provenance } = await ask('run.get', { run: short })
  const [cpu] = cpus()
  const machine = `${cpu?.model ?? ''}, ${availableParallelism()} cores; Chromium ${host.versions.chromium ?? ''}`
  const load = loadavg().map((value) => value.toFixed(1))
  process.stdout.write(
    [
      `${machine}; ${samples} samples; ${provenance?.engineDetail ?? ''}, ${provenance?.threads ?? 0} threads, ${before.far} to ${after.far} in ${seconds.toFixed(0)} s, cores busy ${busy.toFixed(0)} % meanwhile; load ${load.join(' ')}`,
      '',
      '| key press | training | presses | median, ms | 95 % | worst | from receipt: median | 95 % | worst |',
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
      ...places.flatMap((place) => [
        row(place.title, true, training.get(place) ?? []),
        row(place.title, false, quiet.get(place) ?? []),
      ]),
      row('all', true, [...training.values()].flat()),
      row('all', false, [...quiet.values()].flat()),
      '',
    ].join('\n'),
  )
  await work.stop()
} finally {
  await host.close()
  await rm(home, { recursive: true, force: true, maxRetries: 5 })
}
