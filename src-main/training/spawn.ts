/**
 * Starting the trainer's process: a port with two makers, Node's fork here and Electron's utility
 * process in the Electron host.
 */
import { fork } from 'node:child_process'

export interface ProcessExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** The last that the process wrote to its standard error. */
  readonly stderr: string
}

export interface SpawnedProcess {
  readonly pid: number | undefined
  /** Messages to a process that has ended are dropped. */
  send(message: object): void
  onMessage(listener: (message: unknown) => void): void
  /** Once, also when the process could not be started at all. */
  onExit(listener: (exit: ProcessExit) => void): void
  /** At once, without a chance to tidy up. */
  kill(): void
}

export interface SpawnOptions {
  /** Limit of the JavaScript heap, MiB; null: Node's own. */
  readonly heapLimitMb: number | null
  /**
   * Collect garbage often, in small amounts: for work that makes the same garbage again and again, whose memory would
   * otherwise grow for thousands of steps until the heap's own limits are first reached.
   */
  readonly steady?: boolean
}

/** V8's flags for these options. */
export function heapFlags({ heapLimitMb, steady = false }: SpawnOptions): string[] {
  return [
    ...(heapLimitMb === null ? [] : [`--max-old-space-size=${heapLimitMb}`]),
    ...(steady ? ['--max-semi-space-size=8', '--initial-old-space-size=48'] : []),
  ]
}

export type Spawn = (entry: string, options: SpawnOptions) => SpawnedProcess

const stderrKept = 16_384

/** A Node process of the same version as this one. */
export const spawnNode: Spawn = (entry, options) => {
  const child = fork(entry, [], {
    execArgv: heapFlags(options),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Structured clone, as a utility process has it: NaN and typed arrays pass.
    serialization: 'advanced',
  })
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-stderrKept)
  })
  return {
    pid: child.pid,
    send: (message) => {
      if (child.connected) child.send(message, () => undefined)
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      // 'close' comes after 'exit' and after the last of the standard error. A start that failed tells of an 'error'.
      child.once('close', (code, signal) => {
        if (child.pid !== undefined) listener({ code, signal, stderr })
      })
      child.once('error', (error) => {
        if (child.pid === undefined) listener({ code: null, signal: null, stderr: error.message })
      })
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
