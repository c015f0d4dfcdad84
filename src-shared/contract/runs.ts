/** Runs: queue, control, history, previews. */
import * as v from 'valibot'
import {
  arrayRef,
  empty,
  engine,
  engineChoice,
  epochMetrics,
  errorData,
  id,
  label,
  method,
  type ReadonlyDeep,
  runStatus,
  runSummary,
  whole,
} from './shapes.ts'
import { config } from './models.ts'

const one = { request: v.strictObject({ run: id }), response: v.object({ run: runSummary }) } as const
/** Trainings that are queued at once, each with a seed of its own. */
export const mostTrainings = 50

const several = v.pipe(v.array(id), v.minLength(1), v.maxLength(1000))

export const preparationRecord = v.object({
  modality: v.string(),
  from: v.string(),
  steps: v.string(),
  fittedOn: v.string(),
  divides: v.exactOptional(whole),
})

export const earlierRun = v.object({ run: id, epoch: whole, sha256: v.string() })

export const provenance = v.object({
  application: v.string(),
  versions: v.record(v.string(), v.string()),
  engine,
  engineDetail: v.string(),
  threads: whole,
  seed: v.number(),
  datasetSha256: v.string(),
  preparations: v.exactOptional(v.array(preparationRecord)),
  goesOnFrom: v.exactOptional(earlierRun),
})

export const logLine = v.object({ at: v.string(), level: v.picklist(['info', 'warning']), message: v.string() })
export type LogLine = ReadonlyDeep<v.InferOutput<typeof logLine>>

export const progress = v.object({
  run: id,
  status: runStatus,
  epoch: whole,
  epochs: whole,
  step: whole,
  fraction: v.number(),
  secondsLeft: v.nullable(v.number()),
  /** What it takes beyond that should pre-training have to begin again; 0 where it cannot. */
  secondsAgain: v.number(),
})
export type RunProgress = ReadonlyDeep<v.InferOutput<typeof progress>>

export const preview = v.object({
  run: id,
  epoch: whole,
  /** Row indices of the samples shown, [p]. */
  rows: v.array(whole),
  /** Fused posterior means in the plane of their largest spread, [p, 2], and its shares of the variance. */
  points: arrayRef,
  explained: v.tuple([v.number(), v.number()]),
  /** Most responsible component of each, -1 before the mixture exists, [p]. */
  components: v.array(v.number()),
  /** A few samples, measured and rebuilt, each [1, ...shape]: images uint8 for display, others in the user's units. */
  reconstructions: v.array(
    v.object({ modality: v.string(), row: whole, id: v.string(), measured: arrayRef, rebuilt: arrayRef }),
  ),
})
export type Preview = ReadonlyDeep<v.InferOutput<typeof preview>>

export const runRequests = {
  'run.list': { request: empty, response: v.object({ runs: v.array(runSummary) }) },
  'run.get': {
    request: v.strictObject({ run: id }),
    response: v.object({
      run: runSummary,
      provenance: v.nullable(provenance),
      /** The newest 500. */
      log: v.array(logLine),
      checkpoints: v.array(
        v.object({ step: whole, epoch: whole, bytes: whole, kind: v.picklist(['last', 'best', 'periodic']) }),
      ),
    }),
  },
  /** Starts now, or when the runs before it are done. Answers the first of several trainings, of which all are queued or none. */
  'run.start': {
    request: v.strictObject({
      dataset: id,
      method,
      config,
      seed: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
      engine: engineChoice,
      threads: v.nullable(v.pipe(whole, v.minValue(1), v.maxValue(256))),
      /** Null: "Run 7". */
      name: v.nullable(label),
      /** One after the other, each with the next seed. */
      trainings: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(mostTrainings)), 1),
    }),
    response: v.object({ run: runSummary }),
  },
  'run.pause': one,
  /** After a pause. */
  'run.continue': one,
  /** Checkpointed, and can be resumed. */
  'run.interrupt': one,
  /** From the newest checkpoint of an interrupted or failed run; queues like a new one. */
  'run.resume': one,
  /** What keeps a run from taking more epochs; null: nothing. */
  'run.whyNotOn': { request: v.strictObject({ run: id }), response: v.object({ why: v.nullable(errorData) }) },
  /** A new run that begins with a finished one's model and takes so many epochs more. */
  'run.goOn': {
    request: v.strictObject({ run: id, epochs: v.pipe(whole, v.minValue(1), v.maxValue(100_000)) }),
    response: v.object({ run: runSummary }),
  },
  'run.rename': {
    request: v.strictObject({ run: id, name: label }),
    response: v.object({ run: runSummary }),
  },
  /** What to start to repeat it: the model view changes it and calls `run.start`. */
  'run.duplicate': {
    request: v.strictObject({ run: id }),
    response: v.object({ dataset: id, method, config, seed: v.number(), name: v.string() }),
  },
  /** Out of sight, restored by `run.restore` while the project is open. A running run is refused. */
  'run.delete': { request: v.strictObject({ runs: several }), response: empty },
  'run.restore': { request: v.strictObject({ runs: several }), response: v.object({ runs: v.array(runSummary) }) },
  /** Epochs from `since` on, in order. */
  'run.history': {
    request: v.strictObject({ run: id, since: whole }),
    response: v.object({ epochs: v.array(epochMetrics) }),
  },
  /** The newest look inside of a run that trains or trained since the app started. */
  'run.preview': { request: v.strictObject({ run: id }), response: v.object({ preview: v.nullable(preview) }) },
} as const

/** However fast a run trains, events of one name come at most ten times a second, the newest state in each. */
export const runEvents = {
  /** New and changed runs, and ids that are gone. */
  'runs.changed': v.object({ runs: v.array(runSummary), removed: v.array(id) }),
  'run.progress': progress,
  'run.epochs': v.object({ run: id, epochs: v.array(epochMetrics) }),
  'run.preview': preview,
  'run.log': v.object({ run: id, lines: v.array(logLine) }),
} as const
