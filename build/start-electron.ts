/** Starts the app in Electron, built first where its sources are newer. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildIsStale, buildPage, buildProgram, pageIsStale } from './stale.ts'

const root = join(import.meta.dirname, '..')

/** Resolves when the window is closed; its exit code becomes this process's. */
export async function startElectron(binary: string, project: string | null): Promise<void> {
  process.stderr.write(`Causalscope opens in Electron (${binary}).\n`)
  if (buildIsStale()) await buildProgram()
  else if (pageIsStale()) await buildPage()
  const superuser = process.getuid?.() === 0
  // As root there is no sandbox to be had: Chromium refuses to start with it.
  const args = [root, ...(superuser ? ['--no-sandbox'] : []), ...(project === null ? [] : [project])]
  const child = spawn(binary, args, { stdio: 'inherit' })
  process.exitCode = await new Promise<number>((resolve) => {
    child.once('close', (code) => resolve(code ?? 1))
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`)
      resolve(1)
    })
  })
}
