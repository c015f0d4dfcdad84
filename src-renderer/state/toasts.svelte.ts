/** Short messages at the window's edge: what was done, with its undo, and what failed, with what to do. */
import { type ErrorData, toErrorData } from '../../src-shared/errors.ts'

export interface ToastAction {
  readonly title: string
  readonly run: () => void
}

export interface Toast {
  readonly id: number
  readonly kind: 'done' | 'error'
  readonly message: string
  readonly error: ErrorData | null
  readonly action: ToastAction | null
}

/** How long a message stays; one with an action longer, an error until it is closed. Milliseconds. */
const stay = { plain: 5000, withAction: 12_000 }

/** What a message offers by itself for what went wrong; set by who knows how. */
let wayOut: (error: ErrorData) => ToastAction | null = () => null

export function offer(way: (error: ErrorData) => ToastAction | null): void {
  wayOut = way
}

class Toasts {
  list = $state.raw<readonly Toast[]>([])
  /** Messages with a lower number were there before the dialog that is open: they lie behind it until it is closed. */
  behind = $state(0)
  #next = 1
  #dialogs = 0

  done(message: string, action: ToastAction | null = null): void {
    const id = this.#add({ kind: 'done', message, error: null, action })
    setTimeout(() => this.close(id), action === null ? stay.plain : stay.withAction)
  }

  /** Something went wrong. What the person broke off is no error and is only noted. */
  error(thrown: unknown, action: ToastAction | null = wayOut(toErrorData(thrown))): void {
    const error = toErrorData(thrown)
    if (error.code === 'interrupted') {
      this.done(error.message)
      return
    }
    // The same thing said twice tells nothing more.
    if (this.list.some((toast) => toast.error?.message === error.message)) return
    this.#add({ kind: 'error', message: error.message, error, action })
  }

  close(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id)
  }

  /** A dialog is open until the returned function is called. */
  dialog(): () => void {
    if (this.#dialogs++ === 0) this.behind = this.#next
    return () => {
      if (--this.#dialogs === 0) this.behind = 0
    }
  }

  #add(toast: Omit<Toast, 'id'>): number {
    const id = this.#next++
    this.list = [...this.list.slice(-3), { ...toast, id }]
    return id
  }
}

export const toasts = new Toasts()

/** Does something for the person and says so when it fails. Answers whether it worked. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    toasts.error(error)
    return false
  }
}
