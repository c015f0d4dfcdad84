/** Electron's glue against Electron's own types: stand-ins take the calls that the real ones would. */
import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Electron from 'electron'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ElectronHost, projectArgument } from '../../../src-main/host/electron/host.ts'
import { ipcEvent, ipcRequest } from '../../../src-main/host/electron/ipc.ts'
import { menuTemplate } from '../../../src-main/host/electron/menu.ts'
import type {
  AppPart,
  DialogPart,
  ElectronParts,
  InvokeEvent,
  SessionPart,
  WindowPart,
} from '../../../src-main/host/electron/parts.ts'
import { utilitySpawn } from '../../../src-main/host/electron/utility-process.ts'
import { readWindowState, writeWindowState } from '../../../src-main/host/electron/window-state.ts'
import type { Application, Sender } from '../../../src-main/host/host.ts'
import { commands } from '../../../src-shared/commands.ts'
import { usualSlurm } from '../../../src-shared/domain/cluster.ts'

/** What the page of a real window would be asked by Electron. */
class Contents extends EventEmitter {
  readonly mainFrame = { url: 'causalscope://app/' }
  readonly sent: unknown[][] = []
  openHandler: ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | null = null
  webRtc = 'default'
  setWebRTCIPHandlingPolicy = (policy: string): void => void (this.webRtc = policy)
  send = (...message: unknown[]): void => void this.sent.push(message)
  setWindowOpenHandler = (handler: typeof this.openHandler): void => {
    this.openHandler = handler
  }
}

class FakeWindow extends EventEmitter {
  readonly webContents = new Contents()
  readonly options: Electron.BrowserWindowConstructorOptions
  loaded = ''
  destroyed = false
  maximized = false
  focused = 0
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super()
    this.options = options
  }
  loadURL = (url: string): Promise<void> => {
    this.loaded = url
    return Promise.resolve()
  }
  show = (): void => undefined
  focus = (): void => {
    this.focused++
  }
  restore = (): void => undefined
  isMinimized = (): boolean => false
  isDestroyed = (): boolean => this.destroyed
  isMaximized = (): boolean => this.maximized
  maximize = (): void => {
    this.maximized = true
  }
  getNormalBounds = (): Electron.Rectangle => ({ x: 10, y: 20, width: 1000, height: 700 })
  destroy = (): void => {
    this.destroyed = true
    this.emit('closed')
  }
  /** The person clicks the window's cross; true when it closes. */
  cross(): boolean {
    const event = {
      closes: true,
      preventDefault(): void {
        this.closes = false
      },
    }
    this.emit('close', event)
    if (event.closes) this.destroy()
    return event.closes
  }
}

class FakeSession extends EventEmitter {
  request: Parameters<Electron.Session['setPermissionRequestHandler']>[0] = null
  check: Parameters<Electron.Session['setPermissionCheckHandler']>[0] = null
  device: Parameters<Electron.Session['setDevicePermissionHandler']>[0] = null
  serve: ((request: GlobalRequest) => GlobalResponse | Promise<GlobalResponse>) | null = null
  gate: ((details: { url: string }, answer: (response: Electron.CallbackResponse) => void) => void) | null = null
  setPermissionRequestHandler = (handler: typeof this.request): void => {
    this.request = handler
  }
  setPermissionCheckHandler = (handler: typeof this.check): void => {
    this.check = handler
  }
  setDevicePermissionHandler = (handler: typeof this.device): void => {
    this.device = handler
  }
  readonly protocol = {
    handle: (_scheme: string, serve: NonNullable<typeof this.serve>): void => {
      this.serve = serve
    },
  }
  readonly webRequest = {
    onBeforeRequest: (...given: unknown[]): void => {
      this.gate = given.at(-1) as typeof this.gate
    },
  }
}

class FakeApp extends EventEmitter {
  readonly switches: string[] = []
  quits = 0
  sandboxed = false
  whenReady = (): Promise<void> => Promise.resolve()
  quit = (): void => {
    this.quits++
  }
  requestSingleInstanceLock = (): boolean => true
  enableSandbox = (): void => {
    this.sandboxed = true
  }
  readonly commandLine = {
    appendSwitch: (name: string, value?: string): void =>
      void this.switches.push(value === undefined ? name : `${name}=${value}`),
  }
}

/** Stand-ins have what the host calls, not every overload of Electron's events. */
function setUp(folder: string, answers: { messageBox?: number; open?: string[]; save?: string } = {}) {
  const app = new FakeApp()
  const session = new FakeSession()
  const windows: FakeWindow[] = []
  const asked: { purpose: string; options: unknown }[] = []
  const commandsHeard: string[] = []
  const pathsHeard: string[] = []
  let invoke: ((event: InvokeEvent, channel: unknown, body: unknown) => Promise<string>) | null = null
  let menu: Electron.MenuItemConstructorOptions[] = []
  const dialog: DialogPart = {
    showMessageBox: (options) => {
      asked.push({ purpose: 'message', options })
      return Promise.resolve({ response: answers.messageBox ?? 1 })
    },
    showOpenDialog: (options) => {
      asked.push({ purpose: 'open', options })
      return Promise.resolve({ canceled: answers.open === undefined, filePaths: answers.open ?? [] })
    },
    showSaveDialog: (options) => {
      asked.push({ purpose: 'save', options })
      return Promise.resolve({ canceled: answers.save === undefined, filePath: answers.save ?? '' })
    },
  }
  const parts: ElectronParts = {
    app: app as unknown as AppPart,
    makeWindow: (options) => {
      const window = new FakeWindow(options)
      windows.push(window)
      return window as unknown as WindowPart
    },
    dialog,
    handle: (channel, listener) => {
      expect(channel).toBe(ipcRequest)
      invoke = listener
    },
    setMenu: (template) => {
      menu = template
    },
    session: () => session as unknown as SessionPart,
    shell: {
      showItemInFolder: () => undefined,
      openPath: (path) => Promise.resolve(path.includes('bad') ? 'no app' : ''),
    },
    workAreas: () => [{ x: 0, y: 0, width: 1920, height: 1080 }],
    versions: { electron: '45' },
  }
  const host = new ElectronHost(
    parts,
    { preload: '/preload.cjs', icon: null, stateFile: join(folder, 'window.json'), platform: 'linux' },
    { openPath: (path) => pathsHeard.push(path), command: (command) => commandsHeard.push(command) },
  )
  const senders: Sender[] = []
  let ended = 0
  const application: Application = {
    answer: (sender) => {
      senders.push(sender)
      return Promise.resolve('{"ok":true}')
    },
    serve: (path) =>
      Promise.resolve(
        path === '/' ? { status: 200, contentType: 'text/html', body: new TextEncoder().encode('<html>') } : null,
      ),
    running: () => 0,
    end: () => {
      ended++
      return Promise.resolve()
    },
  }
  return {
    app,
    session,
    windows,
    asked,
    commandsHeard,
    pathsHeard,
    host,
    application,
    senders,
    ended: () => ended,
    invoke: (frame: InvokeEvent['senderFrame']) => invoke!({ senderFrame: frame }, 'app.start', '{}'),
    menu: () => menu,
  }
}

describe('the Electron host', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'causalscope-electron-host-'))
  })
  afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }))

  it('opens a sandboxed, isolated page without Node', async () => {
    const { host, application, windows, app } = setUp(folder)
    await host.open(application)
    expect(windows[0]?.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      preload: '/preload.cjs',
    })
    expect(windows[0]?.loaded).toBe('causalscope://app/')
    expect(app.sandboxed).toBe(true)
    expect(app.switches).toContain('host-resolver-rules=MAP * ~NOTFOUND')
  })

  it('tells the router which frame asked', async () => {
    const { host, application, windows, invoke, senders } = setUp(folder)
    await host.open(application)
    await invoke(windows[0]!.webContents.mainFrame)
    await invoke({ url: 'causalscope://app/' })
    await invoke(null)
    expect(senders).toEqual([
      { url: 'causalscope://app/', mainFrame: true },
      { url: 'causalscope://app/', mainFrame: false },
      { url: '', mainFrame: false },
    ])
  })

  it('serves the page with its fence of headers, and nothing of another origin', async () => {
    const { host, application, session } = setUp(folder)
    await host.open(application)
    const served = await session.serve!(new Request('causalscope://app/'))
    expect(served.status).toBe(200)
    expect(served.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
    expect(await served.text()).toBe('<html>')
    for (const url of ['causalscope://other/', 'causalscope://app/missing.js'])
      expect((await session.serve!(new Request(url))).status).toBe(404)
    expect((await session.serve!(new Request('causalscope://app/', { method: 'POST' }))).status).toBe(404)
  })

  it('cancels requests of other origins, permissions, devices and downloads', async () => {
    const { host, application, session } = setUp(folder)
    await host.open(application)
    const cancelled = (url: string): boolean | undefined => {
      let answer: Electron.CallbackResponse = {}
      session.gate!({ url }, (response) => (answer = response))
      return answer.cancel
    }
    expect(cancelled('causalscope://app/index.html')).toBe(false)
    for (const url of ['https://example.com/', 'http://127.0.0.1/', 'file:///etc/passwd', 'ws://example.com/'])
      expect(cancelled(url)).toBe(true)
    const granted = (permission: 'geolocation' | 'media' | 'clipboard-sanitized-write'): boolean => {
      let answer = false
      session.request!(null as never, permission, (given) => (answer = given), null as never)
      return answer
    }
    expect(granted('geolocation')).toBe(false)
    expect(granted('media')).toBe(false)
    expect(granted('clipboard-sanitized-write')).toBe(true)
    expect(session.device!(null as never)).toBe(false)
    let prevented = false
    session.emit('will-download', { preventDefault: () => (prevented = true) })
    expect(prevented).toBe(true)
  })

  it('denies leaving, opening windows and web views to every page', async () => {
    const { host, application, app } = setUp(folder)
    await host.open(application)
    const contents = new Contents()
    app.emit('web-contents-created', {}, contents)
    expect(contents.openHandler!(null as never)).toEqual({ action: 'deny' })
    expect(contents.webRtc).toBe('disable_non_proxied_udp')
    const prevented = (name: string, event: object): boolean => {
      let stopped = false
      contents.emit(name, { ...event, preventDefault: () => (stopped = true) })
      return stopped
    }
    expect(prevented('will-navigate', { url: 'https://example.com/' })).toBe(true)
    expect(prevented('will-navigate', { url: 'causalscope://app/' })).toBe(false)
    expect(prevented('will-frame-navigate', { url: 'causalscope://app/', isMainFrame: false })).toBe(true)
    expect(prevented('will-redirect', { url: 'causalscope://app/' })).toBe(true)
    expect(prevented('will-attach-webview', {})).toBe(true)
  })

  it('pushes events to the page and none to a window that is gone', async () => {
    const { host, application, windows } = setUp(folder)
    await host.open(application)
    const payload = { theme: 'dark', engine: 'auto', threads: null, slurm: usualSlurm } as const
    host.push({ name: 'settings.changed', payload })
    expect(windows[0]?.webContents.sent).toEqual([[ipcEvent, 'settings.changed', payload]])
    await host.close()
    host.push({ name: 'settings.changed', payload })
    expect(windows[0]?.webContents.sent).toHaveLength(1)
  })

  it('closes at once when nothing trains, and ends the app once what was open is closed', async () => {
    const { host, application, windows, app, ended, asked } = setUp(folder)
    await host.open(application)
    expect(windows[0]?.cross()).toBe(true)
    await host.closed
    expect([ended(), app.quits, asked]).toEqual([1, 1, []])
  })

  it('asks before it closes on a run, and stays open when the person keeps training', async () => {
    const { host, application, windows, asked } = setUp(folder, { messageBox: 1 })
    await host.open(application)
    host.guard(1)
    expect(windows[0]?.cross()).toBe(false)
    await Promise.resolve()
    expect(asked).toHaveLength(1)
    expect(windows[0]?.destroyed).toBe(false)
  })

  it('closes on a run when the person says so', async () => {
    const { host, application, windows, ended } = setUp(folder, { messageBox: 0 })
    await host.open(application)
    host.guard(2)
    expect(windows[0]?.cross()).toBe(false)
    await host.closed
    expect(ended()).toBe(1)
  })

  it('comes to the front for a second start, and opens the file it was started with', async () => {
    const { host, application, windows, app, pathsHeard } = setUp(folder)
    await host.open(application)
    app.emit('second-instance', {}, ['causalscope', '--flag', '/data/study.causalscope'])
    let prevented = false
    app.emit('open-file', { preventDefault: () => (prevented = true) }, '/data/other.causalscope')
    expect(pathsHeard).toEqual(['/data/study.causalscope', '/data/other.causalscope'])
    expect(prevented).toBe(true)
    expect(windows[0]?.focused).toBe(2)
    expect(projectArgument(['causalscope', '--hidden'])).toBeNull()
  })

  it('has a native dialog for every purpose', async () => {
    const { host, asked } = setUp(folder, { open: ['/data/set'], save: '/data/study.causalscope' })
    for (const purpose of ['open-project', 'open-data-file', 'open-data-folder', 'export-folder'] as const)
      expect(await host.pick({ purpose, title: 'T', suggestion: '/data' })).toBe('/data/set')
    for (const purpose of ['save-project', 'save-file'] as const)
      expect(await host.pick({ purpose, title: 'T', suggestion: null })).toBe('/data/study.causalscope')
    expect(asked[2]?.options).toMatchObject({ properties: ['openDirectory'], defaultPath: '/data' })
  })

  it('knows a dialog that was closed', async () => {
    const { host } = setUp(folder)
    expect(await host.pick({ purpose: 'open-project', title: '', suggestion: null })).toBeNull()
    expect(await host.pick({ purpose: 'save-file', title: '', suggestion: null })).toBeNull()
  })

  it('says when a file cannot be opened', async () => {
    const { host } = setUp(folder)
    expect(await host.openFile('/report.html')).toBe(true)
    await expect(host.openFile('/bad.html')).rejects.toThrow(/could not be opened: no app/)
    expect(await host.reveal('/report.html')).toBe(true)
  })

  it('keeps the window’s place, and opens it there again', async () => {
    const first = setUp(folder)
    await first.host.open(first.application)
    first.windows[0]?.cross()
    await first.host.closed
    expect(existsSync(join(folder, 'window.json'))).toBe(true)
    const second = setUp(folder)
    await second.host.open(second.application)
    expect(second.windows[0]?.options).toMatchObject({ x: 10, y: 20, width: 1000, height: 700 })
  })
})

describe('the native menu', () => {
  it('has every command once and calls it', () => {
    const chosen: string[] = []
    const template = menuTemplate('linux', (id) => chosen.push(id))
    const items = template.flatMap((menu) => (Array.isArray(menu.submenu) ? menu.submenu : []))
    const own = items.filter((item) => item.click !== undefined)
    expect(own.map(({ id }) => id).sort()).toEqual(commands.map(({ id }) => id).sort())
    for (const item of own) item.click!(null as never, undefined, null as never)
    expect(chosen).toHaveLength(commands.length)
    expect(items.find(({ id }) => id === 'help.shortcuts')?.accelerator).toBeUndefined()
  })

  it('begins with the application’s own on macOS', () => {
    expect(menuTemplate('darwin', () => undefined)[0]).toEqual({ role: 'appMenu' })
  })
})

describe('the window’s place', () => {
  const screen = [{ x: 0, y: 0, width: 1920, height: 1080 }]
  const bounds = { x: 100, y: 100, width: 1280, height: 800 }
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'causalscope-state-'))
  })
  afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }))

  it('is read back as it was written', () => {
    const file = join(folder, 'deep', 'window.json')
    writeWindowState(file, { bounds, maximized: true })
    expect(readWindowState(file, screen)).toEqual({ bounds, maximized: true })
  })

  it('is forgotten when its screen is gone, the file is damaged, or nothing was kept', async () => {
    const file = join(folder, 'window.json')
    writeWindowState(file, { bounds: { ...bounds, x: 4000 }, maximized: false })
    expect(readWindowState(file, screen)).toBeNull()
    await writeFile(file, '{')
    expect(readWindowState(file, screen)).toBeNull()
    expect(readWindowState(join(folder, 'none.json'), screen)).toBeNull()
    expect(await readFile(file, 'utf8')).toBe('{')
  })
})

describe('utility processes', () => {
  class Child extends EventEmitter {
    readonly pid = 7
    readonly stderr = new EventEmitter()
    readonly posted: unknown[] = []
    killed = false
    postMessage = (message: unknown): void => void this.posted.push(message)
    kill = (): boolean => (this.killed = true)
  }

  it('carry messages, their end and the last of their standard error', () => {
    const child = new Child()
    const forks: unknown[][] = []
    const spawn = utilitySpawn({
      fork: (...given) => {
        forks.push(given)
        return child as unknown as Electron.UtilityProcess
      },
    })
    const spawned = spawn('/trainer.js', { heapLimitMb: 512 })
    const heard: unknown[] = []
    spawned.onMessage((message) => heard.push(message))
    spawned.onExit((exit) => heard.push(exit))
    spawned.send({ type: 'pause' })
    child.emit('message', { type: 'paused' })
    child.stderr.emit('data', Buffer.from('out of memory'))
    child.emit('exit', 3)
    spawned.send({ type: 'late' })
    expect(forks[0]).toMatchObject(['/trainer.js', [], { execArgv: ['--max-old-space-size=512'] }])
    expect(child.posted).toEqual([{ type: 'pause' }])
    expect(heard).toEqual([{ type: 'paused' }, { code: 3, signal: null, stderr: 'out of memory' }])
    spawned.kill()
    expect(child.killed).toBe(true)
  })
})
