/** One job from its pack to its result files: what the trainer process does between 'start' and its last event. */
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { Modality } from '../../src-shared/domain/dataset.ts'
import type { TrainerEvent, TrainJob } from '../../src-shared/domain/run.ts'
import { leftOutWords } from '../../src-shared/config/left-out.ts'
import { type CausalscopeError, failed, refused, toErrorData } from '../../src-shared/errors.ts'
import { isObject } from '../../src-shared/json-object.ts'
import { namedEdges } from '../../src-shared/graph/marked-graph.ts'
import { facetsOf } from '../../src-shared/methods/results.ts'
import type { Engine, EngineOptions } from '../compute/engine.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { readPack } from '../datasets/pack.ts'
import { usedSamples } from '../datasets/used-samples.ts'
import type { FeatureSource } from '../models/features.ts'
import type { SourcedRequest } from '../models/methods.ts'
import type { TrainingSession } from '../models/session.ts'
import type { Checkpoint, RunIdentity } from './checkpoint-file.ts'
import { CheckpointFolder } from './checkpoint-folder.ts'
import { lockFolder } from './folder-lock.ts'
import { provenanceOf } from './provenance.ts'
import { goOnFrom } from './go-on.ts'
import { explainedShare } from './explained-share.ts'
import { featureSource } from './feature-source.ts'
import { finishReplicate, replicatePart, type ReplicatePart } from './replicate-job.ts'
import { writeResultFiles } from './result-files.ts'
import { standIfAsked, type TrainingControl } from './training-control.ts'
import { LeftOff, TrainingLoop } from './training-loop.ts'

/** How long a resumed run waits for a trainer that lost its parent to write its last checkpoint and go. */
const lockWaitMs = 60_000

/** The parts of the house that a trainer works with: the real ones, or small stand-ins in a test. */
export interface TrainerParts {
  openEngine(name: TrainJob['engine'], options: EngineOptions): Promise<Engine>
  createSession(request: SourcedRequest): Promise<TrainingSession>
  /** What the engine holds now; null where it does not count. */
  tensorMemory(): { readonly tensors: number; readonly bytes: number } | null
}

export interface JobSurroundings {
  readonly parts: TrainerParts
  readonly control: TrainingControl
  readonly emit: (event: TrainerEvent) => void
  /** The session as soon as there is one. */
  readonly onSession: (session: TrainingSession) => void
}

/** Whatever goes wrong is thrown. */
export type JobEnd = Extract<TrainerEvent, { type: 'done' | 'interrupted' }>

/** What the trainer itself reads in a method's configuration; everything else is the session's. */
const pacingSchema = v.object({
  training: v.optional(
    v.object({
      checkpointSteps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
      checkpointKeepEvery: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 10),
    }),
    {},
  ),
})

/** Hash of a configuration, whatever the order of its keys. */
function configHash(config: unknown): string {
  const sorted = JSON.stringify(config, (_key, value: unknown) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
  )
  return createHash('sha256').update(sorted).digest('hex')
}

/** The checkpoint to go on from, or null at the start of a run. Says what it had to pass over. */
async function findStart(job: TrainJob, run: RunIdentity, folder: CheckpointFolder, warn: (message: string) => void) {
  if (!job.resume) {
    if (await folder.isEmpty()) return null
    throw refused(
      `${job.runFolder} already holds the checkpoints of a run.`,
      'Resume that run, or start a new one in a folder of its own.',
      { file: job.runFolder },
    )
  }
  const { checkpoint, damaged } = await folder.newestGood()
  for (const { why } of damaged) warn(why)
  if (checkpoint === null) {
    if (job.goesOnFrom === undefined)
      warn('There is no checkpoint to go on from: the run starts again from its beginning.')
    return null
  }
  if (damaged.length > 0) warn(`The run goes on from the checkpoint before, at step ${checkpoint.step}.`)
  refuseForeign(checkpoint, run, job.runFolder)
  const { engine, threads } = checkpoint.run
  if (engine !== run.engine || threads !== run.threads)
    warn(
      `The run was trained on ${engine} with ${threads} threads and goes on with ${run.engine} and ${run.threads}: ` +
        'its numbers will differ a little from those of an uninterrupted run.',
    )
  return checkpoint
}

function refuseForeign(checkpoint: Checkpoint, run: RunIdentity, runFolder: string): void {
  const fields = { method: 'method', seed: 'seed', datasetSha256: 'data set', configSha256: 'configuration' } as const
  for (const field of ['method', 'seed', 'datasetSha256', 'configSha256'] as const) {
    if (checkpoint.run[field] === run[field]) continue
    throw refused(
      `The checkpoints in ${runFolder} were made with another ${fields[field]}.`,
      'Resume with what the run was started with, or start a new run.',
      { file: runFolder, field },
    )
  }
}

/** What does not change when a run changes its engine. */
interface Training {
  readonly job: TrainJob
  readonly dataset: Dataset
  readonly checkpoints: CheckpointFolder
  readonly checkpointSteps: number
  /** Those that the run uses. */
  readonly modalities: readonly Modality[]
  /** What the result has to say besides what the method does. */
  readonly warnings: readonly string[]
  /** The job is a replicate. */
  readonly part: ReplicatePart | null
  /** The finished run that is learnt on. */
  readonly from: FeatureSource | undefined
  readonly surroundings: JobSurroundings
}

function identityOf(job: TrainJob, engine: Engine): RunIdentity {
  return {
    method: job.method,
    seed: job.seed,
    datasetSha256: job.packSha256,
    configSha256: configHash(job.config),
    engine: engine.name,
    threads: engine.threads,
  }
}

/** Trains on one engine from a checkpoint or the beginning, to the run's end or to the engine's. */
async function trainOn(
  engine: Engine,
  resumedFrom: Checkpoint | null,
  { job, dataset, modalities, checkpoints, checkpointSteps, warnings, part, from, surroundings }: Training,
): Promise<JobEnd | { readonly type: 'fault'; readonly fault: CausalscopeError }> {
  const { parts, control, emit, onSession } = surroundings
  const { method, config, seed } = job
  const engineFault = (): CausalscopeError | null => engine.fault?.() ?? null
  let loop: TrainingLoop | null = null
  const breathe = (): Promise<void> => loop?.breathe() ?? Promise.resolve()
  const open = (data: Dataset, learntFrom?: Int32Array): Promise<TrainingSession> =>
    parts.createSession({
      ...{ method, dataset: data, config, seed, threads: engine.threads, breathe },
      ...(learntFrom === undefined ? {} : { learntFrom }),
      ...(from === undefined ? {} : { from }),
    })
  const session = await open(part?.trained ?? dataset)
  try {
    await standIfAsked(control, emit)
    const run = identityOf(job, engine)
    if (resumedFrom !== null) await session.restore(resumedFrom.snapshot)
    onSession(session)
    const provenance = await provenanceOf(job, engine, modalities)
    emit({ type: 'started', provenance, epochs: session.epochs, stepsPerEpoch: session.stepsPerEpoch })
    const { goesOnFrom: earlier } = job
    if (resumedFrom === null && earlier !== undefined) {
      // The same but for the number of epochs: whoever made the job saw to that.
      const requireOwn = (theirs: Checkpoint): void =>
        refuseForeign(theirs, { ...run, configSha256: theirs.run.configSha256 }, earlier.runFolder)
      resumedFrom = await goOnFrom(earlier, { session, method, run, requireOwn, checkpoints, emit })
    }
    loop = new TrainingLoop({
      ...{ session, checkpoints, control, emit, run, resumedFrom, checkpointSteps, engineFault },
    })
    const end = await loop.run()
    if (end.kind === 'interrupted') return { type: 'interrupted', step: end.step }
    if (part !== null) {
      const finish = { ...job, provenance, seconds: end.seconds }
      const { file, sha256, score } = await finishReplicate(session, part, open, finish)
      const lost = engineFault()
      return lost === null
        ? { type: 'done', resultFile: file, sha256, score, edges: [], explained: null }
        : { type: 'fault', fault: lost }
    }
    const outcome = await session.finish(provenance, end.seconds)
    const fault = engineFault()
    if (fault !== null) return { type: 'fault', fault }
    const result = { ...outcome.result, warnings: [...warnings, ...outcome.result.warnings] }
    const { file, sha256 } = await writeResultFiles(job.runFolder, { ...outcome, result })
    await checkpoints.keepNewest()
    const { graph } = facetsOf(result)
    return {
      type: 'done',
      resultFile: file,
      sha256,
      score: result.score.value,
      edges: graph === null ? [] : namedEdges(graph),
      explained: explainedShare(result, outcome.arrays, dataset),
    }
  } catch (error) {
    const fault = engineFault()
    if (fault === null && error instanceof LeftOff) return { type: 'interrupted', step: session.step }
    if (fault === null) throw error
    return { type: 'fault', fault }
  } finally {
    session.dispose()
  }
}

/** The engine to go on with, never one that has failed. */
async function engineAfter(
  faulty: Engine,
  fault: CausalscopeError,
  options: EngineOptions,
  parts: TrainerParts,
): Promise<Engine> {
  try {
    return await parts.openEngine('auto', { ...options, after: faulty.name })
  } catch (error) {
    throw failed(
      `${fault.message} No other engine could be opened to go on with: ${toErrorData(error).message}`,
      `${fault.hint} The run can be resumed from its last checkpoint.`,
      { engine: faulty.name },
      error,
    )
  }
}

/**
 * Trains, emits what happens on the way, and returns the last event for the caller to send once the folder is free.
 * When an engine's device fails, the run goes back to its last good checkpoint and on with the next engine; 'started' is
 * then told again, with the provenance from there on.
 *
 * @throws CausalscopeError `refused` when the job does not fit the folder, the pack or this machine; `failed` when the
 *   work itself failed.
 */
export async function runJob(job: TrainJob, surroundings: JobSurroundings): Promise<JobEnd> {
  const { parts, control, emit } = surroundings
  const unlock = await lockFolder(job.runFolder, lockWaitMs)
  try {
    const warn = (message: string): void => emit({ type: 'log', level: 'warning', message })
    const { training: pacing } = v.parse(pacingSchema, job.config ?? {})
    const { dataset, leftOut, modalities } = usedSamples(await readPack(job.packFile, job.packSha256), job.config)
    await standIfAsked(control, emit)
    const options: EngineOptions = job.threads === null ? {} : { threads: job.threads }
    let engine = await parts.openEngine(job.engine, options)
    await standIfAsked(control, emit)
    engine.passedOver?.forEach(warn)
    const checkpoints = new CheckpointFolder(job.runFolder, pacing.checkpointKeepEvery)
    await checkpoints.removeUnfinished()
    let resumedFrom = await findStart(job, identityOf(job, engine), checkpoints, warn)
    const warnings = leftOut === 0 ? [] : [leftOutWords(leftOut, modalities)]
    const part = job.subsample === undefined ? null : replicatePart(dataset, job.subsample)
    const { checkpointSteps } = pacing
    const used = dataset.modalities.flatMap(({ modality }) => (modalities.includes(modality.name) ? [modality] : []))
    const training: Training = {
      ...{ job, dataset, modalities: used, checkpoints, checkpointSteps },
      ...{ warnings, part, from: await featureSource(job.features), surroundings },
    }
    for (;;) {
      const end = await trainOn(engine, resumedFrom, training)
      if (end.type !== 'fault') return end
      const { fault } = end
      const next = await engineAfter(engine, fault, options, parts)
      next.passedOver?.forEach(warn)
      resumedFrom = (await checkpoints.newestGood()).checkpoint
      const back = resumedFrom === null ? 'its beginning' : `step ${resumedFrom.step}`
      warn(
        `${fault.message} ${fault.hint} The run goes back to ${back} and on with ${next.name} instead of ${engine.name}: ` +
          'its numbers will differ a little from those of a run on one engine.',
      )
      engine = next
    }
  } finally {
    await unlock()
  }
}
