/**
 * The program of `npm start` in a process of its own, so that it can be killed. Its browser also opens a port for
 * debugging, through which the test acts at the window; the program knows nothing of it.
 */
import { spawn } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, expect, type Page } from '@playwright/test'
import { findChromium } from '../../src-main/host/chromium/executable.ts'

const program = join(import.meta.dirname, '..', '..', 'build', 'start.ts')

export interface KillableApp {
  /** The window's page, interactive. */
  readonly page: Page
  /** What the program wrote to its standard error, the two lines about its start left out. */
  readonly complaints: () => readonly string[]
  /** Program and trainers at once, with no chance to tidy up. */
  readonly kill: () => Promise<void>
  /** As Ctrl+C in its terminal does. */
  readonly close: () => Promise<void>
}

/** A browser for CHROME_PATH: the installed one, with a port that the system chooses. */
async function browserWithPort(home: string): Promise<string> {
  const executable = findChromium()
  if (executable === null) throw new Error('no Chromium, Chrome or Edge is installed')
  const path = join(home, '.browser')
  await writeFile(path, `#!/bin/sh\nexec '${executable}' "$@" --remote-debugging-port=0\n`)
  await chmod(path, 0o755)
  return path
}

export async function startKillable(home: string): Promise<KillableApp> {
  const temporary = join(home, '.tmp')
  await mkdir(temporary, { recursive: true })
  const child = spawn(process.execPath, [program, '--headless', '--host', 'chromium'], {
    // A group of its own, so that the trainers die with the program.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      // Playwright sets one; together with the other, Node complains.
      FORCE_COLOR: undefined,
      HOME: home,
      TMPDIR: temporary,
      CAUSALSCOPE_SETTINGS: join(home, '.settings'),
      CHROME_PATH: await browserWithPort(home),
    },
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const gone = new Promise((resolve) => child.once('close', resolve))
  const group = -child.pid!
  try {
    await expect.poll(() => said, { timeout: 50_000 }).toContain('Ready after')
    const profile = (await readdir(temporary)).find((name) => name.startsWith(`causalscope-browser-${child.pid}-`))
    const port = (await readFile(join(temporary, profile ?? '', 'DevToolsActivePort'), 'utf8')).split('\n')[0] ?? ''
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
    const page = browser.contexts()[0]?.pages()[0]
    if (page === undefined) throw new Error('the window has no page')
    page.setDefaultTimeout(30_000)
    const end = async (signal: NodeJS.Signals): Promise<void> => {
      // Nobody is left to signal where it has ended already.
      if (child.exitCode === null && child.signalCode === null) process.kill(group, signal)
      await gone
      await browser.close()
    }
    return {
      page,
      complaints: () => said.split('\n').filter((line) => !/^(?:Causalscope opens in |Ready after |$)/.test(line)),
      kill: () => end('SIGKILL'),
      close: () => end('SIGINT'),
    }
  } catch (error) {
    process.kill(group, 'SIGKILL')
    throw error
  }
}
