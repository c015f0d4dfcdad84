/** Studies: a method trained over values of its settings and several seeds. One is at work at a time. */
import * as v from 'valibot'
import { taskStates } from '../domain/cluster.ts'
import { place } from './cluster.ts'
import { config } from './models.ts'
import { empty, engineChoice, errorData, id, method, type ReadonlyDeep, runStatus, text, whole } from './shapes.ts'

const variation = v.object({ key: v.string(), values: v.array(v.string()) })

const study = v.object({
  id,
  name: v.string(),
  dataset: id,
  method,
  over: v.array(variation),
  seeds: v.array(v.number()),
  planned: whole,
  done: whole,
})
export type StudyView = ReadonlyDeep<v.InferOutput<typeof study>>

const summary = v.object({
  mean: v.number(),
  deviation: v.nullable(v.number()),
  /** 95 % */
  interval: v.nullable(v.tuple([v.number(), v.number()])),
  count: whole,
})

const table = v.object({
  /** What settings are compared by. */
  by: v.string(),
  lower: v.boolean(),
  rows: v.array(
    v.object({
      values: v.array(v.string()),
      runs: v.array(
        v.object({
          seed: v.number(),
          run: v.nullable(id),
          status: v.nullable(runStatus),
          /** What settings are compared by. */
          value: v.nullable(v.number()),
        }),
      ),
      measure: v.nullable(summary),
      score: v.nullable(summary),
      seconds: v.number(),
      /** The best setting's measure less this one's, paired by seed. */
      behind: v.nullable(summary),
    }),
  ),
  best: v.nullable(whole),
  /** That of its runs that does best. */
  bestRun: v.nullable(id),
  /** Settings that these seeds do not tell from the best. */
  undecided: v.array(whole),
})
export type StudyTableView = ReadonlyDeep<v.InferOutput<typeof table>>

const studyProgress = v.object({
  study: id,
  planned: whole,
  done: whole,
  failed: whole,
  /** Of all, 0 to 1. */
  fraction: v.number(),
  secondsLeft: v.nullable(v.number()),
  /** False once, at the end: all are done, or the work was stopped. */
  working: v.boolean(),
  /** Why a run failed, at the end; null when none did. */
  error: v.nullable(errorData),
  /** What keeps its tasks on a cluster up for now, in words; empty when nothing does. */
  trouble: v.string(),
})
export type StudyState = ReadonlyDeep<v.InferOutput<typeof studyProgress>>

const task = v.object({
  position: whole,
  /** What it trains: its settings, its seed. */
  words: v.string(),
  run: v.nullable(id),
  state: v.picklist(taskStates),
  /** Its task on a cluster is open. */
  elsewhere: v.boolean(),
  /** Where it is, what keeps it waiting, how it ended. */
  note: v.string(),
  /** How often it was begun there. */
  attempts: whole,
})
export type StudyTaskView = ReadonlyDeep<v.InferOutput<typeof task>>

export const studyRequests = {
  'study.list': { request: empty, response: v.object({ studies: v.array(study) }) },
  /** Settings side by side as far as their runs are; `by` null: the validation score, where there is none the score. */
  'study.table': {
    request: v.strictObject({ study: id, by: v.nullable(text(200)), lower: v.nullable(v.boolean()) }),
    response: table,
  },
  /** Its runs as a queue, in the order of the study. */
  'study.tasks': { request: v.strictObject({ study: id }), response: v.object({ tasks: v.array(task) }) },
  /** Stored once every run of it could be started, then at work. Refused while another is. */
  'study.begin': {
    request: v.strictObject({
      dataset: id,
      method,
      config,
      /** A setting each, `key=value,value`. */
      over: v.pipe(v.array(text(2000)), v.maxLength(20)),
      seeds: v.pipe(whole, v.minValue(1, 'at least one seed.'), v.maxValue(100, 'at most 100 seeds.')),
      firstSeed: whole,
      engine: engineChoice,
      on: v.exactOptional(place),
    }),
    response: v.object({ study: id }),
  },
  /** Where tasks of it are open it goes on there, wherever it is asked to. */
  'study.continue': { request: v.strictObject({ study: id, on: v.exactOptional(place) }), response: empty },
  /** Checkpointed, here or on a cluster: going on continues from there. */
  'study.stop': { request: empty, response: empty },
} as const

export const studyEvents = { 'study.progress': studyProgress } as const
