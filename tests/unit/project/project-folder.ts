/** What the project tests share: a folder of their own, a small data set, an open project in it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { writePack } from '../../../src-main/datasets/pack.ts'
import { ingestPack, type IngestOptions } from '../../../src-main/project/ingest.ts'
import { openProject, type OpenOptions, type WritableProject } from '../../../src-main/project/project.ts'
import type { NewRun } from '../../../src-main/project/runs.ts'
import type { DatasetSummary } from '../../../src-shared/domain/dataset.ts'

/** `n` samples: a 2 x 3 picture each, a curve of 4 points on every second one, a category and a number. */
export function smallDataset(n = 10): Dataset {
  const indices = Array.from({ length: n }, (_, i) => i)
  const hasCurve = Uint8Array.from(indices, (i) => (i % 2 === 0 ? 1 : 0))
  return {
    name: 'small',
    source: '/data/small',
    ids: indices.map((i) => `s${i}`),
    notes: [{ severity: 'info', message: 'made for a test' }],
    modalities: [
      {
        modality: {
          name: 'picture',
          kind: 'image',
          shape: [2, 3, 1],
          scaling: { offset: [0], scale: [255] },
          present: n,
          source: 'pictures/',
        },
        data: Float32Array.from({ length: n * 6 }, (_, i) => (i % 255) / 255),
        present: new Uint8Array(n).fill(1),
      },
      {
        modality: {
          name: 'curve',
          kind: 'curve',
          shape: [4],
          scaling: { offset: [1], scale: [2] },
          present: hasCurve.reduce((sum, x) => sum + x, 0),
          source: 'curves.csv',
          grid: [0, 1, 2, 3],
        },
        data: Float32Array.from({ length: n * 4 }, (_, i) => (hasCurve[Math.floor(i / 4)] === 1 ? i : 0)),
        present: hasCurve,
      },
    ],
    metadata: [
      {
        column: { column: 'plate', kind: 'category', categories: ['a', 'b'], missing: 1 },
        values: Float64Array.from(indices, (i) => (i === 0 ? -1 : i % 2)),
      },
      { column: { column: 'load', kind: 'number', missing: 0 }, values: Float64Array.from(indices, (i) => i / 3) },
    ],
  }
}

export interface ProjectFolder {
  readonly folder: string
  /** Path of the project, which exists once `open` was called. */
  readonly file: string
  open(options?: Partial<OpenOptions>): WritableProject
  /** Writes the data set's pack and takes it into the project. */
  ingest(project: WritableProject, dataset?: Dataset, options?: IngestOptions): Promise<DatasetSummary>
}

/** A fresh folder for each test; projects opened through it are closed, then it goes. */
export function projectFolder(): ProjectFolder {
  let folder = ''
  const opened: WritableProject[] = []
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'causalscope-project-'))
  })
  afterEach(() => {
    for (const project of opened.splice(0)) if (project.database.open) project.close()
    rmSync(folder, { recursive: true, maxRetries: 10 })
  })
  return {
    get folder() {
      return folder
    },
    get file() {
      return join(folder, 'lab.causalscope')
    },
    open(options = {}) {
      const project = openProject(join(folder, 'lab.causalscope'), { program: 'a test', create: 'missing', ...options })
      opened.push(project)
      return project
    },
    async ingest(project, dataset = smallDataset(), options = {}) {
      const packFile = join(folder, 'imported.pack')
      const { sha256 } = await writePack(packFile, dataset)
      return ingestPack(project.database, packFile, sha256, options)
    },
  }
}

export function newRun(dataset: DatasetSummary, changes: Partial<NewRun> = {}): NewRun {
  return {
    name: null,
    datasetId: dataset.id,
    datasetSha256: dataset.sha256,
    method: 'causal-pima',
    config: { latent: { size: 4 } },
    seed: 7,
    engine: 'auto',
    threads: null,
    ...changes,
  }
}
