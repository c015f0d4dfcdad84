/** Ctrl-C and polite ends from outside: the first asks the work to stop cleanly, a second one ends it at once. */

import type { Workplace } from '../training/workplace.ts'
import type { Terminal } from './terminal.ts'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Calls `stop` at the first signal and `stopNow` at each further one, until the returned function is called. */
export function onInterrupt(stop: () => void, stopNow: () => void = stop): () => void {
  let asked = false
  const hear = (): void => {
    if (asked) stopNow()
    else stop()
    asked = true
  }
  for (const signal of signals) process.on(signal, hear)
  return () => {
    for (const signal of signals) process.off(signal, hear)
  }
}

interface Stoppable {
  interrupt(): void
  kill(): void
}

/** What a first and a second signal do to work at a place: what works on by itself is left first, then ended. */
export function stops(
  terminal: Terminal,
  work: Stoppable,
  place: Workplace | undefined,
): [stop: () => void, stopNow: () => void] {
  const leave = place?.leave ?? null
  if (leave === null)
    return [
      () => {
        terminal.message('Stopping: checkpoints are being saved. Interrupt again to stop at once.')
        work.interrupt()
      },
      () => work.kill(),
    ]
  return [
    () => {
      terminal.message('Leaving: the tasks go on on the cluster.')
      leave()
    },
    () => undefined,
  ]
}
