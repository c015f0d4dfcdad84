/** HTML by template: whatever is put in is escaped, unless it is markup already. */
import { escapeMarkup } from '../../../src-shared/graph-formats/markup.ts'

export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Insert = Markup | string | number | null | readonly Insert[]

function insert(value: Insert): string {
  if (value === null) return ''
  if (value instanceof Markup) return value.text
  if (typeof value === 'object') return value.map(insert).join('')
  return escapeMarkup(String(value))
}

/** Text and numbers are escaped, lists joined, null left out. */
export function html(strings: TemplateStringsArray, ...values: readonly Insert[]): Markup {
  return new Markup(strings.map((part, i) => (i === 0 ? part : insert(values[i - 1]!) + part)).join(''))
}
