import { resolve } from 'node:path'
import { CausalscopeError } from '../../src-shared/errors.ts'
import { writeWhole } from '../datasets/whole-file.ts'
import { toldCsv } from '../export/told-csv.ts'
import { openProjectReadOnly } from '../project/project.ts'
import { readDataset } from '../project/datasets.ts'
import { predictLabels } from '../services/predict.ts'
import { likeliest } from '../statistics/likeliest.ts'
import { onInterrupt } from './interrupt.ts'
import type { Terminal } from './terminal.ts'

export interface PredictOptions {
  readonly project: string
  readonly run: number
  readonly dataset: number
  readonly out: string
}

/** Samples named of those unlike the training set. */
const named = 5

/** `predict`: a finished run tells the label of another data set's samples, written as a table. */
export async function predict(terminal: Terminal, options: PredictOptions): Promise<void> {
  const project = openProjectReadOnly(options.project)
  const ending = new AbortController()
  const release = onInterrupt(() => ending.abort())
  try {
    const dataset = readDataset(project.database, options.dataset)
    const told = await predictLabels(project, options.run, dataset.id, { signal: ending.signal })
    const { label, classes, ids, probabilities, unlike, notes } = told
    const file = resolve(options.out)
    const { bytes } = await writeWhole(file, toldCsv(told))
    const codes = likeliest(probabilities, classes.length)
    const known = Array.from(ids.keys()).filter((row) => !Number.isNaN(probabilities[row * classes.length]!))
    const counts = Object.fromEntries(classes.map((name, c) => [name, known.filter((row) => codes[row] === c).length]))
    const far = known.filter((row) => unlike[row]! > 1).sort((a, b) => unlike[b]! - unlike[a]!)
    const warning =
      far.length === 0
        ? []
        : [
            `Careful: ${far.length} of ${known.length} samples are farther from the training set than 99 % of the samples that nothing was learnt from (1 % are by chance); their labels may mean nothing. The farthest: ${far
              .slice(0, named)
              .map((row) => `${ids[row]!} (${unlike[row]!.toPrecision(2)} times)`)
              .join(', ')}.`,
          ]
    const shares = classes.map((name) => `${name} ${counts[name]!}`).join(', ')
    await terminal.result(
      { file, bytes, label, samples: ids.length, told: known.length, counts, unlike: far.length, notes: [...notes] },
      [`${label} of ${known.length} samples of ${dataset.name}: ${shares}.`, ...warning, ...notes, file].join('\n'),
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
