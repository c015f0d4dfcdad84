/**
 * Training may close hundreds of epochs a second; the page hears of a run at most ten times a second, the newest state in
 * each. What must not be lost (epochs, log lines, changed runs) is gathered; what is only a state (progress, previews)
 * is replaced.
 */
import type { AnyEvent } from '../../src-shared/contract.ts'

const shortestInterval = 100

/** A clock and a timer: real ones in the app, turned by hand in tests. */
export interface Clock {
  readonly now: () => number
  readonly after: (milliseconds: number, call: () => void) => () => void
}

const realClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds)
    return () => clearTimeout(timer)
  },
}

interface Pending {
  event: AnyEvent | null
  sentAt: number
  cancel: (() => void) | null
}

/** What tells two streams of one event name apart: the run or the task. */
function stream(event: AnyEvent): string {
  switch (event.name) {
    case 'run.progress':
    case 'run.epochs':
    case 'run.preview':
    case 'run.log':
      return `${event.name}/${event.payload.run}`
    case 'task.progress':
      return `${event.name}/${event.payload.task}`
    default:
      return event.name
  }
}

/** Both in one event, in order. */
function joined(before: AnyEvent, after: AnyEvent): AnyEvent {
  if (before.name === 'run.epochs' && after.name === 'run.epochs')
    return { ...after, payload: { ...after.payload, epochs: [...before.payload.epochs, ...after.payload.epochs] } }
  if (before.name === 'run.log' && after.name === 'run.log')
    return { ...after, payload: { ...after.payload, lines: [...before.payload.lines, ...after.payload.lines] } }
  if (before.name === 'runs.changed' && after.name === 'runs.changed') {
    const runs = new Map([...before.payload.runs, ...after.payload.runs].map((run) => [run.id, run]))
    const back = new Set(after.payload.runs.map((run) => run.id))
    const removed = new Set([...before.payload.removed.filter((id) => !back.has(id)), ...after.payload.removed])
    return {
      ...after,
      payload: { runs: [...runs.values()].filter((run) => !removed.has(run.id)), removed: [...removed] },
    }
  }
  return after
}

export class EventPacer {
  readonly #send: (event: AnyEvent) => void
  readonly #clock: Clock
  readonly #streams = new Map<string, Pending>()

  constructor(send: (event: AnyEvent) => void, clock: Clock = realClock) {
    this.#send = send
    this.#clock = clock
  }

  /** Sends now, or within 100 ms together with what comes until then. */
  push(event: AnyEvent): void {
    const key = stream(event)
    const pending = this.#streams.get(key) ?? { event: null, sentAt: -Infinity, cancel: null }
    this.#streams.set(key, pending)
    const wait = pending.sentAt + shortestInterval - this.#clock.now()
    if (pending.event === null && wait <= 0) {
      pending.sentAt = this.#clock.now()
      this.#send(event)
      return
    }
    pending.event = pending.event === null ? event : joined(pending.event, event)
    pending.cancel ??= this.#clock.after(Math.max(0, wait), () => this.#release(pending))
  }

  /** Sends what is waiting: a run has ended, its last word must not come after. */
  flush(): void {
    for (const pending of this.#streams.values()) this.#release(pending)
    this.#streams.clear()
  }

  #release(pending: Pending): void {
    pending.cancel?.()
    pending.cancel = null
    const { event } = pending
    if (event === null) return
    pending.event = null
    pending.sentAt = this.#clock.now()
    this.#send(event)
  }
}
