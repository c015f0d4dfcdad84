/** Builds what is older than its sources: the page for both hosts, main process and preload script for Electron. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const shared = ['src-shared', 'package.json', 'build/page-config.ts']

/** Newest modification under a path, ms. */
function newest(path: string): number {
  const state = statSync(path)
  if (!state.isDirectory()) return state.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), state.mtimeMs)
}

function stale(built: string, sources: readonly string[]): boolean {
  const file = join(root, 'out', built)
  if (!existsSync(file)) return true
  const made = statSync(file).mtimeMs
  return sources.some((path) => newest(join(root, path)) > made)
}

export function pageIsStale(): boolean {
  return stale('renderer/index.html', ['src-renderer', ...shared])
}

/** Anything that Electron runs. */
export function buildIsStale(): boolean {
  return stale('main/src-main/main.js', ['src-main', 'electron.vite.config.ts', ...shared])
}

export async function buildPage(): Promise<void> {
  const [{ build }, { pageConfig }] = await Promise.all([import('vite'), import('./page-config.ts')])
  await build({ ...pageConfig(root), configFile: false, logLevel: 'warn' })
}

export async function buildProgram(): Promise<void> {
  const { build } = await import('electron-vite')
  await build({ logLevel: 'warn' })
}
