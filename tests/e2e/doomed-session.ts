/**
 * A session in a process of its own, to be killed: imports, names a node of a finished run, trains another one for ever
 * and says so. Run as: node doomed-session.ts FOLDER
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CausalscopeApp } from '../../src-main/app/application.ts'
import { findChromium } from '../../src-main/host/chromium/executable.ts'
import { ChromiumHost } from '../../src-main/host/chromium/host.ts'
import { origins } from '../../src-main/host/origin.ts'
import { UserSettings } from '../../src-main/services/settings.ts'
import type { Channel, Reply, RequestOf, ResponseOf } from '../../src-shared/contract.ts'

const folder = process.argv[2]
const executable = findChromium()
if (folder === undefined || executable === null) throw new Error('needs a folder and a browser')

const host = new ChromiumHost({ executable, headless: true })
const app = new CausalscopeApp(host, {
  version: '0.0.0-test',
  settings: new UserSettings(join(folder, '.settings')),
  page: join(import.meta.dirname, '..', '..', 'out', 'renderer'),
})
await host.open(app)

async function ask<C extends Channel>(channel: C, body: RequestOf<C>): Promise<ResponseOf<C>> {
  const sender = { url: `${origins.chromium}/`, mainFrame: true }
  const reply = JSON.parse(await app.answer(sender, channel, JSON.stringify(body))) as Reply
  if (!reply.ok) throw new Error(`${channel}: ${reply.error.message}`)
  return reply.value as ResponseOf<C>
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50))
}

const rows = Array.from({ length: 64 }, (_, i) => [
  `s${i}`,
  ...Array.from({ length: 12 }, (__, t) => (i % 2 === 0 ? t : 12 - t) + ((i * 37 + t * 11) % 17) / 10),
])
const header = ['id', ...Array.from({ length: 12 }, (_, t) => `y@${t}`)]
const source = join(folder, 'curves.csv')
await writeFile(source, [header, ...rows].map((row) => row.join(',')).join('\n'))
await ask('project.new', { path: join(folder, 'study.causalscope') })
const { plan } = await ask('import.inspect', { source, description: null, task: 'inspect' })
await ask('import.confirm', { source, description: plan.description, name: 'Curves', task: 'import' })
const request = { dataset: 1, method: 'causal-pima', seed: 1, engine: 'wasm', threads: 1 } as const
const nodes = [{ name: 'N1', categories: 2 }]
const short = { nodes, training: { pretrainEpochs: 1, epochs: 1 }, mixture: { readings: 1 } }
const { run: done } = await ask('run.start', { ...request, config: short, name: 'Short' })
await until(async () => (await ask('run.get', { run: done.id })).run.status === 'done')
await ask('graph.change', { run: done.id, change: { kind: 'rename-node', node: 0, name: 'Trend' } })
const long = { nodes, training: { pretrainEpochs: 100_000, batchSize: 16 } }
const { run } = await ask('run.start', { ...request, config: long, name: 'Long' })
await until(async () => (await ask('run.get', { run: run.id })).checkpoints.length > 1)
process.stdout.write('training\n')
