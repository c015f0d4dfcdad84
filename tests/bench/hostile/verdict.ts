/** What became of one hostile input. */
import { CausalscopeError } from '../../../src-shared/errors.ts'

export interface Verdict {
  readonly input: string
  readonly outcome: 'refused' | 'read' | 'fault'
  /** Refused in words, or read right. */
  readonly held: boolean
  /** What was said or seen. */
  readonly what: string
}

/** Words for people: a sentence, and nothing of the program's insides. */
const insides =
  /\bundefined\b|\bNaN\b|\[object|is not a function|at .+\.ts:\d+|^Error:|TypeError|ENOENT:|EISDIR:|EAGAIN:/

export function saidInWords(message: string): boolean {
  return message.length > 10 && !insides.test(message)
}

/** An error as a verdict: held where it is one of ours, in words. */
export function verdictOfError(input: string, error: unknown): Verdict {
  if (!(error instanceof CausalscopeError)) return { input, outcome: 'fault', held: false, what: String(error) }
  const { message } = error
  return { input, outcome: 'refused', held: saidInWords(message), what: message }
}
