/** Which process left something: its number alone is soon another's, above all in containers, where all begin at the same. */
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import * as v from 'valibot'
import { isAlive } from './abandoned.ts'

const markSchema = v.object({
  process: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  host: v.string(),
  /** When it was started, as the system counts; null where the system does not tell. */
  started: v.nullable(v.string()),
})

export type ProcessMark = v.InferOutput<typeof markSchema>

/** When the process was started, as the system counts; null where it does not tell, or there is no such process. */
export function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // Field 22; the second is a name in brackets that may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

export function ownMark(): ProcessMark {
  return { process: process.pid, host: hostname(), started: startOf(process.pid) }
}

/** Null where the text is no mark. */
export function parseMark(text: string): ProcessMark | null {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), markSchema), text)
  return parsed.success ? parsed.output : null
}

/** Whether the process that left the mark lives; null where that cannot be told, for it is another machine's. */
export function isLiving({ process: pid, host, started }: ProcessMark): boolean | null {
  if (host !== hostname()) return null
  return isAlive(pid) && (started === null || startOf(pid) === started)
}
