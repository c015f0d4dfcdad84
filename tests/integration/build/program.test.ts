/**
 * What electron-vite builds, run without Electron: everything but the window itself. The built application imports with
 * the built importer, trains with the built trainer and asks with the built inference process.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildProgram } from '../../../build/stale.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const built = join(root, 'out')

/** A person's session in the built application, its window a stand-in; prints what it found. */
const session = `
import { CausalscopeApp } from ${JSON.stringify(join(built, 'main', 'src-main', 'app', 'application.js'))}
import { UserSettings } from ${JSON.stringify(join(built, 'main', 'src-main', 'services', 'settings.js'))}
const [folder] = process.argv.slice(1)
const host = { kind: 'electron', nativeDialogs: true, nativeMenu: true, versions: {}, push() {}, guard() {} }
const app = new CausalscopeApp(host, { version: '0', settings: new UserSettings(folder), page: ${JSON.stringify(join(built, 'renderer'))}, checkAnswers: true })
const ask = async (channel, body) => {
  const reply = JSON.parse(await app.answer({ url: 'causalscope://app/', mainFrame: true }, channel, JSON.stringify(body)))
  if (!reply.ok) throw new Error(channel + ': ' + reply.error.message)
  return reply.value
}
await ask('project.new', { path: folder + '/study' })
const source = folder + '/curves.csv'
const { plan } = await ask('import.inspect', { source, description: null, task: 'a' })
await ask('import.confirm', { source, description: plan.description, name: 'Curves', task: 'b' })
const config = { nodes: [{ name: 'N', categories: 2 }], training: { pretrainEpochs: 1, epochs: 1 }, mixture: { readings: 1, retries: 0 } }
const { run } = await ask('run.start', { dataset: 1, method: 'causal-pima', config, seed: 1, engine: 'wasm', threads: 2, name: null })
let state = run
while (state.status === 'queued' || state.status === 'running') {
  await new Promise((resolve) => setTimeout(resolve, 50))
  state = (await ask('run.get', { run: run.id })).run
}
const { decoded } = await ask('infer.reconstruct', { run: run.id, rows: [0], from: null, task: 'c' })
const page = await app.serve('/')
console.log(JSON.stringify({ status: state.status, error: state.error, shape: decoded[0].array.shape, page: page?.contentType }))
await app.end()
`

describe('the built program', () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'causalscope-built-'))
    await buildProgram()
  })
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))

  it('has the entry that package.json names', async () => {
    const { main } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { main: string }
    expect(existsSync(join(root, main))).toBe(true)
  })

  it('has a preload script of one file that needs nothing but Electron', async () => {
    const preload = await readFile(join(built, 'preload', 'preload.cjs'), 'utf8')
    expect(preload.match(/require\("[^"]+"\)/g)).toEqual(['require("electron")'])
  })

  it('imports, trains on two threads and asks the model in its own processes', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [
      `s${i}`,
      ...Array.from({ length: 12 }, (__, t) => (i % 2 === 0 ? t : 12 - t) + (i % 5)),
    ])
    const header = ['id', ...Array.from({ length: 12 }, (_, t) => `y@${t}`)]
    await writeFile(join(folder, 'curves.csv'), [header, ...rows].map((row) => row.join(',')).join('\n'))
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', session, folder])
    expect(JSON.parse(stdout)).toEqual({
      status: 'done',
      error: null,
      shape: [1, 12],
      page: 'text/html; charset=utf-8',
    })
  })
})
