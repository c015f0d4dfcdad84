import { execFileSync } from 'node:child_process'
import { ChromiumHost } from '../../src-main/host/chromium/host.ts'
import { findChromium } from '../../src-main/host/chromium/executable.ts'
import type { Application } from '../../src-main/host/host.ts'
import { expect, test } from './app.ts'

/** A window on an application that only counts how often it was ended. */
async function openWindow() {
  let ended = 0
  const application: Application = {
    answer: () => Promise.resolve('{}'),
    serve: () => Promise.resolve({ status: 200, contentType: 'text/html', body: new Uint8Array(Buffer.from('<p>')) }),
    running: () => 0,
    end: () => {
      ended++
      return Promise.resolve()
    },
  }
  const host = new ChromiumHost({ executable: findChromium()!, headless: true })
  await host.open(application)
  await host.page.waitForFunction(() => typeof window.causalscope === 'object')
  return { host, ended: () => ended }
}

/** The browser processes that this process has started. */
function browsers(): number[] {
  const listed = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' })
  return listed
    .split('\n')
    .flatMap((line) => (line.includes('causalscope-browser-') ? [Number.parseInt(line, 10)] : []))
}

test.beforeEach(({ hostKind }) => {
  test.skip(hostKind === 'electron' || process.platform === 'win32', 'the Chromium host, its browser found by ps')
})

test('a browser that dies ends the app, with why in words', async () => {
  const { host, ended } = await openWindow()
  const [browser] = browsers()
  process.kill(browser!, 'SIGKILL')
  await host.closed
  expect(ended()).toBe(1)
  expect(host.problem).toMatchObject({
    code: 'failed',
    message: expect.stringContaining('The browser ended unexpectedly'),
    hint: expect.stringContaining('can be resumed'),
  })
})

test('a window that a person closes, or the app, is no problem', async () => {
  for (const close of ['by the person', 'by the app'] as const) {
    const { host, ended } = await openWindow()
    if (close === 'by the person') await host.page.close({ runBeforeUnload: true })
    else await host.close()
    await host.closed
    expect(ended(), close).toBe(1)
    expect(host.problem, close).toBeNull()
  }
})
