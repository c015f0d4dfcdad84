/** The window in Electron: a sandboxed page with the contract and nothing else, native dialogs and menu. */
import { failed } from '../../../src-shared/errors.ts'
import type { AnyEvent } from '../../../src-shared/contract.ts'
import type { Application, FileDialog, Host, HostSignals } from '../host.ts'
import { origins, pathWithin, securityHeaders } from '../origin.ts'
import { pick } from './dialogs.ts'
import { fenceContents, fenceSession, silence } from './fence.ts'
import { ipcEvent, ipcRequest } from './ipc.ts'
import { menuTemplate } from './menu.ts'
import type { ElectronParts, WindowPart } from './parts.ts'
import { readWindowState, writeWindowState } from './window-state.ts'

export interface ElectronOptions {
  readonly preload: string
  readonly icon: string | null
  /** Where the window's place is kept. */
  readonly stateFile: string
  readonly platform: NodeJS.Platform
}

export const projectArgument = (argv: readonly string[]): string | null =>
  argv.slice(1).find((argument) => argument.endsWith('.causalscope')) ?? null

const origin = origins.electron

export class ElectronHost implements Host {
  readonly kind = 'electron'
  readonly nativeDialogs = true
  readonly nativeMenu = true
  readonly closed: Promise<void>
  readonly versions: Readonly<Record<string, string>>
  readonly #parts: ElectronParts
  readonly #options: ElectronOptions
  readonly #signals: HostSignals
  #resolveClosed: () => void = () => undefined
  #window: WindowPart | null = null
  #running = 0
  #asking = false

  /** Before the app is ready: switches and locks must come first. */
  constructor(parts: ElectronParts, options: ElectronOptions, signals: HostSignals) {
    this.#parts = parts
    this.#options = options
    this.#signals = signals
    this.versions = parts.versions
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve
    })
    silence(parts.app)
    parts.app.on('second-instance', (_event, argv) => this.#wake(projectArgument(argv)))
    // macOS: a file double-clicked in Finder.
    parts.app.on('open-file', (event, path) => {
      event.preventDefault()
      this.#wake(path)
    })
    parts.app.on('web-contents-created', (_event, contents) => fenceContents(contents, origin))
  }

  async open(application: Application): Promise<void> {
    const { app, makeWindow, handle, session, setMenu, workAreas } = this.#parts
    await app.whenReady()
    fenceSession(session(), origin)
    session().protocol.handle('causalscope', async (request) => {
      const path = request.method === 'GET' ? pathWithin(origin, request.url) : null
      const served = path === null ? null : await application.serve(path)
      if (served === null) return new Response(null, { status: 404, headers: securityHeaders })
      const headers = { ...securityHeaders, 'Content-Type': served.contentType, 'Cache-Control': 'no-store' }
      return new Response(served.body, { status: served.status, headers })
    })
    handle(ipcRequest, (event, channel, body) =>
      application.answer(
        {
          url: event.senderFrame?.url ?? '',
          mainFrame: event.senderFrame !== null && event.senderFrame === this.#window?.webContents.mainFrame,
        },
        channel,
        body,
      ),
    )
    setMenu(menuTemplate(this.#options.platform, (command) => this.#signals.command(command)))
    const kept = readWindowState(this.#options.stateFile, workAreas())
    const window = makeWindow({
      width: 1280,
      height: 800,
      ...kept?.bounds,
      minWidth: 960,
      minHeight: 600,
      show: false,
      title: 'Causalscope',
      ...(this.#options.icon === null ? {} : { icon: this.#options.icon }),
      webPreferences: {
        preload: this.#options.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        webSecurity: true,
        // Dictionaries would be fetched from the network.
        spellcheck: false,
        navigateOnDragDrop: false,
      },
    })
    this.#window = window
    if (kept?.maximized === true) window.maximize()
    window.once('ready-to-show', () => window.show())
    window.on('close', (event) => this.#closing(event, window))
    window.on('closed', () => void this.#end(application))
    await window.loadURL(`${origin}/`)
  }

  push(event: AnyEvent): void {
    if (this.#window?.isDestroyed() === false) this.#window.webContents.send(ipcEvent, event.name, event.payload)
  }

  guard(running: number): void {
    this.#running = running
  }

  pick(dialog: FileDialog): Promise<string | null> {
    return pick(this.#parts.dialog, dialog)
  }

  reveal(path: string): Promise<boolean> {
    this.#parts.shell.showItemInFolder(path)
    return Promise.resolve(true)
  }

  async openFile(path: string): Promise<boolean> {
    const why = await this.#parts.shell.openPath(path)
    if (why !== '') throw failed(`${path} could not be opened: ${why}.`, 'Open it from its folder.', { file: path })
    return true
  }

  async close(): Promise<void> {
    if (this.#window?.isDestroyed() === false) {
      this.#keepState(this.#window)
      this.#window.destroy()
    }
    await this.closed
  }

  /** Another start of the app, or a double-clicked file: to the front, and to that project. */
  #wake(path: string | null): void {
    if (this.#window?.isDestroyed() === false) {
      if (this.#window.isMinimized()) this.#window.restore()
      this.#window.focus()
    }
    if (path !== null) this.#signals.openPath(path)
  }

  #closing(event: { preventDefault(): void }, window: WindowPart): void {
    this.#keepState(window)
    if (this.#running === 0) return
    event.preventDefault()
    if (this.#asking) return
    this.#asking = true
    void this.#askToClose(window).finally(() => {
      this.#asking = false
    })
  }

  async #askToClose(window: WindowPart): Promise<void> {
    const one = this.#running === 1
    const { response } = await this.#parts.dialog.showMessageBox({
      type: 'question',
      message: one ? 'A run is training.' : `${this.#running} runs are training or wait to.`,
      detail: `What ${one ? 'it has' : 'they have'} learned so far is kept, and ${one ? 'it' : 'they'} can be resumed later.`,
      buttons: ['Stop and quit', 'Keep training'],
      defaultId: 1,
      cancelId: 1,
    })
    if (response === 0) window.destroy()
  }

  #keepState(window: WindowPart): void {
    writeWindowState(this.#options.stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() })
  }

  async #end(application: Application): Promise<void> {
    try {
      await application.end()
    } finally {
      this.#resolveClosed()
      this.#parts.app.quit()
    }
  }
}
