/** What the page may not do: reach the network, leave, open windows, ask for devices. */
import { type Origin, pathWithin } from '../origin.ts'
import type { AppPart, ContentsPart, SessionPart } from './parts.ts'

/** Switches that keep Chromium itself from speaking to anyone. Before the app is ready. */
export function silence(app: AppPart): void {
  app.enableSandbox()
  for (const [name, value] of [
    ['host-resolver-rules', 'MAP * ~NOTFOUND'],
    ['webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
    ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
    ['disable-background-networking', ''],
    ['disable-component-update', ''],
    ['disable-domain-reliability', ''],
    ['dns-prefetch-disable', ''],
    ['no-pings', ''],
  ] as const)
    if (value === '') app.commandLine.appendSwitch(name)
    else app.commandLine.appendSwitch(name, value)
}

/** Requests of another origin are cancelled; permissions and devices denied, but for copying to the clipboard. */
export function fenceSession(session: SessionPart, origin: Origin): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: pathWithin(origin, details.url) === null })
  })
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(permission === 'clipboard-sanitized-write')
  })
  session.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write')
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
}

/** The page stays where it is, alone. */
export function fenceContents(contents: ContentsPart, origin: Origin): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => {
    if (pathWithin(origin, event.url) === null) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || pathWithin(origin, event.url) === null) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
