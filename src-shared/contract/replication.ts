/** Replicates of a finished run: what they will cost, their start, progress and stop. One run's are at work at a time. */
import * as v from 'valibot'
import { place } from './cluster.ts'
import { empty, errorData, id, type ReadonlyDeep, whole } from './shapes.ts'

const replicates = v.pipe(whole, v.minValue(1, 'at least one.'), v.maxValue(64, 'at most 64.'))

export const replicationProgress = v.object({
  run: id,
  planned: whole,
  done: whole,
  failed: whole,
  /** Of all, 0 to 1. */
  fraction: v.number(),
  secondsLeft: v.nullable(v.number()),
  /** False once, at the end: all are done, or the work was stopped. */
  working: v.boolean(),
  /** Why a replicate failed, at the end; null when none did. */
  error: v.nullable(errorData),
})
export type ReplicationState = ReadonlyDeep<v.InferOutput<typeof replicationProgress>>

export const replicationRequests = {
  /** What it takes to bring a run to so many replicates: those that are done, and the time for the rest. */
  'replication.estimate': {
    request: v.strictObject({ run: id, replicates }),
    response: v.object({ done: whole, seconds: v.number() }),
  },
  /** Goes on from checkpoints where earlier ones were stopped. Refused while another run's are at work. */
  'replication.start': {
    request: v.strictObject({ run: id, replicates, on: v.exactOptional(place) }),
    response: empty,
  },
  /** Checkpointed: the same request goes on from there. */
  'replication.stop': { request: empty, response: empty },
} as const

export const replicationEvents = { 'replication.progress': replicationProgress } as const
