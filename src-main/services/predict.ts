/** Labels of another data set's samples, told by a finished run in a process of its own. */
import { fileURLToPath } from 'node:url'
import { CausalscopeError, failed, refused } from '../../src-shared/errors.ts'
import { facetNames } from '../../src-shared/methods/results.ts'
import { definitionOf } from '../../src-shared/methods/available.ts'
import type { ToldSamples } from '../models/told-samples.ts'
import { featuresOf } from './features.ts'
import { runFolder } from '../project/folders.ts'
import { packFor } from '../project/packs.ts'
import { contentOf } from '../project/preparations.ts'
import type { ReadableProject } from '../project/project.ts'
import { readRunRecord } from '../project/runs.ts'
import { parseReply, type PredictJob } from '../training/predict-messages.ts'
import { type Spawn, spawnNode } from '../training/spawn.ts'

function processFile(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return fileURLToPath(new URL(`../training/predict-process.${extension}`, import.meta.url))
}

function lastLine(text: string): string {
  const trimmed = text.trim()
  return trimmed.slice(trimmed.lastIndexOf('\n') + 1)
}

/** Throws `refused` for a run that is not done or tells no label, and for samples of another form. */
export async function predictLabels(
  project: ReadableProject,
  runId: number,
  datasetId: number,
  { signal, spawn = spawnNode }: { readonly signal: AbortSignal; readonly spawn?: Spawn },
): Promise<ToldSamples> {
  const { database, file } = project
  const record = readRunRecord(database, runId)
  const { summary: run } = record
  if (!facetNames(run.method).includes('prediction'))
    throw refused(`A run of ${definitionOf(run.method).title} tells no label.`, 'Choose a run that was given one.', {
      field: 'run',
    })
  if (run.status !== 'done')
    throw refused(`${run.name} is ${run.status}: only a finished run can tell labels.`, '', { id: String(runId) })
  const trained = await packFor(database, run.datasetId, contentOf(database, record))
  const samples = await packFor(database, datasetId, null)
  const child = spawn(processFile(), { heapLimitMb: null })
  const { promise, resolve, reject } = Promise.withResolvers<ToldSamples>()
  const cancel = (): void => reject(refused('Cancelled.'))
  signal.addEventListener('abort', cancel, { once: true })
  child.onMessage((message) => {
    const reply = parseReply(message)
    if (reply.type === 'done') resolve(reply.told)
    else reject(new CausalscopeError(reply.error))
  })
  child.onExit(({ stderr }) =>
    reject(failed(`The process that tells labels ended unexpectedly. ${lastLine(stderr)}`.trim(), 'Try it once more.')),
  )
  try {
    signal.throwIfAborted()
    child.send({
      ...{ method: run.method, config: run.config, seed: run.seed, engine: run.engine ?? 'auto' },
      ...{ packFile: trained.packFile, packSha256: trained.sha256, runFolder: runFolder(file, runId) },
      features: featuresOf(database, file, run.config),
      ...{ samplesFile: samples.packFile, samplesSha256: samples.sha256 },
    } satisfies PredictJob)
    return await promise
  } finally {
    signal.removeEventListener('abort', cancel)
    child.kill()
  }
}
