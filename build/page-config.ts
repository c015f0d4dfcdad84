/** How Vite builds the page, for both hosts: `npm start`, `npm run build` and electron-vite share it. */
import { join } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import type { UserConfig } from 'vite'

const root = join(import.meta.dirname, '..')

export const pageFolder = join(root, 'out', 'renderer')

export const pageConfig = {
  root: join(root, 'src-renderer'),
  base: './',
  publicDir: false,
  plugins: [svelte({ configFile: false })],
  build: {
    outDir: pageFolder,
    emptyOutDir: true,
    target: 'es2024',
    // Everything is served from the app itself: separate files gain nothing from being inlined, and the CSP stays strict.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: join(root, 'src-renderer', 'index.html') },
  },
} satisfies UserConfig
