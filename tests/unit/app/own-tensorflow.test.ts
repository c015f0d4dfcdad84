/** Naming a TensorFlow from the window: the host's own dialog says where it lies, the page cannot. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { CausalscopeApp } from '../../../src-main/app/application.ts'
import type { FileDialog } from '../../../src-main/host/host.ts'
import { UserSettings } from '../../../src-main/services/settings.ts'
import type { Reply } from '../../../src-shared/contract.ts'
import { idleHost } from '../../idle-host.ts'

let folder: string
let picked: string | null
const asked: FileDialog[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'causalscope-window-tensorflow-'))
  picked = null
  asked.length = 0
})
afterEach(() => rmSync(folder, { recursive: true, maxRetries: 10 }))

async function name(nativeDialogs: boolean, body: object = { task: 'name' }): Promise<Reply> {
  const pick = (dialog: FileDialog): Promise<string | null> => {
    asked.push(dialog)
    return Promise.resolve(picked)
  }
  const app = new CausalscopeApp(
    { ...idleHost, nativeDialogs, pick },
    { version: '0.0.0', settings: new UserSettings(join(folder, 'settings')), page: join(folder, 'page') },
  )
  const sender = { url: 'https://causalscope.localhost/', mainFrame: true }
  return JSON.parse(await app.answer(sender, 'engine.name', JSON.stringify(body))) as Reply
}

it('asks by the dialog of the system, and says what is wrong with the folder that was chosen', async () => {
  expect(await name(true)).toEqual({ ok: true, value: { named: null } })
  picked = folder
  const words = expect.stringMatching(process.platform === 'linux' ? /no TensorFlow library/ : /Linux/) as unknown
  expect(await name(true)).toMatchObject({ ok: false, error: { code: 'refused', message: words } })
  expect(asked).toHaveLength(2)
})

it('takes no folder from the page, and points at the command line where only the page has a dialog', async () => {
  picked = folder
  expect(await name(true, { task: 'name', folder })).toMatchObject({ ok: false, error: { code: 'refused' } })
  const hint = expect.stringContaining('causalscope engines --native') as unknown
  expect(await name(false)).toMatchObject({ ok: false, error: { code: 'refused', hint } })
  expect(asked).toEqual([])
})
