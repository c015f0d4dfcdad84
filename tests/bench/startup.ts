/**
 * Time from `npm start` to a start view that can be used, in the Chromium host without a screen:
 *
 *     npm run bench -- startup [starts]
 *
 * Prints the median seconds, with npm and without it. The first start of a checkout also builds the page and is not counted.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Start {
  /** Seconds since the command was given. */
  readonly whole: number
  /** Seconds since the program itself began, as it reports them: without npm. */
  readonly program: number
}

/** Until the page says that it is interactive. */
async function start(settings: string): Promise<Start> {
  const begun = performance.now()
  const child = spawn('npm', ['start', '--', '--headless', '--host', 'chromium'], {
    cwd: join(import.meta.dirname, '..', '..'),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, CAUSALSCOPE_SETTINGS: settings },
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  let said = ''
  const seconds = await new Promise<Start>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const found = /Ready after ([\d.]+) s/.exec(said)?.[1]
      if (found !== undefined) resolve({ whole: (performance.now() - begun) / 1000, program: Number(found) })
    })
    child.once('close', () => reject(new Error(said)))
  })
  // npm does not pass every signal on: to its whole group.
  process.kill(-child.pid!, 'SIGINT')
  await ended
  return seconds
}

const settings = await mkdtemp(join(tmpdir(), 'causalscope-startup-'))
try {
  await start(settings)
  const starts: Start[] = []
  for (let i = 0; i < Number(process.argv[2] ?? 5); i++) starts.push(await start(settings))
  for (const [key, title] of [
    ['whole', 'npm start to interactive'],
    ['program', 'without npm'],
  ] as const) {
    const sorted = starts.map((s) => s[key]).toSorted((a, b) => a - b)
    const [fastest, median, slowest] = [0, Math.floor(sorted.length / 2), sorted.length - 1].map((i) => sorted[i] ?? 0)
    console.log(`${title}: median ${median!.toFixed(2)} s (${fastest!.toFixed(2)} to ${slowest!.toFixed(2)} s)`)
  }
} finally {
  await rm(settings, { recursive: true, force: true })
}
