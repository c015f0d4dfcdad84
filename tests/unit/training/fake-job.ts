/** A job on a small pack of four samples, and the parts a trainer needs to do it without an engine. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { writePack } from '../../../src-main/datasets/pack.ts'
import type { TrainerParts } from '../../../src-main/training/run-job.ts'
import type { TrainJob } from '../../../src-shared/domain/run.ts'
import { type FakeConfig, FakeSession } from './fake-session.ts'

export const fakeDataset: Dataset = {
  name: 'four',
  source: 'test',
  ids: ['a', 'b', 'c', 'd'],
  notes: [],
  modalities: [
    {
      modality: {
        name: 'curve',
        kind: 'curve',
        shape: [2],
        scaling: { offset: [0], scale: [1] },
        present: 4,
        source: 'c.csv',
      },
      data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
      present: Uint8Array.of(1, 1, 1, 1),
    },
  ],
  metadata: [],
}

/** Writes the pack into the folder and makes a run folder of the given name beside it. */
export async function fakeJob(folder: string, config: FakeConfig, runName = 'run'): Promise<TrainJob> {
  const packFile = join(folder, 'four.pack')
  const { sha256 } = await writePack(packFile, fakeDataset)
  const runFolder = join(folder, runName)
  await mkdir(runFolder, { recursive: true })
  return {
    runId: 1,
    method: 'causal-pima',
    packFile,
    packSha256: sha256,
    runFolder,
    config,
    seed: 7,
    engine: 'cpu',
    threads: null,
    resume: false,
  }
}

export const fakeParts: TrainerParts = {
  openEngine: () => Promise.resolve({ name: 'cpu', detail: 'no engine', threads: 1 }),
  createSession: (request) => Promise.resolve(new FakeSession(request)),
  tensorMemory: () => ({ tensors: 2, bytes: 8 }),
}
