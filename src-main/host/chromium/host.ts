/**
 * The window in an installed Chromium, Chrome or Edge, driven over a pipe (no port is opened). The page and its data are
 * served from memory under an origin of the app's own; every other request is aborted before it leaves.
 */
import { tmpdir } from 'node:os'
import { type BrowserContext, chromium, type Page, type Route } from 'playwright-core'
import { type CausalscopeError, failed, refused, toErrorData } from '../../../src-shared/errors.ts'
import type { AnyEvent } from '../../../src-shared/contract.ts'
import type { Application, Host } from '../host.ts'
import { origins, pathWithin, securityHeaders } from '../origin.ts'
import { bindingName, bridgeScript, EventQueue } from './bridge.ts'
import { flags } from './flags.ts'
import { makeProfile, removeProfile, sweepProfiles } from './profile.ts'
import { readWindowSize, usualSize, writeWindowSize } from './window-size.ts'

export interface ChromiumOptions {
  readonly executable: string
  readonly headless: boolean
  /** Where the window's size is kept; null or left out: nowhere. */
  readonly sizeFile?: string | null
  /** Further switches: tests watch the network with them. */
  readonly extraFlags?: readonly string[]
}

const origin = origins.chromium

function died(executable: string): CausalscopeError {
  return failed(
    `The browser ended unexpectedly: ${executable}.`,
    'What was training is kept and can be resumed. Start Causalscope again.',
    { file: executable },
  )
}

export class ChromiumHost implements Host {
  readonly kind = 'chromium'
  readonly nativeDialogs = false
  readonly nativeMenu = false
  readonly closed: Promise<void>
  readonly #options: ChromiumOptions
  readonly #queue = new EventQueue()
  #resolveClosed: () => void = () => undefined
  #page: Page | null = null
  #launch: Promise<BrowserContext> | null = null
  #profile: string | null = null
  #version = ''
  /** The page said that it goes, or the host was told to close: else nobody closed the window. */
  #closing = false
  #problem: CausalscopeError | null = null

  constructor(options: ChromiumOptions) {
    this.#options = options
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve
    })
  }

  get versions(): Readonly<Record<string, string>> {
    return { chromium: this.#version }
  }

  /** Why the window is gone, when nobody closed it: the browser died. */
  get problem(): CausalscopeError | null {
    return this.#problem
  }

  /** The window's page, for tests that act as the person at it. */
  get page(): Page {
    if (this.#page === null) throw new Error('the window is not open')
    return this.#page
  }

  /** Starts the browser ahead of `open`, while the app gets ready. */
  launch(): Promise<BrowserContext> {
    this.#launch ??= this.#start()
    return this.#launch
  }

  async open(application: Application): Promise<void> {
    const context = await this.launch()
    this.#version = context.browser()?.version() ?? ''
    const page = context.pages()[0] ?? (await context.newPage())
    this.#page = page
    // Before the script that takes it from the page.
    await this.#expose(context, page, application)
    await Promise.all([
      // Copying a number is the one thing the page may ask of the system.
      context.grantPermissions(['clipboard-write'], { origin }),
      context.addInitScript({ content: bridgeScript(origin) }),
      context.route('**/*', (route) => this.#serve(route, page, application)),
      context.routeWebSocket(/.*/, (socket) => void socket.close()),
    ])
    this.#watch(context, page, application)
    await page.goto(`${origin}/`, { waitUntil: 'commit' })
  }

  push(event: AnyEvent): void {
    this.#queue.push(event)
  }

  guard(running: number): void {
    this.#queue.guard(running)
  }

  pick(): Promise<null> {
    return Promise.reject(refused('This window has no dialogs of the system.', 'Use the list of files in the window.'))
  }

  reveal(): Promise<boolean> {
    return Promise.resolve(false)
  }

  openFile(): Promise<boolean> {
    return Promise.resolve(false)
  }

  async close(): Promise<void> {
    const context = await this.#launch?.catch(() => null)
    this.#closing = true
    await context?.close().catch(() => undefined)
    // Closed before there was a page: nobody else says so.
    if (this.#page === null) await this.#tidyUp()
    await this.closed
  }

  async #start(): Promise<BrowserContext> {
    const { executable, headless } = this.#options
    const root = process.getuid?.() === 0
    const temporary = tmpdir()
    const size = headless ? usualSize : readWindowSize(this.#options.sizeFile ?? null)
    const profile = await makeProfile(temporary)
    this.#profile = profile
    void sweepProfiles(temporary)
    try {
      return await chromium.launchPersistentContext(profile, {
        executablePath: executable,
        headless,
        chromiumSandbox: !root,
        args: [...flags({ headless, root, size, position: null }), ...(this.#options.extraFlags ?? [])],
        // Would put a bar over the window that speaks of automated tests.
        ignoreDefaultArgs: ['--enable-automation'],
        viewport: headless ? size : null,
        acceptDownloads: false,
        serviceWorkers: 'block',
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
        timeout: 30_000,
      })
    } catch (error) {
      await this.#tidyUp()
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
      throw failed(
        `${executable} did not open a window: ${reason}`,
        'Set CHROME_PATH to another Chromium, Chrome or Edge, or install the Electron binary.',
        { file: executable },
        error,
      )
    }
  }

  /** The browser is gone: so is what it left. */
  async #tidyUp(): Promise<void> {
    if (this.#profile !== null) await removeProfile(this.#profile)
    this.#profile = null
    this.#resolveClosed()
  }

  async #expose(context: BrowserContext, page: Page, application: Application): Promise<void> {
    await context.exposeBinding(bindingName, async (source, kind: unknown, channel: unknown, body: unknown) => {
      const sender = {
        url: source.frame.url(),
        mainFrame: source.page === page && source.frame === page.mainFrame(),
      }
      if (kind === 'request') return await application.answer(sender, channel, body)
      if (kind === 'events' && sender.mainFrame && pathWithin(origin, sender.url) !== null)
        return await this.#queue.next()
      if (kind === 'leaving' && sender.mainFrame) {
        this.#closing = true
        return ''
      }
      const { sizeFile } = this.#options
      if (kind === 'size' && sender.mainFrame && typeof sizeFile === 'string') {
        writeWindowSize(sizeFile, channel, body)
        return ''
      }
      throw new Error('refused')
    })
  }

  #watch(context: BrowserContext, page: Page, application: Application): void {
    context.on('page', (other) => void other.close().catch(() => undefined))
    page.on('dialog', (dialog) => {
      // The question before closing is the browser's own and the person's to answer; no other dialog is ours.
      if (dialog.type() !== 'beforeunload') void dialog.dismiss().catch(() => undefined)
    })
    let arrived = false
    page.on('framenavigated', (frame) => {
      if (frame !== page.mainFrame()) return
      this.#queue.clear()
      this.#closing = false
      const home = pathWithin(origin, frame.url()) !== null
      // Before the page first came, the blank one that the browser opens with is where it should be.
      if (arrived && !home) void page.goto(`${origin}/`).catch(() => undefined)
      arrived ||= home
    })
    page.on('crash', () => void page.goto(`${origin}/`).catch(() => undefined))
    const gone = new Promise((resolve) => context.once('close', resolve))
    let ending = false
    const end = async (): Promise<void> => {
      if (ending) return
      ending = true
      if (!this.#closing) this.#problem = died(this.#options.executable)
      try {
        await application.end()
        // The browser may be gone already.
        await context.close().catch(() => undefined)
        await gone
      } finally {
        await this.#tidyUp()
      }
    }
    const ended = (): void =>
      void end().catch((error: unknown) => (this.#problem ??= failed(toErrorData(error).message)))
    page.on('close', ended)
    context.on('close', ended)
  }

  async #serve(route: Route, page: Page, application: Application): Promise<void> {
    try {
      const request = route.request()
      const path = pathWithin(origin, request.url())
      const own = path !== null && request.method() === 'GET' && request.frame().page() === page
      const served = own ? await application.serve(path) : null
      if (!own) await route.abort('aborted')
      else if (served === null) await route.fulfill({ status: 404, headers: { ...securityHeaders }, body: '' })
      else
        await route.fulfill({
          status: served.status,
          headers: { ...securityHeaders, 'Content-Type': served.contentType, 'Cache-Control': 'no-store' },
          body: Buffer.from(served.body.buffer, served.body.byteOffset, served.body.byteLength),
        })
    } catch {
      // The page went away while its request was being answered.
    }
  }
}
