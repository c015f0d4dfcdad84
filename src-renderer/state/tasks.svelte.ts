/** Long work the page has asked for: its progress, and cancelling it. Shown once it takes longer than half a second. */
import { on, newTask, request } from '../client.ts'
import { attempt } from './toasts.svelte.ts'

export interface Task {
  readonly id: string
  readonly title: string
  label: string
  detail: string
  /** 0 to 1; null while it cannot be told. */
  fraction: number | null
  visible: boolean
  cancelling: boolean
  /** The view shows it itself. */
  readonly inView: boolean
}

const showAfterMs = 500

class Tasks {
  list = $state<Task[]>([])
  #listening = false

  /** Does `work` under a task name of its own. Throws what the work throws; cancelled work throws code `interrupted`. */
  async run<T>(title: string, work: (task: string) => Promise<T>, options: { inView?: boolean } = {}): Promise<T> {
    this.#listen()
    const id = newTask()
    this.list.push({
      id,
      title,
      label: title,
      detail: '',
      fraction: null,
      visible: false,
      cancelling: false,
      inView: options.inView ?? false,
    })
    const timer = setTimeout(() => {
      const task = this.find(id)
      if (task !== null) task.visible = true
    }, showAfterMs)
    try {
      return await work(id)
    } finally {
      clearTimeout(timer)
      this.list = this.list.filter((task) => task.id !== id)
    }
  }

  find(id: string): Task | null {
    return this.list.find((task) => task.id === id) ?? null
  }

  cancel(id: string): void {
    const task = this.find(id)
    if (task !== null) task.cancelling = true
    void attempt(() => request('task.cancel', { task: id }))
  }

  #listen(): void {
    if (this.#listening) return
    this.#listening = true
    on('task.progress', ({ task: id, label, fraction, detail }) => {
      const task = this.find(id)
      if (task === null) return
      task.label = label
      task.fraction = fraction
      task.detail = detail
    })
  }
}

export const tasks = new Tasks()
