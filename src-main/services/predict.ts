/** Labels of another data set's samples, told by a finished run in a process of its own. */
import { fileURLToPath } from 'node:url'
import { isUsed } from '../../src-shared/config/used-modalities.ts'
import type { DatasetSummary } from '../../src-shared/domain/dataset.ts'
import { CausalscopeError, type ErrorData, failed, refused } from '../../src-shared/errors.ts'
import { facetNames } from '../../src-shared/methods/results.ts'
import { definitionOf } from '../../src-shared/methods/available.ts'
import { unlikeForm } from '../datasets/alike-views.ts'
import { chosenModalities } from '../datasets/used-samples.ts'
import type { ToldSamples } from '../models/told-samples.ts'
import { featuresOf } from './features.ts'
import { listDatasets, readDataset } from '../project/datasets.ts'
import { runFolder } from '../project/folders.ts'
import { packFor } from '../project/packs.ts'
import { contentOf } from '../project/preparations.ts'
import type { ReadableProject } from '../project/project.ts'
import { type RunRecord, readRunRecord } from '../project/runs.ts'
import { parseReply, type PredictJob } from '../training/predict-messages.ts'
import { askOnce, lastWords } from '../training/ask-once.ts'
import { type Spawn, spawnNode } from '../training/spawn.ts'

function processFile(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return fileURLToPath(new URL(`../training/predict-process.${extension}`, import.meta.url))
}

/** The run, done and with a label to tell; throws `refused` for any other. */
function tellingRun({ database }: ReadableProject, runId: number): RunRecord {
  const record = readRunRecord(database, runId)
  const { summary: run } = record
  if (!facetNames(run.method).includes('prediction'))
    throw refused(`A run of ${definitionOf(run.method).title} tells no label.`, 'Choose a run that was given one.', {
      field: 'run',
    })
  if (run.status !== 'done')
    throw refused(`${run.name} is ${run.status}: only a finished run can tell labels.`, '', { id: String(runId) })
  return record
}

/** Why the run can tell nothing of this data set's samples; null where it can. They are taken as they were imported. */
function unlikeRun({ database }: ReadableProject, { summary: run }: RunRecord, dataset: DatasetSummary) {
  const names = chosenModalities(run.config)
  const used = readDataset(database, run.datasetId).modalities.filter((modality) => isUsed(names, modality))
  const imported = dataset.modalities.filter(({ prepared }) => prepared === undefined)
  return unlikeForm(used, { name: dataset.name, modalities: imported })
}

/** Every data set with why a run can tell nothing of its samples. Throws `refused` as `predictLabels` does for the run. */
export function tellableSets(
  project: ReadableProject,
  runId: number,
): { readonly dataset: DatasetSummary; readonly why: ErrorData | null }[] {
  const record = tellingRun(project, runId)
  return listDatasets(project.database).map((dataset) => ({
    dataset,
    why: unlikeRun(project, record, dataset)?.toData() ?? null,
  }))
}

/** Throws `refused` for a run that is not done or tells no label, and for samples of another form, before anything runs. */
export async function predictLabels(
  project: ReadableProject,
  runId: number,
  datasetId: number,
  { signal, spawn = spawnNode }: { readonly signal: AbortSignal; readonly spawn?: Spawn },
): Promise<ToldSamples> {
  const { database, file } = project
  const record = tellingRun(project, runId)
  const why = unlikeRun(project, record, readDataset(database, datasetId))
  if (why !== null) throw why
  const { summary: run } = record
  const trained = await packFor(database, run.datasetId, contentOf(database, record))
  const samples = await packFor(database, datasetId, null)
  return askOnce(processFile(), {
    ...{ spawn, signal, options: { heapLimitMb: null } },
    job: () =>
      ({
        ...{ method: run.method, config: run.config, seed: run.seed, engine: run.engine ?? 'auto' },
        ...{ packFile: trained.packFile, packSha256: trained.sha256, runFolder: runFolder(file, runId) },
        features: featuresOf(database, file, run.config),
        ...{ samplesFile: samples.packFile, samplesSha256: samples.sha256 },
      }) satisfies PredictJob,
    hear: (message) => {
      const reply = parseReply(message)
      if (reply.type === 'done') return reply.told
      throw new CausalscopeError(reply.error)
    },
    endedEarly: (exit) =>
      failed(`The process that tells labels ended unexpectedly. ${lastWords(exit)}`.trim(), 'Try it once more.'),
  })
}
