/** Starts the app in an installed Chromium, Chrome or Edge; resolves when its window is closed. */
import { join } from 'node:path'
import { refused } from '../src-shared/errors.ts'
import { findChromium } from '../src-main/host/chromium/executable.ts'
import { ChromiumHost } from '../src-main/host/chromium/host.ts'
import { settingsFolder } from '../src-main/datasets/settings-folder.ts'
import { UserSettings } from '../src-main/services/settings.ts'
import { buildPage, pageIsStale } from './stale.ts'

const root = join(import.meta.dirname, '..')

export interface ChromiumStart {
  /** Why this host, in words. */
  readonly why: string
  readonly project: string | null
  readonly headless: boolean
}

export async function startChromium({ why, project, headless }: ChromiumStart): Promise<void> {
  const executable = findChromium()
  if (executable === null)
    throw refused(
      'No window can be opened: neither the Electron binary nor Chromium, Chrome or Edge is installed.',
      'Install one of the browsers, name it in CHROME_PATH, or run npm start -- --fetch-electron. The command line needs no window: npm run causalscope -- --help.',
    )
  if (!headless && process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    throw refused(
      'There is no screen to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set).',
      'Under Xvfb: xvfb-run npm start. The command line needs no window: npm run causalscope -- --help.',
    )
  process.stderr.write(`Causalscope opens in ${executable}: ${why}.\n`)
  const settings = settingsFolder()
  const host = new ChromiumHost({ executable, headless, sizeFile: join(settings, 'chromium-window.json') })
  const app = await prepare(host, settings).catch(async (error: unknown) => {
    await host.close()
    throw error
  })
  const close = (): void => void host.close()
  process.once('SIGINT', close)
  process.once('SIGTERM', close)
  process.once('SIGHUP', close)
  if (project !== null) await app.openPath(project)
  await host.open(app)
  await host.closed
  if (host.problem !== null) throw host.problem
}

/** The browser starts while the page is built and the services are loaded. */
async function prepare(host: ChromiumHost, settings: string) {
  const [{ CausalscopeApp }, { readManifest }] = await Promise.all([
    import('../src-main/app/application.ts'),
    import('../src-main/training/provenance.ts'),
    host.launch(),
    pageIsStale() ? buildPage() : null,
  ])
  return new CausalscopeApp(host, {
    version: (await readManifest()).version,
    settings: new UserSettings(settings),
    page: join(root, 'out', 'renderer'),
    log: (message) => process.stderr.write(`${message}\n`),
    ready: () => process.stderr.write(`Ready after ${(performance.now() / 1000).toFixed(2)} s.\n`),
  })
}
