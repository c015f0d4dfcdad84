/**
 * The application as a person meets it: a window on real services, with settings and a home folder of its own that are
 * gone after the test. `app.page` is the window's page.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, type Page } from '@playwright/test'
import { electronBinary } from '../../build/electron-binary.ts'
import { CausalscopeApp } from '../../src-main/app/application.ts'
import { findChromium } from '../../src-main/host/chromium/executable.ts'
import { ChromiumHost } from '../../src-main/host/chromium/host.ts'
import { UserSettings } from '../../src-main/services/settings.ts'

export { expect } from '@playwright/test'

const root = join(import.meta.dirname, '..', '..')

export interface RunningApp {
  /** The window's page, interactive. */
  readonly page: Page
  /** Home folder of the person at it; the in-app dialog starts here. */
  readonly home: string
  readonly settings: string
  /** URLs that the page asked for outside the app's own origin. */
  readonly strayRequests: readonly string[]
  /** What the app wrote to its log: refusals and unexpected errors. */
  readonly log: readonly string[]
  /** Opens a project as by a double click on its file. */
  readonly openPath: (path: string) => Promise<void>
  /** Closes the window as a person does, and waits until the app has ended. */
  close(): Promise<void>
}

export interface StartOptions {
  readonly home: string
  /** A project to open with the window. */
  readonly project?: string
  readonly extraFlags?: readonly string[]
}

export interface HostOption {
  readonly hostKind: 'chromium' | 'electron'
}

function watch(page: Page, own: string): string[] {
  const stray: string[] = []
  page.context().on('request', (request) => {
    if (!request.url().startsWith(`${own}/`) && !/^(data|blob):/.test(request.url())) stray.push(request.url())
  })
  return stray
}

/** Until the start view can be used: the page has told the app so. */
async function startChromium({ home, project, extraFlags = [] }: StartOptions): Promise<RunningApp> {
  const executable = findChromium()
  if (executable === null) throw new Error('no Chromium, Chrome or Edge is installed')
  const settings = join(home, '.settings')
  const log: string[] = []
  const host = new ChromiumHost({ executable, headless: true, extraFlags })
  const ready = Promise.withResolvers<undefined>()
  const app = new CausalscopeApp(host, {
    version: '0.0.0-test',
    settings: new UserSettings(settings),
    page: join(root, 'out', 'renderer'),
    checkAnswers: true,
    log: (message) => log.push(message),
    ready: () => ready.resolve(undefined),
  })
  try {
    if (project !== undefined) await app.openPath(project)
    await host.open(app)
  } catch (error) {
    await host.close()
    throw error
  }
  const strayRequests = watch(host.page, 'https://causalscope.localhost')
  await ready.promise
  return {
    page: host.page,
    home,
    settings,
    strayRequests,
    log,
    openPath: (path) => app.openPath(path),
    close: () => host.close(),
  }
}

async function startElectron({ home, project }: StartOptions): Promise<RunningApp> {
  const executablePath = electronBinary()
  if (executablePath === null) throw new Error('the Electron binary is not installed')
  const settings = join(home, '.settings')
  const superuser = process.getuid?.() === 0
  const app = await _electron.launch({
    executablePath,
    args: [...(superuser ? ['--no-sandbox'] : []), root, ...(project === undefined ? [] : [project])],
    env: { ...process.env, HOME: home, CAUSALSCOPE_SETTINGS: settings },
  })
  const page = await app.firstWindow()
  const strayRequests = watch(page, 'causalscope://app')
  await page.waitForLoadState('load')
  const openPath = (path: string): Promise<void> =>
    app.evaluate(
      ({ app: electron }, file) => void electron.emit('open-file', { preventDefault: () => undefined }, file),
      path,
    )
  return { page, home, settings, strayRequests, log: [], openPath, close: () => app.close() }
}

interface Fixtures {
  /** An empty home folder. */
  readonly home: string
  /** Starts the app; what was started is closed after the test. */
  readonly start: (options?: Partial<StartOptions>) => Promise<RunningApp>
  /** The app, started, with no project open. */
  readonly app: RunningApp
}

export const test = base.extend<Fixtures & HostOption>({
  hostKind: ['chromium', { option: true }],
  home: async ({}, use) => {
    const home = await mkdtemp(join(tmpdir(), 'causalscope-e2e-'))
    await mkdir(join(home, 'Documents'))
    const before = process.env.HOME
    process.env.HOME = home
    await use(home)
    process.env.HOME = before
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  },
  start: async ({ home, hostKind }, use) => {
    const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string }
    base.skip(
      hostKind === 'electron' && electronBinary() === null,
      `the binary of Electron ${version} is not installed on this machine`,
    )
    const started: RunningApp[] = []
    await use(async (options = {}) => {
      const app = await (hostKind === 'electron' ? startElectron : startChromium)({ home, ...options })
      started.push(app)
      return app
    })
    for (const app of started) await app.close()
  },
  app: async ({ start }, use) => {
    await use(await start())
  },
})
