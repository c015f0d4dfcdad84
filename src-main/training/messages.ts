/**
 * What passes between the host and the trainer process, checked on both sides: the host believes nothing a crashing
 * process may send, and a wrong message is found where it is made.
 */
import * as v from 'valibot'
import { earlierRun, provenance } from '../../src-shared/contract/runs.ts'
import { engineChoice, errorData, method, whole } from '../../src-shared/contract/shapes.ts'
import { namedEdge } from '../../src-shared/graph/edge-schema.ts'
import type { TrainerCommand, TrainerEvent, TrainJob } from '../../src-shared/domain/run.ts'

/** The trainer's sign of life, every few seconds, with what it holds in memory. */
export interface TrainerAlive {
  readonly type: 'alive'
  readonly step: number
  readonly memory: TrainerMemory
}

/** Bytes, but for the number of tensors. */
export interface TrainerMemory {
  readonly rss: number
  readonly heapUsed: number
  readonly external: number
  /** Null where the engine does not count them. */
  readonly tensors: number | null
  readonly tensorBytes: number | null
}

/** `close`: the host has the last event, the process may end. */
export type CommandMessage = TrainerCommand | { readonly type: 'close' }
export type EventMessage = TrainerEvent | TrainerAlive

/** Any double: a metric may be NaN or infinite, and the charts must hear of it. */
const real = v.custom<number>((value) => typeof value === 'number', 'a number')
const reals = v.array(real)

/** What makes a run's model: its data, configuration and seed, the engine, and the folder of its checkpoints. */
export const modelEntries = {
  method,
  packFile: v.string(),
  packSha256: v.string(),
  runFolder: v.string(),
  config: v.unknown(),
  seed: v.pipe(v.number(), v.safeInteger()),
  engine: engineChoice,
  /** The finished run that is learnt on instead of the measurements. */
  features: v.optional(
    v.object({
      run: whole,
      method,
      config: v.unknown(),
      seed: v.pipe(v.number(), v.safeInteger()),
      runFolder: v.string(),
    }),
  ),
}

export const jobSchema: v.GenericSchema<unknown, TrainJob> = v.object({
  ...modelEntries,
  runId: whole,
  threads: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  resume: v.boolean(),
  subsample: v.exactOptional(v.object({ share: real, seed: v.pipe(v.number(), v.safeInteger()) })),
  replicate: v.exactOptional(whole),
  goesOnFrom: v.optional(v.object({ ...earlierRun.entries, runFolder: v.string() })),
})

const commandSchema: v.GenericSchema<unknown, CommandMessage> = v.variant('type', [
  v.object({ type: v.literal('start'), job: jobSchema }),
  v.object({ type: v.literal('pause') }),
  v.object({ type: v.literal('continue') }),
  v.object({ type: v.literal('interrupt') }),
  v.object({ type: v.literal('close') }),
])

const metricsSchema = v.object({
  epoch: whole,
  phase: v.string(),
  step: whole,
  seconds: real,
  score: real,
  validationScore: v.nullable(real),
  terms: v.record(v.string(), real),
  figures: v.record(v.string(), real),
  edges: v.nullable(v.array(reals)),
})

const previewSchema = v.object({
  epoch: whole,
  rows: reals,
  latent: v.array(reals),
  components: reals,
  reconstructions: v.array(v.object({ modality: v.string(), row: whole, values: reals })),
})

export const checkpointInfo = v.object({
  file: v.string(),
  step: whole,
  epoch: whole,
  sha256: v.string(),
  bytes: whole,
  kind: v.picklist(['last', 'best', 'periodic']),
})

export const doneEvent = v.object({
  type: v.literal('done'),
  resultFile: v.string(),
  sha256: v.string(),
  score: real,
  edges: v.array(namedEdge),
  explained: v.nullable(real),
})

const eventSchema: v.GenericSchema<unknown, EventMessage> = v.variant('type', [
  v.object({ type: v.literal('started'), provenance, epochs: whole, stepsPerEpoch: whole }),
  v.object({
    type: v.literal('progress'),
    epoch: whole,
    step: whole,
    fraction: real,
    secondsLeft: v.nullable(real),
    secondsAgain: real,
  }),
  v.object({ type: v.literal('epoch'), metrics: metricsSchema }),
  v.object({ type: v.literal('preview'), preview: previewSchema }),
  v.object({ type: v.literal('checkpoint'), checkpoint: checkpointInfo }),
  v.object({ type: v.literal('log'), level: v.picklist(['info', 'warning']), message: v.string() }),
  v.object({ type: v.literal('paused') }),
  v.object({ type: v.literal('resumed') }),
  v.object({ type: v.literal('interrupted'), step: whole }),
  doneEvent,
  v.object({ type: v.literal('failed'), error: errorData }),
  v.object({
    type: v.literal('alive'),
    step: whole,
    memory: v.object({
      rss: real,
      heapUsed: real,
      external: real,
      tensors: v.nullable(real),
      tensorBytes: v.nullable(real),
    }),
  }),
])

/** The command in a message. Throws a ValiError when it is none. */
export function parseCommand(message: unknown): CommandMessage {
  return v.parse(commandSchema, message)
}

/** The event in a message. Throws a ValiError when it is none. */
export function parseEvent(message: unknown): EventMessage {
  return v.parse(eventSchema, message)
}
