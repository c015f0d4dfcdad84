import { writeSynthetic, type WriteOptions } from '../datasets/synthetic/write.ts'
import type { Terminal } from './terminal.ts'

/** `synth NAME --out DIR`: a data set with known truth, as ordinary files. */
export async function synth(terminal: Terminal, name: string, options: WriteOptions): Promise<void> {
  const { set, folder, files } = await writeSynthetic(name, {
    ...options,
    onProgress: (done, total) =>
      terminal.progress({ label: 'Writing images', fraction: done / total, secondsLeft: null }),
  })
  terminal.finish()
  for (const note of set.notes) terminal.message(note)
  await terminal.result(
    { name: set.name, folder, files, ...set.settings },
    `Wrote ${set.ids.length} samples of ${name} to ${folder}: ${files.join(', ')}.`,
  )
}
