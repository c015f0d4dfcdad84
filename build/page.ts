/** Builds the page when its sources are newer than what was built. */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const built = join(root, 'out', 'renderer', 'index.html')
const sources = ['src-renderer', 'src-shared', 'package-lock.json', 'build/page-config.ts']

function newest(path: string): number {
  const state = statSync(path)
  if (!state.isDirectory()) return state.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), state.mtimeMs)
}

/** In a packaged application there are no sources, and what was built is what there is. */
export function pageIsStale(): boolean {
  if (!existsSync(join(root, 'src-renderer'))) return false
  if (!existsSync(built)) return true
  const made = statSync(built).mtimeMs
  return sources.some((path) => newest(join(root, path)) > made)
}

export async function buildPage(): Promise<void> {
  const [{ build }, { pageConfig }] = await Promise.all([import('vite'), import('./page-config.ts')])
  await build({ ...pageConfig, configFile: false, logLevel: 'warn' })
}
