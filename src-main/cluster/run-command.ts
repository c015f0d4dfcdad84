/** Slurm's commands, run without a shell. */
import { execFile } from 'node:child_process'

export interface CommandEnd {
  /** Null: there is no such command. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command that hangs is taken for one that does not answer. */
const patienceMs = 60_000

export function runCommand(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<CommandEnd> {
  return new Promise((resolve) => {
    const options = { env: { ...environment, LC_ALL: 'C' }, timeout: patienceMs, maxBuffer: 64 * 2 ** 20 }
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ code: 0, stdout, stderr })
      else if (error.code === 'ENOENT') resolve({ code: null, stdout, stderr })
      else {
        const words = error.killed === true ? `${command} did not answer within ${patienceMs / 1000} s.` : stderr
        resolve({ code: typeof error.code === 'number' ? error.code : 1, stdout, stderr: words })
      }
    })
  })
}
