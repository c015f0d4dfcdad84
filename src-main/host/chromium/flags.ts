/** The browser's switches: one bare window, and no word to the network, not even for itself. */

export interface FlagOptions {
  readonly headless: boolean
  readonly root: boolean
  readonly size: { readonly width: number; readonly height: number }
  readonly position: { readonly x: number; readonly y: number } | null
}

export function flags(options: FlagOptions): string[] {
  return [
    // The window opens on a blank page; the app's page comes once its routes are in place.
    ...(options.headless ? [] : ['--app=data:text/html,<title>Causalscope</title>']),
    `--window-size=${options.size.width},${options.size.height}`,
    ...(options.position === null ? [] : [`--window-position=${options.position.x},${options.position.y}`]),
    // No name resolves, whoever asks: page, browser services, extensions.
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--no-pings',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-domain-reliability',
    '--disable-sync',
    '--disable-extensions',
    '--disable-default-apps',
    '--dns-prefetch-disable',
    // Peer connections ask servers by address, past every rule for names and requests. Older browsers know the second.
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--no-service-autorun',
    // Clusters are drawn with WebGL, on machines without a GPU in software.
    '--enable-unsafe-swiftshader',
    // As root there is no sandbox to be had; the switch that says so would put a warning over the page.
    ...(options.root ? ['--test-type'] : []),
  ]
}
