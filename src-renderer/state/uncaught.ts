/** Errors that nobody caught in the page: into the log, and said to the person. */
import { request } from '../client.ts'
import { toasts } from './toasts.svelte.ts'

function report(value: unknown): void {
  const error = value instanceof Error ? value : new Error(String(value))
  toasts.error(error)
  void request('app.report', {
    message: error.message.slice(0, 2000),
    stack: (error.stack ?? '').slice(0, 8000),
  }).catch(() => undefined)
}

export function reportUncaught(): void {
  window.addEventListener('error', (event) => {
    // Says only that a layout took two frames; nothing is wrong.
    if (event.message.startsWith('ResizeObserver loop')) return
    report(event.error ?? event.message)
  })
  window.addEventListener('unhandledrejection', (event) => report(event.reason))
}
