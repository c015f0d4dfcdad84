/** The rows of a data set that a run uses, told from the project alone; as datasets/used-samples.ts has it. */
import { isUsed } from '../../src-shared/config/used-modalities.ts'
import type { DatasetSummary } from '../../src-shared/domain/dataset.ts'
import { chosenModalities, usedRows } from '../datasets/used-samples.ts'
import type { ReadableDatabase } from '../project/database.ts'
import { readDataset } from '../project/datasets.ts'
import { readRun } from '../project/runs.ts'
import { readPresence } from '../project/samples.ts'

/** Data set rows of a run's samples, in the run's order; null where it uses all. */
export function usedRowsOf(
  database: ReadableDatabase,
  { id, samples, modalities }: Pick<DatasetSummary, 'id' | 'samples' | 'modalities'>,
  config: unknown,
): Int32Array | null {
  const names = chosenModalities(config)
  const chosen = modalities.filter((modality) => isUsed(names, modality))
  // A modality that every sample has leaves none out: nothing needs to be read.
  if (chosen.some(({ present }) => present === samples)) return null
  return usedRows(chosen.map(({ name }) => readPresence(database, id, name)))
}

/** How many of a run's samples lack one of its modalities or more: they take part with what they have. */
export function incompleteSamples(
  database: ReadableDatabase,
  { id, samples, modalities }: Pick<DatasetSummary, 'id' | 'samples' | 'modalities'>,
  config: unknown,
): number {
  const names = chosenModalities(config)
  const chosen = modalities.filter((modality) => isUsed(names, modality))
  if (chosen.every(({ present }) => present === samples)) return 0
  const presence = chosen.map(({ name }) => readPresence(database, id, name))
  let incomplete = 0
  for (let row = 0; row < samples; row++) {
    const has = presence.reduce((sum, present) => sum + present[row]!, 0)
    if (has > 0 && has < chosen.length) incomplete += 1
  }
  return incomplete
}

/** The data set row of each of a run's samples: given the run's row, the data set's. */
export interface RunRows {
  readonly datasetId: number
  /** Samples of the run. */
  readonly samples: number
  readonly rowOf: (row: number) => number
}

export function runRows(database: ReadableDatabase, runId: number): RunRows {
  const { datasetId, config } = readRun(database, runId)
  const dataset = readDataset(database, datasetId)
  const rows = usedRowsOf(database, dataset, config)
  return {
    datasetId,
    samples: rows?.length ?? dataset.samples,
    rowOf: (row) => (rows === null ? row : (rows[row] ?? -1)),
  }
}
