/** How Vite builds the page, for both hosts: `npm start`, `npm run build` and electron-vite share it. */
import { join } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import type { UserConfig } from 'vite'

/** `root` is the repository's; given, because a bundled configuration no longer knows where it lay. */
export function pageConfig(root: string) {
  return {
    root: join(root, 'src-renderer'),
    base: './',
    publicDir: false,
    plugins: [svelte({ configFile: false })],
    build: {
      outDir: join(root, 'out', 'renderer'),
      emptyOutDir: true,
      target: 'es2024',
      // Everything is served from the app itself: separate files gain nothing from being inlined, and the CSP stays strict.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // electron-vite's own default is to leave the page as it was written: twice the bytes to read at each start.
      minify: true,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: join(root, 'src-renderer', 'index.html'), checks: { bundlerTimings: false } },
    },
  } satisfies UserConfig
}
