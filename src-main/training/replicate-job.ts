/**
 * A replicate: the whole procedure on a part of the samples, then every sample read by the model it led to. What a person
 * knows of the samples left out is hidden from it, so that what it says of them are predictions.
 */
import type { Provenance, TrainJob } from '../../src-shared/domain/run.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { subsetOf, withoutMetadata } from '../datasets/subset.ts'
import { drawSubsample, type SubsampleRows } from '../evidence/subsample.ts'
import type { TrainingSession } from '../models/session.ts'
import { writeReplicate } from './replicate-file.ts'

export interface ReplicatePart {
  readonly rows: SubsampleRows
  /** The samples trained on. */
  readonly trained: Dataset
  /** All samples, with nothing known of those left out. */
  readonly labelled: Dataset
}

export function replicatePart(dataset: Dataset, subsample: NonNullable<TrainJob['subsample']>): ReplicatePart {
  const rows = drawSubsample(dataset.ids.length, subsample)
  return { rows, trained: subsetOf(dataset, rows.inside), labelled: withoutMetadata(dataset, rows.outside) }
}

/**
 * Reads all samples with the model of a finished session, and writes what it says of them.
 * @param open a fresh session of the same method, configuration and seed on another data set, of which it learnt from some rows
 */
export async function finishReplicate(
  session: TrainingSession,
  part: ReplicatePart,
  open: (dataset: Dataset, learntFrom: Int32Array) => Promise<TrainingSession>,
  {
    runFolder,
    seed,
    provenance,
    seconds,
  }: Pick<TrainJob, 'runFolder' | 'seed'> & { provenance: Provenance; seconds: number },
): Promise<{ file: string; sha256: string; score: number }> {
  const whole = await open(part.labelled, part.rows.inside)
  try {
    await whole.restore(await session.snapshot())
    const outcome = await whole.finish(provenance, seconds)
    const written = await writeReplicate(runFolder, outcome, part.rows, seed)
    return { ...written, score: outcome.result.score.value }
  } finally {
    whole.dispose()
  }
}
