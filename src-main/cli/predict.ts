import { resolve } from 'node:path'
import { CausalscopeError } from '../../src-shared/errors.ts'
import { writeWhole } from '../datasets/whole-file.ts'
import { toldCsv } from '../export/told-csv.ts'
import { openProjectReadOnly } from '../project/project.ts'
import { readDataset } from '../project/datasets.ts'
import { predictLabels } from '../services/predict.ts'
import { toldSummary } from '../services/told-words.ts'
import { onInterrupt } from './interrupt.ts'
import type { Terminal } from './terminal.ts'

export interface PredictOptions {
  readonly project: string
  readonly run: number
  readonly dataset: number
  readonly out: string
}

/** `predict`: a finished run tells the label of another data set's samples, written as a table. */
export async function predict(terminal: Terminal, options: PredictOptions): Promise<void> {
  const project = openProjectReadOnly(options.project)
  const ending = new AbortController()
  const release = onInterrupt(() => ending.abort())
  try {
    const dataset = readDataset(project.database, options.dataset)
    const told = await predictLabels(project, options.run, dataset.id, { signal: ending.signal })
    const file = resolve(options.out)
    const { bytes } = await writeWhole(file, toldCsv(told))
    const { words, ...summary } = toldSummary(told, dataset.name)
    await terminal.result(
      { file, bytes, label: told.label, samples: told.ids.length, ...summary, notes: [...told.notes] },
      [...words, file].join('\n'),
    )
  } catch (error) {
    if (!ending.signal.aborted) throw error
    throw new CausalscopeError(
      { code: 'interrupted', message: 'It was interrupted; nothing was written.', hint: '', details: {} },
      { cause: error },
    )
  } finally {
    release()
    project.close()
  }
}
