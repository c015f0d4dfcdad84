/** The model of the finished run that a job is trained on, from its newest checkpoint. */
import { failed } from '../../src-shared/errors.ts'
import type { TrainJob } from '../../src-shared/domain/run.ts'
import type { FeatureSource } from '../models/features.ts'
import { newestGoodCheckpoint } from './checkpoint-folder.ts'

export async function featureSource(features: TrainJob['features']): Promise<FeatureSource | undefined> {
  if (features === undefined) return undefined
  const { runFolder, ...source } = features
  const { checkpoint } = await newestGoodCheckpoint(runFolder)
  if (checkpoint === null)
    throw failed(
      `The model that is learnt on is missing: ${runFolder} holds no checkpoint that can be read.`,
      `Train run ${source.run} again.`,
      { file: runFolder },
    )
  return { ...source, snapshot: checkpoint.snapshot }
}
