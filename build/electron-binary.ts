/** Where the Electron binary is, found without asking the electron package: that one would start a download. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '..', 'node_modules', 'electron')
const minutes = 2

/** Path of the executable, null when it is not installed. */
export function electronBinary(environment: NodeJS.ProcessEnv = process.env, packageFolder = folder): string | null {
  const named = join(packageFolder, 'path.txt')
  const executable = existsSync(named) ? readFileSync(named, 'utf8').trim() : 'electron'
  const dist = environment.ELECTRON_OVERRIDE_DIST_PATH ?? join(packageFolder, 'dist')
  const path = join(dist, executable)
  return existsSync(path) ? path : null
}

/** Lets the electron package download its binary, for so long and no longer; what becomes of it is said in a line. */
export async function fetchElectron(packageFolder = folder): Promise<void> {
  process.stderr.write(`Downloading the Electron binary, for at most ${minutes} minutes.\n`)
  const child = spawn(process.execPath, [join(packageFolder, 'install.js')], { stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-4096)
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), minutes * 60_000)
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve)
    child.once('error', () => resolve(null))
  })
  clearTimeout(timer)
  if (code === 0 && electronBinary(process.env, packageFolder) !== null) return
  const reason = stderr.split('\n').find((line) => line.includes('Error')) ?? 'it took too long'
  process.stderr.write(`The Electron binary could not be downloaded (${reason.trim()}).\n`)
}
