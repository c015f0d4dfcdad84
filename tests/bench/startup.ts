/**
 * Time from `npm start` to a start view that can be used, in the Chromium host without a screen:
 *
 *     node tests/bench/startup.ts [starts]
 *
 * Prints each start's seconds and their median. The first start of a checkout also builds the page and is not counted.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const entry = join(import.meta.dirname, '..', '..', 'build', 'start.ts')

/** Seconds until the page says that it is interactive, as the started program reports them. */
async function start(settings: string): Promise<number> {
  const child = spawn(process.execPath, [entry, '--headless', '--host', 'chromium'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, CAUSALSCOPE_SETTINGS: settings },
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  let said = ''
  const seconds = await new Promise<number>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const found = /Ready after ([\d.]+) s/.exec(said)?.[1]
      if (found !== undefined) resolve(Number(found))
    })
    child.once('close', () => reject(new Error(said)))
  })
  child.kill('SIGINT')
  await ended
  return seconds
}

const settings = await mkdtemp(join(tmpdir(), 'causalscope-startup-'))
try {
  await start(settings)
  const times: number[] = []
  for (let i = 0; i < Number(process.argv[2] ?? 5); i++) times.push(await start(settings))
  const sorted = times.toSorted((a, b) => a - b)
  console.log(
    `starts: ${times.map((t) => `${t} s`).join(', ')}; median ${sorted[Math.floor(sorted.length / 2)] ?? 0} s`,
  )
} finally {
  await rm(settings, { recursive: true, force: true })
}
