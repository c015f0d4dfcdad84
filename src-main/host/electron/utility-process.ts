/** The trainer's and importer's processes under Electron: utility processes instead of Node's fork. */
import type * as Electron from 'electron'
import { heapFlags, type ProcessExit, type Spawn } from '../../training/spawn.ts'

const stderrKept = 16_384

export interface UtilityProcessPart {
  readonly fork: (
    entry: string,
    args: string[],
    options: Electron.ForkOptions,
  ) => Pick<Electron.UtilityProcess, 'pid' | 'postMessage' | 'on' | 'once' | 'kill' | 'stderr'>
}

/** The maker of processes that training/spawn.ts asks for. */
export function utilitySpawn(utilityProcess: UtilityProcessPart): Spawn {
  return (entry, options) => {
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'Causalscope trainer',
      stdio: ['ignore', 'ignore', 'pipe'],
      execArgv: heapFlags(options),
    })
    let stderr = ''
    let over = false
    child.stderr?.on('data', (piece: Buffer | string) => {
      stderr = (stderr + String(piece)).slice(-stderrKept)
    })
    return {
      get pid() {
        return child.pid
      },
      send: (message) => {
        if (!over) child.postMessage(message)
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener: (exit: ProcessExit) => void) => {
        child.once('exit', (code) => {
          over = true
          listener({ code, signal: null, stderr })
        })
      },
      kill: () => void child.kill(),
    }
  }
}
