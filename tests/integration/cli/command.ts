/** The real command line as a child process. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'

const entry = fileURLToPath(new URL('../../../src-main/cli.ts', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** Each line of stdout as the object it is. */
  readonly lines: readonly Readonly<Record<string, unknown>>[]
}

export interface RunningCommand {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves once the output so far matches. */
  saw(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<void>
}

function objects(stdout: string): Readonly<Record<string, unknown>>[] {
  const line = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()))
  return stdout
    .split('\n')
    .filter((text) => text.startsWith('{'))
    .map((text) => v.parse(line, text))
}

/** Starts `causalscope ...args` in a folder. */
export function start(folder: string, ...args: string[]): RunningCommand {
  return startWith(process.env, folder, ...args)
}

/** As `start`, in an environment of its own. */
export function startWith(environment: NodeJS.ProcessEnv, folder: string, ...args: string[]): RunningCommand {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe']
  const child = spawn(process.execPath, [entry, ...args], { cwd: folder, env: environment, stdio })
  const output = { stdout: '', stderr: '' }
  const watchers = new Set<() => void>()
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text
      for (const watch of watchers) watch()
    })
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, ...output, lines: objects(output.stdout) }))
  })
  return {
    child,
    ended,
    saw: (stream, pattern) =>
      new Promise((resolve, reject) => {
        const watch = (): void => {
          if (!pattern.test(output[stream])) return
          watchers.delete(watch)
          resolve()
        }
        watchers.add(watch)
        watch()
        void ended.then(({ stderr }) => reject(new Error(`it ended before ${String(pattern)}:\n${stderr}`)))
      }),
  }
}

/** Runs `causalscope ...args` in a folder to its end. */
export function causalscope(folder: string, ...args: string[]): Promise<Ended> {
  return start(folder, ...args).ended
}
