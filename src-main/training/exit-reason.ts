/** Why a trainer process ended before its time, for people. */
import { constants } from 'node:os'
import { readFileSync } from 'node:fs'
import { type ErrorData, failed } from '../../src-shared/errors.ts'
import { memoryAdvice, speaksOfMemory } from './out-of-memory.ts'
import type { ProcessExit } from './spawn.ts'

/** Why the host ended the process itself. */
export type Verdict =
  | { readonly kind: 'killed' }
  | { readonly kind: 'hung'; readonly minutes: number }
  | { readonly kind: 'too-large'; readonly limitMb: number; readonly rssMb: number }
  | { readonly kind: 'senseless'; readonly message: string }

/** How many processes Linux has ended for lack of memory since it started; null on other systems. */
export function outOfMemoryKills(): number | null {
  try {
    const count = /^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8'))?.[1]
    return count === undefined ? null : Number(count)
  } catch {
    return null
  }
}

/** 'SIGKILL' from the signal, or from a code that carries one as shells and Electron do. */
export function signalOf({ code, signal }: ProcessExit): string | null {
  if (signal !== null) return signal
  if (code === null || code <= 128) return null
  return Object.entries(constants.signals).find(([, number]) => number === code - 128)?.[0] ?? null
}

export interface LastSeen {
  readonly exit: ProcessExit
  readonly verdict: Verdict | null
  /** The system ended some process for lack of memory while this one ran. */
  readonly systemOutOfMemory: boolean
  /** Last step heard of, null before training began. */
  readonly step: number | null
  readonly checkpointStep: number | null
}

const crashSignals = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP'])

function reasonAndHint({ exit, verdict, systemOutOfMemory }: LastSeen): [reason: string, hint: string] {
  switch (verdict?.kind) {
    case 'killed':
      return ['was ended by force', '']
    case 'hung':
      return [
        `gave no sign of life for ${verdict.minutes} minutes and was ended`,
        'If it happens again, try another engine or a smaller training.batchSize.',
      ]
    case 'too-large':
      return [`grew to ${verdict.rssMb} MiB, above its limit of ${verdict.limitMb} MiB, and was ended`, memoryAdvice]
    case 'senseless':
      return [`sent a message that makes no sense (${verdict.message}) and was ended`, 'Please report this.']
    case undefined:
      break
  }
  const signal = signalOf(exit)
  if (speaksOfMemory(exit.stderr) || (signal === 'SIGKILL' && systemOutOfMemory))
    return ['ran out of memory', memoryAdvice]
  if (signal !== null) {
    const hint = crashSignals.has(signal) ? 'If it happens again, try another engine.' : ''
    return [`ended unexpectedly (${signal})`, hint]
  }
  const lastLine = exit.stderr.trim().split('\n').pop() ?? ''
  const code = exit.code === null ? 'it could not be started' : `exit code ${exit.code}`
  return [`ended unexpectedly (${code}${lastLine === '' ? '' : `: ${lastLine}`})`, '']
}

/** The error of a run whose process ended without a last word. */
export function unexpectedEnd(seen: LastSeen): ErrorData {
  const [reason, hint] = reasonAndHint(seen)
  const { step, checkpointStep, exit } = seen
  const when = step === null ? ' before training began' : ` after step ${step}`
  const [kept, next] =
    checkpointStep === null
      ? ['; there is no checkpoint yet', 'Start the run again.']
      : [`; the last checkpoint is at step ${checkpointStep}`, 'Resume continues from there.']
  const details = { step, checkpointStep, code: exit.code, signal: signalOf(exit), stderr: exit.stderr.slice(-2000) }
  return failed(`The trainer process ${reason}${when}${kept}.`, [next, hint].join(' ').trim(), details).toData()
}
