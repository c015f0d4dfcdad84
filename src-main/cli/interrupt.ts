/** Ctrl-C and polite ends from outside: the first asks the work to stop cleanly, a second one ends it at once. */

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
