/** `recover`: a new project of what is whole in a damaged one. */
import type { Recovery } from '../../src-shared/domain/recovery.ts'
import { recoverProject } from '../project/recovery/recover.ts'
import { onInterrupt } from './interrupt.ts'
import type { Terminal } from './terminal.ts'

/** What a recovery left out and put right, a line each. */
export function recoveryLines({ leftOut, restored }: Recovery): string[] {
  return [
    ...(leftOut.length === 0 ? ['Nothing was left out.'] : [`Left out (${leftOut.length}):`]),
    ...leftOut.map((sentence) => `  ${sentence}`),
    ...(restored.length === 0 ? [] : [`Put right (${restored.length}):`]),
    ...restored.map((sentence) => `  ${sentence}`),
  ]
}

export async function recover(terminal: Terminal, options: { project: string; out: string }): Promise<void> {
  const report = (label: string): void => terminal.progress({ label, fraction: null, secondsLeft: null })
  const stop = new AbortController()
  const off = onInterrupt(() => stop.abort())
  const { signal } = stop
  const recovered = await recoverProject(options.project, options.out, { report, signal }).finally(off)
  terminal.finish()
  const { project, datasets, runs } = recovered
  const counted = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`
  await terminal.result(
    recovered,
    [`Wrote ${project}: ${counted(datasets, 'data set')}, ${counted(runs, 'run')}.`, ...recoveryLines(recovered)].join(
      '\n',
    ),
  )
}
