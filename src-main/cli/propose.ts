import type { ImportPlan, ImportQuestion } from '../../src-shared/domain/import.ts'
import type { DataDescription } from '../../src-shared/domain/dataset.ts'
import { inspectSource } from '../importers/import.ts'
import { importProgress } from './import-progress.ts'
import { onInterrupt } from './interrupt.ts'
import type { Terminal } from './terminal.ts'

/** A question and, where one field settles it, that field with its values. */
function questionText({ message, choice }: ImportQuestion): string {
  if (choice === null) return message
  const values = choice.options.map(({ value, title }) => `${JSON.stringify(value)} (${title})`).join(', ')
  return `${message} "${choice.field}": ${values}`
}

function remarks({ pairing, samples, complete, questions, notes, leftOut, blocked }: ImportPlan): string {
  const known = new Set(questions.map(({ message }) => message))
  return [
    `${samples} samples, ${complete} with every modality. Paired: ${pairing}`,
    ...leftOut.map(({ what, reason }) => `Left out: ${what}: ${reason}`),
    ...notes.filter(({ message }) => !known.has(message)).map(({ message }) => `Note: ${message}`),
    ...questions.map((question) => `To look at: ${questionText(question)}`),
    ...(blocked === null ? [] : [`As it stands, the import would be refused: ${blocked.message} ${blocked.hint}`]),
  ].join('\n')
}

/** `import SRC --propose`: what would be read, as a data description on stdout; stores nothing. */
export async function propose(terminal: Terminal, source: string, description?: DataDescription): Promise<void> {
  const controller = new AbortController()
  const release = onInterrupt(() => controller.abort())
  try {
    const plan = await inspectSource(source, {
      ...(description === undefined ? {} : { description }),
      signal: controller.signal,
      onProgress: importProgress(terminal),
    })
    terminal.finish()
    const { description: proposed, pairing, samples, complete, questions, notes, leftOut, blocked } = plan
    await terminal.result(
      { description: proposed, pairing, samples, complete, questions, notes, leftOut, blocked },
      JSON.stringify(proposed, null, 2),
    )
    terminal.message(remarks(plan))
  } finally {
    release()
    terminal.finish()
  }
}
