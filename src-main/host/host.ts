/**
 * What a window is, for everything that does not care which program draws it. The app gives a host the page's requests
 * and data to answer; the host gives the app a window, dialogs and events. electron/ and chromium/ are the two hosts.
 */
import type { AnyEvent } from '../../src-shared/contract.ts'
import type { CommandId } from '../../src-shared/commands.ts'
import type { DialogPurpose } from '../../src-shared/contract/projects.ts'

/** Who asked, as the host saw it; the router decides whether that is the page. */
export interface Sender {
  /** URL of the frame that asked. */
  readonly url: string
  /** It is the top frame of the app's own window. */
  readonly mainFrame: boolean
}

export interface Served {
  readonly status: number
  readonly contentType: string
  readonly body: Uint8Array<ArrayBuffer>
}

/** What the app does for its host. */
export interface Application {
  /** Answers one request; both sides of the call are JSON. Never throws. */
  readonly answer: (sender: Sender, channel: unknown, body: unknown) => Promise<string>
  /** Page files and `/data/` by path and query within the own origin; null: there is no such thing. */
  readonly serve: (path: string) => Promise<Served | null>
  /** Runs that would be stopped if the window closed now. */
  readonly running: () => number
  /** The window is gone or the system wants to end: checkpoint and let go of everything. */
  readonly end: () => Promise<void>
}

export interface FileDialog {
  readonly purpose: DialogPurpose
  readonly title: string
  readonly suggestion: string | null
}

export interface Host {
  readonly kind: 'electron' | 'chromium'
  readonly nativeDialogs: boolean
  readonly nativeMenu: boolean
  /** Versions of the program that draws the window. */
  readonly versions: Readonly<Record<string, string>>
  /** Opens the window on the page; resolves when its document has loaded. */
  open(application: Application): Promise<void>
  /** To the page, in order. Does nothing while there is no window. */
  push(event: AnyEvent): void
  /** Null: the person closed the dialog. Throws where `nativeDialogs` is false. */
  pick(dialog: FileDialog): Promise<string | null>
  /** Shows a file in the file manager, or opens it: false where the host cannot. */
  reveal(path: string): Promise<boolean>
  openFile(path: string): Promise<boolean>
  /** How many runs train: the window asks before it closes while there are any. */
  guard(running: number): void
  /** Closes the window without asking. */
  close(): Promise<void>
  /** Resolves when the window is gone and `end` has been awaited. */
  readonly closed: Promise<void>
}

/** Paths and commands that arrive from outside the page: a double-clicked file, a native menu. */
export interface HostSignals {
  readonly openPath: (path: string) => void
  readonly command: (command: CommandId) => void
}
