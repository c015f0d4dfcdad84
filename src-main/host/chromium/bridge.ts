/**
 * What the chromium host puts into the page: `window.causalscope` over one binding. Events are fetched by the page, one
 * batch at a time, so that a busy page is never flooded and order is kept.
 */
import type { AnyEvent } from '../../../src-shared/contract.ts'

/** Name of the binding while the page's first script has not yet run; then it is gone from the page. */
export const bindingName = '__causalscope'

/** Runs before any script of the page, in the top frame of the app's origin only. */
export function bridgeScript(origin: string): string {
  return `(() => {
  const call = globalThis[${JSON.stringify(bindingName)}]
  delete globalThis[${JSON.stringify(bindingName)}]
  if (window.top !== window || location.origin !== ${JSON.stringify(origin)} || typeof call !== 'function') return
  const listeners = new Set()
  let guarded = false
  const bridge = {
    request: async (channel, body) => JSON.parse(await call('request', channel, JSON.stringify(body))),
    listen: (listener) => {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },
    pathOf: () => null,
  }
  Object.defineProperty(window, 'causalscope', { value: Object.freeze(bridge), writable: false, configurable: false })
  window.addEventListener('beforeunload', (event) => {
    call('leaving').catch(() => {})
    if (guarded) event.preventDefault()
  })
  let resized = 0
  window.addEventListener('resize', () => {
    clearTimeout(resized)
    resized = setTimeout(() => call('size', window.outerWidth, window.outerHeight).catch(() => {}), 500)
  })
  const fetchEvents = async () => {
    for (;;) {
      const { running, events } = JSON.parse(await call('events'))
      guarded = running > 0
      for (const { name, payload } of events)
        for (const listener of listeners) {
          try { listener(name, payload) } catch (error) { reportError(error) }
        }
    }
  }
  fetchEvents().catch(() => {})
})()`
}

/** Events on their way to the page, and how many runs train: the page fetches both. */
export class EventQueue {
  #events: AnyEvent[] = []
  #running = 0
  #changed = false
  #waiting: ((batch: string) => void) | null = null

  push(event: AnyEvent): void {
    this.#events.push(event)
    this.#answer()
  }

  guard(running: number): void {
    if (running === this.#running) return
    this.#running = running
    this.#changed = true
    this.#answer()
  }

  /** Resolves with the next batch as JSON; a newer call takes an older one's place, as after a reload. */
  async next(): Promise<string> {
    this.#waiting?.(JSON.stringify({ running: this.#running, events: [] }))
    const batch = new Promise<string>((resolve) => {
      this.#waiting = resolve
    })
    this.#answer()
    return batch
  }

  /** What was meant for a page that is gone is dropped. */
  clear(): void {
    this.#events = []
    this.#changed = true
  }

  #answer(): void {
    if (this.#waiting === null || (this.#events.length === 0 && !this.#changed)) return
    const resolve = this.#waiting
    const events = this.#events
    this.#waiting = null
    this.#events = []
    this.#changed = false
    resolve(JSON.stringify({ running: this.#running, events }))
  }
}
