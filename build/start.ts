/**
 * `npm start`: opens the window in Electron where its binary is installed, else in an installed Chromium, Chrome or Edge,
 * and says which and why in one line. Nothing is downloaded unless asked for.
 */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { electronBinary, fetchElectron } from './electron-binary.ts'

// Stripping types and compiling a few hundred files again at every start would cost a third of the time to the window.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'node-compile'))

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    host: { type: 'string' },
    headless: { type: 'boolean', default: false },
    'fetch-electron': { type: 'boolean', default: false },
    'no-sandbox': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

const usage = `npm start -- [project.causalscope] [options]

  --host electron|chromium   which window to open; by default Electron where its binary is installed
  --fetch-electron           download the Electron binary first (at most two minutes)
  --headless                 no window on a screen: for tests
`

async function main(): Promise<void> {
  if (options.help) {
    process.stdout.write(usage)
    return
  }
  if (options.host !== undefined && options.host !== 'electron' && options.host !== 'chromium')
    throw new Error(`--host is electron or chromium, not ${options.host}.`)
  if (options['fetch-electron'] && electronBinary() === null) await fetchElectron()
  const electron = electronBinary()
  if (options.host === 'electron' && electron === null)
    throw new Error('The Electron binary is not installed: npm start -- --fetch-electron tries to download it.')
  const project = positionals[0] ?? null
  if (electron !== null && options.host !== 'chromium') {
    const { startElectron } = await import('./start-electron.ts')
    await startElectron(electron, project)
  } else {
    const { startChromium } = await import('./start-chromium.ts')
    const why = options.host === 'chromium' ? 'as asked' : 'the Electron binary is not installed'
    await startChromium({ why, project, headless: options.headless })
  }
}

try {
  await main()
} catch (error) {
  const hint = error instanceof Error && 'hint' in error ? `\n${String(error.hint)}` : ''
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${hint}\n`)
  process.exitCode = 1
}
