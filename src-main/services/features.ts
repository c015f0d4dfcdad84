/** The finished run that another is trained on: found, checked to be of the same data, and handed to the trainer. */
import { featuresRun } from '../../src-shared/config/features-run.ts'
import { usedModalities } from '../../src-shared/config/used-modalities.ts'
import { toErrorData } from '../../src-shared/errors.ts'
import type { DatasetSummary } from '../../src-shared/domain/dataset.ts'
import type { TrainJob } from '../../src-shared/domain/run.ts'
import { definitionOf } from '../../src-shared/methods/available.ts'
import type { ConfigProblem, MethodConfig } from '../../src-shared/methods/method.ts'
import { rooms } from '../models/list.ts'
import { roomOf } from '../models/methods.ts'
import type { ReadableDatabase } from '../project/database.ts'
import { runFolder } from '../project/folders.ts'
import { contentSha256 } from '../project/packs.ts'
import { preparedNames } from '../project/preparations.ts'
import { readRunRecord } from '../project/runs.ts'

/** What keeps the named run from being learnt on; nothing where none is named. */
export function featureProblems(
  database: ReadableDatabase,
  dataset: DatasetSummary,
  config: MethodConfig,
): ConfigProblem[] {
  const id = featuresRun(config)
  if (id === null) return []
  const problem = (message: string, hint: string): ConfigProblem[] => [{ field: 'features.run', message, hint }]
  let record: ReturnType<typeof readRunRecord>
  try {
    record = readRunRecord(database, id)
  } catch (error) {
    return problem(toErrorData(error).message, 'Choose a finished run of the same data set.')
  }
  const { summary: run, datasetSha256 } = record
  const givers = rooms.flatMap(({ id: method, givesFeatures }) => (givesFeatures ? [definitionOf(method).title] : []))
  if (!roomOf(run.method).givesFeatures)
    return problem(`${run.name} is a run of ${definitionOf(run.method).title}, which gives no features to learn on.`, `Choose a run of ${givers.join(' or of ')}.`) // prettier-ignore
  if (run.status !== 'done')
    return problem(`${run.name} is ${run.status}: only a finished run can be learnt on.`, 'Wait for it, or resume it.')
  const names = [...usedModalities(config, dataset)].sort()
  const theirs = [...usedModalities({ modalities: modalitiesOf(run.config) }, dataset)].sort()
  const same = run.datasetId === dataset.id && names.join('\n') === theirs.join('\n')
  if (run.datasetId !== dataset.id)
    return problem(`${run.name} was trained on data set ${run.datasetId}, this run is to be on ${dataset.id}.`, 'Choose a run of the same data set.') // prettier-ignore
  if (!same)
    return problem(`${run.name} was trained on ${theirs.join(', ')}, this run uses ${names.join(', ')}.`, 'Use the same modalities.') // prettier-ignore
  if (contentSha256(database, dataset.id, preparedNames(database, dataset.id, config)) !== datasetSha256)
    return problem(`The data have changed since ${run.name} was trained.`, 'Train that run again.')
  return []
}

function modalitiesOf(config: unknown): readonly string[] {
  const { modalities } = config as { modalities?: readonly string[] }
  return modalities ?? []
}

/** What the trainer opens the run's model by; undefined where none is named. */
export function featuresOf(database: ReadableDatabase, file: string, config: unknown): TrainJob['features'] {
  const id = featuresRun(config)
  if (id === null) return undefined
  const { method, config: own, seed } = readRunRecord(database, id).summary
  return { run: id, method, config: own, seed, runFolder: runFolder(file, id) }
}
