/** What the window would be told: asks the application of this tree about a project, one JSON line an answer. */
import { join } from 'node:path'
import { CausalscopeApp } from '../../src-main/app/application.ts'
import type { Host } from '../../src-main/host/host.ts'
import { UserSettings } from '../../src-main/services/settings.ts'

const [project = '', settings = ''] = process.argv.slice(2)
const host: Host = {
  ...{ kind: 'chromium', nativeDialogs: false, nativeMenu: false, versions: {} },
  open: () => Promise.resolve(),
  push: () => undefined,
  pick: () => Promise.resolve(null),
  reveal: () => Promise.resolve(false),
  openFile: () => Promise.resolve(false),
  guard: () => undefined,
  close: () => Promise.resolve(),
  closed: Promise.resolve(),
}
const app = new CausalscopeApp(host, {
  version: '0.0.0',
  settings: new UserSettings(settings),
  page: join(settings, 'page'),
  checkAnswers: true,
})
const sender = { url: 'https://causalscope.localhost/', mainFrame: true }
const config = { modalities: [], centres: 3 }
for (const [channel, body] of [
  ['project.open', { path: project }],
  ['model.check', { dataset: 1, method: 'centres', config, engine: 'auto', threads: null }],
  ['run.list', {}],
  ['run.history', { run: 1, since: 0 }],
  ['clusters.get', { run: 1 }],
  ['graph.get', { run: 1 }],
] as const)
  process.stdout.write(`${await app.answer(sender, channel, JSON.stringify(body))}\n`)
await app.end()
