/**
 * `npm test`: everything that must hold, in the order of how soon it can fail, and one closing line with the counts.
 * Steps that need what a machine lacks (a browser, the Electron binary) are reported as skipped with the reason.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { findChromium } from '../src-main/host/chromium/executable.ts'

interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const root = join(import.meta.dirname, '..')

/** Runs a project-local tool; resolves with its exit code. */
function run(command: string, args: readonly string[]): Promise<number> {
  console.log(`\n> ${command} ${args.join(' ')}`)
  const local = join(root, 'node_modules/.bin', command)
  const child = spawn(existsSync(local) ? local : command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  return new Promise((resolve) => {
    child.on('error', () => resolve(127))
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/** A check counts as one test. */
async function check(command: string, ...args: string[]): Promise<Counts> {
  const ok = (await run(command, args)) === 0
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
}

const vitestReport = v.object({ numPassedTests: v.number(), numFailedTests: v.number(), numPendingTests: v.number() })
const playwrightReport = v.object({
  stats: v.object({ expected: v.number(), unexpected: v.number(), flaky: v.number(), skipped: v.number() }),
})

/** Counts from a runner's report; a runner that failed without naming a test counts as one failure. */
function settle(counts: Counts, code: number): Counts {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

async function report(file: string): Promise<unknown> {
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as unknown) : null
}

async function vitest(project: string, folder: string): Promise<Counts> {
  const file = join(folder, `${project}.json`)
  const code = await run('vitest', [
    ...['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  ])
  const parsed = v.safeParse(vitestReport, await report(file))
  if (!parsed.success) return { passed: 0, failed: 1, skipped: 0 }
  const { numPassedTests, numFailedTests, numPendingTests } = parsed.output
  return settle({ passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests }, code)
}

async function playwright(folder: string): Promise<Counts> {
  if (findChromium() === null) {
    console.log('\nEnd-to-end tests skipped: no Chromium, Chrome or Edge was found (Debian: apt-get install chromium).')
    return { passed: 0, failed: 0, skipped: 1 }
  }
  const file = join(folder, 'e2e.json')
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = file
  const code = await run('playwright', ['test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=list,json'])
  const parsed = v.safeParse(playwrightReport, await report(file))
  if (!parsed.success) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = parsed.output.stats
  // A test that passes only when tried again is a bug.
  return settle({ passed: expected, failed: unexpected + flaky, skipped }, code)
}

const folder = await mkdtemp(join(tmpdir(), 'causalscope-test-'))
const all: Counts[] = []
try {
  all.push(await check('tsc', '-p', 'tsconfig.node.json'))
  all.push(await check('tsc', '-p', 'tsconfig.shared.json'))
  all.push(await check('tsc', '-p', 'tests/e2e'))
  all.push(await check('svelte-check', '--tsconfig', 'tsconfig.web.json', '--fail-on-warnings'))
  all.push(await check('eslint', '.', '--max-warnings', '0'))
  all.push(await check('knip', '--no-progress'))
  all.push(await check('prettier', '--check', '--log-level', 'warn', '.'))
  all.push(await vitest('unit', folder))
  all.push(await vitest('integration', folder))
  all.push(await playwright(folder))
} finally {
  await rm(folder, { recursive: true, force: true })
}
const sum = (key: keyof Counts): number => all.reduce((total, counts) => total + counts[key], 0)
console.log(`\n${sum('skipped')} skipped`)
// Alone on the last line: whoever reads the outcome by program reads this.
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') === 0 ? 0 : 1
