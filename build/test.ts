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
  /** What failed, by name, as far as it has one. */
  readonly names: readonly string[]
}

const root = join(import.meta.dirname, '..')

interface Ended {
  readonly code: number
  /** The last that it said, where that was not shown to a person at a terminal alone. */
  readonly end: string
}

/** Lines of what was said last: enough for an error with its stack. */
const endLines = 60

/** Runs a project-local tool. What it says is shown at once, or whole when it ends. */
function run(command: string, args: readonly string[], shown: 'at once' | 'when it ends' = 'at once'): Promise<Ended> {
  const title = `\n> ${command} ${args.join(' ')}`
  if (shown === 'at once') console.log(title)
  const local = join(root, 'node_modules/.bin', command)
  const terminal = shown === 'at once' && process.stdout.isTTY
  const child = spawn(existsSync(local) ? local : command, args, {
    cwd: root,
    stdio: terminal ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (piece: Buffer) => {
      said.push(piece)
      if (shown === 'at once') process.stdout.write(piece)
    })
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 127, end: error.message }))
    child.on('close', (code) => {
      const words = Buffer.concat(said).toString().trimEnd()
      if (shown === 'when it ends') console.log(`${title}\n${words}`.trimEnd())
      resolve({ code: code ?? 1, end: words.split('\n').slice(-endLines).join('\n') })
    })
  })
}

/** Types, rules, form. A check counts as one test. */
const checks: readonly (readonly [command: string, ...args: string[]])[] = [
  ['eslint', '.', '--max-warnings', '0'],
  ['tsc', '-p', 'tsconfig.node.json'],
  ['tsc', '-p', 'tsconfig.shared.json'],
  ['tsc', '-p', 'tests/e2e'],
  ['svelte-check', '--tsconfig', 'tsconfig.web.json', '--fail-on-warnings'],
  ['knip', '--no-progress'],
  ['prettier', '--check', '--log-level', 'warn', '.'],
]

/** All checks, one beside the longest, each with its own words when it ends. */
async function runChecks(): Promise<Counts> {
  const waiting = [...checks]
  const names: string[] = []
  const some = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [command, ...args] = next
      if ((await run(command, args, 'when it ends')).code !== 0) names.push(`${command} ${args.join(' ')}`)
    }
  }
  await Promise.all([some(), some()])
  return { passed: checks.length - names.length, failed: names.length, skipped: 0, names }
}

/** What failed, and what went wrong outside all tests, as tests/faults-reporter.ts wrote it. */
const faultsReport = v.object({ failed: v.array(v.string()), outside: v.array(v.string()) })

const vitestReport = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
})
const playwrightReport = v.object({
  stats: v.object({ expected: v.number(), unexpected: v.number(), flaky: v.number(), skipped: v.number() }),
})

/** Counts from a runner's report; a runner that failed without naming a test counts as one failure. */
function settle(counts: Counts, { code, end }: Ended): Counts {
  if (code === 0 || counts.failed > 0) return counts
  return { ...counts, failed: 1, names: [`something that no test names. It ended with code ${code}:\n${end}`] }
}

async function report(file: string): Promise<unknown> {
  return existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as unknown) : null
}

async function vitest(project: string, folder: string): Promise<Counts> {
  const file = join(folder, `${project}.json`)
  process.env.CAUSALSCOPE_TEST_FAULTS = join(folder, `${project}-faults.json`)
  const ended = await run('vitest', [
    ...['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    '--reporter=./tests/faults-reporter.ts',
  ])
  const parsed = v.safeParse(vitestReport, await report(file))
  if (!parsed.success) return { passed: 0, failed: 1, skipped: 0, names: [`all of ${project}`] }
  const { numPassedTests, numFailedTests, numPendingTests } = parsed.output
  const { failed, outside } = v.parse(
    faultsReport,
    (await report(process.env.CAUSALSCOPE_TEST_FAULTS)) ?? { failed: [], outside: [] },
  )
  // With what went wrong: its first mention may be far above the end of the output.
  const names = [
    ...failed.map((words) => `${project}: ${words}`),
    ...outside.map((fault) => `${project}, outside its tests: ${fault}`),
  ]
  return settle(
    { passed: numPassedTests, failed: numFailedTests + outside.length, skipped: numPendingTests, names },
    ended,
  )
}

async function playwright(folder: string): Promise<Counts> {
  if (findChromium() === null) {
    console.log('\nEnd-to-end tests skipped: no Chromium, Chrome or Edge was found (Debian: apt-get install chromium).')
    return { passed: 0, failed: 0, skipped: 1, names: [] }
  }
  const file = join(folder, 'e2e.json')
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = file
  const ended = await run('playwright', ['test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=list,json'])
  const parsed = v.safeParse(playwrightReport, await report(file))
  if (!parsed.success) return { passed: 0, failed: 1, skipped: 0, names: ['all end-to-end tests'] }
  const { expected, unexpected, flaky, skipped } = parsed.output.stats
  // A test that passes only when tried again is a bug.
  const failed = unexpected + flaky
  const names = failed === 0 ? [] : [`${failed} end to end, named by its report above`]
  return settle({ passed: expected, failed, skipped, names }, ended)
}

const folder = await mkdtemp(join(tmpdir(), 'causalscope-test-'))
const all: Counts[] = []
try {
  all.push(await runChecks())
  all.push(await vitest('unit', folder))
  all.push(await vitest('integration', folder))
  all.push(await playwright(folder))
} finally {
  await rm(folder, { recursive: true, force: true })
}
const sum = (key: 'passed' | 'failed' | 'skipped'): number => all.reduce((total, counts) => total + counts[key], 0)
console.log(['', ...all.flatMap(({ names }) => names.map((name) => `Failed: ${name}`))].join('\n'))
console.log(`${sum('skipped')} skipped`)
// Alone on the last line: whoever reads the outcome by program reads this.
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') === 0 ? 0 : 1
