/** Electron's entry: puts Electron into its host and the application behind it. */
import { join } from 'node:path'
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, screen, session, shell, utilityProcess } from 'electron'
import { CausalscopeApp } from './app/application.ts'
import { ElectronHost, projectArgument } from './host/electron/host.ts'
import { utilitySpawn } from './host/electron/utility-process.ts'
import { UserSettings } from './services/settings.ts'

// Before the app is ready: the page's scheme counts as a secure origin of its own.
protocol.registerSchemesAsPrivileged([
  { scheme: 'causalscope', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
])

/** out/, where electron-vite puts what it builds. */
const built = join(app.getAppPath(), 'out')

async function main(): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    // The instance that runs is told, and comes to the front.
    app.quit()
    return
  }
  const settings = new UserSettings()
  const pending: string[] = []
  let causalscope: CausalscopeApp | null = null
  const host = new ElectronHost(
    {
      app,
      makeWindow: (options) => new BrowserWindow(options),
      dialog: {
        showMessageBox: (options) => dialog.showMessageBox(options),
        showOpenDialog: (options) => dialog.showOpenDialog(options),
        showSaveDialog: (options) => dialog.showSaveDialog(options),
      },
      handle: (channel, listener) => ipcMain.handle(channel, listener),
      setMenu: (template) => Menu.setApplicationMenu(Menu.buildFromTemplate(template)),
      session: () => session.defaultSession,
      shell,
      workAreas: () => screen.getAllDisplays().map((display) => display.workArea),
      versions: { electron: process.versions.electron, chromium: process.versions.chrome },
    },
    {
      preload: join(built, 'preload', 'preload.cjs'),
      icon: process.platform === 'linux' ? join(app.getAppPath(), 'resources', 'icons', 'icon.png') : null,
      stateFile: join(settings.folder, 'window.json'),
      platform: process.platform,
    },
    {
      openPath: (path) => {
        if (causalscope === null) pending.push(path)
        else void causalscope.openPath(path)
      },
      command: (command) => causalscope?.command(command),
    },
  )
  causalscope = new CausalscopeApp(host, {
    version: app.getVersion(),
    settings,
    page: join(built, 'renderer'),
    spawn: utilitySpawn(utilityProcess),
    log: (message, error) => console.error(message, error ?? ''),
  })
  const named = projectArgument(process.argv)
  for (const path of [...(named === null ? [] : [named]), ...pending]) await causalscope.openPath(path)
  await host.open(causalscope)
}

app.on('window-all-closed', () => {
  // The host quits once the application has checkpointed what was training.
})
void main()
