/** Questions to the person, one at a time: confirm, name, choose a file. The shell draws what is asked here. */
import type { DialogPurpose } from '../../src-shared/contract/projects.ts'
import { request } from '../client.ts'
import { session } from './session.svelte.ts'

export interface Confirmation {
  readonly title: string
  readonly message: string
  /** The verb on the button: "Delete 2 runs". */
  readonly action: string
  /** It takes something away. */
  readonly danger?: boolean
}

export interface NameQuestion {
  readonly title: string
  readonly label: string
  readonly value: string
  readonly action: string
  /** What an empty name does, in words; without it there must be one. */
  readonly mayBeEmpty?: string
  /** Characters it may have. */
  readonly most?: number
}

export interface FileQuestion {
  readonly purpose: DialogPurpose
  readonly title: string
  /** Full path offered first, or null. */
  readonly suggestion: string | null
}

export type Question =
  | ({ readonly kind: 'confirm'; readonly answer: (yes: boolean) => void } & Confirmation)
  | ({ readonly kind: 'name'; readonly answer: (name: string | null) => void } & NameQuestion)
  | ({ readonly kind: 'file'; readonly answer: (path: string | null) => void } & FileQuestion)

class Dialogs {
  question = $state.raw<Question | null>(null)
  /** The run whose results are being exported; null: none. */
  exporting = $state<number | null>(null)
  /** What the shell shows by itself: the list of shortcuts, the words about the application. */
  open = $state<'shortcuts' | 'about' | 'glossary' | 'identifiability' | 'tensorflow' | 'recovery' | null>(null)

  #ask<T>(make: (answer: (value: T) => void) => Question): Promise<T> {
    // A question that comes while another is open takes its place; the first is answered with no.
    this.dismiss()
    return new Promise((resolve) => {
      const question = make((value) => {
        if (this.question === question) this.question = null
        resolve(value)
      })
      this.question = question
    })
  }

  dismiss(): void {
    const { question } = this
    if (question === null) return
    if (question.kind === 'confirm') question.answer(false)
    else question.answer(null)
  }

  confirm(confirmation: Confirmation): Promise<boolean> {
    return this.#ask((answer) => ({ kind: 'confirm', ...confirmation, answer }))
  }

  /** Null: left as it was. */
  name(question: NameQuestion): Promise<string | null> {
    return this.#ask((answer) => ({ kind: 'name', ...question, answer }))
  }

  /** A path by the system's dialog where the host has one, else by the page's own; null: the person closed it. */
  async file(question: FileQuestion): Promise<string | null> {
    if (session.info?.nativeDialogs === true) return (await request('dialog.pick', question)).path
    return this.#ask((answer) => ({ kind: 'file', ...question, answer }))
  }
}

export const dialogs = new Dialogs()
