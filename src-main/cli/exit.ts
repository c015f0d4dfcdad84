/** How a command ends: 0 done, 1 the work failed, 2 the request or the input was refused, 130 interrupted. */
import { CommanderError } from 'commander'
import { CausalscopeError, toErrorData } from '../../src-shared/errors.ts'
import { shellWord } from './shell-word.ts'

const interruptedExit = 130

export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (!(error instanceof CausalscopeError)) return 1
  return { refused: 2, failed: 1, interrupted: interruptedExit }[error.code]
}

/** What to say of an error on stderr: what happened and what to do; for an unexpected one also where. */
export function explain(error: unknown): string {
  const { message, hint, details } = toErrorData(error)
  const where = error instanceof CausalscopeError || !(error instanceof Error) ? '' : `\n${error.stack ?? ''}`
  const way =
    details.recoverable === true
      ? `\ncausalscope recover --project ${shellWord(details.file ?? 'FILE')} --out NEWFILE`
      : ''
  return `Error: ${message}${hint === '' ? '' : `\n${hint}`}${way}${where}`
}
