/** A finished run's result, read back and checked against its hash, with all that belongs to it. */
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { failed } from '../../src-shared/errors.ts'
import type { RunResult, SampleArrays } from '../../src-shared/domain/result.ts'
import { resultFile } from '../../src-shared/domain/result-schema.ts'
import { arraysOf } from '../../src-shared/methods/facets.ts'
import { facetsOf } from '../../src-shared/methods/results.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { readPlain } from '../datasets/plain-file.ts'
import { readSampleArrays } from '../datasets/sample-arrays.ts'
import { usedSamples } from '../datasets/used-samples.ts'
import type { ComponentJudgement } from '../../src-shared/domain/component-judgement.ts'
import type { GraphNames } from '../../src-shared/graph-formats/names.ts'
import type { Facets } from '../../src-shared/methods/facets.ts'
import type { Judged } from '../evidence/judge.ts'
import type { FinishedRun } from '../export/finished-run.ts'
import { runFile } from '../project/folders.ts'
import { readWholeDataset } from '../project/packs.ts'
import { contentOf } from '../project/preparations.ts'
import type { ReadableProject } from '../project/project.ts'
import { readResultFile } from '../project/results.ts'
import { readEpochs } from '../project/run-history.ts'
import { readRunRecord } from '../project/runs.ts'
import { readGraphAnnotations } from './graphs.ts'
import { givenClusterNames, outcomeCount } from './cluster-names.ts'
import { componentNames } from './component-names.ts'
import { judgeRun, judgeRunComponents } from './judgement.ts'
import type { Knowledge } from '../../src-shared/knowledge/knowledge.ts'
import { underKept, underTold } from './known-since.ts'
import { askedRun } from './what-if/asked-run.ts'
import { keptEffects } from './what-if/kept.ts'
import type { ResultParts } from './judging/other-runs.ts'

const hint = 'Train the run again.'

const unconfirmedCaution =
  'This project was recovered from a damaged one, and nothing confirms any more that this result is what the run ended with: train it again with its seed, and compare.'

interface StoredResult {
  readonly result: RunResult
  readonly arraysFile: string
  readonly arraysSha256: string
}

async function readStored(project: ReadableProject, runId: number): Promise<StoredResult> {
  const { file, sha256, unconfirmed } = readResultFile(project.database, runId)
  let bytes: Buffer
  try {
    bytes = await readPlain(file)
  } catch (error) {
    throw failed(
      `The result of run ${runId} is missing: ${file}.`,
      `The folder ${project.file}.files belongs to the project: put it back beside it, or train the run again.`,
      { file },
      error,
    )
  }
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw failed(`${file} was changed after it was written.`, hint, { file })
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), resultFile), bytes.toString('utf8'))
  if (!parsed.success) {
    const [issue] = parsed.issues
    throw failed(
      `${file} is no result that this version can read (${v.getDotPath(issue) ?? ''}: ${issue.message}).`,
      hint,
      {
        file,
      },
    )
  }
  const { arrays, ...read } = parsed.output
  const result = unconfirmed ? { ...read, cautions: [unconfirmedCaution, ...(read.cautions ?? [])] } : read
  return { result, arraysFile: runFile(project.file, runId, arrays.file), arraysSha256: arrays.sha256 }
}

/** The result as it was learned, whatever is known since. Throws as `readResult` does. */
export async function readLearned(project: ReadableProject, runId: number): Promise<RunResult> {
  return (await readStored(project, runId)).result
}

/** @param known to be taken for known in place of what is kept with the run */
async function readKnowing(project: ReadableProject, runId: number, known?: Knowledge): Promise<StoredResult> {
  const stored = await readStored(project, runId)
  const { result } = stored
  const told =
    known === undefined
      ? underKept(project, runId, result)
      : underTold(result, known, readNames(project, runId, facetsOf(result)))
  return { ...stored, result: told }
}

/**
 * The result alone, its graph under what is known since. Throws `refused` while the run has none, `failed` when its file is
 * gone or changed.
 * @param known instead of what is kept with the run; `refused` where no graph of its class agrees
 */
export async function readResult(project: ReadableProject, runId: number, known?: Knowledge): Promise<RunResult> {
  return (await readKnowing(project, runId, known)).result
}

function readArrays({ result, arraysFile, arraysSha256 }: StoredResult): Promise<SampleArrays> {
  return readSampleArrays(arraysFile, arraysSha256, arraysOf(facetsOf(result)))
}

/** The result's arrays, a row a sample in data set order. */
export async function readResultArrays(project: ReadableProject, runId: number): Promise<SampleArrays> {
  return readArrays(await readStored(project, runId))
}

/** The data set that a run was trained on, whole in memory: its rows are those of the result's arrays. */
async function readRunDataset(project: ReadableProject, runId: number): Promise<Dataset> {
  const { database } = project
  const record = readRunRecord(database, runId)
  const { datasetId, config } = record.summary
  return usedSamples(await readWholeDataset(database, datasetId, contentOf(database, record)), config).dataset
}

/** How firmly each part of a finished run may be stated; null where it has no nodes that label samples. */
export async function readJudged(project: ReadableProject, runId: number, known?: Knowledge): Promise<Judged | null> {
  return judgeRun(project, runId, await readParts(project, runId, known), (run) => readParts(project, run))
}

/** What of a run's components returns; null where it has none. */
export async function readReturning(project: ReadableProject, runId: number): Promise<ComponentJudgement | null> {
  return judgeRunComponents(project, runId, await readParts(project, runId))
}

/** What people called the parts of a result. */
export function readNames(project: ReadableProject, runId: number, { graph, coupling, clusters }: Facets): GraphNames {
  const { names, categories } = readGraphAnnotations(project, runId, graph)
  return {
    names,
    categories,
    components: coupling === null ? [] : componentNames(project, runId, coupling),
    clusters: clusters === null ? [] : givenClusterNames(project, runId, outcomeCount(clusters)),
  }
}

async function readParts(project: ReadableProject, runId: number, known?: Knowledge): Promise<ResultParts> {
  const stored = await readKnowing(project, runId, known)
  return { result: stored.result, arrays: await readArrays(stored) }
}

/** Everything that is exported or evaluated of a finished run, under the names and in the places that people gave. */
export async function readFinishedRun(project: ReadableProject, runId: number): Promise<FinishedRun> {
  const stored = await readKnowing(project, runId)
  const { result } = stored
  const [arrays, dataset] = await Promise.all([readArrays(stored), readRunDataset(project, runId)])
  const facets = facetsOf(result)
  const { layout, positions } = readGraphAnnotations(project, runId, facets.graph)
  const judged = await judgeRun(project, runId, { result, arrays }, (run) => readParts(project, run))
  const names = readNames(project, runId, facets)
  return {
    result,
    arrays,
    dataset,
    judged,
    components: await judgeRunComponents(project, runId, { result, arrays }),
    epochs: readEpochs(project.database, runId),
    names,
    whatIf:
      facets.graph === null || judged === null
        ? []
        : keptEffects(project, runId, askedRun(result, judged.judgement, names)),
    placement: { layout, positions },
  }
}
