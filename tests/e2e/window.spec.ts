/** The window itself: how it opens, what it serves, how it closes. */
import { readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Channel, RequestOf, ResponseOf } from '../../src-shared/contract.ts'
import { expect, test } from './app.ts'

/** A request as the page makes it. */
async function ask<C extends Channel>(page: Page, channel: C, body: RequestOf<C>): Promise<ResponseOf<C>> {
  const reply = await page.evaluate(([name, content]) => window.causalscope.request(name, content), [
    channel,
    body,
  ] as const)
  if (!reply.ok) throw new Error(`${channel}: ${reply.error.message} ${reply.error.hint}`)
  return reply.value as ResponseOf<C>
}

/** A project with a small table imported, and a run that would train for hours. */
async function startLongRun(page: Page, home: string): Promise<{ path: string; run: number }> {
  const rows = Array.from({ length: 64 }, (_, i) => [
    `s${i}`,
    ...Array.from({ length: 12 }, (__, t) => Math.sin(t + (i % 2)) + ((i * 37 + t * 11) % 17) / 100),
  ])
  const header = ['id', ...Array.from({ length: 12 }, (_, t) => `y@${t}`)]
  const source = join(home, 'curves.csv')
  await writeFile(source, [header, ...rows].map((row) => row.join(',')).join('\n'))
  const { project } = await ask(page, 'project.new', { path: join(home, 'Documents', 'study') })
  const { plan } = await ask(page, 'import.inspect', { source, description: null, task: 'inspect' })
  const { description } = plan
  const { dataset } = await ask(page, 'import.confirm', { source, description, name: 'Curves', task: 'import' })
  const { run } = await ask(page, 'run.start', {
    dataset: dataset.id,
    method: 'causal-pima',
    config: { nodes: [{ name: 'N1', categories: 2 }], training: { pretrainEpochs: 100_000, batchSize: 16 } },
    seed: 1,
    engine: 'wasm',
    threads: 1,
    name: 'Long',
  })
  await expect.poll(async () => (await ask(page, 'run.get', { run: run.id })).run.epoch).toBeGreaterThan(1)
  return { path: project.path, run: run.id }
}

test('opens on a start view that can be used, cross-origin isolated, without a word in the log', async ({ app }) => {
  await expect(app.page).toHaveTitle('Causalscope')
  await expect(app.page.getByRole('heading').first()).toBeVisible()
  expect(await app.page.evaluate(() => crossOriginIsolated)).toBe(true)
  expect(app.strayRequests).toEqual([])
  expect(app.log).toEqual([])
})

test('leaves no browser profile behind', async ({ start, hostKind }) => {
  test.skip(hostKind === 'electron', 'only the Chromium host has a temporary profile')
  const mine = `causalscope-browser-${process.pid}-`
  const profiles = async (): Promise<string[]> => (await readdir(tmpdir())).filter((name) => name.startsWith(mine))
  // A browser that a test before this one killed has left its own.
  const before = await profiles()
  const app = await start()
  expect(await profiles()).toHaveLength(before.length + 1)
  await app.close()
  expect(await profiles()).toEqual(before)
})

test('asks before it closes on a run, checkpoints it, and can go on with it the next time', async ({
  start,
  hostKind,
}) => {
  test.skip(hostKind === 'electron', 'Electron asks with a dialog of the system, which Playwright cannot answer')
  const first = await start()
  const { path, run } = await startLongRun(first.page, first.home)
  await first.page.mouse.click(640, 790)
  const asked = first.page.waitForEvent('dialog')
  const closed = first.page.waitForEvent('close')
  await first.page.close({ runBeforeUnload: true })
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.accept()
  await closed
  await first.close()

  const second = await start({ project: path })
  const { run: kept } = await ask(second.page, 'run.get', { run })
  expect(kept.status).toBe('interrupted')
  expect(kept.epoch).toBeGreaterThan(1)
  await ask(second.page, 'run.resume', { run })
  const epoch = async (): Promise<number> => (await ask(second.page, 'run.get', { run })).run.epoch
  await expect.poll(epoch).toBeGreaterThan(kept.epoch)
})

test('hears of a fast run at most ten times a second, and misses no epoch', async ({ app }) => {
  const { page, home } = app
  const { run } = await startLongRun(page, home)
  const heard = await page.evaluate(
    (id) =>
      new Promise<{ batches: number; epochs: number[]; milliseconds: number }>((resolve) => {
        const epochs: number[] = []
        let batches = 0
        const began = performance.now()
        const stop = window.causalscope.listen((name, payload) => {
          const told = payload as { run?: number; epochs?: { epoch: number }[] }
          if (name !== 'run.epochs' || told.run !== id) return
          batches++
          epochs.push(...(told.epochs ?? []).map(({ epoch }) => epoch))
          if (batches < 15) return
          stop()
          resolve({ batches, epochs, milliseconds: performance.now() - began })
        })
      }),
    run,
  )
  const [firstEpoch = 0] = heard.epochs
  expect(heard.epochs).toEqual(heard.epochs.map((_, i) => firstEpoch + i))
  // Fifteen batches, the first at any moment: at least fourteen intervals of a tenth of a second lie between them.
  expect(heard.milliseconds).toBeGreaterThan(1300)
  await ask(page, 'run.interrupt', { run })
})
