/** What the files leave open and a person must settle: a refusal with words to copy on the command line, a question in the window. */
import type { ChoiceField, ImportQuestion } from '../../src-shared/domain/import.ts'
import { type CausalscopeError, refused } from '../../src-shared/errors.ts'

export interface Decision {
  /** Why nothing can be stored before it is settled. */
  readonly error: CausalscopeError
  readonly question: ImportQuestion
}

interface Open {
  readonly title: string
  /** What was found, in a sentence or two. */
  readonly message: string
  readonly field: ChoiceField
  readonly options: readonly { readonly value: string; readonly title: string }[]
  /** What else can be done, as a sentence. */
  readonly otherwise?: string
  readonly file?: string
  readonly ids?: readonly string[]
}

/** A decision whose answers are values of one field of the description. */
export function decision({ title, message, field, options, otherwise = '', file, ids = [] }: Open): Decision {
  const answers = options.map(({ value, title: does }) => `${inDescription(field, value)} (${does})`)
  const hint = [answers.length === 0 ? '' : `Say in a data description: ${answers.join(', or ')}.`, otherwise]
  return {
    error: refused(message, hint.filter((part) => part !== '').join(' '), {
      field,
      ...(file === undefined ? {} : { file }),
    }),
    question: {
      severity: 'warning',
      title,
      message: [message, otherwise].filter((part) => part !== '').join(' '),
      ids: [...ids],
      choice: answers.length === 0 ? null : { field, chosen: '', options: [...options] },
    },
  }
}

/** As it stands in a description: `"samples": {"id": "probe"}`. */
function inDescription(field: ChoiceField, value: string): string {
  const [first, second] = field.split('.')
  // Words are a list.
  const text =
    field === 'text.missing' ? JSON.stringify(value.split('\n')).replaceAll(',', ', ') : JSON.stringify(value)
  return second === undefined ? `"${first!}": ${text}` : `"${first!}": {"${second}": ${text}}`
}
