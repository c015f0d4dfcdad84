/** What the host uses of Electron, typed by Electron's own definitions: main.ts hands in the real ones, tests stand-ins. */
import type * as Electron from 'electron'

export type AppPart = Pick<
  Electron.App,
  'whenReady' | 'quit' | 'on' | 'requestSingleInstanceLock' | 'enableSandbox' | 'commandLine'
>

export type ContentsPart = Pick<
  Electron.WebContents,
  'send' | 'on' | 'setWindowOpenHandler' | 'setWebRTCIPHandlingPolicy'
> & {
  readonly mainFrame: object
}

export type WindowPart = Pick<
  Electron.BrowserWindow,
  | 'loadURL'
  | 'on'
  | 'once'
  | 'show'
  | 'focus'
  | 'restore'
  | 'isMinimized'
  | 'isDestroyed'
  | 'isMaximized'
  | 'maximize'
  | 'destroy'
  | 'getNormalBounds'
> & { readonly webContents: ContentsPart }

export type SessionPart = Pick<
  Electron.Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'on'
> & {
  readonly protocol: Pick<Electron.Protocol, 'handle'>
  readonly webRequest: Pick<Electron.WebRequest, 'onBeforeRequest'>
}

/** The sender of a message from the page. */
export interface InvokeEvent {
  readonly senderFrame: { readonly url: string } | null
}

export interface DialogPart {
  readonly showMessageBox: (options: Electron.MessageBoxOptions) => Promise<{ readonly response: number }>
  readonly showOpenDialog: (
    options: Electron.OpenDialogOptions,
  ) => Promise<{ readonly canceled: boolean; readonly filePaths: readonly string[] }>
  readonly showSaveDialog: (
    options: Electron.SaveDialogOptions,
  ) => Promise<{ readonly canceled: boolean; readonly filePath: string }>
}

export interface ElectronParts {
  readonly app: AppPart
  readonly makeWindow: (options: Electron.BrowserWindowConstructorOptions) => WindowPart
  readonly dialog: DialogPart
  readonly handle: (
    channel: string,
    listener: (event: InvokeEvent, channel: unknown, body: unknown) => Promise<string>,
  ) => void
  readonly setMenu: (template: Electron.MenuItemConstructorOptions[]) => void
  /** Called once the app is ready. */
  readonly session: () => SessionPart
  readonly shell: Pick<Electron.Shell, 'showItemInFolder' | 'openPath'>
  /** Work areas of the screens, in points. Called once the app is ready. */
  readonly workAreas: () => readonly Electron.Rectangle[]
  readonly versions: Readonly<Record<string, string>>
}
