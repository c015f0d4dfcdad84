/** Runs trained in this process by a session that only pretends: real jobs, real files, real rows. */
import { mkdirSync } from 'node:fs'
import { runFolder } from '../../../src-main/project/folders.ts'
import { packFor } from '../../../src-main/project/packs.ts'
import type { ReadableProject, WritableProject } from '../../../src-main/project/project.ts'
import { insertRun, readRunRecord } from '../../../src-main/project/runs.ts'
import { recordEvent } from '../../../src-main/services/run-record.ts'
import { runJob } from '../../../src-main/training/run-job.ts'
import { TrainingControl } from '../../../src-main/training/training-control.ts'
import type { DatasetSummary } from '../../../src-shared/domain/dataset.ts'
import type { TrainerEvent, TrainJob } from '../../../src-shared/domain/run.ts'
import { newRun } from '../project/project-folder.ts'
import { fakeParts } from '../training/fake-job.ts'

/** Enough weights for the latents of sixteen samples. */
const config = { epochs: 2, stepsPerEpoch: 3, size: 64 }

/** The job of a run as the queue makes it. */
async function jobOf(project: ReadableProject, runId: number, resume: boolean): Promise<TrainJob> {
  const { summary } = readRunRecord(project.database, runId)
  const { packFile, sha256 } = await packFor(project.database, summary.datasetId)
  const folder = runFolder(project.file, runId)
  mkdirSync(folder, { recursive: true })
  const { method, seed } = summary
  const made = { runId, method, packFile, packSha256: sha256, runFolder: folder, config: summary.config, seed }
  return { ...made, engine: 'cpu', threads: null, resume }
}

/** Trains a stored run to its end, with everything written that a trainer's events write. */
export async function trainFake(project: WritableProject, runId: number, resume = false): Promise<void> {
  const emit = (event: TrainerEvent): void => recordEvent(project.database, runId, event)
  const surroundings = { parts: fakeParts, control: new TrainingControl(), emit, onSession: () => undefined }
  emit(await runJob(await jobOf(project, runId, resume), surroundings))
}

/** A finished run on the data set; its number. */
export async function finishedRun(
  project: WritableProject,
  dataset: DatasetSummary,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<number> {
  const changes = { config: { ...config, ...settings }, engine: 'cpu', threads: 1 } as const
  const { id } = insertRun(project.database, newRun(dataset, changes))
  await trainFake(project, id)
  return id
}
