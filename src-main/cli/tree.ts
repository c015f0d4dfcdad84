import type { Contents } from '../../src-shared/domain/import.ts'
import { listContents } from '../importers/import.ts'
import { importProgress } from './import-progress.ts'
import { onInterrupt } from './interrupt.ts'
import type { Terminal } from './terminal.ts'

function lines({ file, format, parts, unread }: Contents): string[] {
  const widest = Math.max(0, ...parts.map(({ source }) => source.length))
  return [
    `${file}: ${format}`,
    ...parts.map(({ source, shape, type, unit }) => `  ${source.padEnd(widest)}  ${type} (${shape.join(', ')})${unit === undefined ? '' : `, ${unit}`}`), // prettier-ignore
    ...unread.map(({ what, reason }) => `  not read: ${what}: ${reason}`),
  ]
}

/** `import SRC --tree`: what the containers of a source hold, each part as a description names it; stores nothing. */
export async function tree(terminal: Terminal, source: string): Promise<void> {
  const controller = new AbortController()
  const release = onInterrupt(() => controller.abort())
  try {
    const contents = await listContents(source, { signal: controller.signal, onProgress: importProgress(terminal) })
    terminal.finish()
    const none = `${source} holds no workbook and no container of arrays.`
    await terminal.result({ contents }, contents.length === 0 ? none : contents.flatMap(lines).join('\n'))
  } finally {
    release()
    terminal.finish()
  }
}
