/** A host whose window does nothing: the application is asked without one. */
import type { Host } from '../src-main/host/host.ts'

export const idleHost: Host = {
  kind: 'chromium',
  nativeDialogs: false,
  nativeMenu: false,
  versions: {},
  open: () => Promise.resolve(),
  push: () => undefined,
  pick: () => Promise.resolve(null),
  reveal: () => Promise.resolve(false),
  openFile: () => Promise.resolve(false),
  guard: () => undefined,
  close: () => Promise.resolve(),
  closed: Promise.resolve(),
}
