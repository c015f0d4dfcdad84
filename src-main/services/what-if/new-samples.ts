/** Samples that are in no data set, read by the importers and made what the run's samples were made. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportProgress } from '../../../src-shared/domain/import.ts'
import type { Modality } from '../../../src-shared/domain/dataset.ts'
import { refused } from '../../../src-shared/errors.ts'
import { alikeViews } from '../../datasets/alike-views.ts'
import type { Dataset, ModalityData } from '../../datasets/dataset.ts'
import { readPack } from '../../datasets/pack.ts'
import { importSource } from '../../importers/import.ts'
import type { GivenSamples, Prediction } from '../../models/inference.ts'
import { readDataset } from '../../project/datasets.ts'
import type { ReadableProject } from '../../project/project.ts'
import { readRun } from '../../project/runs.ts'
import { prepareAlike } from '../preparations.ts'
import { requireSource } from '../source.ts'
import type { Spawn } from '../../training/spawn.ts'

export interface NewSamples {
  readonly ids: readonly string[]
  readonly given: GivenSamples
}

interface ReadOptions {
  readonly signal: AbortSignal
  readonly spawn?: Spawn
  readonly onProgress?: (progress: ImportProgress) => void
}

/** The source read by the importers, as a data set in memory. Nothing is stored. */
async function readSource(source: string, options: ReadOptions): Promise<Dataset> {
  await requireSource(source)
  const folder = await mkdtemp(join(tmpdir(), 'causalscope-new-'))
  try {
    const outcome = await importSource({
      ...options,
      source,
      packFile: join(folder, 'set.pack'),
      limits: { fewest: 1 },
    })
    return await readPack(outcome.packFile, outcome.sha256)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What the modality was made from, found by its name; a source of one modality of that kind needs no name. */
function rawOf(modality: Modality, { name, modalities }: Dataset, alone: boolean): ModalityData {
  const called = modality.prepared?.from ?? modality.name
  const [only] = modalities
  const found =
    modalities.find((one) => one.modality.name === called) ??
    (alone && modalities.length === 1 && only?.modality.kind === modality.kind ? only : undefined)
  if (found !== undefined) return { ...found, modality: { ...found.modality, name: called } }
  const has = modalities.map((one) => `${one.modality.name} (${one.modality.kind})`).join(', ')
  throw refused(
    `${name} has no ${called} (${modality.kind}) to tell the others from.`,
    `It has ${has || 'no measurements'}. Call the file, or its folder, as the measurements were called that the run was trained on.`,
    { field: called },
  )
}

/**
 * The samples of a file or folder in the scale and after the preparation of the run's own. Throws `refused` in words where
 * kind, shape, grid, columns or units differ.
 */
export async function readNewSamples(
  { database }: ReadableProject,
  runId: number,
  source: string,
  from: readonly string[],
  options: ReadOptions,
): Promise<NewSamples> {
  const { datasetId } = readRun(database, runId)
  const { modalities } = readDataset(database, datasetId)
  const wanted = from.map((name) => {
    const found = modalities.find((modality) => modality.name === name)
    if (found !== undefined) return found
    throw refused(
      `The run did not use the modality "${name}".`,
      `It used ${modalities.map((m) => m.name).join(', ')}.`,
      {
        field: 'from',
      },
    )
  })
  const dataset = await readSource(source, options)
  const made: ModalityData[] = []
  for (const modality of wanted) {
    const raw = rawOf(modality, dataset, wanted.length === 1)
    made.push(
      modality.prepared === undefined ? raw : await prepareAlike(database, datasetId, modality, raw, dataset.ids),
    )
  }
  const { views } = alikeViews(wanted, { ...dataset, modalities: made })
  const lacking = views.find(({ present }) => present.includes(0))
  if (lacking !== undefined)
    throw refused(
      `Some of the ${dataset.ids.length} samples of ${dataset.name} have no ${lacking.modality.name}.`,
      'Leave them out, or ask from fewer modalities.',
      { field: lacking.modality.name },
    )
  return {
    ids: dataset.ids,
    given: {
      count: dataset.ids.length,
      modalities: views.map(({ modality, data }) => ({ modality: modality.name, values: Float32Array.from(data) })),
    },
  }
}

/** The first so many of them. */
export function firstOf({ given }: NewSamples, count: number): { count: number; modalities: Prediction[] } {
  const share = (values: Float32Array): Float32Array => values.slice(0, (values.length / given.count) * count)
  return { count, modalities: given.modalities.map(({ modality, values }) => ({ modality, values: share(values) })) }
}
